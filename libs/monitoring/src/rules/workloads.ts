import { alert, series } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

/** An alert on every Deployment and StatefulSet. */
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
    description: 'Only {{ $value }} are ready. One more fault may stop it.',
  }),
];
