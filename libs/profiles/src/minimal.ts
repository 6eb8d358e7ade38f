import type { PodSize } from '@cost-onprem/kit';
import * as everywhere from './everywhere.ts';
import type { PlatformProfile } from './profile.ts';
import { rowsOf } from './rows.ts';

/** The table's 200 Mi and 400 Mi are less than a worker needs (tools/documentation/facts/koku-measurements.md#memory). */
const worker = { millicores: [100, 200], mebibytes: [300, 512] } as const satisfies PodSize;

/** Workers that take the queue `ocp` (tools/documentation/facts/koku.md#memory-of-the-queue-ocp). */
const ocpWorker = { ...worker, mebibytes: [300, 1024] } as const satisfies PodSize;

/** The first table of sizes, with the rows that it lacked (tools/documentation/facts/decisions.md#sizes-of-minimal). */
export const minimal: PlatformProfile = {
  name: 'minimal',
  purpose: 'The smallest platform that serves a few clusters.',
  services: {
    'koku-api-reads': { replicas: 2, millicores: [300, 600], mebibytes: [500, 1024] },
    'koku-api-writes': { replicas: 1, millicores: [300, 600], mebibytes: [500, 1024] },
    // The table's 200 Mi is too little: the beat uses 266 MiB at rest on a real node.
    'koku-celery-beat': { replicas: 1, millicores: [100, 200], mebibytes: [280, 400] },
    'koku-masu': { replicas: 1, millicores: [100, 400], mebibytes: [400, 1024] },
    // The table's 256 Mi is too little (tools/documentation/facts/koku-measurements.md#memory).
    'koku-listener': { replicas: 1, millicores: [100, 500], mebibytes: [448, 1024] },
    'koku-sources-listener': { replicas: 1, millicores: [50, 200], mebibytes: [256, 512] },
    'koku-celery-worker-default': { replicas: 1, ...worker },
    'koku-celery-worker-priority': { replicas: 1, ...worker },
    'koku-celery-worker-priority-xl': { replicas: 1, ...worker },
    'koku-celery-worker-priority-penalty': { replicas: 1, ...worker },
    'koku-celery-worker-refresh': { replicas: 1, ...worker },
    'koku-celery-worker-refresh-xl': { replicas: 1, ...worker },
    'koku-celery-worker-refresh-penalty': { replicas: 1, ...worker },
    // This worker takes the queue `ocp` in the combined layout.
    'koku-celery-worker-summary': { replicas: 1, ...ocpWorker },
    'koku-celery-worker-summary-xl': { replicas: 1, ...worker },
    'koku-celery-worker-summary-penalty': { replicas: 1, ...worker },
    'koku-celery-worker-hcs': { replicas: 1, ...worker },
    // No workload of the platform fills the queues of these two.
    'koku-celery-worker-subs-extraction': { replicas: 0, ...worker },
    'koku-celery-worker-subs-transmission': { replicas: 0, ...worker },
    'koku-celery-worker-cost-model': { replicas: 1, ...worker },
    'koku-celery-worker-cost-model-xl': { replicas: 1, ...worker },
    'koku-celery-worker-cost-model-penalty': { replicas: 1, ...worker },
    'koku-celery-worker-download': { replicas: 1, ...worker },
    'koku-celery-worker-download-xl': { replicas: 1, ...worker },
    'koku-celery-worker-download-penalty': { replicas: 1, ...worker },
    'koku-celery-worker-ocp': { replicas: 1, ...ocpWorker },
    'koku-celery-worker-ocp-xl': { replicas: 1, ...worker },
    'koku-celery-worker-ocp-penalty': { replicas: 1, ...worker },
    'koku-gateway': { replicas: 1, millicores: [50, 200], mebibytes: [64, 128] },
    'db-koku': { replicas: 1, millicores: [500, 1000], mebibytes: [1000, 2000] },
    // Not in the table. The replica is as large as its primary.
    'db-koku-replica': { replicas: 1, millicores: [500, 1000], mebibytes: [1000, 2000] },
    kafka: { replicas: 1, millicores: [200, 500], mebibytes: [768, 1536] },
    'object-storage': { replicas: 1, millicores: [50, 300], mebibytes: [128, 512] },
    valkey: { replicas: 1, millicores: [50, 200], mebibytes: [128, 512] },
    ...everywhere.services,
    ...rowsOf('minimal'),
  },
  jobs: {
    ...everywhere.jobs,
    // It uses 61 s of one core, and 728 MiB at its peak (tools/documentation/facts/koku-measurements.md#memory).
    'koku-db-migrate': { millicores: [250, 2000], mebibytes: [512, 1024] },
  },
  cronJobs: {
    // It runs one Koku process until the command ends.
    'koku-management-command': { millicores: [100, 1000], mebibytes: [256, 512] },
    ...everywhere.cronJobs,
  },
  sidecars: {},
  nodePools: {
    // Each node is as large as the single server, with the same heap (tools/documentation/facts/kafka.md#memory).
    'dual-role': { millicores: [200, 500], mebibytes: [768, 1536], heap: 512 },
  },
  // The connections that all clients may open during a roll-out, when old and new pods run side by side, rounded up. A
  // law checks each render against this number.
  connections: { 'db-koku': 120, 'db-ros': 40, 'db-kruize': 40, 'db-sources': 44 },
  waitFor: everywhere.waitFor,
  settings: {
    // Two workers fit into 1 Gi (tools/documentation/facts/koku-measurements.md#memory).
    'koku-profile': { GUNICORN_WORKERS: '2', ...everywhere.logs },
  },
};
