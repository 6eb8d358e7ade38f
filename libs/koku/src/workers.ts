import {
  combinedWorkers,
  dbKokuAddress,
  kokuProfile,
  kokuSettings,
  kokuWorkerQueues,
  kokuWorkerEndpoints,
  splitWorkers,
  type KokuWorker,
} from '@cost-onprem/contracts';
import { workload, type Reference } from '@cost-onprem/kit';
import { database, kafka, redis, store } from './connections.ts';
import { celerySettingsInShell } from './celery.ts';
import { cloudCredentials, speaksToClouds } from './cloud-credentials.ts';
import { environment, folders, workingFolder } from './environment.ts';
import { image } from './image.ts';
import { processProbes } from './probes.ts';
import { kokuModules, watchEnvironment } from './watch.ts';

/**
 * Koku writes its host name into the lock of the task that it runs, and frees locks of hosts that Celery does not know.
 * A container that was killed comes back under the name of its pod, and its own lock would keep it waiting for an hour
 * (recipes/koku-flow, T6); so each start has a name of its own, and tells Celery the same one.
 */
const command = [
  'bash',
  '-c',
  `export HOSTNAME="$HOSTNAME-$(date +%s)" && exec celery -A koku worker --hostname "celery@$HOSTNAME" --include worker_watch --without-gossip -E -l "$KOKU_LOG_LEVEL" -Q "$WORKER_QUEUES" ${celerySettingsInShell}`,
];

/** Seconds that a worker may take to finish its task: there is no late acknowledgement, so a killed one is lost (T5). */
const longestTask = 3600;

/** Notifications and subscriptions are told to others through Kafka; no other task is (facts/koku.md §2.3). */
const announces = (queues: readonly string[]): boolean =>
  queues.some((queue) => queue === 'celery' || queue === 'subs_transmission');

const worker = ({ name, queues }: KokuWorker, queuesFrom: string | Reference) => {
  const listens = kokuWorkerEndpoints(name);
  const clouds = speaksToClouds(queues) ? cloudCredentials : undefined;
  return workload({
    name,
    purpose: `Celery worker: ${queues.join(', ')}.`,
    kind: 'Deployment',
    image,
    wave: 'application',
    workingDirectory: '/opt/koku',
    command,
    listens,
    metrics: listens.metrics,
    settings: [kokuProfile, kokuSettings],
    contributions: folders,
    connects: [database(dbKokuAddress), redis(), store, ...(announces(queues) ? [kafka()] : [])],
    env: {
      ...environment,
      ...workingFolder,
      ...clouds?.env,
      ...watchEnvironment(kokuModules),
      WORKER_QUEUES: queuesFrom,
    },
    ...(clouds && { secretFiles: clouds.secretFiles }),
    probes: processProbes(listens.metrics),
    gracePeriod: longestTask,
  });
};

/** Workers of every cluster. */
export const kokuWorkers = combinedWorkers.map((declared) =>
  worker(declared, { kind: 'ConfigMap', name: kokuWorkerQueues.name, key: declared.key }),
);

/** Workers that only the split layout has. */
export const kokuSplitWorkers = splitWorkers.map((declared) => worker(declared, declared.queues.join(',')));
