/** Faults as series, and the alerts that must fire for each. */
import { listenerGroup, uploadTopic } from '@cost-onprem/contracts';
import type { Values, World } from '../src/promtool.ts';
import { always, grows, healthy, named } from './world.ts';

/** One fault, or a harmless event that resembles a fault. */
export interface Case {
  readonly title: string;
  /** The minute in which it begins; before it, everything is healthy. */
  readonly begins: number;
  /** Minutes from then until the test looks at the alerts. */
  readonly lasts: number;
  /** Series that differ from the healthy ones. */
  readonly world: World;
  /** Every alert that fires then, with the labels that identify it. */
  readonly fires: readonly string[];
}

const begins = 60;

/** Replaces a series from the minute on in which faults begin. */
const then = (name: string, after: Values, from = begins): World => ({
  [name]: (minute) => (minute < from ? healthy[name]?.(minute) : after(minute - from)),
});

const gone: Values = () => undefined;

const deployment = (name: string, available: number): World =>
  then(named('kube_deployment_status_replicas_available', { deployment: name }), always(available));
const statefulset = (name: string, ready: number): World =>
  then(named('kube_statefulset_status_replicas_ready', { statefulset: name }), always(ready));

const exporter = { pod: 'valkey-exporter-1', service: 'valkey-exporter' };
const queue = (key: string, values: Values): World =>
  then(named('redis_key_size', { ...exporter, db: 'db1', key }), values);
const allQueues = (values: Values): World =>
  Object.assign(
    {},
    ...Object.keys(healthy)
      .filter((name) => name.startsWith('redis_key_size'))
      .map((name) => then(name, values)),
  ) as World;

const lag = { pod: 'koku-lag-exporter-1', service: 'koku-lag-exporter', topic: uploadTopic, partition: '0' };
const group = { ...lag, consumergroup: listenerGroup };
const arrived = named('kafka_topic_partition_current_offset', lag);
const taken = named('kafka_consumergroup_current_offset', group);
const waiting = named('kafka_consumergroup_lag', group);
const brokers = named('kafka_brokers', { pod: lag.pod, service: lag.service });
const summaries = named('report_summary_attempts_count_total', {
  pod: 'koku-celery-worker-summary-1',
  service: 'koku-celery-worker-summary',
  provider_type: 'OCP',
});

const restarts = (pod: string) =>
  named('kube_pod_container_status_restarts_total', { pod, container: 'main', uid: '1' });
const lastEnd = (pod: string) => ({ pod, container: 'main', uid: '1' });

const reads = { service: 'koku-api-reads', pod: 'koku-api-reads-1' };
const answered = (status: string) =>
  named('django_http_responses_total_by_status_view_method_total', {
    ...reads,
    status,
    view: 'reports-openshift-costs',
    method: 'GET',
  });
const within = (le: string) =>
  named('django_http_requests_latency_seconds_by_view_method_bucket', {
    ...reads,
    le,
    view: 'reports-openshift-costs',
    method: 'GET',
  });

const volume = { persistentvolumeclaim: 'db-koku-data' };
const available = named('kubelet_volume_stats_available_bytes', volume);

const at = (title: string, lasts: number, world: World, ...fires: readonly string[]): Case => ({
  title,
  begins,
  lasts,
  world,
  fires,
});

