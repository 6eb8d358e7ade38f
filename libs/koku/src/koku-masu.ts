import { dbKoku, kokuMasu as listens, kokuPrefix } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { api, apiSessions } from './api.ts';
import { cloudCredentials } from './cloud-credentials.ts';
import { database, redis, objectStore, sourcesApi } from './connections.ts';

/**
 * It authenticates no client (tools/documentation/facts/koku.md#masu-has-no-authentication), so policies admit only
 * declared clients.
 */
export const kokuMasu = workload({
  ...api,
  name: 'koku-masu',
  purpose: 'Koku’s internal API: starts summaries and shows running tasks. Never public.',
  listens,
  metrics: listens.metrics,
  // Its pages on the database's performance open a second session each.
  connects: [
    database(dbKoku.address, { ...apiSessions, count: 2 }),
    redis(),
    objectStore,
    { ...sourcesApi, when: 'options/sources-api' },
  ],
  env: { ...api.env, ...cloudCredentials.env, MASU: 'true' },
  secretFiles: cloudCredentials.secretFiles,
  // The status page asks Celery and the database, so liveness asks the probe server.
  probes: {
    startup: { check: { get: '/livez', on: listens.metrics }, every: 5, timeout: 5, failures: 60 },
    readiness: { check: { get: `${kokuPrefix}/v1/status/`, on: listens.http }, every: 20, timeout: 15, failures: 3 },
    liveness: { check: { get: '/livez', on: listens.metrics }, every: 20, timeout: 10, failures: 5 },
  },
});
