import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buckets,
  dbKoku,
  kokuMasu,
  kokuPrefix,
  kokuQueueDatabase,
  kokuQueues,
  largestUpload,
  listenerGroup,
  optionalKokuQueues,
  rosSettingsName,
  rosTopicKey,
  uploadTopic,
} from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { database, kafka, redis, objectStore } from './connections.ts';
import { folders } from './environment.ts';
import { image } from './image.ts';
import { watchEnvironment } from './watch.ts';
import { kokuRepairTimes } from './repair-times.ts';
import { kokuSettings } from './settings.ts';

const source = join(import.meta.dirname, 'repair');
const folder = '/opt/koku-repair';

/** The program uses Python and the libraries of Koku's image, but not Koku itself, because Koku takes long to start. */
const program = Object.fromEntries(
  readdirSync(source)
    .filter((file) => file.endsWith('.py'))
    .toSorted()
    .map((file) => [file, readFileSync(join(source, file), 'utf8')]),
);

/**
 * Koku acknowledges a task before it runs it, drops uploads while its servers are away, and recovers neither
 * (tools/documentation/facts/koku-measurements.md#lost-uploads,
 * tools/documentation/facts/koku-measurements.md#lost-tasks). The CronJob is in the last wave, because Argo CD stops at the
 * wave of a CronJob whose last run failed.
 */
export const kokuRepair = workload({
  name: 'koku-repair',
  purpose: 'Announces dropped uploads again, restarts lost summaries, and removes processed uploads.',
  kind: 'CronJob',
  schedule: `*/${kokuRepairTimes.every} * * * *`,
  deadline: kokuRepairTimes.longest * 60,
  image,
  wave: 'edge',
  command: ['python3', `${folder}/program.py`],
  settings: [kokuSettings],
  connects: [database(dbKoku.address), redis(), kafka(), objectStore, { to: kokuMasu.http }],
  contributions: folders,
  // It reads one upload at a time, from a copy of its own; ingress takes none that is larger. The folder itself needs space.
  scratch: [{ path: '/tmp', mebibytes: largestUpload + 1 }],
  files: [{ configMap: 'koku-repair-program', mountPath: folder, contents: program }],
  env: {
    ...watchEnvironment(),
    MASU_URL: `http://${kokuMasu.http.workload}:${kokuMasu.http.number}${kokuPrefix}`,
    UPLOAD_TOPIC: uploadTopic,
    LISTENER_GROUP: listenerGroup,
    ROS_TOPIC: { kind: 'ConfigMap', name: rosSettingsName, key: rosTopicKey, optional: true },
    QUEUE_DATABASE: String(kokuQueueDatabase),
    INGRESS_BUCKET: buckets.ingress,
    LONGEST_MINUTES: String(kokuRepairTimes.longest),
    QUIET_MINUTES: String(kokuRepairTimes.quiet),
    WORKING_MINUTES: String(kokuRepairTimes.working),
    ATTEMPTS: String(kokuRepairTimes.attempts),
    PATIENCE_HOURS: String(kokuRepairTimes.patience),
    RETENTION_DAYS: String(kokuRepairTimes.retention),
    STANDING_MINUTES: String(kokuRepairTimes.standing),
    QUEUES: kokuQueues.filter((queue) => !optionalKokuQueues.includes(queue)).join(','),
  },
});
