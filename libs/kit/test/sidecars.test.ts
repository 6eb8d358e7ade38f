/** What follows from a second container: a proxy beside the shop. */
import { describe, expect, test } from 'vitest';
import { consequences, endpoints, profileComponent, secret, workload, type AnyProfile } from '../src/index.ts';
import { basesOf, rendered, shop } from './shop.ts';

const ports = endpoints('shop', { http: 8080, public: 8443 });
const certificate = secret('shop-certificate', { key: 32 });
const { metrics: _metrics, ...plain } = shop;
const guarded = workload({
  ...plain,
  listens: { http: ports.http },
  sidecars: [
    {
      name: 'proxy',
      image: 'registry.example.com/proxy:1',
      command: ['proxy', '--to=http://127.0.0.1:8080'],
      listens: { public: ports.public },
      env: { LEVEL: 'info' },
      probes: { readiness: { check: { get: '/ready', on: ports.public }, every: 10, timeout: 2, failures: 3 } },
      files: [{ configMap: 'proxy-rules', mountPath: '/etc/proxy', contents: { 'rules.yaml': '{}' } }],
      secretFiles: [{ mountPath: '/etc/certificate', secret: certificate }],
    },
  ],
});
const objects = rendered(consequences(guarded, 'shop'));

describe('a second container', () => {
  test('comes after the main one, with its own image, variables, port, probe and folders', () => {
    expect(objects['Deployment/shop']).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'shop', volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] },
              {
                name: 'proxy',
                image: 'registry.example.com/proxy:1',
                ports: [{ name: 'public', containerPort: 8443 }],
                env: [{ name: 'LEVEL', value: 'info' }],
                readinessProbe: { httpGet: { path: '/ready', port: 'public' } },
                securityContext: { readOnlyRootFilesystem: true },
                volumeMounts: [
                  { name: 'proxy-tmp', mountPath: '/tmp' },
                  { name: 'proxy-proxy-rules', mountPath: '/etc/proxy' },
                  { name: 'proxy-etc-certificate', mountPath: '/etc/certificate' },
                ],
              },
            ],
          },
        },
      },
    });
    expect(basesOf({ name: 'shop', bases: { '.': { workloads: [guarded] } } })['.']?.texts).toHaveProperty([
      'files/proxy-rules/rules.yaml',
    ]);
  });

  test('is reached through the Service, by the clients that policies admit', () => {
    expect(objects['Service/shop']).toMatchObject({ spec: { ports: [{ port: 8080 }, { port: 8443 }] } });
    expect(objects).toHaveProperty(['NetworkPolicy/reaches-shop-public']);
  });

  test('has a row of its own in each profile', () => {
    const profile: AnyProfile = {
      name: 'small',
      purpose: 'A few customers.',
      services: { shop: { replicas: 1, millicores: [100, 1000], mebibytes: [256, 1024] } },
      jobs: {},
      cronJobs: {},
      sidecars: { 'shop/proxy': { millicores: [10, 100], mebibytes: [16, 32] } },
      nodePools: {},
      connections: {},
      waitFor: { millicores: [10, 200], mebibytes: [32, 64] },
      settings: {},
    };
    const text = JSON.stringify(profileComponent(profile, [guarded], {}));
    expect(text).toContain('/spec/template/spec/containers/1/resources');
    expect(() => profileComponent({ ...profile, sidecars: {} }, [guarded], {})).toThrow(
      'profile small: lacks a row for shop/proxy',
    );
  });

  test('is refused in a pod that ends', () => {
    expect(() => consequences({ ...guarded, kind: 'Job' }, 'shop')).toThrow(
      'shop: a Job cannot have sidecars, because its pods would never end',
    );
  });
});
