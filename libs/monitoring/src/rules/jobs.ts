import { alert, series, type JobName } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

/** Has an alert of its own. */
const migration: JobName = 'koku-db-migrate';

const failed = { condition: 'true' };

const next = series('kube_cronjob_next_schedule_time');
const last = series('kube_cronjob_status_last_schedule_time');
const succeeded = series('kube_cronjob_status_last_successful_time');

/** Three periods of a job, whatever its schedule is; a suspended one has none. */
const late = `on (namespace, cronjob) 3 * (${next} - on (namespace, cronjob) ${last})`;

/** What ends. */
export const jobs: readonly Rule[] = [
  alert({
    alert: 'CostJobFailed',
    severity: 'warning',
    // A failed Job of a CronJob is kept for its log, though the next run may have succeeded.
    expression: `${series('kube_job_failed', { job_name: { not: migration }, ...failed })} == 1
unless on (namespace, job_name) ${series('kube_job_owner', { owner_kind: 'CronJob' })}`,
    lasts: '5m',
    summary: 'The job {{ $labels.job_name }} failed',
    description: 'A sync waits for it: topics, buckets or Secrets may be missing.',
  }),
  alert({
    alert: 'CostCronJobOverdue',
    severity: 'warning',
    expression: `time() - ${succeeded} > ${late}
or (
  time() - ${series('kube_cronjob_created')} > ${late}
  unless on (namespace, cronjob) ${succeeded}
)`,
    lasts: '30m',
    summary: 'The job {{ $labels.cronjob }} has not succeeded for three of its periods',
    description: 'What it repairs or removes stays as it is: half-done uploads, for instance.',
  }),
];
