/** What a profile changes, shown with a made-up application: a shop that waits for its database. */
import { describe, expect, test } from 'vitest';
import {
  consequences,
  endpoints,
  mainStorage,
  profileComponent,
  workload,
  type AnyProfile,
  type Replicas,
  type Workload,
} from '../src/index.ts';

const store = endpoints('store', { postgres: 5432 });

const shop = workload({
  name: 'shop',
  purpose: 'Sells.',
  kind: 'Deployment',
  image: 'registry.example.com/shop:1',
  wave: 'application',
  connects: [{ to: store.postgres, waitFor: ['store-answers'] }],
  scratch: [{ path: '/tmp', mebibytes: 100 }, { path: '/var/cart' }],
  sharedMemory: 64,
  scalable: true,
});

const sweep = workload({
  name: 'sweep',
  purpose: 'Sweeps.',
  kind: 'CronJob',
  schedule: '0 3 * * *',
  image: 'registry.example.com/shop:1',
  wave: 'application',
});

const profile: AnyProfile = {
  name: 'small',
  purpose: 'A few customers.',
  services: { shop: { replicas: 2, millicores: [100, 1000], mebibytes: [256, 1024] } },
  jobs: {},
  cronJobs: { sweep: { millicores: [50, 500], mebibytes: [64, 128] } },
  sidecars: {},
  nodePools: {},
  connections: {},
  waitFor: { millicores: [10, 200], mebibytes: [32, 64] },
  settings: { 'shop-profile': { TILLS: '2' }, 'store-profile': { HEAP: '1G' } },
};

interface Operation {
  readonly path: string;
  readonly value: unknown;
}

const withReplicas = (replicas: Replicas): AnyProfile => ({
  ...profile,
  services: { shop: { replicas, millicores: [100, 1000], mebibytes: [256, 1024] } },
});

/** A profile's patch of one object. */
const patchOf = (name: string, kind: string, from = profile): string => {
  const { patches } = profileComponent(from, [shop, sweep], {}).kustomization as {
    readonly patches: readonly {
      readonly target: { readonly kind: string; readonly name: string };
      readonly patch: string;
    }[];
  };
  return patches.find(({ target }) => target.name === name && target.kind === kind)?.patch ?? '';
};

/** Its operations, by path. */
const patched = (name: string, kind = 'Deployment', from = profile): Readonly<Record<string, unknown>> => {
  const operations = patchOf(name, kind, from).trim().split('\n');
  return Object.fromEntries(
    operations.map((line) => JSON.parse(line.slice(2)) as Operation).map(({ path, value }) => [path, value]),
  );
};

describe('a profile', () => {
  test('sets the replicas, and the sizes of the main container and of each init container that waits', () => {
    expect(patched('shop')).toEqual({
      '/spec/replicas': 2,
      '/spec/template/spec/containers/0/resources': {
        requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '32Mi' },
        limits: { cpu: '1', memory: '1Gi', 'ephemeral-storage': '292Mi' },
      },
      '/spec/template/spec/initContainers/0/resources': {
        requests: { cpu: '10m', memory: '32Mi', 'ephemeral-storage': '32Mi' },
        limits: { cpu: '200m', memory: '64Mi', 'ephemeral-storage': '128Mi' },
      },
    });
  });

  test('adds its variables to the main container, after the declared ones', () => {
    const { kustomization } = profileComponent(profile, [shop, sweep], {}, { shop: { SEATS: '9' } });
    expect(JSON.stringify(kustomization).replaceAll('\\', '')).toContain(
      '{"op":"add","path":"/spec/template/spec/containers/0/env/-","value":{"name":"SEATS","value":"9"}}',
    );
  });

  test('sizes the pods of a CronJob and sets no replicas', () => {
    expect(Object.keys(patched('sweep', 'CronJob'))).toEqual([
      '/spec/jobTemplate/spec/template/spec/containers/0/resources',
    ]);
  });

  test('has one ConfigMap for each application with variables that depend on the profile', () => {
    expect(profileComponent(profile, [shop, sweep], {}).kustomization).toMatchObject({
      configMapGenerator: [
        { name: 'shop-profile', literals: ['TILLS=2'] },
        { name: 'store-profile', literals: ['HEAP=1G'] },
      ],
    });
  });

  test('with a range of replicas starts with the smallest number and leaves the rest to an autoscaler', () => {
    const ranged = withReplicas({ from: 2, to: 4 });
    expect(patched('shop', 'Deployment', ranged)).toMatchObject({
      '/spec/replicas': 2,
      // Argo CD does not change the replicas of a Deployment with this label.
      '/metadata/labels/cost-onprem~1autoscaled': 'true',
    });
    expect(patched('shop', 'HorizontalPodAutoscaler', ranged)).toEqual({
      '/spec/minReplicas': 2,
      '/spec/maxReplicas': 4,
    });
  });

  test('with a number of replicas removes the autoscaler', () => {
    expect(patchOf('shop', 'HorizontalPodAutoscaler')).toContain('$patch: delete');
    expect(patched('shop')).not.toHaveProperty(['/metadata/labels/cost-onprem~1autoscaled']);
  });

  test('may not have a range for a workload that is not scalable', () => {
    const { scalable: _scalable, ...alone } = shop;
    expect(() => profileComponent(withReplicas({ from: 2, to: 4 }), [alone, sweep], {})).toThrow(
      'profile small: has a range of replicas for shop, which its application does not declare as scalable',
    );
  });

  test('may not lack a row or have a surplus one, and the error names all of them', () => {
    const rates: Workload = { ...shop, name: 'rates' };
    expect(() => profileComponent(profile, [shop, rates], {})).toThrow(
      'profile small: lacks a row for rates; has a row for sweep, which no application declares',
    );
  });
});

test('only a Deployment can be scalable, because Argo CD would reset the replicas of other kinds', () => {
  expect(() => consequences({ ...shop, kind: 'StatefulSet' }, 'shop')).toThrow(
    'shop: a StatefulSet cannot be scalable, only a Deployment',
  );
});

test('each writable folder has its declared size and room for a few small files', () => {
  const [deployment] = consequences(shop, 'shop');
  expect(deployment?.toJSON()).toMatchObject({
    spec: {
      template: {
        spec: {
          volumes: [
            { name: 'tmp', emptyDir: { sizeLimit: '132Mi' } },
            { name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
            { name: 'var-cart', emptyDir: { sizeLimit: '32Mi' } },
          ],
        },
      },
    },
  });
});

test('an ephemeral volume has its declared size, and takes nothing of what the pod may write on its node', () => {
  const spilling = workload({ ...shop, ephemeral: [{ path: '/var/spill', gibibytes: 50 }] });
  expect(consequences(spilling, 'shop')[0]?.toJSON()).toMatchObject({
    spec: {
      template: {
        spec: {
          containers: [
            { volumeMounts: expect.arrayContaining([{ name: 'var-spill', mountPath: '/var/spill' }]) as unknown },
          ],
          volumes: expect.arrayContaining([
            {
              name: 'var-spill',
              ephemeral: {
                volumeClaimTemplate: {
                  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '50Gi' } } },
                },
              },
            },
          ]) as unknown,
        },
      },
    },
  });
  expect(mainStorage(spilling)).toEqual(mainStorage(shop));
});
