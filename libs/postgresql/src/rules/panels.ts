import { series, type Panels } from '@cost-onprem/contracts';

/** What the dashboard shows of databases. */
export const panels: Panels = {
  'Database and volumes': [
    {
      title: 'Requests that found no database, per hour',
      unit: 'short',
      lines: { '{{service}}': `sum by (service) (increase(${series('db_connection_errors_total')}[1h]))` },
    },
  ],
};
