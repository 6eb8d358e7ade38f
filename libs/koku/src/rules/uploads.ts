import { alert, listenerGroup, uploadTopic } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';
import { series } from './metrics.ts';

const topic = { topic: uploadTopic };
const group = { consumergroup: listenerGroup, ...topic };

const arrived = series('kafka_topic_partition_current_offset', topic);
const taken = series('kafka_consumergroup_current_offset', group);
const lag = `sum by (namespace) (${series('kafka_consumergroup_lag', group)})`;
const summaries = series('report_summary_attempts_count_total');

/**
 * Uploads: a quarter of an hour's work at 23 s for each of 73 000 rows
 * (tools/documentation/facts/koku-measurements.md#times).
 */
const many = 40;

/**
 * Summaries a second. A summary that waits for a lock retries once a second
 * (tools/documentation/facts/koku-measurements.md#locks-after-a-kill).
 */
const loops = 0.3;

/** Alerts on the way from an upload to its summary. */
export const uploads: readonly Rule[] = [
  alert({
    alert: 'CostListenerStuck',
    severity: 'critical',
    expression: `${lag} > 0 and sum by (namespace) (delta(${taken}[10m])) == 0`,
    // After 18 minutes Kafka itself gives the work to another listener (tools/upstream-facts/koku.json).
    lasts: '20m',
    summary: '{{ $value }} uploads wait, but the listener finishes none',
    description: 'New uploads do not become costs. The repair removes them after two weeks.',
  }),
  alert({
    alert: 'CostListenerBehind',
    severity: 'warning',
    expression: `${lag} > ${many}`,
    lasts: '1h',
    summary: '{{ $value }} uploads wait for the listener',
    description: 'Costs appear later and later.',
  }),
  alert({
    alert: 'CostUploadsNotProcessed',
    severity: 'critical',
    // Koku creates a counter with its first event, which increase() does not see.
    expression: `sum by (namespace) (delta(${taken}[6h])) >= 3
unless on (namespace) (
  increase(${summaries}[6h]) > 0
  or ${summaries} unless ${summaries} offset 6h
)`,
    lasts: '10m',
    summary: 'Koku summarised none of {{ printf "%.0f" $value }} uploads in six hours',
    description: 'The listener drops the uploads, so costs stay as they were.',
  }),
  alert({
    alert: 'CostNoUploads',
    severity: 'warning',
    // A cluster uploads every six hours.
    expression: `sum by (namespace) (delta(${arrived}[1d])) == 0
and sum by (namespace) (${arrived} offset 1d) > 0`,
    lasts: '1h',
    summary: 'No cluster has uploaded for a day',
    description: 'The costs of all clusters stay as they were.',
  }),
  alert({
    alert: 'CostSummaryLoops',
    severity: 'warning',
    expression: `sum by (namespace) (rate(${summaries}[15m])) > ${loops}`,
    lasts: '30m',
    summary: 'A summary queues itself again and again',
    description: 'A killed worker left a lock, so Koku does not summarise one cluster’s month for up to an hour.',
  }),
];
