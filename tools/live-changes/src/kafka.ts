/** What Strimzi does not follow in a Kafka that runs. */
import { at } from '../../manifests/src/manifest.ts';
import { changes, differences } from './fields.ts';
import { kindOf, type Pair, type Rule } from './rule.ts';

const replicas = ({ before, after }: Pair) =>
  differences(at(before.spec, 'replicas'), at(after.spec, 'replicas'), 'spec.replicas');

/** Strimzi's manual, "Node pool roles": scaling controllers is not supported. */
const nodes: Rule = (pair) => {
  const differing = replicas(pair);
  const roles = (at(pair.before.spec, 'roles') ?? []) as readonly string[];
  return differing.length > 0 && roles.includes('controller')
    ? [`${changes(differing)}; the number of controllers cannot change: leave it as it was, or add a pool of brokers`]
    : [];
};

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

const byKind: Readonly<Record<string, Rule>> = {
  'KafkaNodePool.kafka.strimzi.io': nodes,
  'KafkaTopic.kafka.strimzi.io': topic,
};

/** Refuses what would leave a Kafka or a topic not Ready. */
export const kafka: Rule = (pair, keepSize) => byKind[kindOf(pair.after)]?.(pair, keepSize) ?? [];
