import { series, type Panels } from '@cost-onprem/contracts';

/** Panels about the cache. */
export const panels: Panels = {
  Queues: [
    {
      title: 'Memory of the cache',
      unit: 'bytes',
      lines: { used: series('redis_memory_used_bytes'), limit: `${series('redis_memory_max_bytes')} > 0` },
    },
  ],
};
