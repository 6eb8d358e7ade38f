import { alert, kokuQueueDatabase, series } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

/** Waiting tasks by queue. Other rules and the dashboard read it. */
export const queueLength = 'cost_onprem:queue_length';

/**
 * The hosted service starts another worker at this number of tasks, rounded
 * (tools/documentation/facts/koku.md#sizes-of-the-hosted-service).
 */
const many = 20;

const keys = series('redis_key_size', { db: `db${kokuQueueDatabase}` });

/** Alerts on the queues of Koku's workers. */
export const queues: readonly Rule[] = [
  {
    record: queueLength,
    // Without the label of the pod, because a restarted exporter writes another series. Celery removes an empty queue. No
    // alert fires, whether the exporter then writes 0 or nothing.
    expression: `max by (namespace, queue) (label_replace(${keys}, "queue", "$1", "key", "(.+)"))`,
  },
  alert({
    alert: 'CostQueueWaits',
    severity: 'warning',
    // The watch repairs a worker that takes no tasks within two minutes (libs/koku/src/watch). So after ten there is another
    // fault, or one long task; the runbook says how to tell.
    expression: `${queueLength} > 0 and resets(${queueLength}[10m]) == 0`,
    lasts: '10m',
    summary: 'No worker has taken a task from the queue {{ $labels.queue }} for ten minutes',
    description: '{{ $value }} tasks wait. Their worker runs one long task, or takes none.',
  }),
  alert({
    alert: 'CostQueueStuck',
    severity: 'critical',
    // A worker may run one task for an hour (libs/koku/src/workers.ts), and takes no other task meanwhile.
    expression: `${queueLength} > 0 and resets(${queueLength}[15m]) == 0`,
    lasts: '1h',
    summary: 'No worker has taken a task from the queue {{ $labels.queue }} for an hour',
    description: '{{ $value }} tasks wait. New uploads do not become costs, or changed prices do not appear.',
  }),
  alert({
    alert: 'CostQueueGrows',
    severity: 'warning',
    expression: `${queueLength} > ${many} and delta(${queueLength}[1h]) > 0`,
    lasts: '30m',
    summary: 'The queue {{ $labels.queue }} grows faster than its workers empty it',
    description: '{{ $value }} tasks wait. Costs appear later and later.',
  }),
];
