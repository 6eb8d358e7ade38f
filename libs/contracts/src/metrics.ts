/**
 * Metrics that rules and panels of several applications read, by exporter. An application adds its own. Any other name does
 * not compile, so no rule waits for a series that no program writes.
 */
import { namespace, type ClaimName, type JobName, type ServiceName } from './names.ts';

/** By the exporting program, with the place in its source or documentation in brackets. */
export const metrics = {
  /** [docs/metrics/workload]. Part of kube-prometheus-stack and of OpenShift's monitoring. */
  'kube-state-metrics': [
    'kube_cronjob_created',
    'kube_cronjob_next_schedule_time',
    'kube_cronjob_status_last_schedule_time',
    'kube_cronjob_status_last_successful_time',
    'kube_deployment_spec_replicas',
    'kube_deployment_status_replicas_available',
    'kube_job_failed',
    'kube_job_owner',
    'kube_pod_container_status_last_terminated_exitcode',
    'kube_pod_container_status_last_terminated_reason',
    'kube_pod_container_status_restarts_total',
    'kube_pod_container_status_waiting_reason',
    'kube_statefulset_replicas',
    'kube_statefulset_status_replicas_ready',
  ],
  /** [Kubernetes, pkg/volume and the metrics reference] Only volumes whose driver reports usage. */
  kubelet: ['kubelet_volume_stats_available_bytes', 'kubelet_volume_stats_capacity_bytes'],
  /** [cAdvisor, in the kubelet] */
  cadvisor: ['container_memory_working_set_bytes', 'container_cpu_usage_seconds_total'],
  /** Prometheus itself writes this metric for each target. */
  prometheus: ['up'],
  /** The workload valkey-exporter [oliver006/redis_exporter, exporter/exporter.go]. */
  redis_exporter: [
    'redis_errors_total',
    'redis_key_size',
    'redis_memory_max_bytes',
    'redis_memory_used_bytes',
    'redis_up',
  ],
  /** Our own exporter: libs/koku/src/koku-lag-exporter.ts. */
  'koku-lag-exporter': [
    'kafka_brokers',
    'kafka_consumergroup_current_offset',
    'kafka_consumergroup_lag',
    'kafka_topic_partition_current_offset',
  ],
  /** [koku/koku/metrics.py]. The APIs count it [koku/koku/middleware.py]. */
  'koku-api': ['db_connection_errors_total'],
} as const;

/** Names of metrics, by exporter. */
export type Metrics = Readonly<Record<string, readonly string[]>>;

/** One value, one of several values, all values that a regular expression matches as a whole, or all values but one. */
type Match<Value extends string> =
  Value | readonly Value[] | { readonly matches: string } | { readonly not: NoInfer<Value> };

/** Labels that select series. Those of our own objects accept only declared names. */
export interface Matchers {
  readonly deployment?: Match<ServiceName>;
  readonly statefulset?: Match<ServiceName>;
  readonly service?: Match<ServiceName>;
  readonly job_name?: Match<JobName>;
  readonly persistentvolumeclaim?: Match<ClaimName>;
  readonly [label: string]: Match<string> | undefined;
}

const matcher = (label: string, match: Match<string>): string => {
  if (typeof match === 'string') return `${label}="${match}"`;
  if ('matches' in match) return `${label}=~"${match.matches}"`;
  if ('not' in match) return `${label}!="${match.not}"`;
  return match.length === 1 ? `${label}="${match[0]}"` : `${label}=~"${match.join('|')}"`;
};

/**
 * Returns a function that selects this platform's series of shared metrics and of an application's own. Expressions may
 * contain the namespace, because a cluster cannot render into another one.
 */
export const seriesOf =
  <const Own extends Metrics>(_own: Own) =>
  (
    metric: (typeof metrics)[keyof typeof metrics][number] | Own[keyof Own][number],
    matchers: Matchers = {},
  ): string => {
    const of = 'exported_namespace' in matchers ? matchers : { namespace, ...matchers };
    const parts = Object.entries(of).map(([label, match]) => matcher(label, match ?? ''));
    return `${metric}{${parts.join(',')}}`;
  };

/** Selects series of a shared metric. */
export const series = seriesOf({});
