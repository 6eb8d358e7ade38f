import { application } from '@cost-onprem/kit';
import { kokuApiReads } from './koku-api-reads.ts';
import { kokuApiWrites } from './koku-api-writes.ts';
import { kokuDbMigrate } from './koku-db-migrate.ts';

/** Koku, the cost management application. */
export default application({
  name: 'koku',
  bases: { '.': { workloads: [kokuApiReads, kokuApiWrites, kokuDbMigrate] } },
});
