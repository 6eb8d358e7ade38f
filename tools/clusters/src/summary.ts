/** What a rendered cluster adds up to. */
import { toMebibytes, toMillicores } from '@cost-onprem/kit/quantity';
import { at, podTemplateOf, type Container, type Manifest, type PodSpec } from '../../manifests/src/manifest.ts';

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

const counted: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'KafkaNodePool']);

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

interface Pods {
  readonly spec: PodSpec;
  readonly replicas: number;
}

const oneContainer = (name: string, resources: unknown): PodSpec => ({
  containers: [{ name, resources: (resources ?? {}) as NonNullable<Container['resources']> }],
});

/** Pods that run for an object at the same time; those of a `Kafka` are its topic operator, for its nodes are pools. */
const podsOf = (object: Manifest): readonly Pods[] => {
  const { kind, metadata, spec } = object;
  const topicOperator = at(spec, 'entityOperator', 'topicOperator');
  if (kind === 'Kafka' && topicOperator)
    return [{ spec: oneContainer(metadata.name, at(topicOperator, 'resources')), replicas: 1 }];
  if (kind === 'KafkaNodePool')
    return [{ spec: oneContainer(metadata.name, at(spec, 'resources')), replicas: replicasOf(object) }];
  return [{ spec: podTemplateOf(object)?.spec ?? {}, replicas: replicasOf(object) }];
};

/** Gi of the claims that are there because of an object. */
const gibibytesOf = (object: Manifest): number => {
  const { kind, spec } = object;
  const volumes = (at(spec, 'storage', 'volumes') ?? []) as readonly unknown[];
  const sizes =
    kind === 'PersistentVolumeClaim'
      ? [at(spec, 'resources', 'requests', 'storage')]
      : volumes.map((volume) => at(volume, 'size'));
  const copies = kind === 'KafkaNodePool' ? replicasOf(object) : 1;
  return (copies * sum(sizes.map((size) => toMebibytes(String(size ?? '0'))))) / 1024;
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
  gibibytesOfStorage: sum(objects.map(gibibytesOf)),
});
