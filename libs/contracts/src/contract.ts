/** What each server declares for the code that needs all servers: profiles, storage, Secrets and checks. */
import type { NodePoolKind } from '@cost-onprem/kit/operator-kinds';
import type { Endpoint, Mergeable, SecretDeclaration } from '@cost-onprem/kit/vocabulary';

/** A server that may be external: its endpoint in the cluster, and the ConfigMap that has its address for clients. */
export interface Movable {
  readonly to: Endpoint;
  readonly configMap: Mergeable;
}

/** A ConfigMap of the profile. Its keys are variables to which each profile gives a value. */
export interface ProfileConfigMap {
  readonly name: string;
  readonly keys: readonly string[];
}

/** The names that one server or application declares. Each is here once. */
export interface Contract {
  /** Workloads with exactly one replica in every profile, because they have a volume or would do their work twice. */
  readonly singletons?: readonly string[];
  /** Workloads whose replicas the profile sets. */
  readonly replicated?: readonly string[];
  /** Jobs. */
  readonly jobs?: readonly string[];
  /** CronJobs, which run on a schedule or on demand. */
  readonly cronJobs?: readonly string[];
  /** Containers beside the main one of a workload, as `<workload>/<container>`. */
  readonly sidecars?: readonly `${string}/${string}`[];
  /** Volume claims. `overlays/storage` must size them. */
  readonly claims?: readonly string[];
  /** Node pools of an operator, by name. Profiles and `overlays/storage` must size them. */
  readonly nodePools?: Readonly<Record<string, NodePoolKind>>;
  /** Databases, for whose servers profiles must say how many connections they allow. */
  readonly databases?: readonly string[];
  readonly addresses?: readonly Movable[];
  /** Other ConfigMaps of libs/contracts/base that a cluster may merge into. */
  readonly settings?: readonly Mergeable[];
  /** ConfigMaps that every profile creates. */
  readonly profileConfigMaps?: readonly ProfileConfigMap[];
  readonly secrets?: readonly SecretDeclaration[];
}

/** Returns its argument, and keeps its names literal. */
export const contract = <const Declared extends Contract>(declared: Declared): Declared => declared;
