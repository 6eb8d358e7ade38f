/** The sums of a rendered cluster. */
import { toMebibytes, toMillicores } from '@cost-onprem/kit/quantity';
import { mapValues } from '@cost-onprem/kit/records';
import { disksOf } from '../../manifests/src/disks.ts';
import type { Container, Manifest, PodSpec } from '../../manifests/src/manifest.ts';
import { podsOf } from '../../manifests/src/pods.ts';

/**
 * Sums over all pods that run at the same time, so without Jobs
 * (tools/documentation/facts/decisions.md#ceiling-of-minimal).
 */
export interface Summary {
  readonly objects: number;
  readonly pods: number;
  readonly requests: Amount;
  readonly limits: Amount;
  /** Sum of all claims, in Gi. */
  readonly gibibytesOfStorage: number;
}

/** Cores, Gi of memory, and Gi of the nodes' disks. */
export interface Amount {
  readonly cores: number;
  readonly gibibytes: number;
  readonly nodeGibibytes: number;
}

/** The quantities that the scheduler counts. */
export const counts = { millicores: 'cpu', mebibytes: 'memory', nodeMebibytes: 'ephemeral-storage' } as const;

export const amountsOf = (containers: readonly Container[] = [], bound: 'requests' | 'limits') =>
  containers.map(({ resources }) =>
    mapValues(counts, (resource) => {
      const quantity = resources?.[bound]?.[resource] ?? 0;
      return resource === 'cpu' ? toMillicores(quantity) : toMebibytes(quantity);
    }),
  );

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The scheduler's quantity for one pod: the larger of its containers together and of each init container. */
export const podAmount = ({ containers, initContainers }: PodSpec, bound: 'requests' | 'limits') => {
  const together = amountsOf(containers, bound);
  const first = amountsOf(initContainers, bound);
  return mapValues(counts, (_, unit) =>
    Math.max(sum(together.map((amount) => amount[unit])), ...first.map((amount) => amount[unit])),
  );
};

const total = (objects: readonly Manifest[], bound: 'requests' | 'limits'): Amount => {
  const all = objects
    .flatMap(podsOf)
    .map(({ spec, replicas }) => mapValues(podAmount(spec, bound), (amount) => amount * replicas));
  return {
    cores: sum(all.map(({ millicores }) => millicores)) / 1000,
    gibibytes: sum(all.map(({ mebibytes }) => mebibytes)) / 1024,
    nodeGibibytes: sum(all.map(({ nodeMebibytes }) => nodeMebibytes)) / 1024,
  };
};

/** Sums a render. */
export const summarize = (objects: readonly Manifest[]): Summary => ({
  objects: objects.length,
  pods: sum(objects.flatMap(podsOf).map(({ replicas }) => replicas)),
  requests: total(objects, 'requests'),
  limits: total(objects, 'limits'),
  gibibytesOfStorage:
    sum(objects.flatMap(disksOf).map(({ copies, size }) => copies * toMebibytes(String(size ?? '0')))) / 1024,
});
