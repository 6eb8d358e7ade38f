/** Client pods of the checks: some that policies admit, and one that they do not. */
import { namespace } from '@cost-onprem/contracts';
import { pauseImage, state, until, type Kubectl, type Pod } from '../kubernetes/index.ts';

/** The namespace of each client: those that the platform's policies name, and ours for a pod without a label. */
const places = { router: 'ingress-nginx', prometheus: 'monitoring', unlabelled: namespace } as const;

/** A client pod. */
export type Client = keyof typeof places;
export const clients = Object.keys(places) as readonly Client[];

const manifest = (name: Client) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: places[name] },
  spec: {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    securityContext: { runAsNonRoot: true, runAsUser: 65535, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name,
        image: pauseImage,
        resources: { requests: { cpu: '1m', memory: '1Mi' } },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ],
  },
});

/** Starts a client that does not exist yet, and waits for its address. */
export const client = async (kubectl: Kubectl, name: Client): Promise<Pod> => {
  const place = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: places[name] } };
  if (places[name] !== namespace) await kubectl.run(['apply', '-f', '-'], JSON.stringify(place));
  await until(`the start of the pod ${name}`, 60, state, async () => {
    await kubectl.run(['apply', '-f', '-'], JSON.stringify(manifest(name)));
    return Boolean(
      await kubectl.run(['wait', '--for=condition=Ready', 'pod', name, '-n', places[name], '--timeout=5s']),
    );
  });
  return kubectl.get<Pod>(['pod', name, '-n', places[name]]);
};

/** Removes the clients. */
export const removeClients = async (kubectl: Kubectl): Promise<void> => {
  for (const name of clients)
    await kubectl.run(['delete', 'pod', name, '-n', places[name], '--ignore-not-found', '--wait=false']);
};
