import { alert, dbKoku, noneReady, series, type Rules } from '@cost-onprem/contracts';

/** Rules for databases, both our own and on an external PostgreSQL. */
export const rules: Rules = {
  workloads: [
    alert({
      alert: 'CostDatabaseDown',
      severity: 'critical',
      expression: `sum by (namespace) (increase(${series('db_connection_errors_total')}[5m])) > 0
or ${noneReady(dbKoku.endpoint.workload, dbKoku.replica.endpoint.workload)}`,
      lasts: '3m',
      summary: 'The database does not answer{{ with $labels.statefulset }}: {{ . }}{{ end }}',
      description: 'Users get no reports. Uploads wait in Kafka.',
    }),
  ],
};
