import { application } from '@cost-onprem/kit';
import { rosocpApi } from './rosocp-api.ts';
import { rosocpDbMigrate } from './rosocp-db-migrate.ts';
import { rosocpHousekeeper } from './rosocp-housekeeper.ts';
import { rosocpPartitionCleaner } from './rosocp-partition-cleaner.ts';
import { rosocpProcessor } from './rosocp-processor.ts';
import { rosocpRecommendationPoller } from './rosocp-recommendation-poller.ts';
import { rosocpRepair } from './rosocp-repair.ts';
import { rosSettings } from './settings.ts';
import { panels } from './rules/panels.ts';
import { rules } from './rules/rules.ts';
import { runbook } from './rules/runbook.ts';

/** ROS, the resource optimisation. */
export default application({
  name: 'ros',
  onlyFor: 'resource-optimization',
  bases: {
    '.': {
      workloads: [
        rosocpApi,
        rosocpProcessor,
        rosocpRecommendationPoller,
        rosocpHousekeeper,
        rosocpPartitionCleaner,
        rosocpRepair,
        rosocpDbMigrate,
      ],
      settings: [rosSettings],
    },
  },
  rules,
  panels,
  runbook,
});
