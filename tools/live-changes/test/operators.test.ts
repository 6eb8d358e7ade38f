import { describe, expect, test } from 'vitest';
import { changingSpec } from './manifests.ts';

const pool = 'kafka.strimzi.io/v1 KafkaNodePool';
const topic = 'kafka.strimzi.io/v1 KafkaTopic';

describe('nodes of a Kafka', () => {
  test('stay as many as they are where they are controllers', () => {
    const nodes = (replicas: number) => ({ roles: ['controller', 'broker'], replicas });
    expect(changingSpec(pool, nodes(3), nodes(1))).toEqual([
      'KafkaNodePool/x changes spec.replicas from 3 to 1; the number of controllers cannot change: leave it as it was, or add a pool of brokers',
    ]);
  });

  test('may become more where they are brokers alone', () => {
    const nodes = (replicas: number) => ({ roles: ['broker'], replicas });
    expect(changingSpec(pool, nodes(3), nodes(4))).toEqual([]);
  });
});

describe('a topic', () => {
  test('may gain partitions, and a message may be kept longer', () => {
    const before = { partitions: 3, replicas: 3, config: { 'retention.ms': 1000 } };
    expect(changingSpec(topic, before, { ...before, partitions: 6, config: { 'retention.ms': 2000 } })).toEqual([]);
  });

  test('loses no partition, and keeps its replicas', () => {
    expect(changingSpec(topic, { partitions: 3, replicas: 3 }, { partitions: 1, replicas: 1 })).toEqual([
      'KafkaTopic/x changes spec.replicas from 3 to 1; without Cruise Control a topic keeps its replicas: leave them as they were',
      'KafkaTopic/x changes spec.partitions from 3 to 1; a topic can only gain partitions: keep 3',
    ]);
  });
});
