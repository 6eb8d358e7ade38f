/** What a server's file tells those who must know all servers: profiles, storage, Secrets, checks. */
import type { NodePoolKind } from '@cost-onprem/kit/operator-kinds';
import type { Endpoint, Mergeable, SecretDeclaration } from '@cost-onprem/kit/vocabulary';

/** A server that a cluster may have elsewhere: the ConfigMap in which clients look, and the endpoint whose label they bear. */
export interface Movable {
  readonly to: Endpoint;
  readonly configMap: Mergeable;
}

/** A ConfigMap whose keys are variables that grow with the size: a profile gives each a value. */
export interface ProfileConfigMap {
  readonly name: string;
  readonly keys: readonly string[];
}

/** The names that one server or application brings; each stands here once. */
export interface Contract {
  /** Workloads with exactly one replica in every profile: those with a volume of their own, and what would do its work twice. */
  readonly singletons?: readonly string[];
  /** Workloads with as many replicas as the profile says. */
  readonly replicated?: readonly string[];
  /** Workloads that end. */
  readonly jobs?: readonly string[];
  /** Workloads that run at certain times, or on demand. */
  readonly cronJobs?: readonly string[];
  /** Volume claims, which overlays/storage must size. */
  readonly claims?: readonly string[];
  /** Pools of nodes that an operator runs, by their names, which profiles and overlays/storage must size. */
  readonly nodePools?: Readonly<Record<string, NodePoolKind>>;
  readonly addresses?: readonly Movable[];
  /** Other ConfigMaps of libs/contracts/base that a cluster may merge into. */
  readonly settings?: readonly Mergeable[];
  /** ConfigMaps that every profile brings. */
  readonly profileConfigMaps?: readonly ProfileConfigMap[];
  readonly secrets?: readonly SecretDeclaration[];
}

/** Returns its argument, and keeps its names literal. */
export const contract = <const Declared extends Contract>(declared: Declared): Declared => declared;
