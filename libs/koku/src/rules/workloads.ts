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

/** What runs on the way of a request, of an upload, or of a task. */
export const workloads: readonly Rule[] = [
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
];
