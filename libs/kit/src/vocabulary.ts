/**
 * The words in which applications are declared. Everything here is data and identity functions: what follows from a
 * declaration is written elsewhere in this library, one file per consequence.
 */
import type { Model } from '@kubernetes-models/base';
import type { Overlay } from './generated/overlay.ts';
import { mapValues } from './records.ts';
import type { Panel } from './dashboards.ts';
import type { Rule, RuleGroup } from './rules.ts';

export type { Overlay };

/** An object of kubernetes-models, or of one of its packages for custom kinds, which knows its schema. */
export type KubernetesObject = Model<{ kind?: string; metadata?: { name?: string } }>;

/** One named TCP port of one workload; made by `endpoints`, shared through libs/contracts. */
export interface Endpoint<Name extends string = string> {
  readonly workload: Name;
  readonly port: string;
  readonly number: number;
}

/** One key of a Secret or a ConfigMap. A secret's value exists in the cluster alone. */
export interface Reference {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  readonly key: string;
  /** True where the key may be missing: the variable is then not there at all. */
  readonly optional?: true;
}

/** A whole number that the container learns about its own limits: CPU in cores (rounded up), memory in Mi. */
export interface OwnLimit {
  readonly kind: 'OwnLimit';
  readonly resource: 'cpu' | 'memory';
}

/** No booleans: Python reads `True`, Go reads `true`; whoever writes the variable decides. */
export type Env = Readonly<Record<string, string | Reference | OwnLimit>>;

/** An endpoint that a cluster may move, and the ConfigMap in which clients look up where it is. */
export interface Address<Key extends string = string> {
  readonly to: Endpoint;
  readonly host: Reference;
  readonly port: Reference;
  /** What else the clients must know, such as the name of a database. */
  readonly more: Readonly<Record<Key, Reference>>;
  /** The same facts as a ConfigMap that clusters merge into. */
  readonly configMap: Mergeable;
}

/** One key of a ConfigMap that a cluster may merge into. */
export interface Setting {
  /** The value where a cluster says nothing; without one the key is absent until a cluster sets it. */
  readonly value?: string;
  /** What the application takes where the key is absent, as its source has it. */
  readonly otherwise?: string;
  /** What the value does, and its unit; becomes the manual. */
  readonly purpose: string;
  /** What a value must match, as a whole. */
  readonly pattern?: RegExp;
  /** The pattern in words, where it is hard to read. */
  readonly type?: string;
  /** A value that could be, where a cluster must set one. */
  readonly example?: string;
  /** Keys of the same ConfigMap without which this one means nothing: whoever sets it sets them too. */
  readonly needs?: readonly string[];
  /** `cluster`: every cluster must set it. `stack`: the stack sets it, a cluster may not. */
  readonly setBy?: 'cluster' | 'stack';
  /** The overlay with which alone a cluster sets the key, or must set it. */
  readonly withOverlay?: Overlay;
}

/** A ConfigMap that a cluster may merge into; any other key is refused. */
export interface Mergeable<Key extends string = string> {
  readonly name: string;
  readonly purpose: string;
  readonly settings: Readonly<Record<Key, Setting>>;
  /** Names of files that a cluster may merge into it. */
  readonly files?: readonly string[];
  /** Variables that its readers take too and that are no keys of it, with the reason; becomes the manual. */
  readonly leftOut?: readonly { readonly why: string; readonly variables: readonly string[] }[];
}

/** Sessions that one pod may have open at once. */
export interface Sessions {
  readonly count: number;
  /** The variable of the main container that says how many processes have `count` each; left out for one process. */
  readonly each?: string;
}

/** A client's view of an endpoint: whom it calls, and the variables by which it learns where. */
export interface Connection {
  readonly to: Endpoint;
  readonly env?: Env;
  /** For a server that limits its sessions; one session where left out. */
  readonly sessions?: Sessions;
  /** A command of the client's own image that exits 0 once the server answers in its protocol; needs `sh`. */
  readonly waitFor?: readonly string[];
  /**
   * The overlay that brings the server, where not every cluster has it. Variables, label and wait-for step then reach the
   * client with that overlay alone, which lists `libs/<client's application>/base/when/<overlay>` in its components.
   */
  readonly when?: Overlay;
}

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
}

