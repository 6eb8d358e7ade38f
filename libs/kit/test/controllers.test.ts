/** The objects that run workloads, and their order. */
import { expect, test } from 'vitest';
import { consequences, workload, type Workload } from '../src/index.ts';
import { database, migrate, rendered, shop, storeObjects } from './shop.ts';

test('data is safe: a separate claim, pruned only after a confirmation, and one pod at a time', () => {
  expect(storeObjects['PersistentVolumeClaim/store-data']).toMatchObject({
    metadata: { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' } },
  });
  expect(storeObjects['StatefulSet/store']).not.toHaveProperty('spec.volumeClaimTemplates');
  expect(rendered(consequences({ ...database, kind: 'Deployment' }, 'store'))['Deployment/store']).toMatchObject({
    spec: { strategy: { type: 'Recreate' } },
  });
});

test('a Job is a hook that Argo CD creates again, because its template cannot change', () => {
  expect(rendered(consequences(migrate, 'shop'))['Job/migrate']).toMatchObject({
    metadata: {
      annotations: {
        'argocd.argoproj.io/hook': 'Sync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
        'argocd.argoproj.io/sync-wave': '-1',
      },
    },
  });
});

test('Argo CD applies servers before their clients, and no Service after the applications', () => {
  const wave = (object: unknown) =>
    (object as { metadata: { annotations: Record<string, string> } }).metadata.annotations[
      'argocd.argoproj.io/sync-wave'
    ];
  expect(wave(storeObjects['Service/store'])).toBe('-3');
  const edge = rendered(consequences({ ...shop, wave: 'edge' }, 'shop'));
  expect([wave(edge['Deployment/shop']), wave(edge['Service/shop'])]).toEqual(['5', '0']);
});

test('a CronJob never overlaps with itself, has a deadline, and needs a schedule', () => {
  const nightly = workload({
    name: 'nightly',
    purpose: 'Sweeps.',
    kind: 'CronJob',
    schedule: '0 3 * * *',
    deadline: 900,
    image: 'registry.example.com/shop:1',
    wave: 'application',
  });
  expect(rendered(consequences(nightly, 'shop'))['CronJob/nightly']).toMatchObject({
    spec: {
      schedule: '0 3 * * *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        metadata: { labels: { 'app.kubernetes.io/name': 'nightly' } },
        spec: {
          activeDeadlineSeconds: 900,
          template: { spec: { restartPolicy: 'Never', containers: [{ name: 'shop' }] } },
        },
      },
    },
  });
  expect(() => consequences(workload({ ...migrate, kind: 'CronJob' }), 'shop')).toThrow(
    'migrate: a CronJob needs a schedule',
  );
});

test('before its stop a pod runs a command, or the kubelet waits, which needs no program in the image', () => {
  const preStop = (beforeStop: NonNullable<Workload['beforeStop']>, gracePeriod?: number) =>
    rendered(consequences({ ...shop, beforeStop, ...(gracePeriod && { gracePeriod }) }, 'shop'))['Deployment/shop'];
  const inTemplate = (expected: object) => ({
    spec: { template: { spec: { containers: [{ lifecycle: { preStop: expected } }] } } },
  });
  expect(preStop(['close-the-shop', '--now'])).toMatchObject(
    inTemplate({ exec: { command: ['close-the-shop', '--now'] } }),
  );
  expect(preStop({ sleep: 29 })).toMatchObject(inTemplate({ sleep: { seconds: 29 } }));
  expect(preStop({ sleep: 45 }, 60)).toMatchObject(inTemplate({ sleep: { seconds: 45 } }));
  expect(() => preStop({ sleep: 30 })).toThrow(
    'shop: the wait before its stop is 30 seconds; it must be more than 0 and less than its grace period of 30',
  );
  expect(() => preStop({ sleep: 0 })).toThrow('it must be more than 0');
});
