import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { waveAnnotation } from './argo-cd.ts';
import { domain, labels } from './labels.ts';
import type { Workload } from './vocabulary.ts';

/** Argo CD does not change the replicas of a Deployment with this label (overlays/argo-cd/application-set.yaml). */
export const autoscaledLabel = `${domain}/autoscaled`;

/** Percent of the requested CPU above which the autoscaler adds pods: Kubernetes' default. */
const busy = 80;

/**
 * The autoscaler of a scalable workload. A profile with a range sets its limits, and a profile with a number removes
 * it.
 * @throws Error for other kinds than Deployment, because Argo CD would reset their replicas
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