/** Each must fire its alerts. */
export const faults: readonly Case[] = [
  at('the gateway has no pod', 10, deployment('koku-gateway', 0), 'CostGatewayDown{deployment="koku-gateway"}'),
  at('the API for reports has no pod', 10, deployment('koku-api-reads', 0), 'CostApiDown{deployment="koku-api-reads"}'),
  at(
    'the API for changes has no pod',
    10,
    deployment('koku-api-writes', 0),
    'CostApiDown{deployment="koku-api-writes"}',
  ),
  at('the listener has no pod', 15, deployment('koku-listener', 0), 'CostListenerDown{}'),
  at(
    'a worker is dead and its queue fills',
    90,
    { ...deployment('koku-celery-worker-summary', 0), ...queue('summary', (minute) => 1 + Math.floor(minute / 20)) },
    'CostWorkerDown{deployment="koku-celery-worker-summary"}',
    'CostWorkloadDegraded{deployment="koku-celery-worker-summary"}',
    'CostQueueWaits{queue="summary"}',
    'CostQueueStuck{queue="summary"}',
  ),
  at('beat has no pod', 20, deployment('koku-celery-beat', 0), 'CostBeatDown{}'),
  at('one of two pods is missing for a long time', 45, deployment('koku-api-reads', 1), 'CostWorkloadDegraded{}'),
  at('masu has no pod', 45, deployment('koku-masu', 0), 'CostWorkloadDegraded{deployment="koku-masu"}'),
  at(
    'PostgreSQL is down',
    10,
    {
      ...statefulset('db-koku', 0),
      ...then(named('db_connection_errors_total', reads), grows(3)),
      ...deployment('koku-api-reads', 0),
      ...deployment('koku-api-writes', 0),
    },
    'CostDatabaseDown{statefulset="db-koku"}',
    'CostDatabaseDown{statefulset=""}',
    'CostApiDown{deployment="koku-api-reads"}',
    'CostApiDown{deployment="koku-api-writes"}',
  ),
  at(
    'an external PostgreSQL is down',
    10,
    then(named('db_connection_errors_total', reads), grows(3)),
    'CostDatabaseDown{}',
  ),
  at(
    'Kafka is down',
    10,
    { ...statefulset('kafka', 0), ...then(brokers, always(0)), ...then(waiting, gone), ...then(taken, gone) },
    'CostKafkaDown{statefulset="kafka"}',
    'CostKafkaDown{pod="koku-lag-exporter-1"}',
  ),
  at('an external Kafka is down', 10, then(brokers, always(0)), 'CostKafkaDown{}'),
  at('the embedded object store is down', 10, statefulset('object-storage', 0), 'CostObjectStoreDown{}'),
  at(
    'the cache is down',
    10,
    {
      ...statefulset('valkey', 0),
      ...then(named('redis_up', exporter), always(0)),
      ...allQueues(gone),
    },
    'CostCacheDown{}',
  ),
  at(
    'the cache is full of tasks and refuses more',
    20,
    then(named('redis_errors_total', { ...exporter, err: 'OOM' }), grows(5)),
    'CostCacheRefusesWrites{err="OOM"}',
  ),
  at(
    'the cache cannot write to its disk',
    20,
    then(named('redis_errors_total', { ...exporter, err: 'MISCONF' }), grows(5)),
    'CostCacheRefusesWrites{err="MISCONF"}',
  ),
  at(
    'a worker hangs: its pod is healthy but its queue does not move',
    90,
    queue('cost_model', always(3)),
    'CostQueueWaits{queue="cost_model"}',
    'CostQueueStuck{queue="cost_model"}',
  ),
  at(
    'a worker takes no tasks while Beat keeps sending them',
    20,
    queue('download', (minute) => 1 + Math.floor(minute / 5)),
    'CostQueueWaits{queue="download"}',
  ),
  at(
    'a queue fills faster than its worker works',
    100,
    queue('ocp', (minute) => minute * 2 - (minute % 2) * 5 + 10),
    'CostQueueGrows{queue="ocp"}',
  ),
  at(
    'a worker runs out of memory',
    5,
    {
      ...then(restarts('koku-celery-worker-summary-1'), always(2)),
      ...then(
        named('kube_pod_container_status_last_terminated_reason', {
          ...lastEnd('koku-celery-worker-summary-1'),
          reason: 'OOMKilled',
        }),
        always(1),
      ),
    },
    'CostContainerKilled{pod="koku-celery-worker-summary-1"}',
  ),
  at(
    'beat is killed',
    5,
    {
      ...then(restarts('koku-celery-beat-1'), always(2)),
      ...then(named('kube_pod_container_status_last_terminated_exitcode', lastEnd('koku-celery-beat-1')), always(137)),
    },
    'CostContainerKilled{pod="koku-celery-beat-1"}',
  ),
  at(
    'beat restarts every ten minutes',
    40,
    then(restarts('koku-celery-beat-1'), (minute) => 2 + Math.floor(minute / 10)),
    'CostContainerRestarts{pod="koku-celery-beat-1"}',
  ),
  at(
    'a Secret is missing',
    20,
    then(
      named('kube_pod_container_status_waiting_reason', {
        pod: 'koku-masu-2',
        container: 'koku',
        uid: '2',
        reason: 'CreateContainerConfigError',
      }),
      always(1),
    ),
    'CostPodCannotStart{pod="koku-masu-2",reason="CreateContainerConfigError"}',
  ),
  at(
    'the migration fails',
    1,
    then(named('kube_job_failed', { job_name: 'koku-db-migrate', condition: 'true' }), always(1)),
    'CostMigrationFailed{job_name="koku-db-migrate"}',
  ),
  at(
    'topics cannot be created',
    10,
    then(named('kube_job_failed', { job_name: 'koku-topics', condition: 'true' }), always(1)),
    'CostJobFailed{job_name="koku-topics"}',
  ),
  at(
    'every run of a CronJob fails',
    300,
    then(named('kube_cronjob_status_last_successful_time', { cronjob: 'hourly' }), always(3630)),
    'CostCronJobOverdue{cronjob="hourly"}',
  ),
  at(
    'the repair leaves something to a person and its next run succeeds',
    10,
    {
      ...then(named('kube_job_failed', { job_name: 'koku-repair-1', condition: 'true' }), always(1)),
      ...then(
        named('kube_job_owner', { job_name: 'koku-repair-1', owner_kind: 'CronJob', owner_name: 'koku-repair' }),
        always(1),
      ),
    },
    'CostRepairNeedsSomebody{}',
  ),
  {
    title: 'a CronJob has never succeeded',
    begins: 0,
    lasts: 240,
    world: { [named('kube_cronjob_status_last_successful_time', { cronjob: 'hourly' })]: gone },
    fires: ['CostCronJobOverdue{cronjob="hourly"}'],
  },
  at(
    'the listener hangs on one upload',
    45,
    { ...then(taken, always(100)), ...then(waiting, always(1)) },
    'CostListenerStuck{}',
  ),
  at(
    'the listener is too slow for the uploads that arrive',
    90,
    {
      ...then(taken, (minute) => 100 + minute * 2),
      ...then(waiting, (minute) => 60 + minute),
    },
    'CostListenerBehind{}',
  ),
  at(
    'the listener drops each upload because the object store refuses it',
    390,
    { ...then(taken, (minute) => 100 + Math.floor(minute / 60)), ...then(summaries, always(0)) },
    'CostUploadsNotProcessed{}',
  ),
  {
    title: 'no cluster uploads any more',
    begins: 24 * 60,
    lasts: 26 * 60,
    world: { ...then(arrived, always(104), 24 * 60), ...then(taken, always(104), 24 * 60) },
    fires: ['CostNoUploads{}'],
  },
  at(
    'a lock that a killed worker left makes its summary queue itself each second',
    60,
    then(summaries, grows(55)),
    'CostSummaryLoops{}',
  ),
  at(
    'uploads are too large',
    20,
    then(named('ingress_responses', { pod: 'ingress-1', code: '413', useragent: 'operator' }), grows(1)),
    'CostUploadsRefused{code="413"}',
  ),
  at(
    'ingress cannot reach Kafka',
    5,
    then(named('ingress_kafka_produce_failures', { pod: 'ingress-1', topic: uploadTopic }), grows(1)),
    'CostUploadsNotAnnounced{}',
  ),
  at(
    'one report in ten fails',
    20,
    then(answered('500'), (minute) => 9 + minute * 3.3),
    'CostApiErrors{service="koku-api-reads"}',
  ),
  at(
    'the API cannot query permissions',
    20,
    then(answered('424'), grows(30)),
    'CostApiErrors{service="koku-api-reads"}',
  ),
  at(
    'one report in ten takes more than ten seconds',
    45,
    Object.assign(
      {},
      ...['0.5', '1.0', '5.0', '10.0'].map((le) => then(within(le), (minute) => 1800 + minute * 27)),
    ) as World,
    'CostApiSlow{service="koku-api-reads"}',
  ),
  at(
    'the database’s disk is nearly full',
    15,
    then(available, always(1e9)),
    'CostVolumeNearlyFull{persistentvolumeclaim="db-koku-data"}',
  ),
  at(
    'the database’s disk fills within days',
    120,
    then(available, (minute) => 7e9 - minute * 3e6),
    'CostVolumeFills{persistentvolumeclaim="db-koku-data"}',
  ),
  at(
    'the certificate is not renewed',
    120,
    then(
      named('certmanager_certificate_expiration_timestamp_seconds', {
        namespace: 'cert-manager',
        exported_namespace: 'cost-onprem',
        name: 'koku-gateway-tls',
      }),
      always(10 * 24 * 3600),
    ),
    'CostCertificateExpires{name="koku-gateway-tls"}',
  ),
  at(
    'the exporter of the cache is down',
    30,
    {
      ...then(named('redis_up', exporter), gone),
      ...allQueues(gone),
      ...then(named('up', exporter), always(0)),
    },
    'CostMonitoringBlind{}',
    'CostTargetDown{pod="valkey-exporter-1"}',
  ),
  at(
    'no metrics of Deployments arrive',
    30,
    Object.assign(
      {},
      ...Object.keys(healthy)
        .filter((name) => name.startsWith('kube_deployment'))
        .map((name) => then(name, gone)),
    ) as World,
    'CostMonitoringBlind{}',
  ),
  at(
    'the metrics endpoint of a worker hangs',
    20,
    then(named('up', { pod: 'koku-celery-worker-ocp-1', service: 'koku-celery-worker-ocp' }), always(0)),
    'CostTargetDown{service="koku-celery-worker-ocp"}',
  ),
];

