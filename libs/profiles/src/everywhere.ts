/** Rows that are the same in every profile, because the work does not grow with the platform. */
import type { CronJobName, JobName, ServiceName } from '@cost-onprem/contracts';
import { waitSize, type PodSize, type Size } from '@cost-onprem/kit';

/** Prometheus asks an exporter as often, and for as much, in every size. */
export const services = {
  // 32 MiB with Kafka's client loaded.
  'koku-lag-exporter': { replicas: 1, millicores: [20, 200], mebibytes: [48, 96] },
} as const satisfies Partial<Record<ServiceName, Size>>;

export const jobs = {
  // One process of Koku's for a few seconds.
  'koku-buckets': { millicores: [50, 1000], mebibytes: [128, 512] },
  'koku-topics': { millicores: [50, 1000], mebibytes: [128, 512] },
  // A bare Python that sends a few requests.
  'secrets-generate': { millicores: [10, 500], mebibytes: [32, 128] },
} as const satisfies Partial<Record<JobName, PodSize>>;

export const cronJobs = {
  // Half a second of one core and 58 MiB; 184 MiB, most of it cached files, with an upload of 95 MiB.
  'koku-repair': { millicores: [50, 1000], mebibytes: [128, 512] },
} as const satisfies Partial<Record<CronJobName, PodSize>>;

/** Init containers that wait for a server. */
export const waitFor = waitSize;

/** Levels of the logs. */
export const logs = { GUNICORN_LOG_LEVEL: 'INFO', KOKU_LOG_LEVEL: 'INFO', DJANGO_LOG_LEVEL: 'INFO' } as const;
