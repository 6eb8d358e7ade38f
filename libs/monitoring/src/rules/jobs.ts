import { alert, series, type JobName } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

/** Koku's rules have an alert for it. */
const migration: JobName = 'koku-db-migrate';

const failed = { condition: 'true' };

const next = series('kube_cronjob_next_schedule_time');
const last = series('kube_cronjob_status_last_schedule_time');
const succeeded = series('kube_cronjob_status_last_successful_time');

const period = `(${next} - on (namespace, cronjob) ${last})`;

/** Three periods of a CronJob, or one period and a day if that is less. A suspended one has no next run. */
const late = `on (namespace, cronjob) (${period} + clamp_max(2 * ${period}, 24 * 3600))`;

/** Alerts on Jobs and CronJobs. */
export const jobs: readonly Rule[] = [
  alert({
    alert: 'CostJobFailed',
    severity: 'warning',
    // Not the Jobs of a CronJob: a failed one stays for its log, though a later one may have succeeded.
    expression: `${series('kube_job_failed', { job_name: { not: migration }, ...failed })} == 1
unless on (namespace, job_name) ${series('kube_job_owner', { owner_kind: 'CronJob' })}`,
    lasts: '5m',
    summary: 'The Job {{ $labels.job_name }} failed',
    description: 'The sync waits for it. Topics, buckets or Secrets may be missing.',
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
    summary: 'The CronJob {{ $labels.cronjob }} has not succeeded in time',
    description: 'What it repairs or removes stays as it is, for example half-done uploads or old partitions.',
  }),
];
