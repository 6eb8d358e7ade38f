import { alert, kokuGateway, noneAvailable, type Rules } from '@cost-onprem/contracts';

/** What is wrong where nothing is reached. */
export const rules: Rules = {
  workloads: [
    alert({
      alert: 'CostGatewayDown',
      severity: 'critical',
      expression: noneAvailable(kokuGateway.http.workload),
      lasts: '2m',
      summary: 'The gateway is down',
      description: 'Nobody reaches anything: no reports, no uploads.',
    }),
  ],
};
