import { setTimeout as sleep } from 'node:timers/promises';
import { dbKoku, kokuApiReads, kokuApiWrites } from '@cost-onprem/contracts';
import { readySince, restartsOf, runningPods, state, until } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import { hasOwnServers, whileAway, type Check, type Rehearsed } from '../../../tools/rehearsal/src/checks/index.ts';
import { hasReplica } from './replica.ts';

const { workload: reads } = kokuApiReads.http;
const { workload: writes } = kokuApiWrites.http;

/** Whether all pods of the workloads are Ready, or, if `wanted` is false, none of them. */
const allReady = async ({ kubectl }: Rehearsed, workloads: readonly string[], wanted: boolean): Promise<boolean> => {
  const pods = (await Promise.all(workloads.map((name) => runningPods(kubectl, name)))).flat();
  return pods.length > 0 && pods.every((pod) => (readySince(pod) !== undefined) === wanted);
};

const restarts = async ({ kubectl }: Rehearsed): Promise<number> =>
  (await runningPods(kubectl)).reduce((sum, pod) => sum + restartsOf(pod), 0);

/** An outage of the database must cause only its own alert, so no other pod may fail because of it. */
export const databaseOutage: Check = {
  title: 'without the database its clients are not Ready, no container restarts, and all pods recover when it is back',
  stages: ['node'],
  applies: hasOwnServers,
  order: 410,
  run: async (rehearsed) => {
    const before = await restarts(rehearsed);
    // A replica answers without its primary, so the reads API stays Ready.
    const users = hasReplica(rehearsed) ? [writes] : [reads, writes];
    await whileAway(rehearsed.kubectl, dbKoku.endpoint.workload, async () => {
      await until('the APIs’ unreadiness', 120, state, () => allReady(rehearsed, users, false));
      // Longer than any liveness probe waits.
      await sleep(120_000);
      if (!(await allReady(rehearsed, users, false))) throw new Error('an API is Ready although its database is down');
      if (!users.includes(reads) && !(await allReady(rehearsed, [reads], true)))
        throw new Error(`${reads} is not Ready, although its replica is up`);
    });
    await until('the recovery of all pods', 180, state, async () =>
      (await runningPods(rehearsed.kubectl)).every((pod) => readySince(pod) !== undefined),
    );
    const added = (await restarts(rehearsed)) - before;
    if (added !== 0) throw new Error(`${added} containers were restarted`);
  },
};
