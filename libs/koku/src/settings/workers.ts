/** How the processes behind the API work (koku/settings.py, koku/celery.py and masu/config.py of the application). */
import type { Setting } from '@cost-onprem/kit/vocabulary';
import { fromOne } from './value-types.ts';

/** A condition of two settings: Koku recognises its own developers by the environment of Sentry. */
const delayed = 'No effect while KOKU_SENTRY_ENVIRONMENT is development, because then Koku delays nothing.';

export const workerSettings = {
  WORKER_CACHE_TIMEOUT: {
    // Koku's own default. Set, because the repair reads it.
    value: '3600',
    purpose:
      'Seconds for which a worker’s lock keeps other workers from the same task. At least as long as the longest summary.',
    ...fromOne,
  },
  MAX_CELERY_TASKS_PER_WORKER: {
    otherwise: '10',
    purpose: 'Tasks after which a worker replaces its child process, which frees the memory of the old one.',
    ...fromOne,
  },
  WORKER_PROC_ALIVE_TIMEOUT: {
    otherwise: '4',
    purpose: 'Seconds within which that process must start. Slow cores need more.',
    ...fromOne,
  },
  DELAYED_TASK_TIME: {
    otherwise: '3600',
    purpose: `Seconds that Koku waits after a change of cost models or tags, so that it calculates once for several changes. ${delayed}`,
    ...fromOne,
  },
  DELAYED_TASK_POLLING_MINUTES: {
    otherwise: '30',
    purpose: `How often, in minutes, Koku looks for delayed tasks that are due. ${delayed}`,
    type: '1 to 59',
    pattern: /[1-9]|[1-5][0-9]/,
  },
  RETRY_SECONDS: {
    otherwise: '10',
    purpose: 'Seconds until the listener retries an announcement from Kafka after a server was away.',
    ...fromOne,
  },
  TENANT_MULTIPROCESSING_MAX_PROCESSES: {
    otherwise: '2',
    purpose: 'Processes that migrate customers’ schemas at once. koku-db-migrate needs memory for each.',
    ...fromOne,
  },
  TENANT_MULTIPROCESSING_CHUNKS: {
    otherwise: '2',
    purpose: 'Schemas that each of these processes takes at a time.',
    ...fromOne,
  },
} as const satisfies Readonly<Record<string, Setting>>;
