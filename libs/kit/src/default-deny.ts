import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { waveAnnotation } from './argo-cd.ts';
import { domain } from './labels.ts';

/** Nobody in the namespace talks to anybody until another policy says so. */
export const defaultDeny = (): NetworkPolicy =>
  new NetworkPolicy({
    metadata: {
      name: 'default-deny',
      labels: { 'app.kubernetes.io/part-of': domain },
      annotations: waveAnnotation('foundation'),
    },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });
