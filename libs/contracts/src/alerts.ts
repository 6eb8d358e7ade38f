/** Declares alerts, and builds expressions that several applications need. */
import type { Alert } from '@cost-onprem/kit/rules';
import { series } from './metrics.ts';
import { runbookPath } from './monitoring.ts';
import type { CronJobName, ServiceName } from './names.ts';

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

/**
 * Matches a CronJob of which a run failed, until its Job is removed. For repairs: while a person must act, only one run a day
 * fails, and the others succeed.
 */
export const runFailed = (cronJob: CronJobName): string => `count by (namespace) (
  ${series('kube_job_failed', { condition: 'true' })} == 1
  and on (namespace, job_name) ${series('kube_job_owner', { owner_kind: 'CronJob', owner_name: cronJob })}
) > 0`;

/** The share of requests that may fail, and the number that must have failed. */
const share = 0.05;
const few = 3;

/**
 * Matches services that fail too many requests.
 * @param all counter of all requests, with the label `service`
 * @param failed counter of those that failed
 */
export const failsOften = (all: string, failed: string): string =>
  `sum by (namespace, service) (rate(${failed}[10m]))
/ sum by (namespace, service) (rate(${all}[10m])) > ${share}
and sum by (namespace, service) (increase(${failed}[10m])) > ${few}`;

/** How much a counter grew that its program creates with its first event, which increase() does not see. */
export const grown = (counter: string, window: string): string =>
  `(${counter} unless ${counter} offset ${window} or increase(${counter}[${window}]))`;
