/** Kafka as Strimzi runs it: three nodes, each broker and controller, and the topics as objects. */
import {
  Kafka,
  KafkaNodePool,
  KafkaTopic,
  type IKafka,
} from '@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1';
import { kafka as endpoint, kafkaNodePool, kafkaTopics, type KafkaTopic as Topic } from '@cost-onprem/contracts';
import {
  objectMetadata,
  reachesLabel,
  restrictedContainer,
  strimziCluster,
  type KubernetesObject,
} from '@cost-onprem/kit';

/** Name of the `Kafka`; Strimzi names everything that it makes after it. */
export const cluster = 'kafka';

const application = 'kafka';

/** What belongs to this `Kafka`. */
export const clusterLabel = { [strimziCluster]: cluster } as const;

/**
 * Not a size: Strimzi cannot change the number of controllers (its manual, “Node pool roles”), nor a topic's replicas
 * without Cruise Control, so a profile that changed it could not be synced. One node is the choice `single-node`.
 */
const nodes = 3;

/** How many replicas must have a message before the one who wrote it is told: one node may be away. */
const inSync = 2;

const ofCluster = (name: string, wave: 'nodes' | 'data' | 'preparation') => {
  const metadata = objectMetadata(name, application, wave, 'keep');
  return { ...metadata, labels: { ...metadata.labels, ...clusterLabel } };
};

const nodePool = new KafkaNodePool({
  metadata: ofCluster(kafkaNodePool, 'nodes'),
  spec: {
    replicas: nodes,
    roles: ['controller', 'broker'],
    // The size is that of overlays/storage.
    storage: {
      type: 'jbod',
      volumes: [{ id: 0, type: 'persistent-claim', kraftMetadata: 'shared', deleteClaim: false }],
    },
    template: {
      pod: {
        topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
          maxSkew: 1,
          topologyKey,
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { ...clusterLabel, 'strimzi.io/pool-name': kafkaNodePool } },
        })),
      },
    },
  },
});

/** Of Strimzi's own example half the processor: eight topics that hardly ever change. */
const topicOperatorResources = {
  requests: { cpu: '100m', memory: '256Mi' },
  limits: { cpu: '500m', memory: '512Mi' },
} as const;

const entityOperator: NonNullable<IKafka['spec']>['entityOperator'] = {
  topicOperator: { resources: topicOperatorResources },
  template: {
    topicOperatorContainer: {
      securityContext: restrictedContainer,
      // Nobody would take its finalizer from a topic that is deleted together with the Kafka, which would hang.
      env: [{ name: 'STRIMZI_USE_FINALIZERS', value: 'false' }],
    },
  },
};

/** No version: an operator knows which it can run. Policies keep strangers away, for Koku cannot do TLS without SASL. */
const kafka = new Kafka({
  metadata: objectMetadata(cluster, application, 'data', 'keep'),
  spec: {
    kafka: {
      listeners: [
        {
          name: 'client',
          port: endpoint.client.number,
          type: 'internal',
          tls: false,
          networkPolicyPeers: [{ podSelector: { matchLabels: { [reachesLabel(endpoint.client)]: 'true' } } }],
        },
      ],
      config: {
        'default.replication.factor': nodes,
        'offsets.topic.replication.factor': nodes,
        'transaction.state.log.replication.factor': nodes,
        'transaction.state.log.min.isr': inSync,
        'min.insync.replicas': inSync,
        // A typo would otherwise make a topic that nobody reads.
        'auto.create.topics.enable': false,
      },
      // Its pods are made by the operator, which asks for nothing that `restricted` wants unless it is told to.
      template: { kafkaContainer: { securityContext: restrictedContainer } },
    },
    entityOperator,
  },
});

const topic = ({ name, partitions, retention }: Topic) =>
  new KafkaTopic({
    metadata: ofCluster(name, 'preparation'),
    spec: { partitions, replicas: nodes, config: { 'retention.ms': retention * 60 * 60 * 1000 } },
  });

/** The objects, by file. */
export const strimzi: Readonly<Record<string, readonly KubernetesObject[]>> = {
  kafka: [nodePool, kafka],
  topics: kafkaTopics.map(topic),
};
