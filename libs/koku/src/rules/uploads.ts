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
 * Uploads: a quarter of an hour's work, at 23 s for one of 73 000 rows
 * (tools/documentation/facts/koku-measurements.md#times).
 */
const many = 40;

/**
 * Of a second. A summary that waits tries once a second
 * (tools/documentation/facts/koku-measurements.md#locks-after-a-kill).
 */
const loops = 0.3;

/** From an upload to its summary. */
export const uploads: readonly Rule[] = [
  alert({
    alert: 'CostListenerStuck',
    severity: 'critical',
    expression: `${lag} > 0 and sum by (namespace) (delta(${taken}[10m])) == 0`,
    // Kafka itself takes the work away from a listener after 18 minutes (tools/upstream-facts/koku.json).
    lasts: '20m',
    summary: 'The listener takes no uploads, though {{ $value }} wait',
    description: 'New uploads do not become costs. They are lost after two weeks.',
  }),
  alert({
    alert: 'CostListenerBehind',
    severity: 'warning',
    expression: `${lag} > ${many}`,
    lasts: '1h',
    summary: '{{ $value }} uploads wait for the listener',
    description: 'Costs show later and later.',
  }),
  alert({
    alert: 'CostUploadsNotProcessed',
    severity: 'critical',
    // A counter of Koku's is born with its first event, which increase() does not see.
    expression: `sum by (namespace) (delta(${taken}[6h])) >= 3
unless on (namespace) (
  increase(${summaries}[6h]) > 0
  or ${summaries} unless ${summaries} offset 6h
)`,
    lasts: '10m',
    summary: 'Of {{ printf "%.0f" $value }} uploads in six hours none was summarised',
    description: 'The listener drops what comes in: costs stay as they were.',
  }),
  alert({
    alert: 'CostNoUploads',
    severity: 'warning',
    // A cluster uploads every six hours.
    expression: `sum by (namespace) (delta(${arrived}[1d])) == 0
and sum by (namespace) (${arrived} offset 1d) > 0`,
    lasts: '1h',
    summary: 'Nothing was uploaded for a day',
    description: 'Costs stay as they were, of every cluster.',
  }),
  alert({
    alert: 'CostSummaryLoops',
    severity: 'warning',
    expression: `sum by (namespace) (rate(${summaries}[15m])) > ${loops}`,
    lasts: '30m',
    summary: 'Summaries queue themselves again and again',
    description: 'A killed worker left a lock: one cluster’s month is not summarised for up to an hour.',
  }),
];
