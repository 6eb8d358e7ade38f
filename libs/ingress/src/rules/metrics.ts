/** Metrics that only the rules and panels of ingress read. */
import { seriesOf } from '@cost-onprem/contracts';

/** By the exporting program (tools/documentation/facts/ingress.md#metrics). */
export const metrics = {
  ingress: [
    'ingress_kafka_produce_failures',
    'ingress_kafka_producer_go_routine_count',
    'ingress_responses',
    'ingress_stage_seconds_count',
    'ingress_stage_seconds_sum',
  ],
} as const;

/** Selects series of a shared metric or of one of these. */
export const series = seriesOf(metrics);
