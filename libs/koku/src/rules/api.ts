import { alert, failsOften, kokuApiReads, kokuApiWrites, type Matchers } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';
import { series } from './metrics.ts';

const service = [kokuApiReads.http.workload, kokuApiWrites.http.workload] as const;

/** Answers to users: without the status page, which the kubelet requests all the time. */
export const answers = (matchers: Matchers = {}): string =>
  series('django_http_responses_total_by_status_view_method_total', {
    service,
    view: { not: 'server-status' },
    ...matchers,
  });

/** Koku answers 424 if a server that it needs does not answer. */
export const failures = answers({ status: { matches: '5..|424' } });

/** Seconds within which a service answered 95 of 100 requests. */
export const latency = (window: string): string =>
  `histogram_quantile(0.95, sum by (namespace, service, le) (rate(${series(
    'django_http_requests_latency_seconds_by_view_method_bucket',
    { service, view: { not: 'server-status' } },
  )}[${window}])))`;

/** Seconds: a tenth of gunicorn's time-out (libs/contracts/src/gateway.ts), and a bound of a bucket. */
const slow = 10;

/** Alerts on the API's answers. */
export const api: readonly Rule[] = [
  alert({
    alert: 'CostApiErrors',
    severity: 'critical',
    expression: failsOften(answers(), failures),
    lasts: '5m',
    summary: '{{ $labels.service }} fails {{ $value | humanizePercentage }} of its requests',
    description: 'Users see errors instead of reports, or cannot save changes.',
  }),
  alert({
    alert: 'CostApiSlow',
    severity: 'warning',
    expression: `${latency('15m')} > ${slow}
and sum by (namespace, service) (increase(${answers()}[15m])) > 10`,
    lasts: '15m',
    summary: '{{ $labels.service }} is slow',
    description: 'One request in twenty takes longer than {{ $value | humanizeDuration }}.',
  }),
];
