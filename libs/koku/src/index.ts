import { application } from '@cost-onprem/kit';
import { kokuApiReads } from './koku-api-reads.ts';
import { kokuApiWrites } from './koku-api-writes.ts';
import { kokuCeleryBeat } from './koku-celery-beat.ts';
import { kokuDbMigrate } from './koku-db-migrate.ts';
import { kokuManagementCommand } from './koku-management-command.ts';
import { kokuMasu } from './koku-masu.ts';
import { kokuSplitWorkers, kokuWorkers } from './workers.ts';

/** Koku, the cost management application. */
export default application({
  name: 'koku',
  bases: {
    '.': {
      workloads: [
        kokuApiReads,
        kokuApiWrites,
        kokuMasu,
        kokuCeleryBeat,
        ...kokuWorkers,
        kokuDbMigrate,
        kokuManagementCommand,
      ],
    },
    'split-workers': { workloads: kokuSplitWorkers },
  },
});
