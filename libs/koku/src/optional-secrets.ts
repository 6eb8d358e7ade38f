/**
 * Secrets that a cluster may create, named as in Koku's own deployment
 * (tools/documentation/facts/koku.md#optional-secrets).
 */
import { optionalSecret } from '@cost-onprem/kit/vocabulary';

/** Not the object store's keys: Koku reads those from S3_ACCESS_KEY and S3_SECRET. */
export const awsCredentials = optionalSecret('koku-aws', 'AWS as a source: an account that may assume its roles.', {
  aws_access_key_id: 'access key',
  aws_secret_access_key: 'secret key',
});

export const gcpCredentials = optionalSecret('koku-gcp', 'GCP as a source: an account that may read its bills.', {
  'gcp-credentials': 'key file of a service account, JSON',
});

export const sentryCredentials = optionalSecret(
  'koku-sentry',
  'The option `sentry`: the project to which Koku reports errors.',
  {
    dsn: 'DSN of a project',
  },
);

/** All of them. */
export const optionalSecrets = [awsCredentials, gcpCredentials, sentryCredentials] as const;
