import type { Panels } from '@cost-onprem/contracts';
import { invalid, lag, notFetched, recommendations, reports } from './flow.ts';
import { answers, databaseErrors } from './rules.ts';

const hourly = (counter: string): string => `sum(increase(${counter}[1h]))`;

/** Panels about recommendations. */
export const panels: Panels = {
  Recommendations: [
    { title: 'Waiting messages', unit: 'short', lines: { '{{consumergroup}}': lag } },
    {
      title: 'Reports and recommendations per hour',
      unit: 'short',
      lines: { 'parts of reports': hourly(reports), recommendations: hourly(recommendations) },
    },
    {
      title: 'Errors per hour',
      unit: 'short',
      lines: {
        'not downloaded': hourly(notFetched),
        'not usable': hourly(invalid),
        'failed statements': hourly(databaseErrors),
      },
    },
  ],
  APIs: [
    {
      title: 'Requests for recommendations',
      unit: 'reqps',
      lines: { '{{code}}': `sum by (code) (rate(${answers}[5m]))` },
    },
  ],
};
