/** Declares alerts, and builds expressions that several applications need. */
import type { Alert } from '@cost-onprem/kit/rules';
import { series } from './metrics.ts';
import { runbookPath } from './monitoring.ts';
import type { ServiceName } from './names.ts';

/** An alert with a link to its paragraph, which is the runbook's heading of the same name. */
export const alert = <const Name extends string>(declared: Omit<Alert<Name>, 'runbook'>): Alert<Name> => ({
  ...declared,
  runbook: `${runbookPath}#${declared.alert.toLowerCase()}`,
});

/** Matches Deployments that should run but have no ready pod. */
export const noneAvailable = (...deployment: readonly ServiceName[]): string =>
  `${series('kube_deployment_status_replicas_available', { deployment })} == 0
and on (namespace, deployment) ${series('kube_deployment_spec_replicas')} > 0`;

/** Matches StatefulSets that should run but have no ready pod. */
export const noneReady = (...statefulset: readonly ServiceName[]): string =>
  `${series('kube_statefulset_status_replicas_ready', { statefulset })} == 0
and on (namespace, statefulset) ${series('kube_statefulset_replicas')} > 0`;
