import { setTimeout as sleep } from 'node:timers/promises';
import { dbKoku } from '@cost-onprem/contracts';
import { runInPod, state, until } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import {
  assertNoneDropped,
  hasObject,
  hasOwnServers,
  trafficDuring,
  type Check,
  type Rehearsed,
} from '../../../tools/rehearsal/src/checks/index.ts';

const { workload: replica } = dbKoku.replica.endpoint;

/** Whether a cluster has a read replica. */
export const hasReplica = (rehearsed: Rehearsed): boolean => hasObject(rehearsed, 'StatefulSet', replica);

const ask = ({ kubectl }: Rehearsed, workload: string, statement: string): Promise<string> =>
  runInPod(kubectl, workload, `psql --quiet --tuples-only --no-align --command="${statement}" postgres`);

/** The option `read-replica` keeps reports fast while Koku processes uploads. */
export const replicaServesReads: Check = {
  title: 'the replica replays each write of the primary, and the reads API sends every read to the replica',
  stages: ['node'],
  applies: (rehearsed) => hasOwnServers(rehearsed) && hasReplica(rehearsed),
  order: 270,
  run: async (rehearsed) => {
    const value = String(Date.now());
    await ask(rehearsed, 'db-koku', `create table rehearsal as select ${value} as value`);
    await until('the replay of a row', 30, state, async () => {
      return (await ask(rehearsed, replica, 'select value from rehearsal')) === value;
    });
    await ask(rehearsed, 'db-koku', 'drop table rehearsal');
    // Koku's sessions are too short to observe, so the check counts transactions. Only the reads API reads here.
    const transactions = async () =>
      Number(await ask(rehearsed, replica, `select xact_commit from pg_stat_database where datname = 'koku'`));
    const before = await transactions();
    const traffic = await trafficDuring(rehearsed.kubectl, 10, 'replica', () => sleep(5000));
    assertNoneDropped(traffic);
    const reads = traffic.counts['GET 200'] ?? 0;
    // PostgreSQL counts a session's transactions when the session ends.
    await until(
      'the reads in the replica’s statistics',
      20,
      state,
      async () => (await transactions()) - before >= reads,
    );
  },
};
