/** The check removes pods of every workload at random, servers included. Without further help all work must be done. */
import { disorder } from '../chaos/disorder.ts';
import { random } from '../chaos/random.ts';
import { tasks } from '../chaos/tasks.ts';
import { uploads } from '../chaos/uploads.ts';
import { until } from '../processes.ts';
import { assertAllReady } from '../report.ts';
import { state } from '../stage.ts';
import { isPlayed, type Check } from './check.ts';

/** Seconds that chaos lasts, and that all pods have to be Ready again. */
const times = { chaos: 180, recovery: 300 } as const;

/** More than the cluster takes in that time. */
const uploadCount = 15;

/**
 * @param seed of chance: the same one removes the same workloads in the same ways, as far as the same pods are there
 */
export const chaos = (seed: number): Check => ({
  title: `after ${times.chaos} seconds of chaos (seed ${seed}) all that was accepted is done, once, and every worker takes tasks`,
  run: async (rehearsed) => {
    const work = isPlayed(rehearsed, 'koku')
      ? tasks(`chaos-${seed}-${Date.now()}`)
      : await uploads(rehearsed, uploadCount);
    const removed = await disorder(rehearsed, work, random(seed), times.chaos);
    const over = performance.now();
    await until('the readiness of all pods', times.recovery, state, () =>
      assertAllReady(rehearsed.kubectl).then(() => true),
    );
    const ready = ((performance.now() - over) / 1000).toFixed(0);
    const seen = await work.settle(rehearsed);
    const kills = [...removed].toSorted().map(([workload, count]) => `${workload} ${count}`);
    console.log(`         all pods Ready after ${ready} s; ${seen}\n         removed: ${kills.join(', ')}`);
  },
});
