import { alert, series } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

const restarts = series('kube_pod_container_status_restarts_total');

/** Of a shell: 128 and the number of SIGKILL. */
const killed = 128 + 9;

/** Containers that do not start, or do not stay. */
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
    summary: '{{ $labels.pod }} was killed: it had no chance to finish',
    description: 'A worker that is killed loses its task: an upload is half done until the repair finds it.',
  }),
  alert({
    alert: 'CostContainerRestarts',
    severity: 'warning',
    expression: `increase(${restarts}[1h]) > 2`,
    lasts: '0m',
    summary: '{{ $labels.pod }} restarts again and again',
    description: '{{ printf "%.0f" $value }} times in the last hour. What it does is late, or is not done.',
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
    description: 'A change does not take hold, or a part of the platform is away.',
  }),
];
