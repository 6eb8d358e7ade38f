import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { Role, RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import { waveAnnotation } from './argo-cd.ts';
import { labels, selectorLabels } from './labels.ts';
import type { Workload } from './vocabulary.ts';

/** Ports of API servers. No label selects an API server, and its address varies, so the policy names ports. */
const apiServerPorts = [443, 6443];

/** For a workload that may create objects: a Role that only it has, and a policy that lets it reach the API server. */
export const rights = (
  workload: Workload,
  application: string,
): readonly [Role, RoleBinding, NetworkPolicy] | readonly [] => {
  if (!workload.mayCreate) return [];
  const { name } = workload;
  const metadata = { name, labels: labels(workload, application), annotations: waveAnnotation('foundation') };
  return [
    new Role({ metadata, rules: [{ apiGroups: [''], resources: [...workload.mayCreate], verbs: ['create'] }] }),
    new RoleBinding({
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name }],
    }),
    new NetworkPolicy({
      metadata: { ...metadata, name: `${name}-reaches-api-server` },
      spec: {
        podSelector: { matchLabels: selectorLabels(name) },
        policyTypes: ['Egress'],
        egress: [{ ports: apiServerPorts.map((port) => ({ protocol: 'TCP', port })) }],
      },
    }),
  ];
};