/** None of these may fire an alert. */
export const harmless: readonly Case[] = [
  { title: 'nothing happens for hours', begins: 0, lasts: 235, world: {}, fires: [] },
  { title: 'nothing happens for a day', begins: 0, lasts: 27 * 60, world: {}, fires: [] },
  at(
    'beat is replaced',
    30,
    then(named('kube_deployment_status_replicas_available', { deployment: 'koku-celery-beat' }), (minute) =>
      minute < 3 ? 0 : 1,
    ),
  ),
  at('a node is drained, and the database moves', 30, {
    [named('kube_statefulset_status_replicas_ready', { statefulset: 'db-koku' })]: (minute) =>
      minute >= 60 && minute < 62 ? 0 : 1,
  }),
  at('the layout has workers with zero replicas', 120, {
    ...deployment('koku-celery-worker-subs-extraction', 0),
    ...queue('subs_extraction', always(0)),
  }),
  at(
    'one worker works on one task for most of an hour while two wait',
    90,
    queue('summary', (minute) => (minute < 55 ? 2 : 0)),
  ),
  at(
    'an upload of many files fills a queue, which then empties',
    95,
    queue('ocp', (minute) => Math.max(0, 100 - minute)),
  ),
  at(
    'an exporter leaves out empty queues',
    180,
    queue('refresh', (minute) => (minute % 15 === 0 ? 1 : undefined)),
  ),
  at('the exporter of the cache restarts while tasks wait', 80, {
    ...allQueues(gone),
    ...then(named('redis_up', exporter), gone),
    [named('redis_up', { pod: 'valkey-exporter-2' })]: (minute) => (minute < 62 ? undefined : 1),
    [named('redis_key_size', { pod: 'valkey-exporter-2', db: 'db1', key: 'summary' })]: (minute) =>
      minute < 62 ? undefined : 1 + (minute % 5),
  }),
  at('a worker stops on request and starts again', 20, {
    ...then(restarts('koku-celery-worker-ocp-1'), always(2)),
    ...then(
      named('kube_pod_container_status_last_terminated_exitcode', lastEnd('koku-celery-worker-ocp-1')),
      always(0),
    ),
  }),
  at('at night, the only request fails', 60, {
    ...Object.fromEntries(
      Object.keys(healthy)
        .filter((name) => name.startsWith('django_http_responses'))
        .flatMap((name) => Object.entries(then(name, always(healthy[name]?.(begins) ?? 0)))),
    ),
    ...then(answered('500'), (minute) => 9 + (minute > 10 ? 1 : 0)),
  }),
  at('a large upload keeps the listener busy for a quarter of an hour', 60, {
    ...then(taken, (minute) => (minute < 15 ? 100 : 101)),
    ...then(waiting, (minute) => (minute < 15 ? 1 : 0)),
  }),
  at('a new worker summarises for the first time', 390, {
    ...then(taken, (minute) => 100 + Math.floor(minute / 60)),
    ...then(summaries, gone),
    [named('report_summary_attempts_count_total', { pod: 'koku-celery-worker-summary-2', provider_type: 'OCP' })]: (
      minute,
    ) => (minute < 200 ? undefined : 1),
  }),
];
