import { alert } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';
import { series } from '../metrics.ts';

/** Alerts on ingress, which accepts uploads and has no library yet. */
export const uploads: readonly Rule[] = [
  alert({
    alert: 'CostUploadsRefused',
    severity: 'warning',
    expression: `sum by (namespace, code) (increase(${series('ingress_responses', { code: { matches: '[45]..' } })}[1h])) > 2`,
    lasts: '5m',
    summary: 'ingress refuses uploads with {{ $labels.code }}',
    description: 'The clusters upload again later, or never.',
  }),
  alert({
    alert: 'CostUploadsNotAnnounced',
    severity: 'critical',
    expression: `sum by (namespace) (increase(${series('ingress_kafka_produce_failures')}[10m])) > 0`,
    lasts: '0m',
    summary: 'ingress cannot announce accepted uploads',
    description: 'They stay in the object store until the repair announces them.',
  }),
];
