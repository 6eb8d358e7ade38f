/** Checks the generated objects of the choice `strimzi`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kafkaTopics } from '@cost-onprem/contracts';
import { operatorKinds } from '@cost-onprem/kit';
import { loadAll } from 'js-yaml';
import { expect, test } from 'vitest';

interface Stored {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

const read = (file: string) =>
  loadAll(readFileSync(join(import.meta.dirname, '../base/strimzi', file), 'utf8')) as readonly Stored[];

const [nodePool, kafka] = read('kafka.yaml');
const topics = read('topics.yaml');
const wave = (object: Stored | undefined) => Number(object?.metadata.annotations['argocd.argoproj.io/sync-wave']);

test('every declared topic exists, and its messages survive the loss of a node', () => {
  expect(topics.map(({ metadata }) => metadata.name)).toEqual(kafkaTopics.map(({ name }) => name));
  const nodes = Number(nodePool?.spec['replicas']);
  expect(topics.map(({ spec }) => spec['replicas'])).toEqual(topics.map(() => nodes));
  expect(kafka?.spec).toMatchObject({
    kafka: { config: { 'min.insync.replicas': nodes - 1, 'offsets.topic.replication.factor': nodes } },
  });
});

test('nodes come before the Kafka and topics after it, so that deletion goes the other way', () => {
  expect(wave(nodePool)).toBeLessThan(wave(kafka));
  expect(topics.every((topic) => wave(kafka) < wave(topic))).toBe(true);
});

test('every container of the operator conforms to PodSecurity restricted', () => {
  const admitted = {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
    capabilities: { drop: ['ALL'] },
  };
  expect(kafka?.spec).toMatchObject({
    kafka: { template: { kafkaContainer: { securityContext: admitted } } },
    entityOperator: { template: { topicOperatorContainer: { securityContext: admitted } } },
  });
});

test('the policies of nodes and of the topic operator select the pods that Strimzi makes', () => {
  const podsOf = (object: Stored | undefined, kind: 'Kafka' | 'KafkaNodePool') =>
    operatorKinds[`${kind}.kafka.strimzi.io`].pods.labels(object?.metadata.name ?? '', object?.metadata.labels ?? {});
  const policies = new Map(read('network-policies.yaml').map(({ metadata, spec }) => [metadata.name, spec]));
  const selector = (policy: string) => policies.get(policy)?.['podSelector'];
  expect({ matchLabels: podsOf(nodePool, 'KafkaNodePool') }).toMatchObject(selector('kafka-nodes') as object);
  expect({ matchLabels: podsOf(kafka, 'Kafka') }).toMatchObject(selector('kafka-topic-operator') as object);
});
