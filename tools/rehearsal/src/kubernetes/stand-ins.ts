#!/usr/bin/env node
/**
 * A process of the stage that replaces missing controllers: an ingress controller, which admits each Ingress and Route; a
 * resizer, which grows volumes, because a folder of the node has no size to change; operators, which report their objects as
 * Ready; and NooBaa, which binds bucket claims and creates their Secrets and ConfigMaps.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { operatorKindOf } from '../../../manifests/src/pods.ts';
import { kubectlFor, type Kubectl } from './kubectl.ts';

interface Seen {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly generation?: number;
  };
  readonly spec?: {
    readonly host?: string;
    readonly volumeName?: string;
    readonly resources?: { readonly requests?: { readonly storage?: string } };
  };
  readonly status?: {
    readonly phase?: string;
    readonly capacity?: { readonly storage?: string };
    readonly loadBalancer?: { readonly ingress?: readonly unknown[] };
    readonly ingress?: readonly unknown[];
    readonly observedGeneration?: number;
  };
}

const condition = (type: string) => ({ type, status: 'True', lastTransitionTime: new Date().toISOString() });

/** The status of an ingress controller, or nothing when the object has it. */
const taken = ({ kind, spec, status }: Seen): object | undefined => {
  if (status?.loadBalancer?.ingress ?? status?.ingress) return undefined;
  if (kind === 'Ingress') return { loadBalancer: { ingress: [{ ip: '127.0.0.1' }] } };
  return { ingress: [{ host: spec?.host, routerName: 'stage', conditions: [condition('Admitted')] }] };
};

/** The status of an operator after it handled the newest version of an object. */
const reconciled = ({ metadata: { generation = 1 }, status }: Seen): object | undefined =>
  status?.observedGeneration === generation
    ? undefined
    : { observedGeneration: generation, conditions: [condition('Ready')] };

const patch = (kubectl: Kubectl, target: readonly string[], change: object) =>
  kubectl.run(['patch', ...target, '--type=merge', '-p', JSON.stringify(change)]);

const grow = async (kubectl: Kubectl, { metadata, spec, status }: Seen): Promise<void> => {
  const storage = spec?.resources?.requests?.storage;
  if (status?.phase !== 'Bound' || status.capacity?.storage === storage || !spec?.volumeName) return;
  await patch(kubectl, ['persistentvolume', spec.volumeName], { spec: { capacity: { storage } } });
  const claim = ['persistentvolumeclaim', metadata.name, '-n', metadata.namespace, '--subresource=status'];
  await patch(kubectl, claim, { status: { capacity: { storage } } });
};

/** Like lib-bucket-provisioner: a Secret and a ConfigMap with the claim's name, then the phase. */
const bind = async (kubectl: Kubectl, { apiVersion, kind, metadata, status }: Seen): Promise<void> => {
  if (status?.phase === 'Bound') return;
  const { name, namespace, uid } = metadata;
  const owned = { name, namespace, ownerReferences: [{ apiVersion, kind, name, uid }] };
  const keys = { AWS_ACCESS_KEY_ID: randomBytes(10), AWS_SECRET_ACCESS_KEY: randomBytes(20) };
  const endpoint = { BUCKET_HOST: 's3.openshift-storage.svc', BUCKET_NAME: `bucket-${uid}`, BUCKET_PORT: '443' };
  const made = [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: owned,
      stringData: Object.fromEntries(Object.entries(keys).map(([key, bytes]) => [key, bytes.toString('hex')])),
    },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: owned, data: { ...endpoint, BUCKET_REGION: '' } },
  ];
  for (const object of made) {
    await kubectl.run(['apply', '--server-side', '--force-conflicts', '-f', '-'], JSON.stringify(object));
  }
  const target = ['objectbucketclaim', name, '-n', namespace, '--subresource=status'];
  await patch(kubectl, target, { status: { phase: 'Bound' } });
};

const once = async (kubectl: Kubectl, kinds: string): Promise<void> => {
  const { items } = await kubectl.get<{ readonly items: readonly Seen[] }>([kinds, '--all-namespaces']);
  for (const item of items) {
    if (item.kind === 'PersistentVolumeClaim') await grow(kubectl, item);
    else if (item.kind === 'ObjectBucketClaim') await bind(kubectl, item);
    else {
      const status = operatorKindOf(item) ? reconciled(item) : taken(item);
      const { name, namespace } = item.metadata;
      if (status) await patch(kubectl, [item.kind, name, '-n', namespace, '--subresource=status'], { status });
    }
  }
};

const [kubeconfig = '', kinds = ''] = process.argv.slice(2);
for (;;) {
  // An object may be gone before the write; the next round reads the new state.
  await once(kubectlFor(kubeconfig), kinds).catch((error: unknown) => console.error(String(error)));
  await sleep(1000);
}
