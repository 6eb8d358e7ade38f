import type { ServiceName } from '@cost-onprem/contracts';
import type { Size } from '@cost-onprem/kit';

/** What tells Prometheus of others; the same in every size, for it asks as often and as much. */
export const exporterSizes = {
  // 32 MiB with Kafka's client loaded.
  'koku-lag-exporter': {
    replicas: 1,
    millicores: { request: 20, limit: 200 },
    mebibytes: { request: 48, limit: 96 },
  },
} as const satisfies Partial<Record<ServiceName, Size>>;
