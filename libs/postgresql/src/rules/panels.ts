import { series, type Panels } from '@cost-onprem/contracts';

/** Panels about databases. */
export const panels: Panels = {
  'Database and volumes': [
    {
      title: 'Failed connections to the database per hour',
      unit: 'short',
      lines: { '{{service}}': `sum by (service) (increase(${series('db_connection_errors_total')}[1h]))` },
    },
  ],
};
