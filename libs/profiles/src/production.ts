import type { KokuWorker } from '@cost-onprem/contracts';
import type { PodSize } from '@cost-onprem/kit';
import { exporterSizes } from './exporters.ts';
import type { PlatformProfile } from './profile.ts';
import { rowsOf } from './rows.ts';
import { workerSizes } from './workers.ts';

const pod = (cpuRequest: number, cpuLimit: number, memoryRequest: number, memoryLimit: number): PodSize => ({
  millicores: { request: cpuRequest, limit: cpuLimit },
  mebibytes: { request: memoryRequest, limit: memoryLimit },
});

/**
 * By the key of a worker, or what comes before `-xl` and `-penalty`
 * (tools/documentation/facts/decisions.md#sizes-of-production).
 */
const workerPods: Readonly<Record<string, PodSize>> = {
  default: pod(100, 200, 300, 500),
  download: pod(100, 200, 300, 500),
  priority: pod(150, 300, 500, 750),
  'priority-xl': pod(200, 400, 768, 1024),
  // 256 Mi is less than a worker needs at rest: 279 MiB on the real node.
  refresh: pod(100, 200, 300, 512),
  summary: pod(100, 200, 500, 750),
  ocp: pod(100, 200, 300, 512),
  'cost-model': pod(100, 200, 300, 512),
  hcs: pod(100, 200, 300, 500),
  'subs-extraction': pod(100, 200, 300, 500),
  'subs-transmission': pod(100, 200, 300, 500),
};

const workerSize = ({ key }: KokuWorker): PodSize => {
  const size = workerPods[key] ?? workerPods[key.replace(/-(?:xl|penalty)$/, '')];
  if (!size) throw new Error(`profile production: no size for the worker ${key}`);
  return size;
};

/** Several replicas of what answers requests (tools/documentation/facts/decisions.md#sizes-of-production). */
export const production: PlatformProfile = {
  name: 'production',
  purpose: 'Several replicas of what answers requests, for two to seven clusters of some fifty nodes.',
  services: {
    'koku-api-reads': {
      replicas: 3,
      millicores: { request: 500, limit: 1000 },
      mebibytes: { request: 2048, limit: 3072 },
    },
    'koku-api-writes': {
      replicas: 2,
      millicores: { request: 500, limit: 1000 },
      mebibytes: { request: 1024, limit: 2048 },
    },
    // A limit of 256 Mi would kill it (tools/documentation/facts/koku-measurements.md#memory).
    'koku-celery-beat': { replicas: 1, ...pod(50, 100, 256, 400) },
    // The hosted service's requests (tools/documentation/facts/koku.md#sizes-of-the-hosted-service), and a
    // limit that two workers fit into.
    'koku-masu': { replicas: 1, ...pod(50, 400, 500, 1024) },
    // The limit of CPU is minimal's, because less was not enough there.
    'koku-listener': { replicas: 2, ...pod(150, 500, 1024, 2048) },
    'koku-sources-listener': { replicas: 1, ...pod(100, 200, 256, 512) },
    // Two of each, one of hcs (tools/documentation/facts/decisions.md#workers).
    ...workerSizes(workerSize, ({ key }) => (key === 'hcs' ? 1 : 2)),
    'koku-gateway': { replicas: 3, millicores: { request: 100, limit: 200 }, mebibytes: { request: 100, limit: 200 } },
    'db-koku': { replicas: 1, millicores: { request: 1000, limit: 4000 }, mebibytes: { request: 2048, limit: 8192 } },
    'db-koku-replica': {
      replicas: 1,
      millicores: { request: 1000, limit: 4000 },
      mebibytes: { request: 2048, limit: 8192 },
    },
    // One server, where a cluster in production chooses that: twice minimal's.
    kafka: { replicas: 1, ...pod(500, 1000, 1536, 3072) },
    'object-storage': { replicas: 1, ...pod(100, 500, 256, 1024) },
    // Twice the chart's limit, which is all for data (tools/documentation/facts/valkey.md#sizes-of-the-chart).
    valkey: { replicas: 1, millicores: { request: 100, limit: 500 }, mebibytes: { request: 256, limit: 1024 } },
    ...exporterSizes,
    ...rowsOf('production'),
  },
  jobs: {
    // One process of Koku's for a few seconds.
    'koku-buckets': { millicores: { request: 50, limit: 1000 }, mebibytes: { request: 128, limit: 512 } },
    'koku-topics': { millicores: { request: 50, limit: 1000 }, mebibytes: { request: 128, limit: 512 } },
    // A bare Python that sends a few requests.
    'secrets-generate': { millicores: { request: 10, limit: 500 }, mebibytes: { request: 32, limit: 128 } },
    // A quarter of the CPU that the hosted service requests
    // (tools/documentation/facts/koku.md#sizes-of-the-hosted-service).
    'koku-db-migrate': { millicores: { request: 500, limit: 3000 }, mebibytes: { request: 1024, limit: 2048 } },
  },
  cronJobs: {
    'koku-management-command': { millicores: { request: 100, limit: 1000 }, mebibytes: { request: 256, limit: 1024 } },
    'koku-repair': { millicores: { request: 50, limit: 1000 }, mebibytes: { request: 128, limit: 512 } },
  },
  // Each as the single server.
  nodePools: { 'dual-role': { ...pod(500, 1000, 1536, 3072), heap: 1024 } },
  settings: {
    GUNICORN_WORKERS: '4',
    GUNICORN_LOG_LEVEL: 'INFO',
    KOKU_LOG_LEVEL: 'INFO',
    DJANGO_LOG_LEVEL: 'INFO',
  },
};
