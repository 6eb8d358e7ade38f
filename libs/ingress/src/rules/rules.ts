import { alert, grown, ingress, noneAvailable, type Rules } from '@cost-onprem/contracts';
import { series } from './metrics.ts';

/** Refusals of one kind within an hour. A client tries again at its next report, so one client's first try is no fault. */
const few = 2;

const refused = series('ingress_responses', { code: { matches: '[45]..' } });

/** What Kafka has not confirmed yet: up to three messages for each upload (tools/documentation/facts/ingress.md#metrics). */
const unconfirmed = series('ingress_kafka_producer_go_routine_count');

/** The rules of ingress. */
export const rules: Rules = {
  workloads: [
    alert({
      alert: 'CostIngressDown',
      severity: 'critical',
      expression: noneAvailable(ingress.http.workload),
      lasts: '5m',
      summary: 'ingress is down',
      description: 'No cluster can upload. Clusters keep their reports and try again.',
    }),
  ],
  uploads: [
    alert({
      alert: 'CostUploadsRefused',
      severity: 'warning',
      expression: `sum by (namespace, code) (${grown(refused, '1h')}) > ${few}`,
      lasts: '5m',
      summary: 'ingress refuses uploads with {{ $labels.code }}',
      description: 'The clusters upload again later, or never.',
    }),
    alert({
      alert: 'CostUploadsNotAnnounced',
      severity: 'critical',
      // Kafka confirms within a second. Its client counts a failure only after five minutes, and then ingress sends again.
      expression: `sum by (namespace) (min_over_time(${unconfirmed}[5m])) > 0
or sum by (namespace) (increase(${series('ingress_kafka_produce_failures')}[10m])) > 0`,
      lasts: '2m',
      summary: 'ingress cannot announce accepted uploads',
      description: 'They stay in the object store until ingress or the repair announces them.',
    }),
  ],
};
