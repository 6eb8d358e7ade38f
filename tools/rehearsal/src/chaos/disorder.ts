/** Removes pods at random, servers included, and gives the cluster work at the same time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { namespace } from '@cost-onprem/contracts';
import type { Rehearsed, Work } from '../checks/index.ts';
import { cutOff, nodeProcess, reconnect, runningPods, workloadOf, type Pod } from '../kubernetes/index.ts';
import { oneOf } from './random.ts';

/** How a pod stops: gracefully, killed, or after its network is cut, so that its peers get no packet. */
const ways = ['gently', 'by force', 'without a word'] as const;
type Way = (typeof ways)[number];

const remove = async ({ kubectl }: Rehearsed, pod: Pod, way: Way, cut: string[]): Promise<void> => {
  if (way === 'without a word') {
    cut.push(pod.status?.podIP ?? '');
    cutOff(nodeProcess(), cut);
  }
  const force = way === 'gently' ? [] : ['--grace-period=0', '--force'];
  const { name } = pod.metadata;
  await kubectl.run(['delete', 'pod', name, '-n', namespace, '--wait=false', '--ignore-not-found', ...force]);
};

/**
 * Removes one to three pods at once, every few seconds.
 * @param seconds that it lasts
 * @returns the number of removals of each workload
 */
export const disorder = async (
  rehearsed: Rehearsed,
  work: Work,
  chance: () => number,
  seconds: number,
): Promise<ReadonlyMap<string, number>> => {
  const removed = new Map<string, number>();
  const cut: string[] = [];
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  try {
    for (let round = 0; elapsed() < seconds; round += 1) {
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
        console.log(`         ${elapsed().toFixed(0).padStart(4)} s  ${workload} goes ${way}`);
      }
      await work.give(rehearsed, round);
      await sleep(3000 + chance() * 12_000);
    }
  } finally {
    reconnect(nodeProcess());
  }
  return removed;
};
