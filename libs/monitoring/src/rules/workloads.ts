import { alert, series } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

/** What is about every workload. */
export const workloads: readonly Rule[] = [
  alert({
    alert: 'CostWorkloadDegraded',
    severity: 'warning',
    expression: `${series('kube_deployment_status_replicas_available')}
< on (namespace, deployment) ${series('kube_deployment_spec_replicas')}
or ${series('kube_statefulset_status_replicas_ready')}
< on (namespace, statefulset) ${series('kube_statefulset_replicas')}`,
    lasts: '30m',
    summary: '{{ $labels.deployment }}{{ $labels.statefulset }} has fewer pods than it should',
    description: 'Only {{ $value }} run. What is left does the work, or one more fault stops it.',
  }),
];
