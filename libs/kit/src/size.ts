/** What is asked for, and where the kernel says stop. */
export type Bounds = readonly [request: number, limit: number];

/** How much one container gets: thousandths of a core, and Mi of memory. */
export interface PodSize {
  readonly millicores: Bounds;
  readonly mebibytes: Bounds;
}

/** How many pods: always as many, or as many as an autoscaler wants between two numbers. */
export type Replicas = number | { readonly from: number; readonly to: number };

/** How many pods of which size. */
export interface Size extends PodSize {
  readonly replicas: Replicas;
}

/** How much one node of a pool gets that an operator runs; how many there are cannot change, so it is no size. */
export interface NodeSize extends PodSize {
  /** Heap of its Java, in Mi; only a kind that runs Java has one. */
  readonly heap?: number;
}

/** Sizes of everything that may run, as data: a row that is missing is a compile error. */
export interface Profile<
  Service extends string,
  Job extends string,
  CronJob extends string,
  Pool extends string,
  Database extends string,
  Settings extends object,
> {
  readonly name: string;
  /** One sentence for the documentation: for whom it is. */
  readonly purpose: string;
  readonly services: Readonly<Record<Service, Size>>;
  readonly jobs: Readonly<Record<Job, PodSize>>;
  readonly cronJobs: Readonly<Record<CronJob, PodSize>>;
  readonly nodePools: Readonly<Record<Pool, NodeSize>>;
  /** Connections that a database's server allows, and its replica: as many as all clients together may open. */
  readonly connections: Readonly<Record<Database, number>>;
  /** Each init container that waits for a server. Kubernetes counts the larger of this and the main container. */
  readonly waitFor: PodSize;
  /** Variables that grow with the size, by the ConfigMap that holds them; an application's own settings beat them. */
  readonly settings: Settings;
}

/** Sizes of volume claims in Gi, and of the disk of each node of a pool; neither can ever shrink. */
export interface Storage<Claim extends string, Pool extends string> {
  readonly name: string;
  readonly purpose: string;
  readonly gibibytes: Readonly<Record<Claim, number>>;
  readonly nodePools: Readonly<Record<Pool, number>>;
}

/** What a Java process takes beside its heap, in Mi (tools/documentation/facts/decisions.md#memory-beside-a-heap). */
const headroom = 256;

/** The number, or both ends of the range. */
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
>(
  profile: Profile<Service, Job, CronJob, Pool, Database, Settings>,
  singletons: readonly NoInfer<Service>[],
): Profile<Service, Job, CronJob, Pool, Database, Settings> => {
  const services = Object.entries<Size>(profile.services);
  const pools = Object.entries<NodeSize>(profile.nodePools);
  const sizes = Object.entries<PodSize>({ ...profile.services, ...profile.jobs, ...profile.cronJobs });
  const waitFor = ['waitFor', profile.waitFor] as const;
  const faults = [
    ...[...sizes, ...pools, waitFor].flatMap(([name, size]) => faultsOf(name, size)),
    ...pools
      .filter(([, { heap = 0, mebibytes }]) => heap > 0 && heap + headroom > mebibytes[1])
      .map(([name, { heap, mebibytes }]) => {
        return `${name} has a heap of ${heap} Mi; with ${headroom} Mi beside it that is over the limit of ${mebibytes[1]}`;
      }),
    ...services.flatMap(([name, { replicas }]) =>
      typeof replicas === 'number' || (replicas.from >= 1 && replicas.from < replicas.to)
        ? []
        : [`${name} has ${inWords(replicas)} replicas; a range begins at 1 or more, and ends above that`],
    ),
    ...singletons
      .filter((name) => profile.services[name].replicas !== 1)
      .map((name) => `${name} has ${inWords(profile.services[name].replicas)} replicas; it must have exactly 1`),
  ];
  if (faults.length > 0) throw new Error(`profile ${profile.name}: ${faults.join('; ')}`);
  return profile;
};
