/** The way from a report to a recommendation, and the sources. */
import { consumerGroups } from '@cost-onprem/contracts';
import type { Values, World } from '../../src/promtool.ts';
import { always, grows, named } from '../world.ts';
import { at, deployment, lag, since, statefulset } from './case.ts';

const processor = { pod: 'rosocp-processor-1', service: 'rosocp-processor' };
const poller = { pod: 'rosocp-recommendation-poller-1', service: 'rosocp-recommendation-poller' };

const ofGroup = (of: keyof typeof consumerGroups) => {
  const { group: consumergroup, topic } = consumerGroups[of];
  return { ...lag, topic, consumergroup };
};

/** A group with messages, of which it has taken so many at a minute. */
const group = (of: keyof typeof consumerGroups, waiting: number, taken: Values): World => ({
  ...since(named('kafka_consumergroup_lag', ofGroup(of)), always(waiting)),
  ...since(named('kafka_consumergroup_current_offset', ofGroup(of)), taken),
});

/** A counter that its program creates with its first event. */
const first = (metric: string, labels: Readonly<Record<string, string>>, values: Values): World => ({
  [named(metric, labels)]: (minute) => (minute < 65 ? undefined : values(minute - 65)),
});

const answered = (metric: string, service: string, url: string): string =>
  named(metric, { pod: `${service}-1`, service, code: '500', method: 'GET', url });

/** Each must fire its alerts. */
export const recommendationFaults = [
  at('the API for recommendations has no pod', 10, deployment('rosocp-api', 0), 'CostRecommendationApiDown{}'),
  at(
    'one request for recommendations in ten fails',
    20,
    since(
      answered('rosocp_requests_total', 'rosocp-api', '/api/cost-management/v1/recommendations/openshift'),
      grows(1),
    ),
    'CostRecommendationApiErrors{service="rosocp-api"}',
  ),
  at(
    'the processor hangs on an answer of Kruize',
    10 * 60,
    group('rosocp-processor', 2, always(11)),
    'CostRecommendationsStuck{consumergroup="ros-processor"}',
  ),
  at(
    'a large cluster has more workloads than Kruize can do',
    180,
    group('rosocp-recommendation-poller', 5000, (minute) => 11 + minute * 2),
    'CostRecommendationsBehind{consumergroup="ros-recommendation-poller"}',
  ),
  {
    title: 'Kruize recommends nothing any more',
    begins: 48 * 60,
    lasts: 40 * 60,
    world: since(named('rosocp_recommendation_success_total', poller), always(7), 48 * 60),
    fires: ['CostNoRecommendations{}'],
  },
  at(
    'the object store refuses a report',
    30,
    since(named('rosocp_csv_fetch_error_total', processor), (minute) => (minute < 5 ? 0 : 1)),
    'CostReportsNotFetched{}',
  ),
  {
    title: 'the reports lack a column',
    begins: 48 * 60,
    lasts: 36 * 60,
    world: {
      ...since(named('rosocp_invalid_csv_total', processor), (minute) => Math.floor(minute / 180), 48 * 60),
      ...since(named('kruize_update_result_request_total', processor), always(8), 48 * 60),
    },
    fires: ['CostReportsInvalid{}'],
  },
  at(
    'a cluster sends reports of last month',
    20,
    {
      ...first('rosocp_partition__missing_error_total', { ...processor, resource_name: 'workload_metrics' }, always(1)),
      ...since(named('rosocp_db_error_total', processor), (minute) => (minute < 5 ? 0 : 1)),
    },
    'CostRecommendationPartitionMissing{resource_name="workload_metrics"}',
  ),
  at(
    'the database of the resource optimisation refuses statements',
    20,
    since(named('rosocp_db_error_total', processor), grows(1)),
    'CostRecommendationDatabaseErrors{service="rosocp-processor"}',
  ),
  at(
    'the database of the resource optimisation is down',
    10,
    statefulset('db-ros', 0),
    'CostDatabaseDown{statefulset="db-ros"}',
  ),
  at('Kruize has no pod', 20, deployment('kruize', 0), 'CostKruizeDown{deployment="kruize"}'),
  at(
    'Kruize runs and does not answer',
    40,
    first('rosocp_kruize_api_exception_total', { ...processor, path: '/updateResults' }, (minute) => 1 + minute),
    'CostKruizeDown{deployment=""}',
  ),
  at(
    'the repair of reports gives up one of them',
    10,
    {
      ...since(named('kube_job_failed', { job_name: 'rosocp-repair-1', condition: 'true' }), always(1)),
      ...since(
        named('kube_job_owner', { job_name: 'rosocp-repair-1', owner_kind: 'CronJob', owner_name: 'rosocp-repair' }),
        always(1),
      ),
    },
    'CostRecommendationRepairNeedsSomebody{}',
  ),
  at('sources-api has no pod', 15, deployment('sources-api', 0), 'CostSourcesDown{deployment="sources-api"}'),
  at(
    'sources-api fails one request in ten',
    20,
    since(answered('sources_requests_total', 'sources-api', '/api/sources/v3.1/sources'), grows(1)),
    'CostSourcesErrors{service="sources-api"}',
  ),
  at(
    'a changed source conflicts with what Koku has',
    90,
    group('koku-sources-listener', 1, always(11)),
    'CostSourcesListenerStuck{}',
  ),
];
