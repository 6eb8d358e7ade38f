import { alert, series } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

/** What the other rules cannot see. */
export const blindness: readonly Rule[] = [
  alert({
    alert: 'CostMonitoringBlind',
    severity: 'warning',
    expression: (['kube_deployment_spec_replicas', 'kafka_brokers', 'redis_up'] as const)
      .map((metric) => `absent(${series(metric)})`)
      .join('\nor '),
    lasts: '15m',
    summary: 'Some alerts cannot fire, for what they read is missing',
    description: 'Users see nothing of it. Faults may go unnoticed.',
  }),
  alert({
    alert: 'CostTargetDown',
    severity: 'warning',
    expression: `${series('up')} == 0`,
    lasts: '15m',
    summary: 'Prometheus gets no metrics of {{ $labels.pod }}',
    description: 'Either it hangs, or it cannot be reached.',
  }),
];
