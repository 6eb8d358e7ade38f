import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { waveAnnotation } from './argo-cd.ts';
import { labels, selectorLabels } from './labels.ts';
import type { Workload } from './vocabulary.ts';

/** One pod at a time may be moved: right for any number of replicas, and a drain never hangs. */
export const disruptionBudget = ({ name, kind, wave }: Workload, application: string): PodDisruptionBudget[] =>
  kind === 'Job'
    ? []
    : [
        new PodDisruptionBudget({
          metadata: { name, labels: labels(name, application), annotations: waveAnnotation(wave) },
          spec: { maxUnavailable: 1, selector: { matchLabels: selectorLabels(name) } },
        }),
      ];
