import { describe, expect, test } from 'vitest';
import { changingSpec } from './manifests.ts';

const pool = 'kafka.strimzi.io/v1 KafkaNodePool';
const topic = 'kafka.strimzi.io/v1 KafkaTopic';

describe('nodes of a Kafka', () => {
  test('cannot change their number if they are controllers', () => {
    const nodes = (replicas: number) => ({ roles: ['controller', 'broker'], replicas });
    expect(changingSpec(pool, nodes(3), nodes(1))).toEqual([
      'KafkaNodePool/x changes spec.replicas from 3 to 1; Strimzi does not scale controllers: restore the number, or add a pool of brokers',
    ]);
  });

  test('may grow in number if they are only brokers', () => {
    const nodes = (replicas: number) => ({ roles: ['broker'], replicas });
    expect(changingSpec(pool, nodes(3), nodes(4))).toEqual([]);
  });
});

describe('a topic', () => {
  test('may gain partitions and keep messages longer', () => {
    const before = { partitions: 3, replicas: 3, config: { 'retention.ms': 1000 } };
    expect(changingSpec(topic, before, { ...before, partitions: 6, config: { 'retention.ms': 2000 } })).toEqual([]);
  });

  test('can neither lose partitions nor change its replicas', () => {
    expect(changingSpec(topic, { partitions: 3, replicas: 3 }, { partitions: 1, replicas: 1 })).toEqual([
      'KafkaTopic/x changes spec.replicas from 3 to 1; Strimzi does not change the replicas of a topic without Cruise Control: restore the number',
      'KafkaTopic/x changes spec.partitions from 3 to 1; Kafka never removes partitions of a topic: keep 3',
    ]);
  });
});
