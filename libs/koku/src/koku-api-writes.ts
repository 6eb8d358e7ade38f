import { dbKoku, kokuApiWrites as listens } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { api, apiProbes, apiSessions } from './api.ts';
import { cloudCredentials } from './cloud-credentials.ts';
import { database, kafka, redis } from './connections.ts';

/** Answers every method except GET and HEAD. */
export const kokuApiWrites = workload({
  ...api,
  scalable: true,
  name: 'koku-api-writes',
  purpose: 'Koku’s API for every method that may change data.',
  listens,
  metrics: listens.metrics,
  connects: [database(dbKoku.address, apiSessions), redis(), kafka()],
  // It checks whether it can read the bills of a source that a user adds.
  env: { ...api.env, ...cloudCredentials.env },
  secretFiles: cloudCredentials.secretFiles,
  probes: apiProbes(listens),
});
