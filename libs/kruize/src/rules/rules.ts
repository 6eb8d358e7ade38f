import { alert, grown, kruize, noneAvailable, type Rules } from '@cost-onprem/contracts';
import { series } from './metrics.ts';

/** Kruize's rules. */
export const rules: Rules = {
  recommendations: [
    alert({
      alert: 'CostKruizeDown',
      severity: 'warning',
      expression: `sum by (namespace) (${grown(series('rosocp_kruize_api_exception_total'), '10m')}) > 0
or ${noneAvailable(kruize.kruize.workload)}`,
      // One replica starts after the other, for a minute or two (libs/kruize/src/kruize.ts).
      lasts: '15m',
      summary: 'Kruize does not answer',
      description: 'Recommendations stay as they were. The repair announces the reports that arrive meanwhile again.',
    }),
  ],
};
