/** How variables and Secrets reach containers, and how Secrets come about. */
import { describe, expect, test } from 'vitest';
import { consequences, optionalSecret, workload } from '../src/index.ts';
import { basesOf, credentials, database, rendered, shop, shopObjects } from './shop.ts';

test('a container gets a secret by reference, never by value', () => {
  expect(JSON.stringify(shopObjects)).toContain('"secretKeyRef":{"name":"store-credentials","key":"password"}');
});

test('pods start without an optional Secret, whether its keys are variables or files', () => {
  const brought = optionalSecret('cards', 'Takes cards.', { key: 'key file' });
  const taking = workload({
    ...shop,
    env: { CARDS_KEY: brought.keys.key },
    secretFiles: [{ mountPath: '/etc/cards', secret: brought }],
  });
  const pod = JSON.stringify(rendered(consequences(taking, 'shop'))['Deployment/shop']);
  expect(pod).toContain('"secretKeyRef":{"name":"cards","key":"key","optional":true}');
  expect(pod).toContain('{"name":"etc-cards","secret":{"secretName":"cards","optional":true}}');
  expect(pod).toContain('{"name":"etc-cards","mountPath":"/etc/cards","readOnly":true}');
});

test('a Secret that must exist, as files, holds the pod up until it is there', () => {
  const signing = workload({ ...shop, secretFiles: [{ mountPath: '/etc/signing', secret: credentials }] });
  expect(rendered(consequences(signing, 'shop'))['Deployment/shop']).toMatchObject({
    spec: {
      template: {
        spec: {
          // toEqual inside: the field `optional` is not there.
          volumes: expect.arrayContaining([
            { name: 'etc-signing', secret: { secretName: 'store-credentials' } },
          ]) as unknown,
        },
      },
    },
  });
});

test('two connections may not give one variable different values, and the error names both', () => {
  const torn = workload({ ...shop, env: { STORE_HOST: 'elsewhere' } });
  expect(() => consequences(torn, 'shop')).toThrow(/shop: the variable STORE_HOST is declared twice.*elsewhere/s);
});

describe('a Secret that a base declares', () => {
  const bases = basesOf({
    name: 'store',
    bases: {
      own: { workloads: [database], makes: [credentials] },
      elsewhere: { workloads: [], asksFor: [credentials] },
    },
  });

  test('has its keys and their lengths in a ConfigMap for the Job that creates Secrets', () => {
    expect(bases['own']?.texts).toEqual({
      'files/make-store-credentials/store-credentials': 'password 16\n',
    });
    expect(bases['elsewhere']?.texts).toEqual({});
  });

  test('has an ExternalSecret with the same keys in every base, and outlives it', () => {
    for (const folder of ['own', 'elsewhere']) {
      expect(rendered(bases[folder]?.objects['external-secrets.yaml'] ?? [])).toMatchObject({
        'ExternalSecret/store-credentials': {
          metadata: { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' } },
          spec: {
            target: { name: 'store-credentials', creationPolicy: 'Orphan', deletionPolicy: 'Retain' },
            data: [{ secretKey: 'password', remoteRef: { key: 'store-credentials', property: 'password' } }],
          },
        },
      });
    }
  });
});
