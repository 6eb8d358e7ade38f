/** Sizes that are the same in every profile, because their work does not grow with the platform. */
import type { CronJobName, JobName, ServiceName } from '@cost-onprem/contracts';
import { waitSize, type PodSize, type Size } from '@cost-onprem/kit';

/** Prometheus scrapes an exporter as often, and reads as much from it, in every profile. */
export const services = {
  // It uses 35 MiB with one client of Kafka for each group.
  'koku-lag-exporter': { replicas: 1, millicores: [20, 200], mebibytes: [48, 96] },
} as const satisfies Partial<Record<ServiceName, Size>>;

export const jobs = {
  // Each runs one Koku process for a few seconds.
  'koku-buckets': { millicores: [50, 1000], mebibytes: [128, 512] },
  'koku-topics': { millicores: [50, 1000], mebibytes: [128, 512] },
  // A program of Go that sends some statements.
  'rosocp-db-migrate': { millicores: [50, 500], mebibytes: [64, 256] },
  // It runs Python without Koku, and sends a few requests.
  'secrets-generate': { millicores: [10, 500], mebibytes: [32, 128] },
} as const satisfies Partial<Record<JobName, PodSize>>;

export const cronJobs = {
  // It uses half a second of one core and 58 MiB. An upload of 95 MiB takes 184 MiB, most of it the page cache.
  'koku-repair': { millicores: [50, 1000], mebibytes: [128, 512] },
  // The chart's figures (tools/documentation/facts/ros.md#sizes-of-the-chart), and more processor time for Java.
  'kruize-create-partitions': { millicores: [100, 500], mebibytes: [256, 512] },
  'kruize-delete-partitions': { millicores: [100, 500], mebibytes: [256, 512] },
  // The same Python libraries as the repair of Koku, and one report's lines at a time.
  'rosocp-repair': { millicores: [50, 1000], mebibytes: [128, 512] },
  'rosocp-partition-cleaner': { millicores: [100, 300], mebibytes: [256, 512] },
} as const satisfies Partial<Record<CronJobName, PodSize>>;

/** Size of the init containers that wait for a server. */
export const waitFor = waitSize;

/** Log levels. */
export const logs = { GUNICORN_LOG_LEVEL: 'INFO', KOKU_LOG_LEVEL: 'INFO', DJANGO_LOG_LEVEL: 'INFO' } as const;
