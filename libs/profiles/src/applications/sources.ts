import type { ApplicationRows } from '../rows.ts';

export const sourcesRows = {
  'sources-api': {
    minimal: { replicas: 1, millicores: [50, 200], mebibytes: [128, 256] },
    production: { replicas: 2, millicores: [100, 500], mebibytes: [256, 512] },
  },
  'db-sources': {
    minimal: { replicas: 1, millicores: [50, 150], mebibytes: [128, 256] },
    production: { replicas: 1, millicores: [100, 500], mebibytes: [256, 512] },
  },
} as const satisfies ApplicationRows;
