import {
  combinedWorkers,
  dbKoku,
  dbKokuReplica,
  kafka,
  kokuApiReads,
  kokuApiWrites,
  kokuGateway,
  kokuListener,
  objectStorage,
  splitWorkers,
  type ServiceName,
} from '@cost-onprem/contracts';
import type { RuleGroup } from '@cost-onprem/kit';
import { alert } from '../alert.ts';
import { series } from '../metrics.ts';

/** Deployments that must run and of which no pod is ready. */
const noneAvailable = (...deployment: readonly ServiceName[]) =>
  `${series('kube_deployment_status_replicas_available', { deployment })} == 0
and on (namespace, deployment) ${series('kube_deployment_spec_replicas')} > 0`;

const noneReady = (...statefulset: readonly ServiceName[]) =>
  `${series('kube_statefulset_status_replicas_ready', { statefulset })} == 0
and on (namespace, statefulset) ${series('kube_statefulset_replicas')} > 0`;

const workers = [...combinedWorkers, ...splitWorkers].map(({ name }) => name);

/** What runs on the way of a request, of an upload, or of a task. */
export const workloads: RuleGroup = {
  name: 'workloads',
  rules: [
    alert({
      alert: 'CostGatewayDown',
      severity: 'critical',
      expression: noneAvailable(kokuGateway.http.workload),
      lasts: '2m',
      summary: 'The gateway is down',
      description: 'Nobody reaches anything: no reports, no uploads.',
    }),
    alert({
      alert: 'CostApiDown',
      severity: 'critical',
      expression: noneAvailable(kokuApiReads.http.workload, kokuApiWrites.http.workload),
      lasts: '5m',
      summary: '{{ $labels.deployment }} is down',
      description: 'Without koku-api-reads no report answers; without koku-api-writes nothing can be changed.',
    }),
    alert({
      alert: 'CostListenerDown',
      severity: 'critical',
      expression: noneAvailable(kokuListener.metrics.workload),
      lasts: '10m',
      summary: 'The listener is down',
      description: 'Uploads wait in Kafka, and are lost after two weeks.',
    }),
    alert({
      alert: 'CostWorkerDown',
      severity: 'critical',
      expression: noneAvailable(...workers),
      lasts: '15m',
      summary: '{{ $labels.deployment }} is down',
      description: 'What waits in its queues is not done: uploads or changed prices do not become costs.',
    }),
    alert({
      alert: 'CostBeatDown',
      severity: 'warning',
      expression: noneAvailable('koku-celery-beat'),
      lasts: '15m',
      summary: 'Nothing is scheduled',
      description: 'Changed tags and prices do not show, and expired data is not removed.',
    }),
    alert({
      alert: 'CostDatabaseDown',
      severity: 'critical',
      expression: `sum by (namespace) (increase(${series('db_connection_errors_total')}[5m])) > 0
or ${noneReady(dbKoku.postgres.workload, dbKokuReplica.postgres.workload)}`,
      lasts: '3m',
      summary: 'The database does not answer{{ with $labels.statefulset }}: {{ . }}{{ end }}',
      description: 'No report answers. Uploads wait in Kafka.',
    }),
    alert({
      alert: 'CostKafkaDown',
      severity: 'critical',
      expression: `${series('kafka_brokers')} == 0
or ${noneReady(kafka.client.workload)}`,
      lasts: '5m',
      summary: 'Kafka does not answer',
      description: 'Uploads that were accepted wait. Reports still answer.',
    }),
    alert({
      alert: 'CostObjectStoreDown',
      severity: 'critical',
      expression: noneReady(objectStorage.s3.workload),
      lasts: '2m',
      summary: 'The embedded object store is down',
      description: 'No upload is processed; the repair has it done afterwards. Reports still answer.',
    }),
    alert({
      alert: 'CostWorkloadDegraded',
      severity: 'warning',
      expression: `${series('kube_deployment_status_replicas_available')}
< on (namespace, deployment) ${series('kube_deployment_spec_replicas')}
or ${series('kube_statefulset_status_replicas_ready')}
< on (namespace, statefulset) ${series('kube_statefulset_replicas')}`,
      lasts: '30m',
      summary: '{{ $labels.deployment }}{{ $labels.statefulset }} has fewer pods than it should',
      description: 'Only {{ $value }} run. What is left does the work, or one more fault stops it.',
    }),
  ],
};
