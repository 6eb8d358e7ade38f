import { alert, kokuApiReads, kokuApiWrites, type Matchers } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';
import { series } from './metrics.ts';

const service = [kokuApiReads.http.workload, kokuApiWrites.http.workload] as const;

/** Requests of users: the kubelet asks for the status page all the time. */
export const answers = (matchers: Matchers = {}): string =>
  series('django_http_responses_total_by_status_view_method_total', {
    service,
    view: { not: 'server-status' },
    ...matchers,
  });

/** Koku answers 424 where something that it needs is away. */
export const failures = answers({ status: { matches: '5..|424' } });

/** Seconds in which 95 of 100 requests were answered, by service. */
export const latency = (window: string): string =>
  `histogram_quantile(0.95, sum by (namespace, service, le) (rate(${series(
    'django_http_requests_latency_seconds_by_view_method_bucket',
    { service, view: { not: 'server-status' } },
  )}[${window}])))`;

/** Share of requests that may fail, and how many must have. */
const share = 0.05;
const few = 3;

/** Seconds; a tenth of what gunicorn gives one request (libs/contracts/src/gateway.ts), and a bound of a bucket. */
const slow = 10;

/** What users of the API get. */
export const api: readonly Rule[] = [
  alert({
    alert: 'CostApiErrors',
    severity: 'critical',
    expression: `sum by (namespace, service) (rate(${failures}[10m]))
/ sum by (namespace, service) (rate(${answers()}[10m])) > ${share}
and sum by (namespace, service) (increase(${failures}[10m])) > ${few}`,
    lasts: '5m',
    summary: '{{ $labels.service }} fails {{ $value | humanizePercentage }} of all requests',
    description: 'Users see errors in the place of reports, or cannot change anything.',
  }),
  alert({
    alert: 'CostApiSlow',
    severity: 'warning',
    expression: `${latency('15m')} > ${slow}
and sum by (namespace, service) (increase(${answers()}[15m])) > 10`,
    lasts: '15m',
    summary: '{{ $labels.service }} is slow',
    description: 'One request of twenty takes more than {{ $value | humanizeDuration }}.',
  }),
];
