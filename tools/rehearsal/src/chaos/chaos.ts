/** The check removes pods of every workload at random, servers included. Afterwards all work must finish without further help. */
import { disorder } from './disorder.ts';
import { random } from './random.ts';
import { allWorkOf } from './together.ts';
import { state, until } from '../kubernetes/index.ts';
import { assertAllReady } from '../argo-cd/index.ts';
import type { Trial } from '../checks/index.ts';

/** Seconds of chaos, and seconds in which all pods must be Ready again. */
const times = { chaos: 180, recovery: 300 } as const;

/**
 * @param seed of the random numbers: the same seed removes the same workloads in the same ways, given the same pods
 */
export const chaos = (seed: number): Trial => ({
  title: `after ${times.chaos} seconds of chaos (seed ${seed}) all accepted work is done, once, and every worker takes tasks`,
  run: async (rehearsed) => {
    const work = await allWorkOf(rehearsed, `chaos-${seed}-${Date.now()}`);
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
