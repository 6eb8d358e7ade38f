import {
  combinedWorkers,
  optionalKokuQueues,
  splitWorkers,
  type KokuWorker,
  type KokuWorkerName,
} from '@cost-onprem/contracts';
import type { PodSize, Size } from '@cost-onprem/kit';

const workers: readonly KokuWorker[] = [...combinedWorkers, ...splitWorkers];

/**
 * Sizes of all workers. One whose queues nothing of ours fills does not run.
 * @param size of one pod of a worker
 * @param replicas of a worker that runs
 */
export const workerSizes = (
  size: (worker: KokuWorker) => PodSize,
  replicas: (worker: KokuWorker) => number,
): Readonly<Record<KokuWorkerName, Size>> =>
  Object.fromEntries(
    workers.map((worker) => {
      const idle = worker.queues.every((queue) => optionalKokuQueues.includes(queue));
      return [worker.name, { ...size(worker), replicas: idle ? 0 : replicas(worker) }];
    }),
    // Object.fromEntries forgets that every name is there.
  ) as Record<KokuWorkerName, Size>;
