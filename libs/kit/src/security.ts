import type { IPodSecurityContext, ISecurityContext, ISysctl } from 'kubernetes-models/v1';

/**
 * PodSecurity `restricted` and OpenShift's `restricted-v2` both admit this. It sets no UID, because OpenShift takes one
 * from the namespace's range, and on Kubernetes the platform's overlay sets one.
 */
export const podSecurity = {
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
} as const satisfies IPodSecurityContext;

/**
 * How soon the kernel notices that the peer of an idle connection vanished, for example with its node: after 30 seconds
 * of silence it sends three probes, ten seconds apart. The default is two hours. The settings work for processes that
 * switch keepalive on, as PostgreSQL's server and clients do. PodSecurity `restricted` admits them.
 */
const keepalive: readonly ISysctl[] = [
  { name: 'net.ipv4.tcp_keepalive_time', value: '30' },
  { name: 'net.ipv4.tcp_keepalive_intvl', value: '10' },
  { name: 'net.ipv4.tcp_keepalive_probes', value: '3' },
];

/** The security context of a pod with connections. */
export const connectedPodSecurity = { ...podSecurity, sysctls: [...keepalive] } satisfies IPodSecurityContext;

/** The same for each container. Volumes provide writable folders (`scratch`). */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
} satisfies ISecurityContext;

/** For an operator's containers: meets `restricted` with any pod settings, and leaves their root writable. */
export const restrictedContainer = {
  ...podSecurity,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
} satisfies ISecurityContext;
