import { combinedWorkers } from '@cost-onprem/contracts';
import { mergeable } from '@cost-onprem/kit/vocabulary';

/** Which queues a worker takes; the layout decides, and no cluster by itself. */
export const kokuWorkerQueues = mergeable({
  name: 'koku-worker-queues',
  purpose: 'Queues of each of Koku’s workers, with commas between them.',
  settings: Object.fromEntries(
    combinedWorkers.map(({ key, queues }) => [
      key,
      {
        value: queues.join(','),
        purpose: `Queues of koku-celery-worker-${key}.`,
        pattern: /[a-z_]+(,[a-z_]+)*/,
        setBy: 'stack' as const,
      },
    ]),
  ),
});
