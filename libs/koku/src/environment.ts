import { awsFolder, kokuDjango, kokuPrefix, trustedCa } from '@cost-onprem/contracts';
import type { Contributions, Env, Scratch } from '@cost-onprem/kit';
import { watchEnvironment, watchFolder } from './watch.ts';
import { sentryCredentials } from './optional-secrets.ts';

/** What every process of Koku needs besides its connections. */
export const environment: Env = {
  API_PATH_PREFIX: kokuPrefix,
  // Koku opens it at each start, but writes nothing to it (tools/documentation/facts/koku.md#log-file).
  DJANGO_LOG_FILE: '/tmp/app.log',
  DJANGO_SECRET_KEY: kokuDjango.keys['secret-key'],
  // Koku reads it only with the option `sentry`.
  KOKU_SENTRY_DSN: sentryCredentials.keys.dsn,
  // The folder must exist, or every process fails at its start (tools/documentation/facts/koku.md#folder-for-metrics).
  PROMETHEUS_MULTIPROC_DIR: '/tmp',
  // The default is on the read-only root (tools/upstream-facts/koku.json).
  UNLEASH_CACHE_DIR: '/tmp/unleash',
  ...watchEnvironment(),
};

/** Where Koku unpacks and splits reports. Without it each process creates its own folder elsewhere. */
export const workingFolder: Env = { DATA_DIR: '/tmp/data' };

/** Mi of the reports of one upload, and copies at once (tools/documentation/facts/koku.md#size-of-one-upload). */
const reports = 100;
const copies = 4;

/** What the working folder must hold. */
export const workingSpace: readonly Scratch[] = [{ path: '/tmp', mebibytes: copies * reports }];

/**
 * What every process of Koku’s image mounts: our Python modules, the certificates and the AWS configuration. The last two
 * are empty folders if the cluster sets nothing.
 */
export const folders: readonly Contributions[] = [watchFolder, trustedCa, awsFolder];
