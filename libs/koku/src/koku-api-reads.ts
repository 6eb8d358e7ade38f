import { dbKoku, kokuApiReads as listens } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { api, apiProbes, apiSessions } from './api.ts';
import { database, redis } from './connections.ts';

/** Answers GET and HEAD; the gateway sends the rest to koku-api-writes. */
export const kokuApiReads = workload({
  ...api,
  scalable: true,
  name: 'koku-api-reads',
  purpose: 'Koku’s API for GET and HEAD. With the option read-replica it reads the replica.',
  listens,
  metrics: listens.metrics,
  connects: [
    database(dbKoku.replica.address, apiSessions),
    redis(),
    { to: dbKoku.replica.endpoint, when: 'options/read-replica' },
  ],
  probes: apiProbes(listens),
});
