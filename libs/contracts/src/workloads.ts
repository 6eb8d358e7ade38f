/** Names that profiles must give a size, and what is known of them across libraries. */
import { databaseClaims } from './databases.ts';
import type { KokuWorkerName } from './koku-workers.ts';

/** Where the platform lives on every cluster; Argo CD's project admits no other (overlays/argo-cd). */
export const namespace = 'cost-onprem';

/** Workloads with replicas. */
export type ServiceName =
  | 'db-koku'
  | 'db-koku-replica'
  | 'kafka'
  | 'koku-api-reads'
  | 'koku-api-writes'
  | 'koku-celery-beat'
  | 'koku-gateway'
  | 'koku-lag-exporter'
  | 'koku-listener'
  | 'koku-masu'
  | 'koku-sources-listener'
  | 'object-storage'
  | 'valkey'
  | 'valkey-exporter'
  | KokuWorkerName;

/** Workloads that end. */
export type JobName = 'koku-buckets' | 'koku-db-migrate' | 'koku-topics' | 'secrets-generate';

/** Workloads that run at certain times, or when somebody asks. */
export type CronJobName = 'koku-management-command' | 'koku-repair';

/** Exactly one replica, in every profile: those with a volume of their own, and what would do its work twice. */
export const singletons = [
  'db-koku',
  'db-koku-replica',
  'kafka',
  'koku-celery-beat',
  'koku-sources-listener',
  'object-storage',
  'valkey',
] as const satisfies readonly ServiceName[];

/** Volume claims, by the workload that mounts them. */
export const claims = {
  ...databaseClaims,
  kafka: 'kafka-data',
  objectStorage: 'object-storage-data',
  valkey: 'valkey-data',
} as const;

/** Claims that `overlays/storage` must size. */
export type ClaimName = (typeof claims)[keyof typeof claims];

/** Pools of nodes that an operator runs. */
export const nodePools = { kafka: 'dual-role' } as const;

/** Pools that profiles and `overlays/storage` must size. */
export type NodePoolName = (typeof nodePools)[keyof typeof nodePools];
