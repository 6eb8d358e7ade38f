/** Derived from all contracts: the names that profiles must size, servers that may be external, settings and Secrets. */
import type { NodePoolKind } from '@cost-onprem/kit/operator-kinds';
import type { Mergeable, SecretDeclaration } from '@cost-onprem/kit/vocabulary';
import type { Contract, ProfileConfigMap } from './contract.ts';
import * as contracts from './contracts.ts';

/** The platform's namespace on every cluster. Argo CD's project admits no other (overlays/argo-cd). */
export const namespace = 'cost-onprem';

type Declared = (typeof contracts)[keyof typeof contracts];

/** The names in one field of all contracts. */
type Names<Field extends keyof Contract> = Declared extends infer Each
  ? Each extends Readonly<Record<Field, readonly (infer Name extends string)[]>>
    ? Name
    : never
  : never;

/** Workloads that run permanently. */
export type ServiceName = Names<'singletons'> | Names<'replicated'>;

/** Jobs. */
export type JobName = Names<'jobs'>;

/** CronJobs, which run on a schedule or on demand. */
export type CronJobName = Names<'cronJobs'>;

/** Containers beside the main one of a workload. */
export type SidecarRow = Names<'sidecars'>;

/** Claims that `overlays/storage` must size. */
export type ClaimName = Names<'claims'>;

/** Pools that profiles and `overlays/storage` must size. */
export type NodePoolName = Declared extends infer Each
  ? Each extends { readonly nodePools: infer Pools }
    ? keyof Pools & string
    : never
  : never;

/** Databases, by the workload of their own server. */
export type DatabaseName = Names<'databases'>;

/** The profile's ConfigMaps of all contracts. */
type ProfileConfigMaps = Declared extends infer Each
  ? Each extends { readonly profileConfigMaps: readonly (infer One extends ProfileConfigMap)[] }
    ? One
    : never
  : never;

/** A value for each key of each of the profile's ConfigMaps. */
export type ProfileSettings = {
  readonly [One in ProfileConfigMaps as One['name']]: Readonly<Record<One['keys'][number], string>>;
};

/** All contracts, sorted by the names of their exports, because not every loader of modules sorts them. */
const all: readonly Contract[] = Object.entries(contracts)
  .toSorted(([one], [other]) => (one < other ? -1 : 1))
  .map(([, declared]) => declared);

/** The operator kind of each node pool. */
export const nodePoolKinds = Object.assign({}, ...all.map(({ nodePools }) => nodePools)) as Readonly<
  Record<NodePoolName, NodePoolKind>
>;

const each = <Field extends Exclude<keyof Contract, 'nodePools'>>(field: Field) =>
  all.flatMap((declared): readonly NonNullable<Contract[Field]>[number][] => declared[field] ?? []);

/** All workloads. */
export const workloadNames: readonly string[] = (['singletons', 'replicated', 'jobs', 'cronJobs'] as const).flatMap(
  each,
);

/** Workloads with exactly one replica in every profile. */
export const singletons = each('singletons') as readonly Names<'singletons'>[];

/** Servers that may be external, with the ConfigMap that has their address. */
export const movable = each('addresses').map(({ configMap, to }) => ({ configMap: configMap.name, to }));

/** The ConfigMaps that every profile creates. */
export const profileConfigMaps = each('profileConfigMaps');

/** ConfigMaps of libs/contracts/base, which a cluster may merge into. */
export const sharedSettings: readonly Mergeable[] = [
  ...each('addresses').map(({ configMap }) => configMap),
  ...each('settings'),
].toSorted((one, other) => (one.name < other.name ? -1 : 1));

/**
 * All Secrets that a cluster may have, for the code that creates or checks them. Generated values have only letters and
 * digits, because other characters break Koku (tools/documentation/facts/koku.md#characters-of-secrets).
 */
export const secrets: readonly SecretDeclaration[] = each('secrets');
