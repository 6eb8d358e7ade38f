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

/** Whether a cluster has one. */
export const hasReplica = (rehearsed: Rehearsed): boolean => hasObject(rehearsed, 'StatefulSet', replica);

const ask = ({ kubectl }: Rehearsed, workload: string, statement: string): Promise<string> =>
  runInPod(kubectl, workload, `psql --quiet --tuples-only --no-align --command="${statement}" postgres`);

/** The option that keeps reports quick while uploads are processed. */
export const replicaServesReads: Check = {
  title: 'the replica replays what the primary writes, and the reads API asks the replica for every read',
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
    // Koku's sessions are too short to be met; its transactions are counted. Nobody else reads this database here.
    const transactions = async () =>
      Number(await ask(rehearsed, replica, `select xact_commit from pg_stat_database where datname = 'koku'`));
    const before = await transactions();
    const traffic = await trafficDuring(rehearsed.kubectl, 10, 'replica', () => sleep(5000));
    assertNoneDropped(traffic);
    const reads = traffic.counts['GET 200'] ?? 0;
    // PostgreSQL counts what a session did when the session ends.
    await until(
      'the reads in the replica’s statistics',
      20,
      state,
      async () => (await transactions()) - before >= reads,
    );
  },
};
