import { ServiceAccount } from 'kubernetes-models/v1';
import { waveAnnotation } from './argo-cd.ts';
import { labels } from './labels.ts';
import type { Workload } from './vocabulary.ts';

/** An account of its own for each workload, without a token: whoever needs rights gets them alone. */
export const serviceAccount = (workload: Workload, application: string): ServiceAccount =>
  new ServiceAccount({
    metadata: { name: workload.name, labels: labels(workload, application), annotations: waveAnnotation('foundation') },
    automountServiceAccountToken: false,
  });
