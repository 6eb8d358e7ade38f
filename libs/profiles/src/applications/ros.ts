import type { PodSize, Size } from '@cost-onprem/kit';
import type { ApplicationRows } from '../rows.ts';

/** The first table's row for each of the four programs (tools/documentation/facts/decisions.md#sizes-of-minimal). */
const program: PodSize = { millicores: [100, 300], mebibytes: [256, 512] };

/** The chart's figures for medium platforms (tools/documentation/facts/ros.md#sizes-of-the-chart). */
const larger: PodSize = { millicores: [500, 1000], mebibytes: [1024, 1024] };

const single: Size = { replicas: 1, ...program };

export const rosRows = {
  'rosocp-api': { minimal: single, production: { replicas: 2, ...larger } },
  'rosocp-processor': {
    minimal: single,
    production: { replicas: 2, millicores: [500, 1000], mebibytes: [2048, 4096] },
  },
  'rosocp-recommendation-poller': { minimal: single, production: { replicas: 1, ...larger } },
  // It handles an event for each removed source, so it does not grow with the platform.
  'rosocp-housekeeper': { minimal: single, production: single },
  'db-ros': {
    minimal: { replicas: 1, millicores: [100, 250], mebibytes: [256, 512] },
    production: { replicas: 1, millicores: [500, 2000], mebibytes: [1024, 4096] },
  },
} as const satisfies ApplicationRows;
