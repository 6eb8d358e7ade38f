import { alert, series, type CronJobName, type JobName } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

const migration: JobName = 'koku-db-migrate';
const repair: CronJobName = 'koku-repair';

const failed = { condition: 'true' };

/** Alerts on Koku's Jobs. */
export const jobs: readonly Rule[] = [
  alert({
    alert: 'CostMigrationFailed',
    severity: 'critical',
    expression: `${series('kube_job_failed', { job_name: migration, ...failed })} == 1`,
    lasts: '0m',
    summary: 'The migration of Koku’s database failed',
    description: 'The old version keeps running, and the new one waits. On a new cluster nothing starts.',
  }),
  alert({
    alert: 'CostRepairNeedsSomebody',
    severity: 'warning',
    // While a person must act, only one run a day fails, and the others succeed. So any failed run must fire.
    expression: `count by (namespace) (
  ${series('kube_job_failed', failed)} == 1
  and on (namespace, job_name) ${series('kube_job_owner', { owner_kind: 'CronJob', owner_name: repair })}
) > 0`,
    lasts: '0m',
    summary: 'The repair of uploads needs a person',
    description:
      'Uploads of at least one cluster do not become costs, often because it has no source. The log of koku-repair names the reason.',
  }),
];
