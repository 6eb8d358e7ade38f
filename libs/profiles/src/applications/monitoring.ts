import type { Size } from '@cost-onprem/kit';
import type { ApplicationRows } from '../rows.ts';

/** The same in every size, because it asks as often and as much: 17 MiB. */
const exporter: Size = { replicas: 1, millicores: { request: 10, limit: 100 }, mebibytes: { request: 24, limit: 64 } };

export const monitoringRows = {
  'valkey-exporter': { minimal: exporter, production: exporter },
} as const satisfies ApplicationRows;
