import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  awsFolder,
  bucketClaim,
  buckets,
  dbKruize,
  kokuImage,
  objectStorage,
  objectStorageAddress,
  objectStorageCredentials,
  rosTopic,
  rosocpGroups,
  trustedCa,
} from '@cost-onprem/contracts';
import { setting, workload, type Connection } from '@cost-onprem/kit';
import { kafka, kruize } from './connections.ts';
import { rosRepairTimes } from './repair-times.ts';

const source = join(import.meta.dirname, 'repair');
const folder = '/opt/rosocp-repair';

const program = Object.fromEntries(
  readdirSync(source)
    .filter((file) => file.endsWith('.py'))
    .toSorted()
    .map((file) => [file, readFileSync(join(source, file), 'utf8')]),
);

const { to, host, port, more } = dbKruize.address;

const kruizeDatabase: Connection = {
  to,
  sessions: { count: 1 },
  env: {
    DB_HOST: host,
    DB_PORT: port,
    DB_NAME: more.database,
    DB_USER: more.username,
    DB_PASSWORD: dbKruize.credentials.keys.password,
    DB_CA_FILE: more['ca-file'],
  },
};

const objectStore: Connection = {
  to: objectStorage.s3,
  env: {
    OBJECT_STORAGE_SCHEME: setting(objectStorageAddress, 'scheme'),
    OBJECT_STORAGE_HOST: setting(objectStorageAddress, 'host'),
    S3_ENDPOINT: '$(OBJECT_STORAGE_SCHEME)://$(OBJECT_STORAGE_HOST)',
    S3_REGION: setting(objectStorageAddress, 'region'),
    S3_ACCESS_KEY: objectStorageCredentials.keys.AWS_ACCESS_KEY_ID,
    S3_SECRET: objectStorageCredentials.keys.AWS_SECRET_ACCESS_KEY,
    S3_BUCKET_NAME: bucketClaim.bucketName,
    ROS_BUCKET: buckets.ros,
    AWS_CONFIG_FILE: setting(objectStorageAddress, 'aws-configuration'),
    AWS_CA_BUNDLE: setting(objectStorageAddress, 'ca-file'),
  },
};

// The repair waits itself, and a run that waits must end.
const withoutWaiting = ({ to: server, env = {} }: Connection): Connection => ({ to: server, env });

/**
 * The processor confirms a report before it has processed it, drops it if a server does not answer, and neither Koku nor ROS
 * removes an object (tools/documentation/facts/ros.md#lost-reports, tools/documentation/facts/ros.md#objects). Kruize's
 * database says what arrived. It runs in Koku's image, because that has the clients of all three servers.
 */
export const rosocpRepair = workload({
  name: 'rosocp-repair',
  purpose: 'Announces lost reports again to the resource optimisation, and removes processed ones from the bucket.',
  kind: 'CronJob',
  schedule: '7 * * * *',
  deadline: rosRepairTimes.longest * 60,
  image: kokuImage,
  wave: 'edge',
  command: ['python3', `${folder}/program.py`],
  connects: [kruizeDatabase, withoutWaiting(kruize), kafka(rosocpGroups.processor), objectStore],
  contributions: [trustedCa, awsFolder],
  files: [{ configMap: 'rosocp-repair-program', mountPath: folder, contents: program }],
  env: {
    ROS_TOPIC: rosTopic,
    PROCESSOR_GROUP: rosocpGroups.processor,
    PAUSE_MINUTES: String(rosRepairTimes.pause),
    ATTEMPTS: String(rosRepairTimes.attempts),
    RETENTION_HOURS: String(rosRepairTimes.retention),
    LONGEST_MINUTES: String(rosRepairTimes.longest),
  },
});
