import { PersistentVolumeClaim } from 'kubernetes-models/v1';
import { keepAnnotation, waveAnnotation } from './argo-cd.ts';
import { labels } from './labels.ts';
import type { Workload } from './vocabulary.ts';

/** A workload's volume claim, in the wave of the workload, because a claim may stay unbound until a pod mounts it. */
export const claim = (workload: Workload, application: string): PersistentVolumeClaim[] =>
  workload.store
    ? [
        new PersistentVolumeClaim({
          metadata: {
            name: workload.store.claim,
            labels: labels(workload, application),
            annotations: { ...waveAnnotation(workload.wave), ...keepAnnotation },
          },
          spec: { accessModes: ['ReadWriteOnce'] },
        }),
      ]
    : [];
