import type { Panels } from '@cost-onprem/contracts';
import { answers } from './rules.ts';

/** Panels about sources-api. */
export const panels: Panels = {
  APIs: [
    { title: 'Requests for sources', unit: 'reqps', lines: { '{{code}}': `sum by (code) (rate(${answers}[5m]))` } },
  ],
};
