/** A healthy platform, as series in Prometheus. */
import {
  combinedWorkers,
  consumerGroups,
  kokuApiReads,
  kokuApiWrites,
  kokuQueues,
  listenerGroup,
  namespace,
  optionalKokuQueues,
  uploadTopic,
} from '@cost-onprem/contracts';
import type { Values, World } from '../src/promtool.ts';

/** A series of a metric, in the platform's namespace unless a label says otherwise. */
export const named = (metric: string, labels: Readonly<Record<string, string>> = {}): string => {
  const all = Object.entries({ namespace, ...labels }).map(([label, value]) => `${label}="${value}"`);
  return `${metric}{${all.join(',')}}`;
};

/** A constant. */
export const always =
  (value: number): Values =>
  () =>
    value;

/** A counter that grows by this amount each minute. */
export const grows =
  (perMinute: number): Values =>
  (minute) =>
    minute * perMinute;

/** A counter that grows by one after each of these intervals. */
export const every =
  (minutes: number): Values =>
  (minute) =>
    Math.floor(minute / minutes);

/** The workers of the combined layout; those whose queues are all optional have zero replicas. */
const workers = combinedWorkers.map(({ name, queues }) => ({
  name,
  replicas: queues.every((queue) => optionalKokuQueues.includes(queue)) ? 0 : 1,
}));

const deployments: Readonly<Record<string, number>> = {
  'koku-gateway': 1,
  'koku-api-reads': 2,
  'koku-api-writes': 1,
  'koku-masu': 1,
  'koku-listener': 1,
  'koku-celery-beat': 1,
  'koku-lag-exporter': 1,
  ingress: 1,
  kruize: 1,
  'rosocp-api': 1,
  'rosocp-processor': 1,
  'rosocp-recommendation-poller': 1,
  'rosocp-housekeeper': 1,
  'sources-api': 1,
  'koku-sources-listener': 1,
  'valkey-exporter': 1,
  ...Object.fromEntries(workers.map(({ name, replicas }) => [name, replicas])),
};

const statefulsets = ['db-koku', 'db-ros', 'db-kruize', 'db-sources', 'valkey', 'kafka', 'object-storage'] as const;

const pods = [
  ...Object.entries(deployments)
    .filter(([, replicas]) => replicas > 0)
    .map(([name]) => `${name}-1`),
  ...statefulsets.map((name) => `${name}-0`),
];

const controllers: World = Object.fromEntries([
  ...Object.entries(deployments).flatMap(([deployment, replicas]) => [
    [named('kube_deployment_spec_replicas', { deployment }), always(replicas)],
    [named('kube_deployment_status_replicas_available', { deployment }), always(replicas)],
  ]),
  ...statefulsets.flatMap((statefulset) => [
    [named('kube_statefulset_replicas', { statefulset }), always(1)],
    [named('kube_statefulset_status_replicas_ready', { statefulset }), always(1)],
  ]),
  ...pods.map((pod) => [
    named('kube_pod_container_status_restarts_total', { pod, container: 'main', uid: '1' }),
    // It restarted once, long ago.
    always(1),
  ]),
  ...pods.map((pod) => [named('up', { pod, service: pod.replace(/-[0-9]$/, '') }), always(1)]),
]);

