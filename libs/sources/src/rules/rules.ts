import { alert, failsOften, noneAvailable, sourcesApi, type Rules } from '@cost-onprem/contracts';
import { series } from './metrics.ts';

/** Answers to users and clusters: without the path that the kubelet requests all the time. */
export const answers = series('sources_requests_total', { url: { not: '/health' } });
const failures = series('sources_requests_total', { url: { not: '/health' }, code: { matches: '5..' } });

/** The rules of sources-api. */
export const rules: Rules = {
  sources: [
    alert({
      alert: 'CostSourcesDown',
      severity: 'critical',
      expression: noneAvailable(sourcesApi.http.workload),
      lasts: '10m',
      summary: 'sources-api is down',
      description: 'Clusters do not upload, because each first asks for its source. They try again.',
    }),
    alert({
      alert: 'CostSourcesErrors',
      severity: 'critical',
      expression: failsOften(answers, failures),
      lasts: '5m',
      summary: '{{ $labels.service }} fails {{ $value | humanizePercentage }} of its requests',
      description: 'Users cannot see or change sources. Clusters do not upload, and try again.',
    }),
  ],
};
