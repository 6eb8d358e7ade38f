import { alert, databases, noneReady, series, type Rules, type ServiceName } from '@cost-onprem/contracts';

/** All servers, whose names the databases' contract declares as services. */
const servers = databases.flatMap(({ endpoint, replica }) =>
  [endpoint, ...(replica ? [replica.endpoint] : [])].map(({ workload }) => workload as ServiceName),
);

/** Rules for databases, both our own and on an external PostgreSQL. */
export const rules: Rules = {
  workloads: [
    alert({
      alert: 'CostDatabaseDown',
      severity: 'critical',
      expression: `sum by (namespace) (increase(${series('db_connection_errors_total')}[5m])) > 0
or ${noneReady(...servers)}`,
      lasts: '3m',
      summary: 'The database does not answer{{ with $labels.statefulset }}: {{ . }}{{ end }}',
      description:
        'Without db-koku users get no reports, and uploads wait in Kafka. Without another one recommendations or sources stop.',
    }),
  ],
};
