import { alert, kokuQueueDatabase, series } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

/** Tasks that wait, by queue; what other rules and the dashboard read. */
export const queueLength = 'cost_onprem:queue_length';

/**
 * Tasks at which the hosted service starts another worker, rounded
 * (tools/documentation/facts/koku.md#sizes-of-the-hosted-service).
 */
const many = 20;

const keys = series('redis_key_size', { db: `db${kokuQueueDatabase}` });

/** What waits for Koku's workers. */
export const queues: readonly Rule[] = [
  {
    record: queueLength,
    // Without the pod, for an exporter that starts again is another series. Celery removes an empty queue; whether the
    // exporter calls that 0 or says nothing, no alert fires.
    expression: `max by (namespace, queue) (label_replace(${keys}, "queue", "$1", "key", "(.+)"))`,
  },
  alert({
    alert: 'CostQueueWaits',
    severity: 'warning',
    // A worker that takes no tasks is replaced within two minutes (libs/koku/src/watch), so ten are a fault, or one
    // long task: the runbook says how to tell.
    expression: `${queueLength} > 0 and resets(${queueLength}[10m]) == 0`,
    lasts: '10m',
    summary: 'Nothing was taken from the queue {{ $labels.queue }} for ten minutes',
    description: '{{ $value }} tasks wait: for a worker that works on one long task, or for one that does nothing.',
  }),
  alert({
    alert: 'CostQueueStuck',
    severity: 'critical',
    // A worker may take an hour for one task (libs/koku/src/workers.ts), and takes nothing else meanwhile.
    expression: `${queueLength} > 0 and resets(${queueLength}[15m]) == 0`,
    lasts: '1h',
    summary: 'Nothing was taken from the queue {{ $labels.queue }} for an hour',
    description: '{{ $value }} tasks wait. New uploads do not become costs, or changed prices do not show.',
  }),
  alert({
    alert: 'CostQueueGrows',
    severity: 'warning',
    expression: `${queueLength} > ${many} and delta(${queueLength}[1h]) > 0`,
    lasts: '30m',
    summary: 'The queue {{ $labels.queue }} grows faster than its workers take from it',
    description: '{{ $value }} tasks wait. Costs show later and later.',
  }),
];
