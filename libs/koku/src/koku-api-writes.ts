import { dbKokuAddress, kokuApiWrites as listens } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { api, apiProbes } from './api.ts';
import { cloudCredentials } from './cloud-credentials.ts';
import { database, kafka, redis } from './connections.ts';

/** Answers every method that may change something. */
export const kokuApiWrites = workload({
  ...api,
  scalable: true,
  name: 'koku-api-writes',
  purpose: 'Koku’s API for everything that may change something.',
  listens,
  metrics: listens.metrics,
  connects: [database(dbKokuAddress), redis(), kafka()],
  // It tries whether bills that a user names can be read.
  env: { ...api.env, ...cloudCredentials.env },
  secretFiles: cloudCredentials.secretFiles,
  probes: apiProbes(listens),
});
