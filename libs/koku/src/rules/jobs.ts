import { alert, series, type CronJobName, type JobName } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

const migration: JobName = 'koku-db-migrate';
const repair: CronJobName = 'koku-repair';

const failed = { condition: 'true' };

/** What ends. */
export const jobs: readonly Rule[] = [
  alert({
    alert: 'CostMigrationFailed',
    severity: 'critical',
    expression: `${series('kube_job_failed', { job_name: migration, ...failed })} == 1`,
    lasts: '0m',
    summary: 'The migration of Koku’s database failed',
    description: 'The old version goes on, and the new one waits. On a new cluster nothing starts.',
  }),
  alert({
    alert: 'CostRepairNeedsSomebody',
    severity: 'warning',
    // It fails once a day for what it leaves to a person, and succeeds in between: a failed run is all that tells.
    expression: `count by (namespace) (
  ${series('kube_job_failed', failed)} == 1
  and on (namespace, job_name) ${series('kube_job_owner', { owner_kind: 'CronJob', owner_name: repair })}
) > 0`,
    lasts: '0m',
    summary: 'The repair of uploads leaves something to a person',
    description: 'One cluster’s uploads do not become costs: it has no source, or Koku refuses what it sends.',
  }),
];
