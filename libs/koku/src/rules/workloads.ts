import {
  alert,
  combinedWorkers,
  kokuApiReads,
  kokuApiWrites,
  kokuListener,
  noneAvailable,
  splitWorkers,
} from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

const workers = [...combinedWorkers, ...splitWorkers].map(({ name }) => name);

/** Alerts on the workloads that handle requests, uploads and tasks. */
export const workloads: readonly Rule[] = [
  alert({
    alert: 'CostApiDown',
    severity: 'critical',
    expression: noneAvailable(kokuApiReads.http.workload, kokuApiWrites.http.workload),
    lasts: '5m',
    summary: '{{ $labels.deployment }} is down',
    description: 'Without koku-api-reads users get no reports. Without koku-api-writes they cannot save changes.',
  }),
  alert({
    alert: 'CostListenerDown',
    severity: 'critical',
    expression: noneAvailable(kokuListener.metrics.workload),
    lasts: '10m',
    summary: 'The listener is down',
    description: 'Uploads wait in Kafka for a week and in their bucket for two. Then they are lost.',
  }),
  alert({
    alert: 'CostWorkerDown',
    severity: 'critical',
    expression: noneAvailable(...workers),
    lasts: '15m',
    summary: '{{ $labels.deployment }} is down',
    description: 'Tasks wait in its queues: uploads or changed prices do not become costs.',
  }),
  alert({
    alert: 'CostBeatDown',
    severity: 'warning',
    expression: noneAvailable('koku-celery-beat'),
    lasts: '15m',
    summary: 'koku-celery-beat is down, so no periodic task runs',
    description: 'Changed tags and prices do not appear, and Koku does not remove expired data.',
  }),
];
