import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { waveAnnotation } from './argo-cd.ts';
import { domain } from './labels.ts';

/** Denies all traffic of pods in the namespace that no other policy allows. */
export const defaultDeny = (): NetworkPolicy =>
  new NetworkPolicy({
    metadata: {
      name: 'default-deny',
      labels: { 'app.kubernetes.io/part-of': domain },
      annotations: waveAnnotation('foundation'),
    },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });
