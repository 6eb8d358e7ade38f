import { expect, test } from 'vitest';
import { firstOutOfOrder, type Stored } from '../src/checks/platform/waves.ts';

const stored = (kind: string, name: string, wave: number, made: string, owned = false): Stored => ({
  kind,
  metadata: {
    name,
    creationTimestamp: made,
    annotations: { 'argocd.argoproj.io/sync-wave': String(wave) },
    ...(owned ? { ownerReferences: [{ kind: 'CronJob' }] } : {}),
  },
});

const database = stored('StatefulSet', 'database', -1, '10:00');
const api = stored('Deployment', 'api', 0, '10:05');
const repairByTheClock = stored('Job', 'repair-1', -2, '10:04', true);

const doneAt = (times: Readonly<Record<string, string>>) => (object: Stored) => times[object.metadata.name];

test('an object created before an earlier wave is done is named together with the workload that it should wait for', () => {
  const wrong = firstOutOfOrder([api, database], doneAt({ database: '10:06', api: '10:07' }));
  expect([wrong?.earlier.metadata.name, wrong?.later.metadata.name]).toEqual(['database', 'api']);
});

test('an earlier wave that is never done breaks the order', () => {
  expect(firstOutOfOrder([api, database], doneAt({ api: '10:07' }))?.earlier.metadata.name).toBe('database');
});

test('a Job that a CronJob starts by the clock is in no wave', () => {
  const done = doneAt({ database: '10:01', api: '10:07' });
  expect(firstOutOfOrder([api, database, repairByTheClock], done)).toBeUndefined();
});
