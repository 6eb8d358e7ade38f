/** The way from a report to a recommendation. */
import { alert, consumerGroups } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';
import { series } from './metrics.ts';

const ours = {
  consumergroup: [
    consumerGroups['rosocp-processor'].group,
    consumerGroups['rosocp-recommendation-poller'].group,
    consumerGroups['rosocp-housekeeper'].group,
  ],
} as const;

/** Messages that wait, by group. */
export const lag = `sum by (namespace, consumergroup) (${series('kafka_consumergroup_lag', ours)})`;

const taken = (window: string): string =>
  `sum by (namespace, consumergroup) (delta(${series('kafka_consumergroup_current_offset', ours)}[${window}]))`;

/** Parts of reports that Kruize was told, and recommendations that the poller saved. */
export const reports = series('kruize_update_result_request_total');
export const recommendations = series('rosocp_recommendation_success_total');

/** Reports that the processor skipped, because it could not download or use them. */
export const notFetched = series('rosocp_csv_fetch_error_total');
export const invalid = series('rosocp_invalid_csv_total');

/** Hours between two uploads of a cluster, the operator's default. */
const period = 6;

/** Alerts on messages that wait. */
export const waiting: readonly Rule[] = [
  alert({
    alert: 'CostRecommendationsStuck',
    severity: 'warning',
    // A shorter time would report each failed message of the poller (tools/documentation/facts/ros.md#what-stops-a-consumer).
    expression: `${lag} > 0 and ${taken(`${period + 2}h`)} == 0`,
    lasts: '1h',
    summary: '{{ $value }} messages wait, but {{ $labels.consumergroup }} takes none',
    description: 'Recommendations stay as they were, or those of a removed source remain.',
  }),
  alert({
    alert: 'CostRecommendationsBehind',
    severity: 'warning',
    expression: `${lag} > ${period} * (${taken('1h')} > 0)`,
    lasts: '1h',
    summary: '{{ $labels.consumergroup }} needs more than six hours for {{ $value }} messages',
    description: 'Recommendations appear later and later.',
  }),
];

/** Alerts on reports that do not become recommendations. */
export const results: readonly Rule[] = [
  alert({
    alert: 'CostNoRecommendations',
    severity: 'warning',
    // By default a workload gets its next recommendation with the first report after 24 hours.
    expression: `sum by (namespace) (increase(${reports}[1d])) > 0
and sum by (namespace) (increase(${reports}[${period}h] offset 1d)) > 0
and sum by (namespace) (increase(${recommendations}[${24 + period}h])) == 0`,
    lasts: '1h',
    summary: 'No recommendation for a day, although reports arrive',
    description: 'Recommendations stay as they were.',
  }),
  alert({
    alert: 'CostReportsNotFetched',
    severity: 'warning',
    expression: `sum by (namespace) (increase(${notFetched}[1h])) > 0`,
    lasts: '0m',
    summary: 'The resource optimisation could not download {{ printf "%.0f" $value }} reports',
    description: 'It skips them. The repair announces them again.',
  }),
  alert({
    alert: 'CostReportsInvalid',
    severity: 'warning',
    // A report without a usable row is normal: no labelled workload of its cluster ran.
    expression: `sum by (namespace) (increase(${invalid}[1d])) > ${24 / period}
and sum by (namespace) (increase(${reports}[1d])) == 0`,
    lasts: '1h',
    summary: 'The resource optimisation could use none of {{ printf "%.0f" $value }} reports',
    description: 'It skips them. Recommendations stay as they were.',
  }),
];
