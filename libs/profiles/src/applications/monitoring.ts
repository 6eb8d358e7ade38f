import type { Size } from '@cost-onprem/kit';
import type { ApplicationRows } from '../rows.ts';

/** The same in every profile, because Prometheus scrapes it equally often and it reads as much. It uses 17 MiB. */
const exporter: Size = { replicas: 1, millicores: [10, 100], mebibytes: [24, 64] };

export const monitoringRows = {
  'valkey-exporter': { minimal: exporter, production: exporter },
} as const satisfies ApplicationRows;
