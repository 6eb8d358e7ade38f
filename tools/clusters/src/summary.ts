/** What a rendered cluster adds up to. */
import { toMebibytes, toMillicores } from '@cost-onprem/kit/quantity';
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

/** Cores and Gi. */
export interface Amount {
  readonly cores: number;
  readonly gibibytes: number;
}

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
  const amounts = objects.flatMap(podsOf).map(({ spec, replicas }) => {
    const amount = podAmount(spec, bound);
    return { cores: amount.millicores * replicas, gibibytes: amount.mebibytes * replicas };
  });
  return {
    cores: sum(amounts.map(({ cores }) => cores)) / 1000,
    gibibytes: sum(amounts.map(({ gibibytes }) => gibibytes)) / 1024,
  };
};

/** Adds a render up. */
export const summarize = (objects: readonly Manifest[]): Summary => ({
  objects: objects.length,
  pods: sum(objects.flatMap(podsOf).map(({ replicas }) => replicas)),
  requests: total(objects, 'requests'),
  limits: total(objects, 'limits'),
  gibibytesOfStorage:
    sum(objects.flatMap(disksOf).map(({ copies, size }) => copies * toMebibytes(String(size ?? '0')))) / 1024,
});
