import type { ApplicationRows } from '../rows.ts';

export const kruizeRows = {
  // With a limit below 2 cores its probes time out (tools/documentation/facts/kruize.md#processor-time).
  kruize: {
    minimal: { replicas: 1, millicores: [250, 2000], mebibytes: [1024, 2048] },
    production: { replicas: 1, millicores: [1000, 2000], mebibytes: [1024, 2048] },
  },
  'db-kruize': {
    minimal: { replicas: 1, millicores: [100, 250], mebibytes: [256, 512] },
    production: { replicas: 1, millicores: [500, 2000], mebibytes: [1024, 4096] },
  },
} as const satisfies ApplicationRows;
