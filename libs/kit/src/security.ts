import type { IPodSecurityContext, ISecurityContext, ISysctl } from 'kubernetes-models/v1';

/**
 * What PodSecurity `restricted` and OpenShift's `restricted-v2` both admit. No UID: on OpenShift the namespace's range
 * gives one, on Kubernetes the platform's overlay does.
 */
export const podSecurity = {
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
} as const satisfies IPodSecurityContext;

/**
 * How soon the kernel notices that the other side of an idle connection is gone without a word, as when its node is lost:
 * after 30 seconds of silence it asks three times, ten seconds apart. The default is two hours. It holds for clients that
 * switch keepalive on, as those of PostgreSQL and its server do. PodSecurity `restricted` admits these settings from
 * Kubernetes 1.29 on.
 */
const keepalive: readonly ISysctl[] = [
  { name: 'net.ipv4.tcp_keepalive_time', value: '30' },
  { name: 'net.ipv4.tcp_keepalive_intvl', value: '10' },
  { name: 'net.ipv4.tcp_keepalive_probes', value: '3' },
];

/** The security context of a pod that has connections of its own. */
export const connectedPodSecurity = { ...podSecurity, sysctls: [...keepalive] } satisfies IPodSecurityContext;

/** The same for each container; what must be writable is mounted (`scratch`). */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
} satisfies ISecurityContext;

/** For containers that an operator makes: `restricted` by itself, whatever their pod says, and as writable as they are. */
export const restrictedContainer = {
  ...podSecurity,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
} satisfies ISecurityContext;
