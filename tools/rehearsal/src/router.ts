/** The stage has no ingress controller; this says in its place that it took an Ingress or a Route. */
import type { Kubectl } from './kubectl.ts';

interface Entrance {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec?: { readonly host?: string };
  readonly status?: {
    readonly loadBalancer?: { readonly ingress?: readonly unknown[] };
    readonly ingress?: readonly unknown[];
  };
}

const accepted = {
  ingress: () => ({ loadBalancer: { ingress: [{ ip: '127.0.0.1' }] } }),
  route: ({ spec }: Entrance) => ({
    ingress: [
      {
        host: spec?.host,
        routerName: 'stage',
        conditions: [{ type: 'Admitted', status: 'True', lastTransitionTime: new Date().toISOString() }],
      },
    ],
  }),
} as const;

const isTaken = ({ status }: Entrance): boolean => Boolean(status?.loadBalancer?.ingress ?? status?.ingress);

/** Marks every entrance that nobody has taken yet; Argo CD waits for that. */
export const takeEntrances = async (kubectl: Kubectl): Promise<void> => {
  for (const [kind, status] of Object.entries(accepted)) {
    const { items } = await kubectl.get<{ readonly items: readonly Entrance[] }>([kind, '--all-namespaces']);
    for (const entrance of items.filter((item) => !isTaken(item))) {
      const { name, namespace } = entrance.metadata;
      const patch = JSON.stringify({ status: status(entrance) });
      await kubectl.run(['patch', kind, name, '-n', namespace, '--subresource=status', '--type=merge', '-p', patch]);
    }
  }
};
