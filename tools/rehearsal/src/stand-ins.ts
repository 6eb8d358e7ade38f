#!/usr/bin/env node
/**
 * A process of the stage, in the place of two controllers that it does not have: an ingress controller, which says that
 * it took each Ingress and Route, and a resizer, which grows volumes. A folder of the node has no size to change.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { kubectlFor, type Kubectl } from './kubectl.ts';

interface Seen {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
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
  };
}

/** What an ingress controller would write, or nothing when it is written. */
const taken = ({ kind, spec, status }: Seen): object | undefined => {
  if (status?.loadBalancer?.ingress ?? status?.ingress) return undefined;
  if (kind === 'Ingress') return { loadBalancer: { ingress: [{ ip: '127.0.0.1' }] } };
  const condition = { type: 'Admitted', status: 'True', lastTransitionTime: new Date().toISOString() };
  return { ingress: [{ host: spec?.host, routerName: 'stage', conditions: [condition] }] };
};

const patch = (kubectl: Kubectl, target: readonly string[], change: object) =>
  kubectl.run(['patch', ...target, '--type=merge', '-p', JSON.stringify(change)]);

const grow = async (kubectl: Kubectl, { metadata, spec, status }: Seen): Promise<void> => {
  const storage = spec?.resources?.requests?.storage;
  if (status?.phase !== 'Bound' || status.capacity?.storage === storage || !spec?.volumeName) return;
  await patch(kubectl, ['persistentvolume', spec.volumeName], { spec: { capacity: { storage } } });
  const claim = ['persistentvolumeclaim', metadata.name, '-n', metadata.namespace, '--subresource=status'];
  await patch(kubectl, claim, { status: { capacity: { storage } } });
};

const once = async (kubectl: Kubectl, kinds: string): Promise<void> => {
  const { items } = await kubectl.get<{ readonly items: readonly Seen[] }>([kinds, '--all-namespaces']);
  for (const item of items) {
    if (item.kind === 'PersistentVolumeClaim') {
      await grow(kubectl, item);
      continue;
    }
    const status = taken(item);
    const { name, namespace } = item.metadata;
    if (status) await patch(kubectl, [item.kind, name, '-n', namespace, '--subresource=status'], { status });
  }
};

const [kubeconfig = '', kinds = ''] = process.argv.slice(2);
for (;;) {
  // An object may be gone by the time that it is written; the next round sees the new state.
  await once(kubectlFor(kubeconfig), kinds).catch((error: unknown) => console.error(String(error)));
  await sleep(1000);
}
