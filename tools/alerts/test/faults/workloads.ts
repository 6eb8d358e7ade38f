/** Pods that are missing, restart or cannot start, and Jobs that fail. */
import { always, named } from '../world.ts';
import { since, gone, deployment, queue, restarts, lastEnd, at, type Case } from './case.ts';

/** Each must fire its alerts. */
export const workloadFaults: readonly Case[] = [
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
    'a worker runs out of memory',
    5,
    {
      ...since(restarts('koku-celery-worker-summary-1'), always(2)),
      ...since(
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
      ...since(restarts('koku-celery-beat-1'), always(2)),
      ...since(named('kube_pod_container_status_last_terminated_exitcode', lastEnd('koku-celery-beat-1')), always(137)),
    },
    'CostContainerKilled{pod="koku-celery-beat-1"}',
  ),
  at(
    'beat restarts every ten minutes',
    40,
    since(restarts('koku-celery-beat-1'), (minute) => 2 + Math.floor(minute / 10)),
    'CostContainerRestarts{pod="koku-celery-beat-1"}',
  ),
  at(
    'a Secret is missing',
    20,
    since(
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
    since(named('kube_job_failed', { job_name: 'koku-db-migrate', condition: 'true' }), always(1)),
    'CostMigrationFailed{job_name="koku-db-migrate"}',
  ),
  at(
    'topics cannot be created',
    10,
    since(named('kube_job_failed', { job_name: 'koku-topics', condition: 'true' }), always(1)),
    'CostJobFailed{job_name="koku-topics"}',
  ),
  at(
    'every run of a CronJob fails',
    300,
    since(named('kube_cronjob_status_last_successful_time', { cronjob: 'hourly' }), always(3630)),
    'CostCronJobOverdue{cronjob="hourly"}',
  ),
  at('ingress has no pod', 10, deployment('ingress', 0), 'CostIngressDown{}'),
  at(
    'the newest run of a monthly CronJob failed',
    26 * 60,
    {
      ...since(named('kube_cronjob_status_last_schedule_time', { cronjob: 'monthly' }), always(3600)),
      ...since(named('kube_cronjob_next_schedule_time', { cronjob: 'monthly' }), always(31 * 24 * 3600)),
      ...since(named('kube_cronjob_status_last_successful_time', { cronjob: 'monthly' }), always(-31 * 24 * 3600)),
    },
    'CostCronJobOverdue{cronjob="monthly"}',
  ),
  at(
    'the repair leaves something to a person and its next run succeeds',
    10,
    {
      ...since(named('kube_job_failed', { job_name: 'koku-repair-1', condition: 'true' }), always(1)),
      ...since(
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
];
