import type { ApplicationRows } from '../rows.ts';

export const sourcesRows = {
  'sources-api': {
    minimal: { replicas: 1, millicores: [50, 200], mebibytes: [128, 256] },
    production: { replicas: 2, millicores: [100, 500], mebibytes: [256, 512] },
  },
  // The table's 256 Mi hold too few sessions for a roll-out, when two pods have 20 each.
  'db-sources': {
    minimal: { replicas: 1, millicores: [50, 150], mebibytes: [128, 640] },
    production: { replicas: 1, millicores: [100, 500], mebibytes: [256, 1024] },
  },
} as const satisfies ApplicationRows;
