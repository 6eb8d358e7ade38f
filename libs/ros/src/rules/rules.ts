import { alert, failsOften, grown, noneAvailable, rosocpApi, runFailed, type Rules } from '@cost-onprem/contracts';
import { results, waiting } from './flow.ts';
import { series } from './metrics.ts';

/** Answers to users: without the path that the kubelet requests all the time. */
export const answers = series('rosocp_requests_total', { url: { not: '/status' } });
export const failures = series('rosocp_requests_total', { url: { not: '/status' }, code: { matches: '5..' } });

export const databaseErrors = series('rosocp_db_error_total');
const partitionMissing = grown(series('rosocp_partition__missing_error_total'), '1h');

/** The rules of the resource optimisation. */
export const rules: Rules = {
  recommendations: [
    alert({
      alert: 'CostRecommendationApiDown',
      severity: 'critical',
      expression: noneAvailable(rosocpApi.http.workload),
      lasts: '5m',
      summary: 'rosocp-api is down',
      description: 'Users get no recommendations. Costs work.',
    }),
    alert({
      alert: 'CostRecommendationApiErrors',
      severity: 'critical',
      expression: failsOften(answers, failures),
      lasts: '5m',
      summary: '{{ $labels.service }} fails {{ $value | humanizePercentage }} of its requests',
      description: 'Users see errors instead of recommendations. Costs work.',
    }),
    ...waiting,
    ...results,
    alert({
      alert: 'CostRecommendationRepairNeedsSomebody',
      severity: 'warning',
      expression: runFailed('rosocp-repair'),
      lasts: '0m',
      summary: 'The repair of reports needs a person',
      description: 'At least one report does not reach Kruize. The log of rosocp-repair names the reason.',
    }),
    alert({
      alert: 'CostRecommendationPartitionMissing',
      severity: 'warning',
      expression: `sum by (namespace, resource_name) (${partitionMissing}) > 0`,
      lasts: '0m',
      summary: 'The table {{ $labels.resource_name }} has no partition for what a report says',
      description: 'The program drops that part of the report.',
    }),
    alert({
      alert: 'CostRecommendationDatabaseErrors',
      severity: 'warning',
      // It counts a missing partition here too.
      expression: `sum by (namespace, service) (increase(${databaseErrors}[15m])) > 0
unless on (namespace, service) sum by (namespace, service) (${partitionMissing}) > 0`,
      lasts: '10m',
      summary: 'Statements of {{ $labels.service }} fail in its database',
      description: 'The processor skips reports until the repair announces them again, or the poller saves nothing.',
    }),
  ],
};
