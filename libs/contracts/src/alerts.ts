/** How rules of Prometheus are declared: an alert, and the expressions that several applications need. */
import type { Alert } from '@cost-onprem/kit/rules';
import { series } from './metrics.ts';
import { runbookPath } from './monitoring.ts';
import type { ServiceName } from './names.ts';

/** An alert with the address of its paragraph: the heading of that name in the runbook. */
export const alert = <const Name extends string>(declared: Omit<Alert<Name>, 'runbook'>): Alert<Name> => ({
  ...declared,
  runbook: `${runbookPath}#${declared.alert.toLowerCase()}`,
});

/** Deployments that must run and of which no pod is ready. */
export const noneAvailable = (...deployment: readonly ServiceName[]): string =>
  `${series('kube_deployment_status_replicas_available', { deployment })} == 0
and on (namespace, deployment) ${series('kube_deployment_spec_replicas')} > 0`;

/** StatefulSets that must run and of which no pod is ready. */
export const noneReady = (...statefulset: readonly ServiceName[]): string =>
  `${series('kube_statefulset_status_replicas_ready', { statefulset })} == 0
and on (namespace, statefulset) ${series('kube_statefulset_replicas')} > 0`;
