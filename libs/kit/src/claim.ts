import { PersistentVolumeClaim } from 'kubernetes-models/v1';
import { keepAnnotation, waveAnnotation } from './argo-cd.ts';
import { labels } from './labels.ts';
import type { Workload } from './vocabulary.ts';

/** The claim that holds a workload's data, in the wave of its workload: a claim may stay unbound until a pod mounts it. */
export const claim = ({ name, store, wave }: Workload, application: string): PersistentVolumeClaim[] =>
  store
    ? [
        new PersistentVolumeClaim({
          metadata: {
            name: store.claim,
            labels: labels(name, application),
            annotations: { ...waveAnnotation(wave), ...keepAnnotation },
          },
          spec: { accessModes: ['ReadWriteOnce'] },
        }),
      ]
    : [];
