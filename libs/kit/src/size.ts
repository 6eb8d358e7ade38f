/** Request and limit of a container. */
export type Bounds = readonly [request: number, limit: number];

/** The size of one container: thousandths of a core, and Mi of memory. */
export interface PodSize {
  readonly millicores: Bounds;
  readonly mebibytes: Bounds;
}

/** The number of pods, or the range within which an autoscaler sets it. */
export type Replicas = number | { readonly from: number; readonly to: number };

/** Number and size of the pods of a workload. */
export interface Size extends PodSize {
  readonly replicas: Replicas;
}

/** The size of one node of an operator's pool. Profiles do not set the number of nodes, because it cannot change. */
export interface NodeSize extends PodSize {
  /** Java heap in Mi, only for kinds that run Java. */
  readonly heap?: number;
}

/** The sizes of all workloads as data. A missing row is a compile error. */
export interface Profile<
  Service extends string,
  Job extends string,
  CronJob extends string,
  Pool extends string,
  Database extends string,
  Settings extends object,
  SidecarRow extends string,
> {
  readonly name: string;
  /** One sentence for the documentation: what the profile is for. */
  readonly purpose: string;
  readonly services: Readonly<Record<Service, Size>>;
  readonly jobs: Readonly<Record<Job, PodSize>>;
  readonly cronJobs: Readonly<Record<CronJob, PodSize>>;
  /** Containers beside the main one, as `<workload>/<container>`. */
  readonly sidecars: Readonly<Record<SidecarRow, PodSize>>;
  readonly nodePools: Readonly<Record<Pool, NodeSize>>;
  /** Connections that a database's server and its replica allow: as many as all clients together may open. */
  readonly connections: Readonly<Record<Database, number>>;
  /** Each init container that waits for a server. Kubernetes counts the larger of this and the main container. */
  readonly waitFor: PodSize;
  /** Variables that depend on the profile, by their ConfigMap. An application's own settings override them. */
  readonly settings: Settings;
}

/** Sizes in Gi of volume claims, and of the disk of each node of a pool. Neither can shrink. */
export interface Storage<Claim extends string, Pool extends string> {
  readonly name: string;
  readonly purpose: string;
  readonly gibibytes: Readonly<Record<Claim, number>>;
  readonly nodePools: Readonly<Record<Pool, number>>;
}

/** Memory of a Java process beside its heap, in Mi (tools/documentation/facts/decisions.md#memory-beside-a-heap). */
const headroom = 256;

/** The number of replicas, or both ends of their range, for error messages. */
export const inWords = (replicas: Replicas): string =>
  typeof replicas === 'number' ? String(replicas) : `${replicas.from} to ${replicas.to}`;

const faultsOf = (name: string, { millicores, mebibytes }: PodSize): readonly string[] =>
  Object.entries({ millicores, mebibytes }).flatMap(([unit, [request, limit]]) =>
    request <= limit ? [] : [`${name} requests ${request} ${unit}, over its limit of ${limit}`],
  );

/**
 * Checks the invariants of a profile and returns it.
 * @param singletons workloads that must have exactly one replica
 * @throws Error naming the profile and every fault in it
 */
export const checkProfile = <
  Service extends string,
  Job extends string,
  CronJob extends string,
  Pool extends string,
  Database extends string,
  Settings extends object,
  SidecarRow extends string,
>(
  profile: Profile<Service, Job, CronJob, Pool, Database, Settings, SidecarRow>,
  singletons: readonly NoInfer<Service>[],
): Profile<Service, Job, CronJob, Pool, Database, Settings, SidecarRow> => {
  const services = Object.entries<Size>(profile.services);
  const pools = Object.entries<NodeSize>(profile.nodePools);
  const sizes = Object.entries<PodSize>({
    ...profile.services,
    ...profile.jobs,
    ...profile.cronJobs,
    ...profile.sidecars,
  });
  const waitFor = ['waitFor', profile.waitFor] as const;
  const faults = [
    ...[...sizes, ...pools, waitFor].flatMap(([name, size]) => faultsOf(name, size)),
    ...pools
      .filter(([, { heap = 0, mebibytes }]) => heap > 0 && heap + headroom > mebibytes[1])
      .map(([name, { heap, mebibytes }]) => {
        return `${name} has a heap of ${heap} Mi and needs ${headroom} Mi beside it, over its limit of ${mebibytes[1]}`;
      }),
    ...services.flatMap(([name, { replicas }]) =>
      typeof replicas === 'number' || (replicas.from >= 1 && replicas.from < replicas.to)
        ? []
        : [`${name} has ${inWords(replicas)} replicas; a range starts at 1 or more and ends above its start`],
    ),
    ...singletons
      // The generator names a row that is missing, with its file.
      .filter((name) => name in profile.services && profile.services[name].replicas !== 1)
      .map((name) => `${name} has ${inWords(profile.services[name].replicas)} replicas; it must have exactly 1`),
  ];
  if (faults.length > 0) throw new Error(`profile ${profile.name}: ${faults.join('; ')}`);
  return profile;
};
