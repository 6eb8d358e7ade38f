/** Changes that an operator does not apply to a running object, besides disks that shrink. */
import type { OperatorKindName } from '@cost-onprem/kit/operator-kinds';
import { disksOf } from '../../manifests/src/disks.ts';
import { at, kindOf } from '../../manifests/src/manifest.ts';
import { changes, differences } from './fields.ts';
import type { Pair, Rule } from './rule.ts';

const replicas = ({ before, after }: Pair) =>
  differences(at(before.spec, 'replicas'), at(after.spec, 'replicas'), 'spec.replicas');

/** Strimzi's manual, "Node pool roles": scaling controllers is not supported. */
const controllers = (pair: Pair): readonly string[] => {
  const differing = replicas(pair);
  const roles = (at(pair.before.spec, 'roles') ?? []) as readonly string[];
  return differing.length > 0 && roles.includes('controller')
    ? [`${changes(differing)}; Strimzi does not scale controllers: restore the number, or add a pool of brokers`]
    : [];
};

const ignored = 'Strimzi ignores this: restore it, or add a node pool of another name';

/**
 * Strimzi ignores a change of storage that it cannot apply (StorageDiff: another type or class) and keeps the old storage. It
 * deletes a volume with `deleteClaim` when its entry is removed.
 */
const volumes = ({ before, after }: Pair): readonly string[] => {
  const type = differences(at(before.spec, 'storage', 'type'), at(after.spec, 'storage', 'type'), 'spec.storage.type');
  if (type.length > 0) return [`${changes(type)}; ${ignored}`];
  const remaining = new Map(disksOf(after).map((disk) => [disk.where, disk]));
  return disksOf(before).flatMap(({ where, id, fields }) => {
    const next = remaining.get(where);
    if (!next) {
      return fields['deleteClaim'] === true
        ? [`drops ${where} and deletes its data; move the partitions away and set deleteClaim: false first`]
        : [];
    }
    const others = ['type', 'class'].flatMap((field) =>
      differences(fields[field], next.fields[field], `spec.storage.${field} of volume ${id}`),
    );
    return others.length > 0 ? [`${changes(others)}; ${ignored}`] : [];
  });
};

const nodePool: Rule = (pair) => [...controllers(pair), ...volumes(pair)];

/** BatchingTopicController: "Replication factor change not supported"; Kafka itself never removes partitions. */
const topic: Rule = (pair) => {
  const differing = replicas(pair);
  const [from, to] = [Number(at(pair.before.spec, 'partitions')), Number(at(pair.after.spec, 'partitions'))];
  return [
    ...(differing.length > 0
      ? [
          `${changes(differing)}; Strimzi does not change the replicas of a topic without Cruise Control: restore the number`,
        ]
      : []),
    ...(to < from
      ? [`changes spec.partitions from ${from} to ${to}; Kafka never removes partitions of a topic: keep ${from}`]
      : []),
  ];
};

/** CloudNativePG's webhook: "walStorage cannot be disabled once configured". */
const database: Rule = ({ before, after }) =>
  at(before.spec, 'walStorage') && !at(after.spec, 'walStorage')
    ? ['drops spec.walStorage; CloudNativePG cannot remove the volume of logs: restore it']
    : [];

const byKind: Readonly<Partial<Record<OperatorKindName, Rule>>> = {
  'KafkaNodePool.kafka.strimzi.io': nodePool,
  'KafkaTopic.kafka.strimzi.io': topic,
  'Cluster.postgresql.cnpg.io': database,
};

/** Refuses changes that an operator would ignore, or that would leave an object not Ready. */
export const operators: Rule = (pair, keepSize) =>
  byKind[kindOf(pair.after) as OperatorKindName]?.(pair, keepSize) ?? [];
