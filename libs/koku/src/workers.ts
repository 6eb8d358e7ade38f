import {
  combinedWorkers,
  dbKoku,
  kokuProfile,
  kokuWorkerEndpoints,
  splitWorkers,
  type KokuWorker,
} from '@cost-onprem/contracts';
import { workload, type Reference } from '@cost-onprem/kit';
import { database, kafka, redis, objectStore, sourcesApi } from './connections.ts';
import { celerySettingsInShell } from './celery.ts';
import { cloudCredentials, speaksToClouds } from './cloud-credentials.ts';
import { environment, folders, workingFolder, workingSpace } from './environment.ts';
import { image } from './image.ts';
import { processProbes } from './probes.ts';
import { kokuModules, watchEnvironment } from './watch.ts';
import { kokuSettings } from './settings.ts';
import { kokuWorkerQueues } from './worker-queues.ts';

/**
 * A worker writes its host name into the lock of its task, and frees locks of hosts that Celery does not know
 * (tools/documentation/facts/koku.md#locks-of-tasks). A restarted container has the same host name, so it would wait an hour
 * for the lock that it held when it was killed (tools/documentation/facts/koku-measurements.md#locks-after-a-kill). So each
 * start gets its own host name, and Celery the same one.
 */
const command = [
  'bash',
  '-c',
  `export HOSTNAME="$HOSTNAME-$(date +%s)" && exec celery -A koku worker --hostname "celery@$HOSTNAME" --include worker_watch --without-gossip -E -l "$KOKU_LOG_LEVEL" -Q "$WORKER_QUEUES" ${celerySettingsInShell}`,
];

/**
 * Seconds that a stopped worker has to finish its task, because Koku loses the task of a killed worker
 * (tools/documentation/facts/koku-measurements.md#lost-tasks).
 */
const longestTask = 3600;

/** Whether a task of these queues writes to Kafka (tools/documentation/facts/koku.md#tasks-that-write-to-kafka). */
const announces = (queues: readonly string[]): boolean =>
  queues.some((queue) => queue === 'celery' || queue === 'subs_transmission');

/** Whether a task of these queues tells sources-api how a source is (koku/sources/tasks.py:54). */
const reportsStatus = (queues: readonly string[]): boolean => queues.includes('priority');

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
    scratch: workingSpace,
    // The first process asks at its start whether the database is migrated, and keeps that session; the other has one for a task.
    connects: [
      database(dbKoku.address, { count: 2 }),
      redis(),
      objectStore,
      ...(announces(queues) ? [kafka()] : []),
      ...(reportsStatus(queues) ? [{ ...sourcesApi, when: 'options/sources-api' } as const] : []),
    ],
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
