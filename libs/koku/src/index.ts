import { kokuDjango } from '@cost-onprem/contracts';
import { application } from '@cost-onprem/kit';
import { kokuApiReads } from './koku-api-reads.ts';
import { kokuApiWrites } from './koku-api-writes.ts';
import { kokuBuckets } from './koku-buckets.ts';
import { kokuCeleryBeat } from './koku-celery-beat.ts';
import { kokuDbMigrate } from './koku-db-migrate.ts';
import { kokuLagExporter } from './koku-lag-exporter.ts';
import { kokuListener } from './koku-listener.ts';
import { kokuManagementCommand } from './koku-management-command.ts';
import { kokuMasu } from './koku-masu.ts';
import { kokuRepair } from './koku-repair.ts';
import { kokuSourcesListener } from './koku-sources-listener.ts';
import { kokuTopics } from './koku-topics.ts';
import { watch } from './watch.ts';
import { optionalSecrets } from './optional-secrets.ts';
import { kokuSettings } from './settings.ts';
import { kokuWorkerQueues } from './worker-queues.ts';
import { kokuSplitWorkers, kokuWorkers } from './workers.ts';
import { panels } from './rules/panels.ts';
import { rules } from './rules/rules.ts';
import { runbook } from './rules/runbook.ts';

/** Koku, the cost management application. */
export default application({
  name: 'koku',
  optionalSecrets,
  bases: {
    '.': {
      workloads: [
        kokuApiReads,
        kokuApiWrites,
        kokuMasu,
        kokuListener,
        kokuCeleryBeat,
        ...kokuWorkers,
        kokuBuckets,
        kokuDbMigrate,
        kokuManagementCommand,
        kokuRepair,
      ],
      settings: [kokuSettings, kokuWorkerQueues],
      makes: [kokuDjango],
      contributes: [watch],
    },
    'split-workers': { workloads: kokuSplitWorkers },
    'sources-listener': { workloads: [kokuSourcesListener] },
    topics: { workloads: [kokuTopics] },
    'lag-exporter': { workloads: [kokuLagExporter] },
  },
  rules,
  panels,
  runbook,
});
