/** Work for understudies: tasks in each queue, whose worker records them in the database. */
import { join } from 'node:path';
import { dbKoku, kokuApiWrites, kokuQueueDatabase, valkey } from '@cost-onprem/contracts';
import { runProgramInPod, type Rehearsed, type Work } from '../../../../tools/rehearsal/src/checks/index.ts';
import { runInPod, state, until } from '../../../../tools/rehearsal/src/kubernetes/index.ts';
import { takenQueues } from '../queues.ts';

/** Seconds in which the workers must do the waiting tasks. */
const patience = 180;

/** The sent tasks: the queue of each mark. */
type Sent = ReadonlyMap<string, string>;

/** Sends a task to each of some queues. Tasks that the cache refused do not count. */
const send = async (
  { kubectl }: Rehearsed,
  tasks: readonly (readonly [mark: string, queue: string])[],
): Promise<Sent> => {
  const said = await runProgramInPod(kubectl, kokuApiWrites.http.workload, join(import.meta.dirname, '../tasks.py'), {
    tasks,
  }).catch(() => '[]');
  const accepted = JSON.parse(said) as readonly string[];
  return new Map(tasks.filter(([mark]) => accepted.includes(mark)));
};

/** The number of records of each mark. */
const done = async ({ kubectl }: Rehearsed, run: string): Promise<ReadonlyMap<string, number>> => {
  const statement = `select mark || ' ' || count(*) from understudy.done where mark like '${run}-%' group by mark`;
  const said = await runInPod(
    kubectl,
    dbKoku.endpoint.workload,
    `psql --quiet --tuples-only --no-align --dbname=koku --command="${statement}"`,
  );
  const lines = said.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [mark = '', count = ''] = line.split(' ');
      return [mark, Number(count)];
    }),
  );
};

const missing = (sent: Sent, found: ReadonlyMap<string, number>): readonly (readonly [string, string])[] =>
  [...sent].filter(([mark]) => !found.has(mark));

/** Tasks that wait in a queue. */
const waiting = async ({ kubectl }: Rehearsed, queue: string): Promise<number> =>
  Number(await runInPod(kubectl, valkey.redis.workload, `valkey-cli -n ${kokuQueueDatabase} LLEN ${queue}`));

/** A running task is lost with its worker, and one that the cache had not yet written with the cache. */
const sendLostAgain = async (rehearsed: Rehearsed, sent: Sent, run: string): Promise<number> => {
  const lost = missing(sent, await done(rehearsed, run));
  for (const queue of new Set(lost.map(([, name]) => name)))
    if ((await waiting(rehearsed, queue)) > 0)
      throw new Error(`tasks wait in ${queue}, and no worker takes them: ${patience} s after all pods were Ready`);
  if (lost.length === 0) return 0;
  const again = await send(rehearsed, lost);
  await until(
    'the execution of the tasks sent again',
    patience,
    state,
    async () => missing(again, await done(rehearsed, run)).length === 0,
  );
  return lost.length;
};

/** @param run a unique name, because the records of earlier runs stay in the database */
export const tasks = (run: string): Work => {
  const sent = new Map<string, string>();
  return {
    give: async (rehearsed, round) => {
      const given = await send(
        rehearsed,
        takenQueues.map((queue) => [`${run}-${round}-${queue}`, queue]),
      );
      for (const [mark, queue] of given) sent.set(mark, queue);
    },
    settle: async (rehearsed) => {
      await until('the execution of all sent tasks', patience, state, async () => {
        return missing(sent, await done(rehearsed, run)).length === 0;
      }).catch(() => undefined);
      const lost = await sendLostAgain(rehearsed, sent, run);
      const last = await send(
        rehearsed,
        takenQueues.map((queue) => [`${run}-last-${queue}`, queue]),
      );
      if (last.size !== takenQueues.length)
        throw new Error(`of ${takenQueues.length} tasks the cache accepted ${last.size}`);
      await until('a task of each queue', 60, state, async () => {
        return missing(last, await done(rehearsed, run)).length === 0;
      });
      const twice = [...(await done(rehearsed, run))].filter(([, count]) => count > 1).map(([mark]) => mark);
      if (twice.length > 0) throw new Error(`done twice: ${twice.join(', ')}`);
      return `${sent.size} tasks; ${lost} were lost with their worker or the cache, and done when sent again; none twice`;
    },
  };
};
