/** How the processes behind the API work (koku/settings.py, koku/celery.py and masu/config.py of the application). */
import type { Setting } from '@cost-onprem/kit/vocabulary';
import { fromOne } from './value-types.ts';

/** What the two have no effect without: the application tells its own developers by the environment of Sentry. */
const delayed = 'Only where KOKU_SENTRY_ENVIRONMENT is not development, else nothing is delayed.';

export const workerSettings = {
  WORKER_CACHE_TIMEOUT: {
    // Koku's own default: the repair needs to be told.
    value: '3600',
    purpose:
      'Seconds for which a worker’s lock keeps others from the same task. Not less than the longest summary takes.',
    ...fromOne,
  },
  MAX_CELERY_TASKS_PER_WORKER: {
    otherwise: '10',
    purpose: 'Tasks after which a worker starts a new process, which frees what the old one had of memory.',
    ...fromOne,
  },
  WORKER_PROC_ALIVE_TIMEOUT: {
    otherwise: '4',
    purpose: 'Seconds in which that process must start; more where cores are slow.',
    ...fromOne,
  },
  DELAYED_TASK_TIME: {
    otherwise: '3600',
    purpose: `Seconds that calculations wait after a change of cost models or tags, so that many make one. ${delayed}`,
    ...fromOne,
  },
  DELAYED_TASK_POLLING_MINUTES: {
    otherwise: '30',
    purpose: `Minutes after which it is looked what has waited long enough. ${delayed}`,
    type: '1 to 59',
    pattern: /[1-9]|[1-5][0-9]/,
  },
  RETRY_SECONDS: {
    otherwise: '10',
    purpose: 'Seconds until an announcement of Kafka’s is tried again that met a server which was away.',
    ...fromOne,
  },
  TENANT_MULTIPROCESSING_MAX_PROCESSES: {
    otherwise: '2',
    purpose: 'Processes that migrate the schemas of customers at once; koku-db-migrate needs the memory for them.',
    ...fromOne,
  },
  TENANT_MULTIPROCESSING_CHUNKS: {
    otherwise: '2',
    purpose: 'Schemas that such a process takes at a time.',
    ...fromOne,
  },
} as const satisfies Readonly<Record<string, Setting>>;