const jobs: World = {
  [named('kube_job_failed', { job_name: 'koku-db-migrate', condition: 'true' })]: always(0),
  [named('kube_job_failed', { job_name: 'koku-db-migrate', condition: 'false' })]: always(1),
  [named('kube_job_failed', { job_name: 'koku-topics', condition: 'true' })]: always(0),
  // One run of a CronJob failed, and its Job remains for the log; the next run succeeded.
  [named('kube_job_failed', { job_name: 'hourly-1', condition: 'true' })]: always(1),
  [named('kube_job_owner', { job_name: 'hourly-1', owner_kind: 'CronJob', owner_name: 'hourly' })]: always(1),
  [named('kube_cronjob_created', { cronjob: 'hourly' })]: always(0),
  [named('kube_cronjob_next_schedule_time', { cronjob: 'hourly' })]: (minute) => 3600 * (every(60)(minute) ?? 0) + 3600,
  [named('kube_cronjob_status_last_schedule_time', { cronjob: 'hourly' })]: (minute) => 3600 * (every(60)(minute) ?? 0),
  [named('kube_cronjob_status_last_successful_time', { cronjob: 'hourly' })]: (minute) =>
    3600 * (every(60)(minute) ?? 0) + 30,
  // It runs on the first of a month, and its next run is far.
  [named('kube_cronjob_created', { cronjob: 'monthly' })]: always(0),
  [named('kube_cronjob_next_schedule_time', { cronjob: 'monthly' })]: always(30 * 24 * 3600),
  [named('kube_cronjob_status_last_schedule_time', { cronjob: 'monthly' })]: always(0),
  [named('kube_cronjob_status_last_successful_time', { cronjob: 'monthly' })]: always(60),
  // A suspended CronJob from which people create Jobs.
  [named('kube_cronjob_created', { cronjob: 'koku-management-command' })]: always(0),
};

/** Workers take tasks quickly: sometimes two wait. */
const busy: Values = (minute) => (minute % 7 === 0 ? 2 : 0);

const exporter = { pod: 'valkey-exporter-1', service: 'valkey-exporter' };

const cache: World = Object.fromEntries([
  ...kokuQueues.map((key) => [named('redis_key_size', { ...exporter, db: 'db1', key }), busy]),
  [named('redis_up', exporter), always(1)],
  [named('redis_memory_used_bytes', exporter), always(300e6)],
  [named('redis_memory_max_bytes', exporter), always(307e6)],
  [named('redis_errors_total', { ...exporter, err: 'ERR' }), grows(1)],
]);

/** A cluster uploads every six hours; a summary follows each. */
const uploaded = every(6 * 60);

const lag = { pod: 'koku-lag-exporter-1', service: 'koku-lag-exporter' };
const partition = { ...lag, topic: uploadTopic, partition: '0' };

const uploads: World = {
  [named('kafka_brokers', lag)]: always(1),
  [named('kafka_topic_partition_current_offset', partition)]: (minute) => 100 + (uploaded(minute) ?? 0),
  [named('kafka_consumergroup_current_offset', { ...partition, consumergroup: listenerGroup })]: (minute) =>
    100 + (uploaded(minute - 1) ?? 0),
  [named('kafka_consumergroup_lag', { ...partition, consumergroup: listenerGroup })]: (minute) =>
    minute > 0 && minute % 360 === 0 ? 1 : 0,
  [named('report_summary_attempts_count_total', {
    pod: 'koku-celery-worker-summary-1',
    service: 'koku-celery-worker-summary',
    provider_type: 'OCP',
  })]: (minute) => uploaded(minute - 2),
};

const requests: World = Object.fromEntries(
  [kokuApiReads, kokuApiWrites].flatMap(({ http: { workload: service } }) => {
    const of = { service, pod: `${service}-1` };
    const answered = (status: string, view: string) =>
      named('django_http_responses_total_by_status_view_method_total', { ...of, status, view, method: 'GET' });
    const within = (le: string) =>
      named('django_http_requests_latency_seconds_by_view_method_bucket', {
        ...of,
        le,
        view: 'reports-openshift-costs',
        method: 'GET',
      });
    return [
      [answered('200', 'server-status'), grows(6)],
      [answered('200', 'reports-openshift-costs'), grows(30)],
      // One request in two hundred fails.
      [answered('500', 'reports-openshift-costs'), grows(0.15)],
      ...['0.5', '1.0', '5.0', '10.0', '25.0', '+Inf'].map((le) => [within(le), grows(30)]),
      [named('db_connection_errors_total', of), always(0)],
    ];
  }),
);

