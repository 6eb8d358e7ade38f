/** What an operator does not follow in what already runs, beside disks that shrink. */
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
    ? [`${changes(differing)}; the number of controllers cannot change: leave it as it was, or add a pool of brokers`]
    : [];
};

const ignored = 'Strimzi ignores that: leave it as it was, or add a node pool of another name';

/**
 * Strimzi takes storage that it cannot make of what there is (StorageDiff: another type or class) for unsaid, and goes on
 * with the old one; a volume with `deleteClaim` goes with its entry.
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

/** BatchingTopicController: "Replication factor change not supported"; Kafka itself never takes partitions away. */
const topic: Rule = (pair) => {
  const differing = replicas(pair);
  const [from, to] = [Number(at(pair.before.spec, 'partitions')), Number(at(pair.after.spec, 'partitions'))];
  return [
    ...(differing.length > 0
      ? [`${changes(differing)}; without Cruise Control a topic keeps its replicas: leave them as they were`]
      : []),
    ...(to < from
      ? [`changes spec.partitions from ${from} to ${to}; a topic can only gain partitions: keep ${from}`]
      : []),
  ];
};

/** CloudNativePG's webhook: "walStorage cannot be disabled once configured". */
const database: Rule = ({ before, after }) =>
  at(before.spec, 'walStorage') && !at(after.spec, 'walStorage')
    ? ['drops spec.walStorage; a database cannot give up its volume of logs: leave it as it was']
    : [];

const byKind: Readonly<Partial<Record<OperatorKindName, Rule>>> = {
  'KafkaNodePool.kafka.strimzi.io': nodePool,
  'KafkaTopic.kafka.strimzi.io': topic,
  'Cluster.postgresql.cnpg.io': database,
};

/** Refuses what an operator would ignore, or what would leave an object not Ready. */
export const operators: Rule = (pair, keepSize) =>
  byKind[kindOf(pair.after) as OperatorKindName]?.(pair, keepSize) ?? [];
