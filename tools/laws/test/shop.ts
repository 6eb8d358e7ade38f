/** A shop that keeps every law, for tests that break one. */
import { namespace } from '@cost-onprem/contracts';
import { kindOf, type Container, type Manifest, type PodSpec } from '../../manifests/src/manifest.ts';
import { findings, type Fence } from '../src/index.ts';

export const container: Container = {
  name: 'shop',
  image: 'registry.example.com/shop:1.0',
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

/** The namespace of the shop, with Kubernetes' own check of pods. */
export const home: Manifest = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: namespace,
    labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
    annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' },
  },
};

/** The shop's fence admits every kind that a test puts into it, and needs no policies. */
const fenceFor = (objects: readonly Manifest[]): Fence => ({
  namespacedKinds: new Set(objects.map(kindOf)),
  isolated: false,
  policiesOfOptions: [],
  accountsOfBases: () => new Set(['shop']),
});

/** The faults of objects that stand in the shop's namespace, within another fence. */
export const sentencesWithin = (fence: Partial<Fence>, ...objects: readonly Manifest[]): readonly string[] => {
  const placed = objects.map((object) => ({ ...object, metadata: { namespace, ...object.metadata } }));
  return findings([home, ...placed], { ...fenceFor(placed), ...fence }).map(
    ({ object, sentence }) => `${object} ${sentence}`,
  );
};

/** The faults of objects that stand in the shop's namespace. */
export const sentences = (...objects: readonly Manifest[]): readonly string[] => sentencesWithin({}, ...objects);
