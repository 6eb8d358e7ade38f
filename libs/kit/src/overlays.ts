import { autoscaledLabel } from './autoscaler.ts';
import type { KustomizeFolder } from './base.ts';
import { logStorage, mainStorage, operatorStorage } from './ephemeral-storage.ts';
import { operatorKinds, type NodePoolKind, type OperatorKind, type Path } from './operator-kinds.ts';
import { podKinds } from './pod-kinds.ts';
import { inEveryCluster } from './presence.ts';
import { resources } from './resources.ts';
import type { NodeSize, PodSize, Profile, Replicas, Size, Storage } from './size.ts';
import type { Workload } from './vocabulary.ts';
import { waitFor } from './wait-for.ts';

const head = { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' } as const;

/** What the writer adds is JSON 6902 with a target: half the cost of strategic merges, and skipped where absent. */
const patch = (kind: string, name: string, operations: readonly object[]) => ({
  target: { kind, name },
  patch: `${operations.map((operation) => `- ${JSON.stringify(operation)}`).join('\n')}\n`,
});

const add = (path: string, value: unknown) => ({ op: 'add', path, value });

/** A field as JSON 6902 names it. */
const pointer = (...path: Path): string => path.map((field) => `/${field}`).join('');

/** Each is added at the end, so that it needs no place in the list. */
const addedVariables = (container: Path, values: Readonly<Record<string, string>> = {}) =>
  Object.entries(values).map(([name, value]) => add(pointer(...container, 'env', '-'), { name, value }));

/** The kind alone, as targets name it. */
const word = (kind: NodePoolKind): string => kind.replace(/\..*$/, '');

/** Java gets its whole heap at once: what is not there in the end is missed at the start. */
const heapOf = (java: Path, heap: number) => add(pointer(...java), { '-Xms': `${heap}m`, '-Xmx': `${heap}m` });

/** @throws Error for a heap where there is no Java, or none where there is one */
const nodePatch = (name: string, kind: NodePoolKind, size: NodeSize) => {
  const { pods, java }: OperatorKind = operatorKinds[kind];
  if ((java === undefined) !== (size.heap === undefined)) {
    throw new Error(`${name} is a ${word(kind)}, which ${java ? 'needs a heap' : 'has no Java: leave its heap out'}`);
  }
  return patch(word(kind), name, [
    ...(pods?.containers ?? []).map(({ at }) => add(pointer(...at, 'resources'), resources(size, operatorStorage))),
    ...(java && size.heap !== undefined ? [heapOf(java, size.heap)] : []),
  ]);
};

/** What `overlays/storage` sizes is the first disk of each node. */
const diskPatch = (name: string, kind: NodePoolKind, gibibytes: number) => {
  const { disks: [disk] = [] }: OperatorKind = operatorKinds[kind];
  if (!disk) throw new Error(`${name} is a ${word(kind)}, which has no disk`);
  return patch(word(kind), name, [
    add(pointer(...disk.at, ...(disk.list ? [disk.list, '0'] : []), 'size'), `${gibibytes}Gi`),
  ]);
};

/** Takes an object away that a base brings. */
const removal = (apiVersion: string, kind: string, name: string) => ({
  target: { kind, name },
  patch: `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name} }\n$patch: delete\n`,
});

/** How many pods there are, or that an autoscaler decides it. */
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
 * A workload with its size. The main container comes first in every pod, and so does each init container that is in every
 * cluster: those that an overlay adds come after them, with a size of their own (presence.ts).
 */
const sized = (
  workload: Workload,
  size: PodSize & Partial<Size>,
  waiting: PodSize,
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
    ...addedVariables(at('containers', 0), given),
    ...waitFor(inEveryCluster(workload)).map((_, index) =>
      bounded(at('initContainers', index), resources(waiting, logStorage)),
    ),
  ]);
};

/** Names that only one of two lists has. */
const surplus = (names: Iterable<string>, others: ReadonlyMap<string, unknown>): readonly string[] =>
  [...names].filter((name) => !others.has(name));

/** Some profile, whatever it gives a size. */
export type AnyProfile<Pool extends string = string> = Profile<
  string,
  string,
  string,
  Pool,
  string,
  Readonly<Record<string, Readonly<Record<string, string>>>>
>;

/**
 * The rows of a profile, each with the workload that it is for.
 * @param workloads everything that may run
 * @throws Error naming the workloads without a row, the rows without a workload, and ranges of what is not scalable
 */
export const sizedWorkloads = (
  { name: profile, services, jobs, cronJobs }: Pick<AnyProfile, 'name' | 'services' | 'jobs' | 'cronJobs'>,
  workloads: readonly Workload[],
): readonly (readonly [Workload, PodSize & Partial<Size>])[] => {
  const rows = new Map(Object.entries<PodSize | Size>({ ...services, ...jobs, ...cronJobs }));
  const declared = new Map(workloads.map((workload) => [workload.name, workload]));
  const faults = [
    ...surplus(declared.keys(), rows).map((name) => `lacks a row for ${name}`),
    ...surplus(rows.keys(), declared).map((name) => `has a row for ${name}, which no application declares`),
    ...[...rows].flatMap(([name, size]) =>
      'replicas' in size && typeof size.replicas === 'object' && !declared.get(name)?.scalable
        ? [`has a range of replicas for ${name}, which is not declared as scalable`]
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
 * The Component of a profile; its ConfigMaps make two profiles in one cluster abort in plain `kustomize build`.
 * @param workloads everything that may run
 * @param kinds of the node pools
 * @param given variables that follow from the profile, by the workload whose main container has them
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
        sized(workload, size, profile.waitFor, given[workload.name]),
        ...autoscaled(workload, size.replicas),
      ]),
      ...Object.entries<NodeSize>(profile.nodePools).map(([name, size]) => nodePatch(name, kinds[name as Pool], size)),
    ],
  },
  objects: {},
  texts: {},
});

/**
 * The Component that gives each claim, and each node's disk, its size.
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