const volumes: World = Object.fromEntries(
  [
    'db-koku-data',
    'db-ros-data',
    'db-kruize-data',
    'db-sources-data',
    'valkey-data',
    'kafka-data',
    'object-storage-data',
  ].flatMap((persistentvolumeclaim) => [
    [named('kubelet_volume_stats_capacity_bytes', { persistentvolumeclaim }), always(20e9)],
    // It fills within a year.
    [named('kubelet_volume_stats_available_bytes', { persistentvolumeclaim }), (minute: number) => 15e9 - minute * 3e4],
  ]),
);

/** Expires after 60 days; Prometheus' unit tests begin in 1970. */
const certificates: World = {
  [named('certmanager_certificate_expiration_timestamp_seconds', {
    namespace: 'cert-manager',
    exported_namespace: namespace,
    name: 'koku-gateway-tls',
  })]: always(60 * 24 * 3600),
};

/** The programs of the resource optimisation, which all export the same counters. */
const rosocp = ['rosocp-api', 'rosocp-processor', 'rosocp-recommendation-poller'] as const;

const ofProgram = (service: string) => ({ pod: `${service}-1`, service });

/** Counters that stay at 0 while nothing fails. */
const rosocpErrors = ['rosocp_csv_fetch_error_total', 'rosocp_invalid_csv_total', 'rosocp_db_error_total'] as const;

const recommendations: World = Object.fromEntries([
  ...rosocp.flatMap((service) => [
    ...rosocpErrors.map((metric) => [named(metric, ofProgram(service)), always(0)]),
    [
      named('kruize_update_result_request_total', ofProgram(service)),
      service === 'rosocp-processor' ? uploaded : always(0),
    ],
    [
      named('rosocp_recommendation_success_total', ofProgram(service)),
      service === 'rosocp-recommendation-poller' ? (minute: number) => uploaded(minute - 5) : always(0),
    ],
  ]),
  [named('kruizeAPI_count', { ...ofProgram('kruize'), api: 'updateResults', status: 'success' }), uploaded],
]);

/** Groups other than the listener's: each takes its messages within minutes. */
const groups: World = Object.fromEntries(
  Object.values(consumerGroups)
    .filter(({ group }) => group !== listenerGroup)
    .flatMap(({ group, topic }) => {
      const of = { ...lag, topic, partition: '0', consumergroup: group };
      return [
        [named('kafka_consumergroup_current_offset', of), (minute: number) => 10 + (uploaded(minute - 2) ?? 0)],
        [named('kafka_consumergroup_lag', of), (minute: number) => (minute > 1 && minute % 360 < 2 ? 1 : 0)],
      ];
    }),
);

const apis: World = Object.fromEntries(
  [
    ['rosocp_requests_total', 'rosocp-api', '/api/cost-management/v1/recommendations/openshift', '/status'],
    ['sources_requests_total', 'sources-api', '/api/sources/v3.1/sources', '/health'],
  ].flatMap(([metric = '', service = '', url = '', probed = '']) => [
    [named(metric, { ...ofProgram(service), code: '200', method: 'GET', url: probed }), grows(12)],
    [named(metric, { ...ofProgram(service), code: '200', method: 'GET', url }), grows(10)],
    // One request in two hundred fails.
    [named(metric, { ...ofProgram(service), code: '500', method: 'GET', url }), grows(0.05)],
  ]),
);

const ingress: World = {
  [named('ingress_responses', { pod: 'ingress-1', code: '202', useragent: 'operator' })]: uploaded,
  [named('ingress_responses', { pod: 'ingress-1', code: '400', useragent: 'curl' })]: always(1),
  [named('ingress_kafka_producer_go_routine_count', { pod: 'ingress-1' })]: (minute) => (minute % 360 === 0 ? 3 : 0),
};

/** Every series that rules read; no alert fires. */
export const healthy: World = {
  ...controllers,
  ...jobs,
  ...cache,
  ...uploads,
  ...requests,
  ...volumes,
  ...certificates,
  ...ingress,
  ...recommendations,
  ...groups,
  ...apis,
};
