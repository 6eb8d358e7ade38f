import { alert, series } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

/** Alerts on missing metrics, which the other rules cannot see. */
export const blindness: readonly Rule[] = [
  alert({
    alert: 'CostMonitoringBlind',
    severity: 'warning',
    expression: (['kube_deployment_spec_replicas', 'kafka_brokers', 'redis_up'] as const)
      .map((metric) => `absent(${series(metric)})`)
      .join('\nor '),
    lasts: '15m',
    summary: 'Some alerts cannot fire, because their metrics are missing',
    description: 'Users see nothing. Faults may stay unnoticed.',
  }),
  alert({
    alert: 'CostTargetDown',
    severity: 'warning',
    expression: `${series('up')} == 0`,
    lasts: '15m',
    summary: 'Prometheus cannot read the metrics of {{ $labels.pod }}',
    description: 'The pod hangs, or Prometheus cannot connect to it.',
  }),
];
