import { series, type Panels } from '@cost-onprem/contracts';
import { free } from './volumes.ts';

const container = { container: { matches: '.+' } };

/** Panels about every workload. */
export const panels: Panels = {
  Workers: [
    {
      title: 'Missing pods',
      unit: 'short',
      lines: {
        '{{deployment}}': `${series('kube_deployment_spec_replicas')} - on (namespace, deployment) ${series('kube_deployment_status_replicas_available')} > 0`,
      },
    },
    {
      title: 'Memory',
      unit: 'bytes',
      lines: { '{{pod}}': `sum by (pod) (${series('container_memory_working_set_bytes', container)})` },
    },
    {
      title: 'Cores',
      unit: 'short',
      lines: { '{{pod}}': `sum by (pod) (rate(${series('container_cpu_usage_seconds_total', container)}[5m]))` },
    },
  ],
  'Database and volumes': [
    { title: 'Free share of volumes', unit: 'percentunit', lines: { '{{persistentvolumeclaim}}': free } },
    {
      title: 'Ready servers',
      unit: 'short',
      lines: { '{{statefulset}}': series('kube_statefulset_status_replicas_ready') },
    },
  ],
  Restarts: [
    {
      title: 'Restarts in the last hour',
      unit: 'short',
      lines: { '{{pod}}': `sum by (pod) (increase(${series('kube_pod_container_status_restarts_total')}[1h])) > 0` },
    },
    {
      title: 'Containers that were last killed for lack of memory',
      unit: 'short',
      lines: { '{{pod}}': series('kube_pod_container_status_last_terminated_reason', { reason: 'OOMKilled' }) },
    },
    {
      title: 'Containers that wait to start',
      unit: 'short',
      lines: { '{{pod}} {{reason}}': `${series('kube_pod_container_status_waiting_reason')} == 1` },
    },
  ],
};
