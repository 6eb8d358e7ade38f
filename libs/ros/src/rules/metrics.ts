/** Metrics that only the rules and panels of the resource optimisation read. */
import { seriesOf } from '@cost-onprem/contracts';

/** By the exporting program (tools/documentation/facts/ros.md#counters). */
export const metrics = {
  rosocp: [
    'kruize_update_result_request_total',
    'rosocp_csv_fetch_error_total',
    'rosocp_db_error_total',
    'rosocp_invalid_csv_total',
    'rosocp_partition__missing_error_total',
    'rosocp_recommendation_success_total',
    'rosocp_requests_total',
  ],
} as const;

/** Selects series of a shared metric or of one of these. */
export const series = seriesOf(metrics);
