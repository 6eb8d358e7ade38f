import type { KustomizeFolder } from './base.ts';
import { operatorKinds, type NodePoolKind, type OperatorKind, type Path } from './operator-kinds.ts';
import { podKinds } from './pod-kinds.ts';
import { cpu, memory } from './quantity.ts';
import type { NodeSize, PodSize, Profile, Size, Storage } from './size.ts';

const head = { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' } as const;

/** What the writer adds is JSON 6902 with a target: half the cost of strategic merges, and skipped where absent. */
const patch = (kind: string, name: string, operations: readonly object[]) => ({
  target: { kind, name },
  patch: `${operations.map((operation) => `- ${JSON.stringify(operation)}`).join('\n')}\n`,
});

const add = (path: string, value: unknown) => ({ op: 'add', path, value });

const requirements = ({ millicores, mebibytes }: PodSize) => ({
  requests: { cpu: cpu(millicores.request), memory: memory(mebibytes.request) },
  limits: { cpu: cpu(millicores.limit), memory: memory(mebibytes.limit) },
});

/** A field as JSON 6902 names it. */
const pointer = (...path: Path): string => path.map((field) => `/${field}`).join('');

/** The main container comes first in every pod. */
const resources = (kind: keyof typeof podKinds, size: PodSize) =>
  add(pointer(...podKinds[kind].template, 'spec', 'containers', '0', 'resources'), requirements(size));

/** Kinds that a declaration with replicas may have; both have their template in the same place. */
const lasting = 'Deployment|StatefulSet';

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
    ...(pods?.containers ?? []).map(({ at }) => add(pointer(...at, 'resources'), requirements(size))),
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

/**
 * The Component of a profile; its ConfigMap makes two profiles in one cluster abort in plain `kustomize build`.
 * @param kinds of the node pools
 * @throws Error for a node pool whose size does not fit its kind
 */
export const profileComponent = <
  Service extends string,
  Job extends string,
  CronJob extends string,
  Pool extends string,
  Key extends string,
>(
  { services, jobs, cronJobs, nodePools, settings }: Profile<Service, Job, CronJob, Pool, Key>,
  configMap: string,
  kinds: Readonly<Record<Pool, NodePoolKind>>,
): KustomizeFolder => ({
  kustomization: {
    ...head,
    configMapGenerator: [
      {
        name: configMap,
        literals: Object.entries<string>(settings).map(([key, value]) => `${key}=${value}`),
      },
    ],
    patches: [
      ...Object.entries<Size>(services).map(([name, size]) =>
        patch(lasting, name, [add('/spec/replicas', size.replicas), resources('Deployment', size)]),
      ),
      ...Object.entries<PodSize>(jobs).map(([name, size]) => patch('Job', name, [resources('Job', size)])),
      ...Object.entries<PodSize>(cronJobs).map(([name, size]) => patch('CronJob', name, [resources('CronJob', size)])),
      ...Object.entries<NodeSize>(nodePools).map(([name, size]) => nodePatch(name, kinds[name as Pool], size)),
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
