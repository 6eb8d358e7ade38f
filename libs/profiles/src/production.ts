import * as everywhere from './everywhere.ts';
import type { PlatformProfile } from './profile.ts';
import { rowsOf } from './rows.ts';

/** Several replicas of what answers requests (tools/documentation/facts/decisions.md#sizes-of-production). */
export const production: PlatformProfile = {
  name: 'production',
  purpose: 'Two to seven clusters of about fifty nodes: several replicas of each workload that answers requests.',
  services: {
    'koku-api-reads': { replicas: 3, millicores: [500, 1000], mebibytes: [2048, 3072] },
    'koku-api-writes': { replicas: 2, millicores: [500, 1000], mebibytes: [1024, 2048] },
    // With a limit of 256 Mi the kernel would kill the beat (tools/documentation/facts/koku-measurements.md#memory).
    'koku-celery-beat': { replicas: 1, millicores: [50, 100], mebibytes: [256, 400] },
    // The requests are those of the hosted service (tools/documentation/facts/koku.md#sizes-of-the-hosted-service). Two
    // workers fit into the limit.
    'koku-masu': { replicas: 1, millicores: [50, 400], mebibytes: [500, 1024] },
    // The CPU limit is that of `minimal`, where a lower one was not enough.
    'koku-listener': { replicas: 2, millicores: [150, 500], mebibytes: [1024, 2048] },
    'koku-sources-listener': { replicas: 1, millicores: [100, 200], mebibytes: [256, 512] },
    'koku-celery-worker-default': { replicas: 2, millicores: [100, 200], mebibytes: [300, 500] },
    'koku-celery-worker-priority': { replicas: 2, millicores: [150, 300], mebibytes: [500, 750] },
    'koku-celery-worker-priority-xl': { replicas: 2, millicores: [200, 400], mebibytes: [768, 1024] },
    'koku-celery-worker-priority-penalty': { replicas: 2, millicores: [150, 300], mebibytes: [500, 750] },
    // 256 Mi is less than a worker needs at rest (tools/documentation/facts/koku-measurements.md#memory).
    'koku-celery-worker-refresh': { replicas: 2, millicores: [100, 200], mebibytes: [300, 512] },
    'koku-celery-worker-refresh-xl': { replicas: 2, millicores: [100, 200], mebibytes: [300, 512] },
    'koku-celery-worker-refresh-penalty': { replicas: 2, millicores: [100, 200], mebibytes: [300, 512] },
    // It takes the queue `ocp` in the combined layout (tools/documentation/facts/koku.md#memory-of-the-queue-ocp).
    'koku-celery-worker-summary': { replicas: 2, millicores: [100, 200], mebibytes: [500, 1024] },
    'koku-celery-worker-summary-xl': { replicas: 2, millicores: [100, 200], mebibytes: [500, 750] },
    'koku-celery-worker-summary-penalty': { replicas: 2, millicores: [100, 200], mebibytes: [500, 750] },
    'koku-celery-worker-hcs': { replicas: 1, millicores: [100, 200], mebibytes: [300, 500] },
    // No workload of the platform fills the queues of these two.
    'koku-celery-worker-subs-extraction': { replicas: 0, millicores: [100, 200], mebibytes: [300, 500] },
    'koku-celery-worker-subs-transmission': { replicas: 0, millicores: [100, 200], mebibytes: [300, 500] },
    'koku-celery-worker-cost-model': { replicas: 2, millicores: [100, 200], mebibytes: [300, 512] },
    'koku-celery-worker-cost-model-xl': { replicas: 2, millicores: [100, 200], mebibytes: [300, 512] },
    'koku-celery-worker-cost-model-penalty': { replicas: 2, millicores: [100, 200], mebibytes: [300, 512] },
    'koku-celery-worker-download': { replicas: 2, millicores: [100, 200], mebibytes: [300, 500] },
    'koku-celery-worker-download-xl': { replicas: 2, millicores: [100, 200], mebibytes: [300, 500] },
    'koku-celery-worker-download-penalty': { replicas: 2, millicores: [100, 200], mebibytes: [300, 500] },
    'koku-celery-worker-ocp': { replicas: 2, millicores: [100, 200], mebibytes: [300, 1024] },
    'koku-celery-worker-ocp-xl': { replicas: 2, millicores: [100, 200], mebibytes: [300, 512] },
    'koku-celery-worker-ocp-penalty': { replicas: 2, millicores: [100, 200], mebibytes: [300, 512] },
    'koku-gateway': { replicas: 3, millicores: [100, 200], mebibytes: [100, 200] },
    'db-koku': { replicas: 1, millicores: [1000, 4000], mebibytes: [2048, 8192] },
    'db-koku-replica': { replicas: 1, millicores: [1000, 4000], mebibytes: [2048, 8192] },
    // For production clusters that choose a single Kafka server: twice the size of `minimal`.
    kafka: { replicas: 1, millicores: [500, 1000], mebibytes: [1536, 3072] },
    'object-storage': { replicas: 1, millicores: [100, 500], mebibytes: [256, 1024] },
    // Twice the chart's limit, all of which its data may fill (tools/documentation/facts/valkey.md#sizes-of-the-chart).
    valkey: { replicas: 1, millicores: [100, 500], mebibytes: [256, 1024] },
    ...everywhere.services,
    ...rowsOf('production'),
  },
  jobs: {
    ...everywhere.jobs,
    // A quarter of the CPU that the hosted service requests
    // (tools/documentation/facts/koku.md#sizes-of-the-hosted-service).
    'koku-db-migrate': { millicores: [500, 3000], mebibytes: [1024, 2048] },
  },
  cronJobs: {
    'koku-management-command': { millicores: [100, 1000], mebibytes: [256, 1024] },
    ...everywhere.cronJobs,
  },
  sidecars: {},
  // Each node is as large as the single server.
  nodePools: { 'dual-role': { millicores: [500, 1000], mebibytes: [1536, 3072], heap: 1024 } },
  connections: { 'db-koku': 240, 'db-ros': 120, 'db-kruize': 60, 'db-sources': 84 },
  waitFor: everywhere.waitFor,
  settings: { 'koku-profile': { GUNICORN_WORKERS: '4', ...everywhere.logs } },
};
