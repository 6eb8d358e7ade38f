import { alert, runFailed, series, type JobName } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

const migration: JobName = 'koku-db-migrate';

/** Alerts on Koku's Jobs. */
export const jobs: readonly Rule[] = [
  alert({
    alert: 'CostMigrationFailed',
    severity: 'critical',
    expression: `${series('kube_job_failed', { job_name: migration, condition: 'true' })} == 1`,
    lasts: '0m',
    summary: 'The migration of Koku’s database failed',
    description: 'The old version keeps running, and the new one waits. On a new cluster nothing starts.',
  }),
  alert({
    alert: 'CostRepairNeedsSomebody',
    severity: 'warning',
    expression: runFailed('koku-repair'),
    lasts: '0m',
    summary: 'The repair of uploads needs a person',
    description:
      'Uploads of at least one cluster do not become costs, often because it has no source. The log of koku-repair names the reason.',
  }),
];
