/** What a rendered cluster adds up to. */
import { toMebibytes, toMillicores } from '@cost-onprem/kit/quantity';
import { at, podTemplateOf, type Container, type Manifest, type PodSpec } from '../../manifests/src/manifest.ts';

/** Sums over all pods that run at the same time; Jobs do not count (spec.md §4). */
export interface Summary {
  readonly objects: number;
  readonly pods: number;
  readonly requests: Amount;
  readonly limits: Amount;
  /** Sum of all claims, in Gi. */
  readonly gibibytesOfStorage: number;
}

/** Cores and Gi. */
export interface Amount {
  readonly cores: number;
  readonly gibibytes: number;
}

const counted: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet']);

/** How many pods an object keeps running. */
export const replicasOf = ({ kind, spec }: Manifest): number =>
  counted.has(kind) ? Number(at(spec, 'replicas') ?? 1) : 0;

const quantities = (containers: readonly Container[] = [], bound: 'requests' | 'limits') =>
  containers.map(({ resources }) => ({
    millicores: toMillicores(resources?.[bound]?.['cpu'] ?? 0),
    mebibytes: toMebibytes(resources?.[bound]?.['memory'] ?? 0),
  }));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** What the scheduler counts for one pod: the larger of its containers together and of each init container. */
export const podAmount = ({ containers, initContainers }: PodSpec, bound: 'requests' | 'limits') => {
  const together = quantities(containers, bound);
  const first = quantities(initContainers, bound);
  return {
    millicores: Math.max(
      sum(together.map(({ millicores }) => millicores)),
      ...first.map(({ millicores }) => millicores),
    ),
    mebibytes: Math.max(sum(together.map(({ mebibytes }) => mebibytes)), ...first.map(({ mebibytes }) => mebibytes)),
  };
};

const total = (objects: readonly Manifest[], bound: 'requests' | 'limits'): Amount => {
  const amounts = objects.map((object) => {
    const amount = podAmount(podTemplateOf(object)?.spec ?? {}, bound);
    return { cores: amount.millicores * replicasOf(object), gibibytes: amount.mebibytes * replicasOf(object) };
  });
  return {
    cores: sum(amounts.map(({ cores }) => cores)) / 1000,
    gibibytes: sum(amounts.map(({ gibibytes }) => gibibytes)) / 1024,
  };
};

/** Adds a render up. */
export const summarize = (objects: readonly Manifest[]): Summary => ({
  objects: objects.length,
  pods: sum(objects.map(replicasOf)),
  requests: total(objects, 'requests'),
  limits: total(objects, 'limits'),
  gibibytesOfStorage:
    sum(
      objects
        .filter(({ kind }) => kind === 'PersistentVolumeClaim')
        .map(({ spec }) => toMebibytes(String(at(spec, 'resources', 'requests', 'storage') ?? '0'))),
    ) / 1024,
});
