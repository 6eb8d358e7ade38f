import { NetworkPolicy, type INetworkPolicyPort } from 'kubernetes-models/networking.k8s.io/v1';
import { waveAnnotation } from './argo-cd.ts';
import { labels, reachesLabel, reachesRoleLabel, selectorLabels } from './labels.ts';
import type { Endpoint, Workload } from './vocabulary.ts';

const port = ({ number }: Endpoint): INetworkPolicyPort[] => [{ protocol: 'TCP', port: number }];
/** Metrics are Prometheus' alone; the platform's overlay admits it, for it lives in another namespace. */
const servedEndpoints = ({ listens = {}, metrics }: Workload): readonly Endpoint[] =>
  Object.values(listens).filter((to) => to !== metrics);

const bearers = (to: Endpoint) => ({ matchLabels: { [reachesLabel(to)]: 'true' } });

const ingress = (workload: Workload, application: string) =>
  new NetworkPolicy({
    metadata: {
      name: workload.name,
      labels: labels(workload, application),
      annotations: waveAnnotation('foundation'),
    },
    spec: {
      podSelector: { matchLabels: selectorLabels(workload.name) },
      policyTypes: ['Ingress'],
      ingress: servedEndpoints(workload).map((to) => ({
        from: [{ podSelector: bearers(to) }],
        ports: port(to),
      })),
    },
  });

const egress = ({ role, ...workload }: Workload, application: string, to: Endpoint) =>
  new NetworkPolicy({
    metadata: {
      name: `reaches-${to.workload}-${to.port}`,
      labels: { ...labels(workload, application), ...(role && reachesRoleLabel(role)) },
      annotations: waveAnnotation('foundation'),
    },
    spec: {
      podSelector: bearers(to),
      policyTypes: ['Egress'],
      egress: [{ to: [{ podSelector: { matchLabels: selectorLabels(to.workload) } }], ports: port(to) }],
    },
  });

/**
 * Both ends of every path to a workload, joined by label in the cluster: pods that bear `reaches…/<endpoint>` may leave
 * for it, and are admitted by it. Both come with the server, so that a client's path opens with its server and closes
 * with it, and an option that moves the server away needs to know no client.
 */
export const networkPolicies = (workload: Workload, application: string): NetworkPolicy[] => {
  const served = servedEndpoints(workload);
  // Without a rule there is no policy: the namespace's own denies the rest, and an empty list would never be in sync.
  if (served.length === 0) return [];
  return [ingress(workload, application), ...served.map((to) => egress(workload, application, to))];
};
