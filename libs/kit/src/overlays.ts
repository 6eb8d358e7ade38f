import { autoscaledLabel } from './autoscaler.ts';
import type { KustomizeFolder } from './base.ts';
import { logStorage, mainStorage, operatorStorage } from './ephemeral-storage.ts';
import { operatorKinds, type NodePoolKind, type OperatorKind, type Path } from './operator-kinds.ts';
import { podKinds } from './pod-kinds.ts';
import { inEveryCluster } from './presence.ts';
import { resources } from './resources.ts';
import { alone, sidecarRow } from './sidecars.ts';
import type { NodeSize, PodSize, Profile, Replicas, Size, Storage } from './size.ts';
import type { Workload } from './vocabulary.ts';
import { waitFor } from './wait-for.ts';

const head = { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' } as const;

/** JSON 6902 patches cost half as much as strategic merges. With a target, Kustomize skips absent objects. */
const patch = (kind: string, name: string, operations: readonly object[]) => ({
  target: { kind, name },
  patch: `${operations.map((operation) => `- ${JSON.stringify(operation)}`).join('\n')}\n`,
});

const add = (path: string, value: unknown) => ({ op: 'add', path, value });

/** A field's path in the notation of JSON 6902. */
const pointer = (...path: Path): string => path.map((field) => `/${field}`).join('');

/** Adds variables at the end of the list, because the patch does not know its length. */
const addedVariables = (container: Path, values: Readonly<Record<string, string>> = {}) =>
  Object.entries(values).map(([name, value]) => add(pointer(...container, 'env', '-'), { name, value }));

/** The kind without its group, as in targets. */
const word = (kind: NodePoolKind): string => kind.replace(/\..*$/, '');

/** -Xms equals -Xmx, so a node that is short of memory fails at start-up and not under load. */
const heapOf = (java: Path, heap: number) => add(pointer(...java), { '-Xms': `${heap}m`, '-Xmx': `${heap}m` });

/** @throws Error for a kind with Java and no heap, or a heap and no Java */
const nodePatch = (name: string, kind: NodePoolKind, size: NodeSize) => {
  const { pods, java }: OperatorKind = operatorKinds[kind];
  if ((java === undefined) !== (size.heap === undefined)) {
    throw new Error(`${name} is a ${word(kind)}, which ${java ? 'needs a heap' : 'runs no Java: remove its heap'}`);
  }
  return patch(word(kind), name, [
    ...(pods?.containers ?? []).map(({ at }) => add(pointer(...at, 'resources'), resources(size, operatorStorage))),
    ...(java && size.heap !== undefined ? [heapOf(java, size.heap)] : []),
  ]);
};

/** Sizes the first disk of each node. */
const diskPatch = (name: string, kind: NodePoolKind, gibibytes: number) => {
  const { disks: [disk] = [] }: OperatorKind = operatorKinds[kind];
  if (!disk) throw new Error(`${name} is a ${word(kind)}, which has no disk`);
  return patch(word(kind), name, [
    add(pointer(...disk.at, ...(disk.list ? [disk.list, '0'] : []), 'size'), `${gibibytes}Gi`),
  ]);
};

/** Removes an object of a base. */
const removal = (apiVersion: string, kind: string, name: string) => ({
  target: { kind, name },
  patch: `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name} }\n$patch: delete\n`,
});

/** Sets the number of pods, or leaves it to an autoscaler, which starts with the smallest number. */
const replicated = (replicas: Replicas) =>
  typeof replicas === 'number'
    ? [add('/spec/replicas', replicas)]
    : [add('/spec/replicas', replicas.from), add(`/metadata/labels/${autoscaledLabel.replaceAll('/', '~1')}`, 'true')];

const autoscaled = ({ name, scalable }: Workload, replicas: Replicas | undefined) => {
  if (!scalable) return [];
  const kind = 'HorizontalPodAutoscaler';
  return typeof replicas === 'object'
    ? [patch(kind, name, [add('/spec/minReplicas', replicas.from), add('/spec/maxReplicas', replicas.to)])]
    : [removal('autoscaling/v2', kind, name)];
};

/**
 * The patch that sizes a workload. It finds containers by index: the main container comes first, and so do the init
 * containers that every cluster has. Those of an overlay follow, and have their own size (presence.ts).
 */
const sized = (
  workload: Workload,
  size: PodSize & Partial<Size>,
  { waitFor: waiting, sidecars }: Pick<AnyProfile, 'waitFor' | 'sidecars'>,
  given: Readonly<Record<string, string>> | undefined,
) => {
  const at = (list: 'containers' | 'initContainers', index: number): Path => [
    ...podKinds[workload.kind].template,
    'spec',
    list,
    String(index),
  ];
  const bounded = (container: Path, bounds: ReturnType<typeof resources>) =>
    add(pointer(...container, 'resources'), bounds);
  return patch(workload.kind, workload.name, [
    ...(size.replicas === undefined ? [] : replicated(size.replicas)),
    bounded(at('containers', 0), resources(size, mainStorage(workload))),
    ...(workload.sidecars ?? []).flatMap((sidecar, index) => {
      const own = sidecars[sidecarRow(workload, sidecar)];
      return own ? [bounded(at('containers', index + 1), resources(own, mainStorage(alone(workload, sidecar))))] : [];
    }),
    ...addedVariables(at('containers', 0), given),
    ...waitFor(inEveryCluster(workload)).map((_, index) =>
      bounded(at('initContainers', index), resources(waiting, logStorage)),
    ),
  ]);
};

/** The names that `others` lacks. */
const surplus = (names: Iterable<string>, others: ReadonlyMap<string, unknown>): readonly string[] =>
  [...names].filter((name) => !others.has(name));

/** A profile with any rows. */
export type AnyProfile<Pool extends string = string> = Profile<
  string,
  string,
  string,
  Pool,
  string,
  Readonly<Record<string, Readonly<Record<string, string>>>>,
  string
>;

/**
 * The rows of a profile, each with its workload.
 * @param workloads all workloads of all applications
 * @throws Error naming workloads without a row, rows without a workload, and ranges for workloads that are not scalable
 */
export const sizedWorkloads = (
  {
    name: profile,
    services,
    jobs,
    cronJobs,
    sidecars,
  }: Pick<AnyProfile, 'name' | 'services' | 'jobs' | 'cronJobs' | 'sidecars'>,
  workloads: readonly Workload[],
): readonly (readonly [Workload, PodSize & Partial<Size>])[] => {
  const rows = new Map(Object.entries<PodSize | Size>({ ...services, ...jobs, ...cronJobs }));
  const declared = new Map(workloads.map((workload) => [workload.name, workload]));
  const beside = new Map(
    workloads.flatMap((workload) =>
      (workload.sidecars ?? []).map((sidecar) => [sidecarRow(workload, sidecar), sidecar] as const),
    ),
  );
  const besideRows = new Map(Object.entries(sidecars));
  const faults = [
    ...surplus(beside.keys(), besideRows).map((name) => `lacks a row for ${name}`),
    ...surplus(besideRows.keys(), beside).map((name) => `has a row for ${name}, which no application declares`),
    ...surplus(declared.keys(), rows).map((name) => `lacks a row for ${name}`),
    ...surplus(rows.keys(), declared).map((name) => `has a row for ${name}, which no application declares`),
    ...[...rows].flatMap(([name, size]) =>
      'replicas' in size && typeof size.replicas === 'object' && !declared.get(name)?.scalable
        ? [`has a range of replicas for ${name}, which its application does not declare as scalable`]
        : [],
    ),
  ];
  if (faults.length > 0) throw new Error(`profile ${profile}: ${faults.join('; ')}`);
  return [...rows].flatMap(([name, size]) => {
    const workload = declared.get(name);
    return workload ? [[workload, size] as const] : [];
  });
};

/**
 * The Component of a profile. Two profiles in one cluster generate the same ConfigMaps, so that `kustomize build`
 * fails.
 * @param workloads all workloads of all applications
 * @param kinds of the node pools
 * @param given variables that the profile determines, by the workload whose main container gets them
 * @throws Error as `sizedWorkloads`, and for a node pool whose size does not fit its kind
 */
export const profileComponent = <Pool extends string>(
  profile: AnyProfile<Pool>,
  workloads: readonly Workload[],
  kinds: Readonly<Record<Pool, NodePoolKind>>,
  given: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): KustomizeFolder => ({
  kustomization: {
    ...head,
    configMapGenerator: Object.entries(profile.settings).map(([name, variables]) => ({
      name,
      literals: Object.entries(variables).map(([key, value]) => `${key}=${value}`),
    })),
    patches: [
      ...sizedWorkloads(profile, workloads).flatMap(([workload, size]) => [
        sized(workload, size, profile, given[workload.name]),
        ...autoscaled(workload, size.replicas),
      ]),
      ...Object.entries<NodeSize>(profile.nodePools).map(([name, size]) => nodePatch(name, kinds[name as Pool], size)),
    ],
  },
  objects: {},
  texts: {},
});

/**
 * The Component that sizes each claim, and the disk of each node of a pool.
 * @param kinds of the node pools
 */
export const storageComponent = <Claim extends string, Pool extends string>(
  { gibibytes, nodePools }: Storage<Claim, Pool>,
  kinds: Readonly<Record<Pool, NodePoolKind>>,
): KustomizeFolder => ({
  kustomization: {
    ...head,
    patches: [
      ...Object.entries<number>(gibibytes).map(([name, size]) =>
        patch('PersistentVolumeClaim', name, [add('/spec/resources', { requests: { storage: `${size}Gi` } })]),
      ),
      ...Object.entries<number>(nodePools).map(([name, size]) => diskPatch(name, kinds[name as Pool], size)),
    ],
  },
  objects: {},
  texts: {},
});
