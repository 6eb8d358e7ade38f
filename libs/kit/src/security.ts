import type { IPodSecurityContext, ISecurityContext } from 'kubernetes-models/v1';

/**
 * What PodSecurity `restricted` and OpenShift's `restricted-v2` both admit. No UID: on OpenShift the namespace's range
 * gives one, on Kubernetes the platform's overlay does.
 */
export const podSecurity = {
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
} as const satisfies IPodSecurityContext;

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
