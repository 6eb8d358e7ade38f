/** Metrics that only Kruize's rules and panels read. */
import { seriesOf } from '@cost-onprem/contracts';

/** By the exporting program, with the place where they are described in brackets. */
export const metrics = {
  /** [tools/documentation/facts/kruize.md#metrics] */
  kruize: ['kruizeAPI_count', 'kruizeAPI_sum'],
  /** [tools/documentation/facts/ros.md#counters] Requests to Kruize without an answer. */
  rosocp: ['rosocp_kruize_api_exception_total'],
} as const;

/** Selects series of a shared metric or of one of these. */
export const series = seriesOf(metrics);
