/** Kafka: where it is, and its topics, whose partitions and retention are declared here alone. */
import { address, endpoints, secret } from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';
import { caFile } from './trusted-ca.ts';

/**
 * Plain text inside the namespace, because Koku has no TLS without SASL
 * (tools/documentation/facts/koku.md#kafkas-encryption). The port is the one that its clients try first
 * (tools/documentation/facts/decisions.md#ports).
 */
export const kafka = endpoints('kafka', { client: 29092 });

/** With this folder of overlays/ Kafka is an external one, and a cluster says where it is. */
const elsewhere = 'kafka/external';

/** A Kafka of ours asks for no password: policies keep strangers away. */
const sasl = { needs: ['security-protocol', 'sasl-mechanism', 'sasl-username'], withOverlay: elsewhere } as const;

/** Kafka, in one of the three ways that Koku can speak to it. */
export const kafkaAddress = address('kafka', kafka.client, elsewhere, {
  'security-protocol': {
    purpose:
      'How to log in: SASL_PLAINTEXT, or SASL_SSL with TLS. Left out: PLAINTEXT. Koku cannot do SSL without SASL.',
    pattern: /SASL_PLAINTEXT|SASL_SSL/,
    ...sasl,
  },
  'sasl-mechanism': {
    purpose: 'Mechanism of SASL; the password is in the Secret kafka-credentials.',
    pattern: /PLAIN|SCRAM-SHA-256|SCRAM-SHA-512/,
    ...sasl,
  },
  'sasl-username': { purpose: 'User of SASL.', pattern: /\S+/, ...sasl },
  'ca-file': { ...caFile('For SASL_SSL where a private CA signed the brokers’ certificates.'), ...sasl },
});

/** Of a Kafka of somebody else's, where it wants a password; a person brings it. */
export const kafkaCredentials = secret('kafka-credentials', { password: 32 }, kafkaAddress.more['sasl-mechanism']);

export const kafkaClaim = 'kafka-data';

/** The pool of Strimzi's whose nodes are both controllers and brokers. */
export const kafkaNodePool = 'dual-role';

/** One topic, whoever creates it. */
export interface KafkaTopic {
  readonly name: string;
  readonly purpose: string;
  readonly partitions: number;
  /** Hours for which a message is kept. */
  readonly retention: number;
}

/** Three partitions, and a week in hours (tools/documentation/facts/kafka.md#partitions-and-retention). */
const usual = { partitions: 3, retention: 168 } as const;

/** All of them, sorted by name (tools/documentation/facts/kafka.md#topics). */
export const kafkaTopics: readonly KafkaTopic[] = [
  { name: 'hccm.ros.events', purpose: 'Koku tells the resource optimisation of new reports.', ...usual },
  { name: 'platform.notifications.ingress', purpose: 'Notifications of Koku; nobody reads them here.', ...usual },
  {
    name: 'platform.payload-status',
    purpose: 'ingress tells of each upload; nobody reads it here, but it must exist.',
    ...usual,
  },
  {
    name: 'platform.rhsm-subscriptions.service-instance-ingress',
    purpose: 'Subscription watch; written only by subs_transmission.',
    ...usual,
  },
  { name: 'platform.sources.event-stream', purpose: 'A source was created or deleted.', ...usual },
  { name: 'platform.upload.announce', purpose: 'ingress announces an upload to Koku’s listener.', ...usual },
  { name: 'platform.upload.validation', purpose: 'Koku says whether an upload could be used.', ...usual },
  { name: 'rosocp.kruize.recommendations', purpose: 'The resource optimisation asks for recommendations.', ...usual },
];

/** The group in which Koku's listeners share the work: a constant in Koku's code (tools/upstream-facts/koku.json). */
export const listenerGroup = 'hccm-group';

/** The topic on which uploads are announced. */
export const uploadTopic = 'platform.upload.announce';

export const kafkaContract = contract({
  singletons: [kafka.client.workload],
  claims: [kafkaClaim],
  nodePools: { [kafkaNodePool]: 'KafkaNodePool.kafka.strimzi.io' },
  addresses: [kafkaAddress],
  secrets: [kafkaCredentials],
});
