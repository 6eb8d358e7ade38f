import { alert, kokuGateway, noneAvailable, type Rules } from '@cost-onprem/contracts';

/** The gateway's rules. */
export const rules: Rules = {
  workloads: [
    alert({
      alert: 'CostGatewayDown',
      severity: 'critical',
      expression: noneAvailable(kokuGateway.http.workload),
      lasts: '2m',
      summary: 'The gateway is down',
      description: 'Users get no reports, and clusters cannot upload.',
    }),
  ],
};
