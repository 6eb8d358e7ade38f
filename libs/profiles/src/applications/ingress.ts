import type { ApplicationRows } from '../rows.ts';

export const ingressRows = {
  // The chart's figures for medium platforms (tools/documentation/facts/ingress.md#sizes-of-the-chart).
  ingress: {
    minimal: { replicas: 1, millicores: [100, 500], mebibytes: [256, 1024] },
    production: { replicas: 2, millicores: [500, 1000], mebibytes: [1024, 2048] },
  },
} as const satisfies ApplicationRows;
