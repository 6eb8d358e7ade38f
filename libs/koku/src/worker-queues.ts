import { combinedWorkers } from '@cost-onprem/contracts';
import { mergeable } from '@cost-onprem/kit/vocabulary';

/** The queues of each worker. The layout sets them; a cluster cannot. */
export const kokuWorkerQueues = mergeable({
  name: 'koku-worker-queues',
  purpose: 'Queues of each of Koku’s workers, separated by commas.',
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
