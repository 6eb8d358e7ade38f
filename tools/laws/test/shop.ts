/** A shop that keeps every law, for tests that break one. */
import type { Container, Manifest, PodSpec } from '../../manifests/src/manifest.ts';
import { findings } from '../src/index.ts';

export const container: Container = {
  name: 'shop',
  image: 'registry.example.com/shop:1',
  resources: {
    requests: { cpu: '10m', memory: '32Mi', 'ephemeral-storage': '32Mi' },
    limits: { cpu: 1, memory: '1Gi', 'ephemeral-storage': '128Mi' },
  },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
};

export const pod = (change: Partial<Container> = {}, rest: Partial<PodSpec> = {}): PodSpec => ({
  enableServiceLinks: false,
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{ ...container, ...change }],
  ...rest,
});

export const labels = { 'app.kubernetes.io/name': 'shop' };

export const deployment = (
  spec: PodSpec,
  name = 'shop',
  podLabels: Readonly<Record<string, string>> = labels,
): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: { selector: { matchLabels: podLabels }, template: { metadata: { labels: podLabels }, spec } },
});

export const service = (selector: Readonly<Record<string, string>>): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'shop' },
  spec: { selector },
});

export const sentences = (...objects: readonly Manifest[]): readonly string[] =>
  findings(objects).map(({ object, sentence }) => `${object} ${sentence}`);
