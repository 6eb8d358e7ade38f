/** Who speaks to AWS and GCP, and with which keys: both are optional, and only a stack with cloud sources asks for them. */
import type { Workload } from '@cost-onprem/kit';
import { awsCredentials, gcpCredentials } from './optional-secrets.ts';

const folder = '/etc/gcp';

/**
 * Variables that the clouds' own libraries read. The object store's keys have other names (connections.ts), and a key
 * that Koku passes on beats these, so neither takes the place of the other.
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
 * Workers that look for bills (`celery`; `priority` for new sources, whose status it asks too) and that fetch them
 * (`download`): masu/celery/tasks.py, sources/tasks.py and masu/processor/tasks.py of the application.
 */
export const speaksToClouds = (queues: readonly string[]): boolean =>
  queues.some((queue) => queue === 'celery' || queue === 'priority' || queue.startsWith('download'));
