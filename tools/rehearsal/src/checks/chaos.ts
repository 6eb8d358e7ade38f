/** The check removes pods of every workload at random, servers included. Without further help every task must be done. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  dbKoku,
  kokuApiWrites,
  kokuQueueDatabase,
  kokuQueues,
  namespace,
  optionalKokuQueues,
  valkey,
} from '@cost-onprem/contracts';
import { cutOff, reconnect } from '../chaos/cut.ts';
import { oneOf, random } from '../chaos/random.ts';
import { nodeProcess } from '../node/namespaces.ts';
import { runInPod, runningPods, runProgramInPod, workloadOf, type Pod } from '../pods.ts';
import { until } from '../processes.ts';
import { assertAllReady } from '../report.ts';
import { state } from '../stage.ts';
import { isPlayed, type Check, type Rehearsed } from './check.ts';

/** How a pod goes: told to stop, killed, or with its network first, so that its peers hear nothing. */
const ways = ['gently', 'by force', 'without a word'] as const;
type Way = (typeof ways)[number];

/** Seconds that chaos lasts, that all pods have to be Ready again, and that the workers have for what waits. */
const times = { chaos: 180, recovery: 300, work: 180 } as const;

const queues = kokuQueues.filter((queue) => !optionalKokuQueues.includes(queue));

/** What was sent, and is to be found in the database. */
type Sent = ReadonlyMap<string, string>;

/** Sends a task to each of some queues; those that the cache did not take are not counted. */
const send = async (
  { kubectl }: Rehearsed,
  tasks: readonly (readonly [mark: string, queue: string])[],
): Promise<Sent> => {
  const said = await runProgramInPod(kubectl, kokuApiWrites.http.workload, 'tasks.py', { tasks }).catch(() => '[]');
  const accepted = JSON.parse(said) as readonly string[];
  return new Map(tasks.filter(([mark]) => accepted.includes(mark)));
};

/** How often each mark is in the database. */
const done = async ({ kubectl }: Rehearsed, run: string): Promise<ReadonlyMap<string, number>> => {
  const statement = `select mark || ' ' || count(*) from understudy.done where mark like '${run}-%' group by mark`;
  const said = await runInPod(
    kubectl,
    dbKoku.postgres.workload,
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

const remove = async ({ kubectl }: Rehearsed, pod: Pod, way: Way, cut: string[]): Promise<void> => {
  if (way === 'without a word') {
    cut.push(pod.status?.podIP ?? '');
    cutOff(nodeProcess(), cut);
  }
  const force = way === 'gently' ? [] : ['--grace-period=0', '--force'];
  await kubectl.run([
    'delete',
    'pod',
    pod.metadata.name,
    '-n',
    namespace,
    '--wait=false',
    '--ignore-not-found',
    ...force,
  ]);
};

interface Disorder {
  readonly sent: Sent;
  /** How often the pods of each workload went. */
  readonly removed: ReadonlyMap<string, number>;
}

/** Sends tasks, and removes pods meanwhile, one to three at once. */
const disorder = async (rehearsed: Rehearsed, run: string, chance: () => number): Promise<Disorder> => {
  const sent = new Map<string, string>();
  const removed = new Map<string, number>();
  const cut: string[] = [];
  const began = performance.now();
  try {
    for (let round = 0; performance.now() - began < times.chaos * 1000; round += 1) {
      const pods = (await runningPods(rehearsed.kubectl)).filter((pod) => workloadOf(pod) !== '');
      for (let count = 1 + Math.floor(chance() * 3); count > 0; count -= 1) {
        const workload = oneOf(chance, [...new Set(pods.map(workloadOf))].toSorted());
        const pod = oneOf(
          chance,
          pods.filter((one) => workloadOf(one) === workload),
        );
        const way = oneOf(chance, ways);
        await remove(rehearsed, pod, way, cut);
        removed.set(workload, (removed.get(workload) ?? 0) + 1);
        console.log(
          `         ${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${workload} goes ${way}`,
        );
      }
      const tasks = queues.map((queue) => [`${run}-${round}-${queue}`, queue] as const);
      for (const [mark, queue] of await send(rehearsed, tasks)) sent.set(mark, queue);
      await sleep(3000 + chance() * 12_000);
    }
  } finally {
    reconnect(nodeProcess());
  }
  return { sent, removed };
};

/** A task that was taken is lost with its worker, and one that the cache had not yet written with the cache. */
const sendLostAgain = async (rehearsed: Rehearsed, sent: Sent, run: string): Promise<number> => {
  const lost = missing(sent, await done(rehearsed, run));
  for (const queue of new Set(lost.map(([, name]) => name)))
    if ((await waiting(rehearsed, queue)) > 0)
      throw new Error(`tasks wait in ${queue}, and no worker takes them: ${times.work} s after all pods were Ready`);
  if (lost.length === 0) return 0;
  const again = await send(rehearsed, lost);
  await until(
    'the work that was sent again',
    times.work,
    state,
    async () => missing(again, await done(rehearsed, run)).length === 0,
  );
  return lost.length;
};

/**
 * @param seed of chance: the same one removes the same workloads in the same ways, as far as the same pods are there
 */
export const chaos = (seed: number): Check => ({
  title: `after ${times.chaos} seconds of chaos (seed ${seed}) every queue is empty, every worker takes tasks, and each task was done once`,
  run: async (rehearsed) => {
    if (!isPlayed(rehearsed, 'koku'))
      throw new Error(
        '--chaos counts the notes of understudies, and there are none: it is not written for the real Koku yet',
      );
    const run = `chaos-${seed}-${Date.now()}`;
    const { sent, removed } = await disorder(rehearsed, run, random(seed));
    const over = performance.now();
    await until('the readiness of all pods', times.recovery, state, () =>
      assertAllReady(rehearsed.kubectl).then(() => true),
    );
    const ready = performance.now();
    await until('the work of all that was sent', times.work, state, async () => {
      return missing(sent, await done(rehearsed, run)).length === 0;
    }).catch(() => undefined);
    const lost = await sendLostAgain(rehearsed, sent, run);
    const last = await send(
      rehearsed,
      queues.map((queue) => [`${run}-last-${queue}`, queue]),
    );
    if (last.size !== queues.length) throw new Error(`of ${queues.length} tasks the cache took ${last.size}`);
    await until('a task of each queue', 60, state, async () => missing(last, await done(rehearsed, run)).length === 0);
    const twice = [...(await done(rehearsed, run))].filter(([, count]) => count > 1).map(([mark]) => mark);
    if (twice.length > 0) throw new Error(`done twice: ${twice.join(', ')}`);
    const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(0);
    const kills = [...removed].toSorted().map(([workload, count]) => `${workload} ${count}`);
    console.log(
      `         ${sent.size} tasks; all pods Ready after ${seconds(over, ready)} s; ${lost} were lost with their worker or the cache, and done when sent again; none twice\n         removed: ${kills.join(', ')}`,
    );
  },
});
