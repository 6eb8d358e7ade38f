import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { waveAnnotation } from './argo-cd.ts';
import { domain, labels } from './labels.ts';
import type { Workload } from './vocabulary.ts';

/** Argo CD does not change the replicas of a Deployment with this label (overlays/argo-cd/application-set.yaml). */
export const autoscaledLabel = `${domain}/autoscaled`;

/** Percent of the requested processor time above which pods are added; Kubernetes' own default. */
const busy = 80;

/**
 * A profile that gives a range sets its ends; a profile that gives a number removes the whole object.
 * @throws Error for what is no Deployment, because Argo CD would set the replicas back
 */
export const autoscaler = (workload: Workload, application: string): HorizontalPodAutoscaler[] => {
  const { name, kind, wave, scalable } = workload;
  if (!scalable) return [];
  if (kind !== 'Deployment') throw new Error(`${name}: a ${kind} cannot be scalable, only a Deployment`);
  const target = { type: 'Utilization', averageUtilization: busy };
  return [
    new HorizontalPodAutoscaler({
      metadata: { name, labels: labels(workload, application), annotations: waveAnnotation(wave) },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind, name },
        minReplicas: 1,
        maxReplicas: 1,
        metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
      },
    }),
  ];
};
