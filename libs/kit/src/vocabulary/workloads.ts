/** What runs: its container, its folders and its rights. */
import type { Overlay } from '../generated/overlay.ts';
import type { Connection } from './connections.ts';
import type { Endpoint, Role } from './endpoints.ts';
import type { OptionalSecret, SecretDeclaration } from './secrets.ts';
import type { Env } from './settings.ts';

/** How the kubelet finds out about a container; times in seconds. */
export interface Probe {
  readonly check:
    | { readonly get: string; readonly on: Endpoint }
    | { readonly run: readonly string[] }
    | { readonly connectTo: Endpoint };
  readonly every: number;
  readonly timeout: number;
  readonly failures: number;
}

/** The three probes of a container; leave one out only where the application has nothing to ask. */
export interface Probes {
  readonly startup?: Probe;
  readonly readiness?: Probe;
  readonly liveness?: Probe;
}

/** Files that a ConfigMap of the workload's own base holds; its hashed name rolls the pods when they change. */
export interface Files {
  readonly configMap: string;
  readonly mountPath: string;
  readonly contents: Readonly<Record<string, string>>;
  /** What the files are there for, where a cluster may do without that: their folder is then empty. */
  readonly onlyFor?: Purpose;
}

/** A folder made of ConfigMaps of other applications' bases: each is there only in stacks that have its application. */
export interface Contributions {
  readonly mountPath: string;
  readonly configMaps: readonly string[];
}

/**
 * A folder with a file for each key of a Secret. Without a Secret that a cluster may bring the folder is empty; without one
 * that must exist the pod does not start, and the render's needed Secrets demand it.
 */
export interface SecretFiles {
  readonly mountPath: string;
  readonly secret: OptionalSecret | SecretDeclaration;
}

/** A volume claim that outlives everything; its size comes from overlays/storage. */
export interface Store {
  readonly claim: string;
  readonly mountPath: string;
}

/** A writable folder on the disk of the node, empty at each start of the pod. */
export interface Scratch {
  readonly path: string;
  /** How much it must hold besides a few small files, in Mi: a pod that writes more is evicted. */
  readonly mebibytes?: number;
}

/** A writable folder on a volume of its own, which comes and goes with its pod: for more than a node's disk has to spare. */
export interface EphemeralVolume {
  readonly path: string;
  /** Its size in Gi. */
  readonly gibibytes: number;
}

/**
 * When, within one sync, a workload is applied; health gates the next wave
 * (tools/documentation/facts/argo-cd.md#waves).
 */
export type Wave = 'credentials' | 'data' | 'preparation' | 'application' | 'edge';

/** Kinds that a workload may be allowed to make, by the name that Kubernetes' rules have for them. */
export type Creatable = 'secrets';

/** What a cluster may do without: the option `without-<purpose>` removes all that is there for nothing else. */
export type Purpose = 'monitoring' | 'resource-optimization';

/** The option that removes a purpose, as a folder of overlays/. */
export const optionWithout = (purpose: Purpose): Overlay => `options/without-${purpose}`;

/**
 * A container beside the main one, such as a proxy that signs users in. Its row in each profile is
 * `<workload>/<container>` (`sidecars`), and its folders are its own. What the pod calls stands in the workload's `connects`,
 * because a policy is about pods.
 */
export interface Sidecar<Name extends string = string> {
  /** Name of the container. */
  readonly name: string;
  readonly image: string;
  /** Left out: what the image runs by itself. */
  readonly command?: readonly string[];
  /** Ports of the same pod, declared together with the workload's. */
  readonly listens?: Readonly<Record<string, Endpoint<NoInfer<Name>>>>;
  readonly env?: Env;
  readonly probes?: Probes;
  readonly files?: readonly Files[];
  readonly secretFiles?: readonly SecretFiles[];
}

/** What runs. Its size comes from the profile; labels, probes' defaults and security from the kit. */
export interface Workload<Name extends string = string> {
  readonly name: Name;
  /** One sentence for the documentation: what it does. */
  readonly purpose: string;
  readonly kind: 'Deployment' | 'StatefulSet' | 'Job' | 'CronJob';
  /** When a CronJob runs, in cron's notation and UTC; only a CronJob has one. */
  readonly schedule?: string;
  /** Seconds after which a run of a CronJob is ended that has not ended by itself; for ever where left out. */
  readonly deadline?: number;
  /** True for a CronJob that only serves as a template for `kubectl create job --from=cronjob/…`. */
  readonly suspended?: boolean;
  /** Repository and tag; declared once in its application, where Renovate finds it. */
  readonly image: string;
  readonly wave: Wave;
  /** Left out: what the image runs by itself. */
  readonly command?: readonly string[];
  readonly workingDirectory?: string;
  readonly listens?: Readonly<Record<string, Endpoint<NoInfer<Name>>>>;
  /**
   * Which of `listens` answers Prometheus, and at which path where that is not `/metrics`:
   * `{ ...listens.http, path: '/q/metrics' }`. A port called `metrics` is open to Prometheus alone. For a port of another
   * name, which clients may share, `allow-prometheus` in overlays/platforms must list the name.
   */
  readonly metrics?: Endpoint<NoInfer<Name>> & { readonly path?: `/${string}` };
  readonly connects?: readonly Connection[];
  readonly env?: Env;
  /** Containers that run beside the main one, for as long as it does: a pod that ends has none. */
  readonly sidecars?: readonly Sidecar<NoInfer<Name>>[];
  /** ConfigMaps whose keys become variables; a later one beats an earlier one. */
  readonly settings?: readonly { readonly name: string }[];
  readonly probes?: Probes;
  readonly files?: readonly Files[];
  readonly contributions?: readonly Contributions[];
  readonly secretFiles?: readonly SecretFiles[];
  readonly store?: Store;
  /** What must be writable besides `/tmp`, or how much `/tmp` must hold; everything else is a read-only file system. */
  readonly scratch?: readonly Scratch[];
  /** Large folders that no pod keeps; those that a pod may fill on its node's disk are `scratch`. */
  readonly ephemeral?: readonly EphemeralVolume[];
  /** Shared memory (/dev/shm) in Mi, which counts against the memory limit; the runtime's 64 Mi where left out. */
  readonly sharedMemory?: number;
  /**
   * What happens before SIGTERM, so that load balancers forget the pod first: a command in the container, or a wait of so
   * many seconds, which needs no program in the image.
   */
  readonly beforeStop?: readonly string[] | { readonly sleep: number };
  /** Seconds from the order to stop until SIGKILL; Kubernetes' own 30 where left out. */
  readonly gracePeriod?: number;
  /** True where two at once would do harm: exactly one replica in every profile, and never an overlap. */
  readonly singleton?: boolean;
  /** True where more pods do more of its work: a profile may then leave their number to an autoscaler. */
  readonly scalable?: true;
  /**
   * What it may make in its namespace, through the API server: nothing where left out, and then it has no token. It may
   * never read, change or delete what it made.
   */
  readonly mayCreate?: readonly Creatable[];
  /** What it is there for, where a cluster may do without that. */
  readonly onlyFor?: Purpose;
  /** An option selects by it what goes when the server is an external one, and the paths that then lead outside. */
  readonly role?: Role;
}

/** Returns its argument: keeps names literal, and makes another workload's port a type error. */
export const workload = <const Name extends string>(declaration: Workload<Name>): Workload<Name> => declaration;
