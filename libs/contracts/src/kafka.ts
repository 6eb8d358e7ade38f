/** Kafka: its address, and its topics with partitions and retention. */
import { address, endpoints, secret, type Purpose } from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';
import { caFile } from './trusted-ca.ts';

/**
 * Plain text inside the namespace, because Koku has no TLS without SASL
 * (tools/documentation/facts/koku.md#kafkas-encryption). The port is the one that its clients try first
 * (tools/documentation/facts/decisions.md#ports).
 */
export const kafka = endpoints('kafka', { client: 29092 });

/** With this folder of overlays/ Kafka is external, and the cluster sets its address. */
const elsewhere = 'kafka/external';

/** Our own Kafka asks for no password, because policies admit only its clients. */
const sasl = { needs: ['security-protocol', 'sasl-mechanism', 'sasl-username'], withOverlay: elsewhere } as const;

/** Kafka's address, with one of the three security protocols that Koku supports. */
export const kafkaAddress = address('kafka', kafka.client, elsewhere, {
  'security-protocol': {
    purpose:
      'How to log in: SASL_PLAINTEXT, or SASL_SSL with TLS. Default: PLAINTEXT. Koku does not support SSL without SASL.',
    pattern: /SASL_PLAINTEXT|SASL_SSL/,
    ...sasl,
  },
  'sasl-mechanism': {
    purpose: 'Mechanism of SASL. The password is in the Secret kafka-credentials.',
    pattern: /PLAIN|SCRAM-SHA-256|SCRAM-SHA-512/,
    ...sasl,
  },
  'sasl-username': { purpose: 'User of SASL.', pattern: /\S+/, ...sasl },
  'ca-file': { ...caFile('For SASL_SSL if a private CA signed the brokers’ certificates.'), ...sasl },
});

/** The password of an external Kafka that asks for one. You create this Secret. */
export const kafkaCredentials = secret('kafka-credentials', { password: 32 }, kafkaAddress.more['sasl-mechanism']);

export const kafkaClaim = 'kafka-data';

/** Strimzi's node pool, whose nodes are both controllers and brokers. */
export const kafkaNodePool = 'dual-role';

/** One topic, which a Job or an operator creates. */
export interface KafkaTopic {
  readonly name: string;
  readonly purpose: string;
  readonly partitions: number;
  /** Hours for which Kafka keeps a message. */
  readonly retention: number;
  /** What it is there for, where a cluster may do without that. */
  readonly onlyFor?: Purpose;
}

/** Three partitions, and a week in hours (tools/documentation/facts/kafka.md#partitions-and-retention). */
const usual = { partitions: 3, retention: 168 } as const;

/** All topics, sorted by name (tools/documentation/facts/kafka.md#topics). */
export const kafkaTopics: readonly KafkaTopic[] = [
  {
    name: 'hccm.ros.events',
    purpose: 'Koku announces new reports to the resource optimisation.',
    onlyFor: 'resource-optimization',
    ...usual,
  },
  { name: 'platform.notifications.ingress', purpose: 'Koku’s notifications. No workload here reads them.', ...usual },
  {
    name: 'platform.payload-status',
    purpose: 'ingress reports the state of each upload. No workload here reads it, but it must exist.',
    ...usual,
  },
  {
    name: 'platform.rhsm-subscriptions.service-instance-ingress',
    purpose: 'Subscription Watch. Only the queue subs_transmission writes it.',
    ...usual,
  },
  { name: 'platform.sources.event-stream', purpose: 'sources-api announces created and deleted sources.', ...usual },
  { name: 'platform.upload.announce', purpose: 'ingress announces an upload to Koku’s listener.', ...usual },
  { name: 'platform.upload.validation', purpose: 'Koku reports whether it could use an upload.', ...usual },
  {
    name: 'rosocp.kruize.recommendations',
    purpose: 'The resource optimisation asks for recommendations.',
    onlyFor: 'resource-optimization',
    ...usual,
  },
];

/** The group in which Koku's listeners share the work: a constant in Koku's code (tools/upstream-facts/koku.json). */
export const listenerGroup = 'hccm-group';

/** The group of the listener that follows sources-api, another constant in Koku's code (tools/upstream-facts/koku.json). */
export const sourcesListenerGroup = 'hccm-sources';

/** The topic that announces uploads. */
export const uploadTopic = 'platform.upload.announce';

/** The topic in which Koku announces reports to the resource optimisation. */
export const rosTopic = 'hccm.ros.events';

/** The topic in which the processor of the resource optimisation asks its poller for recommendations. */
export const recommendationsTopic = 'rosocp.kruize.recommendations';

/** The topic that announces changed sources. */
export const sourcesTopic = 'platform.sources.event-stream';

export const kafkaContract = contract({
  singletons: [kafka.client.workload],
  claims: [kafkaClaim],
  nodePools: { [kafkaNodePool]: 'KafkaNodePool.kafka.strimzi.io' },
  addresses: [kafkaAddress],
  secrets: [kafkaCredentials],
});
