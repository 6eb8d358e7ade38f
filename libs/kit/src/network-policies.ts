import { NetworkPolicy, type INetworkPolicyPort } from 'kubernetes-models/networking.k8s.io/v1';
import { waveAnnotation } from './argo-cd.ts';
import { labels, reachesLabel, reachesRoleLabel, selectorLabels } from './labels.ts';
import { portsOf } from './sidecars.ts';
import type { Endpoint, Workload } from './vocabulary.ts';

const port = ({ number }: Endpoint): INetworkPolicyPort[] => [{ protocol: 'TCP', port: number }];

/** All endpoints except a port of metrics alone. The platform's overlay admits Prometheus, which has another namespace. */
const servedEndpoints = (workload: Workload): readonly Endpoint[] =>
  portsOf(workload).filter(({ port: name }) => !(name === 'metrics' && workload.metrics?.port === name));

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
 * The policies for both ends of each connection to a workload: pods with the label `reaches…/<endpoint>` may connect to
 * it, and it admits them. The server's base has both, so an option that adds or removes a server does not name its
 * clients.
 */
export const networkPolicies = (workload: Workload, application: string): NetworkPolicy[] => {
  const served = servedEndpoints(workload);
  // Without rules it needs no policy: `default-deny` covers it, and Argo CD would never see an empty list as in sync.
  if (served.length === 0) return [];
  return [ingress(workload, application), ...served.map((to) => egress(workload, application, to))];
};
