import { alert, series } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

const restarts = series('kube_pod_container_status_restarts_total');

/** Exit code of SIGKILL: 128 and its number. */
const killed = 128 + 9;

/** Alerts on containers that do not start or do not stay up. */
export const pods: readonly Rule[] = [
  alert({
    alert: 'CostContainerKilled',
    severity: 'warning',
    expression: `increase(${restarts}[15m]) > 0
and on (namespace, pod, container) (
  ${series('kube_pod_container_status_last_terminated_exitcode')} == ${killed}
  or ${series('kube_pod_container_status_last_terminated_reason', { reason: 'OOMKilled' })} == 1
)`,
    lasts: '0m',
    summary: 'A container of {{ $labels.pod }} was killed',
    description: 'A killed worker loses its task, so an upload is half done until the repair finds it.',
  }),
  alert({
    alert: 'CostContainerRestarts',
    severity: 'warning',
    expression: `increase(${restarts}[1h]) > 2`,
    lasts: '0m',
    summary: '{{ $labels.pod }} restarts again and again',
    description: '{{ printf "%.0f" $value }} times in the last hour. Its work is late or undone.',
  }),
  alert({
    alert: 'CostPodCannotStart',
    severity: 'warning',
    expression: `${series('kube_pod_container_status_waiting_reason', {
      reason: [
        'CrashLoopBackOff',
        'CreateContainerConfigError',
        'CreateContainerError',
        'ErrImagePull',
        'ImagePullBackOff',
        'InvalidImageName',
      ],
    })} == 1`,
    lasts: '15m',
    summary: '{{ $labels.pod }} does not start: {{ $labels.reason }}',
    description: 'A change has no effect, or a part of the platform is down.',
  }),
];
