import type { Panels } from '@cost-onprem/contracts';
import { series } from './metrics.ts';

const rate = (metric: Parameters<typeof series>[0]): string => `sum by (api) (rate(${series(metric)}[5m]))`;

/** Kruize's panels. */
export const panels: Panels = {
  Recommendations: [
    {
      title: 'Requests to Kruize',
      unit: 'reqps',
      lines: { '{{api}} {{status}}': `sum by (api, status) (rate(${series('kruizeAPI_count')}[5m]))` },
    },
    {
      title: 'Time of a request to Kruize',
      unit: 's',
      lines: { '{{api}}': `${rate('kruizeAPI_sum')} / ${rate('kruizeAPI_count')}` },
    },
  ],
};
