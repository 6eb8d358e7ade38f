/** The optional keys of AWS and GCP, and the workloads that use them. Only a stack with cloud sources needs them. */
import type { Workload } from '@cost-onprem/kit';
import { awsCredentials, gcpCredentials } from './optional-secrets.ts';

const folder = '/etc/gcp';

/**
 * Variables that the clouds' own libraries read. They do not replace the object store's keys, which have other names
 * (connections.ts), and which Koku passes with every call.
 */
export const cloudCredentials = {
  env: {
    AWS_ACCESS_KEY_ID: awsCredentials.keys.aws_access_key_id,
    AWS_SECRET_ACCESS_KEY: awsCredentials.keys.aws_secret_access_key,
    GOOGLE_APPLICATION_CREDENTIALS: `${folder}/${gcpCredentials.keys['gcp-credentials'].key}`,
  },
  secretFiles: [{ mountPath: folder, secret: gcpCredentials }],
} as const satisfies Pick<Workload, 'env' | 'secretFiles'>;

/**
 * Whether a worker of these queues connects to the clouds. `celery` looks for bills, `priority` looks for those of new
 * sources and checks their status, and `download` fetches bills (masu/celery/tasks.py, sources/tasks.py and
 * masu/processor/tasks.py).
 */
export const speaksToClouds = (queues: readonly string[]): boolean =>
  queues.some((queue) => queue === 'celery' || queue === 'priority' || queue.startsWith('download'));
