import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { waveAnnotation } from './argo-cd.ts';
import { labels, selectorLabels } from './labels.ts';
import { ends } from './pod.ts';
import type { Workload } from './vocabulary.ts';

/** Lets a drain evict one pod at a time. That fits any number of replicas, and a drain never hangs. */
export const disruptionBudget = (workload: Workload, application: string): PodDisruptionBudget[] =>
  ends(workload)
    ? []
    : [
        new PodDisruptionBudget({
          metadata: {
            name: workload.name,
            labels: labels(workload, application),
            annotations: waveAnnotation(workload.wave),
          },
          spec: {
            maxUnavailable: 1,
            unhealthyPodEvictionPolicy: 'AlwaysAllow',
            selector: { matchLabels: selectorLabels(workload.name) },
          },
        }),
      ];
