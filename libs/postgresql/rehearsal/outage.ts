import { setTimeout as sleep } from 'node:timers/promises';
import { dbKoku, kokuApiReads, kokuApiWrites } from '@cost-onprem/contracts';
import { readySince, restartsOf, runningPods, state, until } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import { hasOwnServers, whileAway, type Check, type Rehearsed } from '../../../tools/rehearsal/src/checks/index.ts';
import { hasReplica } from './replica.ts';

const { workload: reads } = kokuApiReads.http;
const { workload: writes } = kokuApiWrites.http;

/** Whether every pod of the workloads is Ready, or every one is not. */
const allReady = async ({ kubectl }: Rehearsed, workloads: readonly string[], wanted: boolean): Promise<boolean> => {
  const pods = (await Promise.all(workloads.map((name) => runningPods(kubectl, name)))).flat();
  return pods.length > 0 && pods.every((pod) => (readySince(pod) !== undefined) === wanted);
};

const restarts = async ({ kubectl }: Rehearsed): Promise<number> =>
  (await runningPods(kubectl)).reduce((sum, pod) => sum + restartsOf(pod), 0);

/** At three in the morning a database that is away must be the only alarm. */
export const databaseOutage: Check = {
  title: 'without the database no pod that asks it is Ready, none is restarted, and all recover when it is back',
  stages: ['node'],
  applies: hasOwnServers,
  order: 410,
  run: async (rehearsed) => {
    const before = await restarts(rehearsed);
    // A replica goes on answering without its primary, and so do those that ask it.
    const users = hasReplica(rehearsed) ? [writes] : [reads, writes];
    await whileAway(rehearsed.kubectl, dbKoku.endpoint.workload, async () => {
      await until('the APIs’ unreadiness', 120, state, () => allReady(rehearsed, users, false));
      // Longer than any liveness probe is patient.
      await sleep(120_000);
      if (!(await allReady(rehearsed, users, false))) throw new Error('an API is Ready though its database is away');
      if (!users.includes(reads) && !(await allReady(rehearsed, [reads], true)))
        throw new Error(`${reads} is not Ready, though its replica is there`);
    });
    await until('everybody’s recovery', 180, state, async () =>
      (await runningPods(rehearsed.kubectl)).every((pod) => readySince(pod) !== undefined),
    );
    const added = (await restarts(rehearsed)) - before;
    if (added !== 0) throw new Error(`${added} containers were restarted`);
  },
};
