/** Events that resemble faults. */
import { consumerGroups } from '@cost-onprem/contracts';
import { always, healthy, named } from '../world.ts';
import {
  allQueues,
  answered,
  at,
  begins,
  deployment,
  exporter,
  gone,
  lag,
  lastEnd,
  queue,
  restarts,
  summaries,
  taken,
  since,
  waiting,
  type Case,
} from './case.ts';

const { group: consumergroup, topic } = consumerGroups['rosocp-recommendation-poller'];
const ofPoller = { ...lag, topic, consumergroup };

/** None of these may fire an alert. */
export const harmless: readonly Case[] = [
  { title: 'nothing happens for hours', begins: 0, lasts: 235, world: {}, fires: [] },
  { title: 'nothing happens for a day', begins: 0, lasts: 27 * 60, world: {}, fires: [] },
  at(
    'beat is replaced',
    30,
    since(named('kube_deployment_status_replicas_available', { deployment: 'koku-celery-beat' }), (minute) =>
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
    ...since(named('redis_up', exporter), gone),
    [named('redis_up', { pod: 'valkey-exporter-2' })]: (minute) => (minute < 62 ? undefined : 1),
    [named('redis_key_size', { pod: 'valkey-exporter-2', db: 'db1', key: 'summary' })]: (minute) =>
      minute < 62 ? undefined : 1 + (minute % 5),
  }),
  at('a worker stops on request and starts again', 20, {
    ...since(restarts('koku-celery-worker-ocp-1'), always(2)),
    ...since(
      named('kube_pod_container_status_last_terminated_exitcode', lastEnd('koku-celery-worker-ocp-1')),
      always(0),
    ),
  }),
  at('at night, the only request fails', 60, {
    ...Object.fromEntries(
      Object.keys(healthy)
        .filter((name) => name.startsWith('django_http_responses'))
        .flatMap((name) => Object.entries(since(name, always(healthy[name]?.(begins) ?? 0)))),
    ),
    ...since(answered('500'), (minute) => 9 + (minute > 10 ? 1 : 0)),
  }),
  at('the last message of the poller failed, and the next report comes in hours', 5 * 60, {
    ...since(named('kafka_consumergroup_lag', ofPoller), always(1)),
    ...since(named('kafka_consumergroup_current_offset', ofPoller), always(11)),
  }),
  at('a cluster sends a report without a labelled workload each time', 26 * 60, {
    ...since(named('rosocp_invalid_csv_total', { pod: 'rosocp-processor-1', service: 'rosocp-processor' }), (minute) =>
      Math.floor(minute / 360),
    ),
  }),
  at('Kruize is replaced while a report arrives', 60, {
    ...since(named('kube_deployment_status_replicas_available', { deployment: 'kruize' }), (minute) =>
      minute < 3 ? 0 : 1,
    ),
    [named('rosocp_kruize_api_exception_total', {
      pod: 'rosocp-processor-1',
      service: 'rosocp-processor',
      path: '/updateResults',
    })]: (minute) => (minute < 61 ? undefined : 4),
  }),
  at('a large upload keeps the listener busy for a quarter of an hour', 60, {
    ...since(taken, (minute) => (minute < 15 ? 100 : 101)),
    ...since(waiting, (minute) => (minute < 15 ? 1 : 0)),
  }),
  at('a new worker summarises for the first time', 390, {
    ...since(taken, (minute) => 100 + Math.floor(minute / 60)),
    ...since(summaries, gone),
    [named('report_summary_attempts_count_total', { pod: 'koku-celery-worker-summary-2', provider_type: 'OCP' })]: (
      minute,
    ) => (minute < 200 ? undefined : 1),
  }),
];
