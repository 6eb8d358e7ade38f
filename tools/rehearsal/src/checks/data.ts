import { setTimeout as sleep } from 'node:timers/promises';
import { namespace } from '@cost-onprem/contracts';
import { podOf, readySince, runInPod, runningPods, state, until, type Kubectl } from '../kubernetes/index.ts';
import type { Check } from './check.ts';

/** Deletes the pod of a server, and waits until another one is Ready in its place. */
const replacePod = async (kubectl: Kubectl, workload: string): Promise<void> => {
  const { metadata } = await podOf(kubectl, workload);
  await kubectl.run(['delete', 'pod', metadata.name, '-n', namespace]);
  await until(`the return of ${workload}`, 120, state, async () => {
    const pods = await runningPods(kubectl, workload);
    return pods.some((pod) => pod.metadata.uid !== metadata.uid && readySince(pod) !== undefined);
  });
};

const expect = (what: string, found: string, wanted: string): void => {
  if (found !== wanted) throw new Error(`${what}: found ${found || 'nothing'} in place of ${wanted}`);
};

const sql = (statement: string): string => `psql --quiet --tuples-only --no-align --command="${statement}" postgres`;

/** PostgreSQL's volume outlives its pod. */
export const databaseSurvives: Check = {
  title: 'PostgreSQL survives a deleted pod with its data, and says so in the container’s log',
  run: async ({ kubectl }) => {
    const value = String(Date.now());
    await runInPod(kubectl, 'db-koku', sql(`create table rehearsal as select ${value} as value`));
    await replacePod(kubectl, 'db-koku');
    expect('the row that was written', await runInPod(kubectl, 'db-koku', sql('select value from rehearsal')), value);
    await runInPod(kubectl, 'db-koku', sql('drop table rehearsal'));
    const { metadata } = await podOf(kubectl, 'db-koku');
    const { out } = await kubectl.run(['logs', metadata.name, '-n', namespace]);
    if (!out.includes('database system is ready to accept connections'))
      throw new Error('the container’s log does not show what the server says');
  },
};

/** Koku's tasks are in a list of Valkey's; those that were accepted must not be lost. */
export const queueSurvives: Check = {
  title: 'Valkey survives a restart with its queue',
  run: async ({ kubectl }) => {
    const value = String(Date.now());
    await runInPod(kubectl, 'valkey', `valkey-cli -n 1 RPUSH rehearsal ${value}`);
    // The append-only file is written through once a second.
    await sleep(1500);
    await replacePod(kubectl, 'valkey');
    expect('the queued task', await runInPod(kubectl, 'valkey', 'valkey-cli -n 1 LPOP rehearsal'), value);
  },
};