/** A folder made of ConfigMaps of other applications' bases: each is there only in stacks that have its application. */
export interface Contributions {
  readonly mountPath: string;
  readonly configMaps: readonly string[];
}

/** A folder with the keys of a Secret that a cluster may bring; without the Secret it is empty. */
export interface SecretFiles {
  readonly mountPath: string;
  readonly secret: OptionalSecret;
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

/**
 * When, within one sync, a workload is applied; health gates the next wave
 * (tools/documentation/facts/argo-cd.md#waves).
 */
export type Wave = 'credentials' | 'data' | 'preparation' | 'application' | 'edge';

/** Kinds that a workload may be allowed to make, by the name that Kubernetes' rules have for them. */
export type Creatable = 'secrets';

/** What a cluster may switch off, and with it all that is there for nothing else. */
export type Purpose = 'monitoring';

/** What a server is to its clients, where an option may put an external server in its place. */
export type Role = 'database';

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
  /** Which of `listens` answers Prometheus on `/metrics`; the port's name must be `metrics`. */
  readonly metrics?: Endpoint<NoInfer<Name>> & { readonly port: 'metrics' };
  readonly connects?: readonly Connection[];
  readonly env?: Env;
  /** ConfigMaps whose keys become variables; a later one beats an earlier one. */
  readonly settings?: readonly { readonly name: string }[];
  readonly probes?: Probes;
  readonly files?: readonly Files[];
  readonly contributions?: readonly Contributions[];
  readonly secretFiles?: readonly SecretFiles[];
  readonly store?: Store;
  /** What must be writable besides `/tmp`, or how much `/tmp` must hold; everything else is a read-only file system. */
  readonly scratch?: readonly Scratch[];
  /** Shared memory (/dev/shm) in Mi, which counts against the memory limit; the runtime's 64 Mi where left out. */
  readonly sharedMemory?: number;
  /** Runs before SIGTERM, so that load balancers forget the pod first. */
  readonly beforeStop?: readonly string[];
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

/** What belongs together: one library, one container name, one or several Kustomize bases. */
export interface Application {
  /** Name of the library's folder, and of the main container of each of its workloads. */
  readonly name: string;
  /** Bases by folder under `libs/<application>/base/`; the key `.` is the base itself. */
  readonly bases: Readonly<Record<string, Base>>;
  /** Secrets that a cluster may bring for it. */
  readonly optionalSecrets?: readonly OptionalSecret[];
  /** Rules of Prometheus that are about it, by group; the application that assembles them renders them. */
  readonly rules?: Readonly<Record<string, readonly Rule[]>>;
  /** Panels of the dashboard that are about it, by row; rendered likewise. */
  readonly panels?: Readonly<Record<string, readonly Panel[]>>;
  /** Markdown with a paragraph for each of its alerts, under a heading of the alert's name. */
  readonly runbook?: string;
  /** What it makes of all applications and adds to its base. One application has it. */
  readonly assembles?: (applications: readonly Application[]) => Partial<Base>;
}

/** One Kustomize base. */
export interface Base {
  readonly workloads: readonly Workload[];
  /** ConfigMaps that a cluster may merge into. */
  readonly settings?: readonly Mergeable[];
  /** What an operator of the cluster makes workloads of, and what belongs to it, by the name of a file. */
  readonly objects?: Readonly<Record<string, readonly KubernetesObject[]>>;
  /** Secrets that only the platform itself must agree on: any random values will do, and something makes them. */
  readonly makes?: readonly SecretDeclaration[];
  /** Secrets of somebody else's server: a person brings them. */
  readonly asksFor?: readonly SecretDeclaration[];
  /** ConfigMaps with files that other applications mount (see `Contributions`). */
  readonly contributes?: readonly { readonly configMap: string; readonly contents: Readonly<Record<string, string>> }[];
  /** Rules of Prometheus, each group an object of its own. */
  readonly rules?: readonly RuleGroup[];
  /** Dashboards of Grafana, each a ConfigMap of this name with one file of JSON. */
  readonly dashboards?: readonly { readonly name: string; readonly json: string }[];
}

/** Returns its argument: keeps names literal, and makes another workload's port a type error. */
export const workload = <const Name extends string>(declaration: Workload<Name>): Workload<Name> => declaration;

/** Returns its argument. */
export const application = (declaration: Application): Application => declaration;

/** Declares what a workload listens on: others read its port numbers from here. */
export const endpoints = <const Name extends string, const Port extends string>(
  name: Name,
  ports: Readonly<Record<Port, number>>,
): { readonly [P in Port]: Endpoint<Name> & { readonly port: P } } =>
  mapValues(ports, (number, port) => ({ workload: name, port, number })) as {
    readonly [P in Port]: Endpoint<Name> & { readonly port: P };
  };

/** A Secret that must exist in the cluster: its keys, and how many alphanumeric characters each value has. */
export interface SecretDeclaration<Key extends string = string> {
  readonly name: string;
  readonly lengths: Readonly<Record<Key, number>>;
  /** References to the keys. */
  readonly keys: { readonly [K in Key]: Reference };
  /** The setting without which nothing reads it; left out where something always does. */
  readonly readWith?: Reference;
  /** The role of the servers that alone read it: an external one in their place needs it not. */
  readonly role?: Role;
}

/**
 * Declares a Secret: the length of each key's value in characters. The value is made in the cluster, once: a key that is
 * added later would be missing where the Secret is there already, so it must be a new Secret.
 * @param readWith the setting without which nothing reads it
 */
export const secret = <const Key extends string>(
  name: string,
  lengths: Readonly<Record<Key, number>>,
  readWith?: Reference,
): SecretDeclaration<Key> => ({
  name,
  lengths,
  keys: mapValues(lengths, (_, key): Reference => ({ kind: 'Secret', name, key })),
  ...(readWith && { readWith }),
});

/** A Secret that a cluster may bring: nobody makes it or asks for it, and every pod starts without it. */
export interface OptionalSecret<Key extends string = string> {
  readonly name: string;
  /** What there is with it. */
  readonly purpose: string;
  /** What the value of each key is. */
  readonly contents: Readonly<Record<Key, string>>;
  /** References to the keys. */
  readonly keys: { readonly [K in Key]: Reference };
}

/** Declares a Secret that a cluster may bring, by what its keys hold. */
export const optionalSecret = <const Key extends string>(
  name: string,
  purpose: string,
  contents: Readonly<Record<Key, string>>,
): OptionalSecret<Key> => ({
  name,
  purpose,
  contents,
  keys: mapValues(contents, (_, key): Reference => ({ kind: 'Secret', name, key, optional: true })),
});

/** Declares a ConfigMap that clusters may merge into, and only with these keys. */
export const mergeable = <const Key extends string>(declaration: Mergeable<Key>): Mergeable<Key> => declaration;

/** A key of a mergeable ConfigMap, as a variable's source; without a value of its own it may be missing. */
export const setting = <Key extends string>(from: Mergeable<Key>, key: NoInfer<Key>): Reference => ({
  kind: 'ConfigMap',
  name: from.name,
  key,
  ...(from.settings[key].value === undefined && { optional: true }),
});

/**
 * Declares where an endpoint is looked up: a ConfigMap `<name>-endpoint` with `host` and `port`, which a cluster merges
 * into when the server is elsewhere, and whose hashed name then rolls the clients.
 * @param movedBy the overlay with which the server is elsewhere
 */
export const address = <const Key extends string = never>(
  name: string,
  to: Endpoint,
  movedBy: Overlay,
  more: Readonly<Record<Key, Setting>> = {} as Readonly<Record<Key, Setting>>,
): Address<Key> => {
  const configMap: Mergeable = {
    name: `${name}-endpoint`,
    purpose: `Where clients find ${name}.`,
    settings: {
      host: {
        value: to.workload,
        purpose: 'Host name or address.',
        pattern: /[a-z0-9.:-]+/i,
        example: `${name}.example.com`,
        setBy: 'cluster',
        withOverlay: movedBy,
      },
      port: {
        value: String(to.number),
        purpose: 'TCP port.',
        pattern: /[1-9][0-9]{0,4}/,
        withOverlay: movedBy,
      },
      ...more,
    },
  };
  return {
    to,
    host: setting(configMap, 'host'),
    port: setting(configMap, 'port'),
    more: mapValues(more, (_, key) => setting(configMap, key)),
    configMap,
  };
};
