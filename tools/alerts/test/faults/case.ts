/** What a fault is, and the series of which faults are made. */
import { listenerGroup, uploadTopic } from '@cost-onprem/contracts';
import type { Values, World } from '../../src/promtool.ts';
import { always, healthy, named } from '../world.ts';

/** One fault, or a harmless event that resembles a fault. */
export interface Case {
  readonly title: string;
  /** The minute in which it begins; before it, everything is healthy. */
  readonly begins: number;
  /** Minutes from then until the test looks at the alerts. */
  readonly lasts: number;
  /** Series that differ from the healthy ones. */
  readonly world: World;
  /** Every alert that fires since, with the labels that identify it. */
  readonly fires: readonly string[];
}

export const begins = 60;

/** Replaces a series from the minute on in which faults begin. */
export const since = (name: string, after: Values, from = begins): World => ({
  [name]: (minute) => (minute < from ? healthy[name]?.(minute) : after(minute - from)),
});

export const gone: Values = () => undefined;

export const deployment = (name: string, available: number): World =>
  since(named('kube_deployment_status_replicas_available', { deployment: name }), always(available));
export const statefulset = (name: string, ready: number): World =>
  since(named('kube_statefulset_status_replicas_ready', { statefulset: name }), always(ready));

export const exporter = { pod: 'valkey-exporter-1', service: 'valkey-exporter' };
export const queue = (key: string, values: Values): World =>
  since(named('redis_key_size', { ...exporter, db: 'db1', key }), values);
export const allQueues = (values: Values): World =>
  Object.assign(
    {},
    ...Object.keys(healthy)
      .filter((name) => name.startsWith('redis_key_size'))
      .map((name) => since(name, values)),
  ) as World;

export const lag = { pod: 'koku-lag-exporter-1', service: 'koku-lag-exporter', topic: uploadTopic, partition: '0' };
export const group = { ...lag, consumergroup: listenerGroup };
export const arrived = named('kafka_topic_partition_current_offset', lag);
export const taken = named('kafka_consumergroup_current_offset', group);
export const waiting = named('kafka_consumergroup_lag', group);
export const brokers = named('kafka_brokers', { pod: lag.pod, service: lag.service });
export const summaries = named('report_summary_attempts_count_total', {
  pod: 'koku-celery-worker-summary-1',
  service: 'koku-celery-worker-summary',
  provider_type: 'OCP',
});

export const restarts = (pod: string) =>
  named('kube_pod_container_status_restarts_total', { pod, container: 'main', uid: '1' });
export const lastEnd = (pod: string) => ({ pod, container: 'main', uid: '1' });

export const reads = { service: 'koku-api-reads', pod: 'koku-api-reads-1' };
export const answered = (status: string) =>
  named('django_http_responses_total_by_status_view_method_total', {
    ...reads,
    status,
    view: 'reports-openshift-costs',
    method: 'GET',
  });
export const within = (le: string) =>
  named('django_http_requests_latency_seconds_by_view_method_bucket', {
    ...reads,
    le,
    view: 'reports-openshift-costs',
    method: 'GET',
  });

export const volume = { persistentvolumeclaim: 'db-koku-data' };
export const available = named('kubelet_volume_stats_available_bytes', volume);

export const at = (title: string, lasts: number, world: World, ...fires: readonly string[]): Case => ({
  title,
  begins,
  lasts,
  world,
  fires,
});
