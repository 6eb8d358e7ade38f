/** Names that profiles must give a size, and what is known of them across libraries. */

/** Where the platform lives on every cluster; Argo CD's project admits no other (overlays/argo-cd). */
export const namespace = 'cost-onprem';

/** Workloads with replicas. */
export type ServiceName =
  'db-koku' | 'db-koku-replica' | 'koku-api-reads' | 'koku-api-writes' | 'koku-gateway' | 'valkey';

/** Workloads that end. */
export type JobName = 'koku-db-migrate';

/** Exactly one replica, in every profile: each has a volume of its own. */
export const singletons = ['db-koku', 'db-koku-replica', 'valkey'] as const satisfies readonly ServiceName[];

/** Volume claims, by the workload that mounts them. */
export const claims = {
  dbKoku: 'db-koku-data',
  dbKokuReplica: 'db-koku-replica-data',
  valkey: 'valkey-data',
} as const;

/** Claims that `overlays/storage` must size. */
export type ClaimName = (typeof claims)[keyof typeof claims];
