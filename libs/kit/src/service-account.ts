import { ServiceAccount } from 'kubernetes-models/v1';
import { waveAnnotation } from './argo-cd.ts';
import { labels } from './labels.ts';
import type { Workload } from './vocabulary.ts';

/** Each workload has its own account without a token, so that rights of one workload never reach another. */
export const serviceAccount = (workload: Workload, application: string): ServiceAccount =>
  new ServiceAccount({
    metadata: { name: workload.name, labels: labels(workload, application), annotations: waveAnnotation('foundation') },
    automountServiceAccountToken: false,
  });
