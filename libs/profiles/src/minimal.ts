import { exporterSizes } from './exporters.ts';
import type { PlatformProfile } from './profile.ts';
import { rowsOf } from './rows.ts';
import { workerSizes } from './workers.ts';

/** The first table of sizes, and the rows that it lacks (tools/documentation/facts/decisions.md#sizes-of-minimal). */
export const minimal: PlatformProfile = {
  name: 'minimal',
  purpose: 'The smallest platform that serves a few clusters.',
  services: {
    'koku-api-reads': {
      replicas: 2,
      millicores: { request: 300, limit: 600 },
      mebibytes: { request: 500, limit: 1024 },
    },
    'koku-api-writes': {
      replicas: 1,
      millicores: { request: 300, limit: 600 },
      mebibytes: { request: 500, limit: 1024 },
    },
    // The table's 200 Mi is less than it needs: 266 MiB at rest on the real node.
    'koku-celery-beat': {
      replicas: 1,
      millicores: { request: 100, limit: 200 },
      mebibytes: { request: 280, limit: 400 },
    },
    'koku-masu': { replicas: 1, millicores: { request: 100, limit: 400 }, mebibytes: { request: 400, limit: 1024 } },
    // The table's 256 Mi is less than it needs (tools/documentation/facts/koku-measurements.md#memory).
    'koku-listener': {
      replicas: 1,
      millicores: { request: 100, limit: 500 },
      mebibytes: { request: 448, limit: 1024 },
    },
    'koku-sources-listener': {
      replicas: 1,
      millicores: { request: 50, limit: 200 },
      mebibytes: { request: 256, limit: 512 },
    },
    // The table's 200 Mi and 400 Mi are less than they need (tools/documentation/facts/koku-measurements.md#memory).
    ...workerSizes(
      () => ({ millicores: { request: 100, limit: 200 }, mebibytes: { request: 300, limit: 512 } }),
      () => 1,
    ),
    'koku-gateway': { replicas: 1, millicores: { request: 50, limit: 200 }, mebibytes: { request: 64, limit: 128 } },
    'db-koku': { replicas: 1, millicores: { request: 500, limit: 1000 }, mebibytes: { request: 1000, limit: 2000 } },
    // Not in the table: as large as what it copies.
    'db-koku-replica': {
      replicas: 1,
      millicores: { request: 500, limit: 1000 },
      mebibytes: { request: 1000, limit: 2000 },
    },
    kafka: { replicas: 1, millicores: { request: 200, limit: 500 }, mebibytes: { request: 768, limit: 1536 } },
    'object-storage': { replicas: 1, millicores: { request: 50, limit: 300 }, mebibytes: { request: 128, limit: 512 } },
    valkey: { replicas: 1, millicores: { request: 50, limit: 200 }, mebibytes: { request: 128, limit: 512 } },
    ...exporterSizes,
    ...rowsOf('minimal'),
  },
  jobs: {
    // One process of Koku's for a few seconds.
    'koku-buckets': { millicores: { request: 50, limit: 1000 }, mebibytes: { request: 128, limit: 512 } },
    'koku-topics': { millicores: { request: 50, limit: 1000 }, mebibytes: { request: 128, limit: 512 } },
    // A bare Python that sends a few requests.
    'secrets-generate': { millicores: { request: 10, limit: 500 }, mebibytes: { request: 32, limit: 128 } },
    // 61 s of one core and 728 MiB at its peak (tools/documentation/facts/koku-measurements.md#memory).
    'koku-db-migrate': { millicores: { request: 250, limit: 2000 }, mebibytes: { request: 512, limit: 1024 } },
  },
  cronJobs: {
    // One process of Koku's for as long as a command takes.
    'koku-management-command': { millicores: { request: 100, limit: 1000 }, mebibytes: { request: 256, limit: 512 } },
    // Half a second of one core and 58 MiB; 184 MiB, most of it cached files, with an upload of 95 MiB.
    'koku-repair': { millicores: { request: 50, limit: 1000 }, mebibytes: { request: 128, limit: 512 } },
  },
  nodePools: {
    // Each as the single server, with the same heap (tools/documentation/facts/kafka.md#memory).
    'dual-role': { millicores: { request: 200, limit: 500 }, mebibytes: { request: 768, limit: 1536 }, heap: 512 },
  },
  settings: {
    // Two fit into 1 Gi (tools/documentation/facts/koku-measurements.md#memory).
    GUNICORN_WORKERS: '2',
    GUNICORN_LOG_LEVEL: 'INFO',
    KOKU_LOG_LEVEL: 'INFO',
    DJANGO_LOG_LEVEL: 'INFO',
  },
};
