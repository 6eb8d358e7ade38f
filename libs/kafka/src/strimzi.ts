/** Objects for Strimzi: a Kafka of three nodes, each broker and controller, and its topics. */
import {
  Kafka,
  KafkaNodePool,
  KafkaTopic,
  type IKafka,
} from '@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1';
import { kafka as endpoint, kafkaNodePool, kafkaTopics, type KafkaTopic as Topic } from '@cost-onprem/contracts';
import {
  objectMetadata,
  operatorStorage,
  reachesLabel,
  resources,
  restrictedContainer,
  strimziCluster,
  type KubernetesObject,
  type PodSize,
  type Purpose,
} from '@cost-onprem/kit';

/** Name of the `Kafka`, from which Strimzi derives the names of its objects. */
export const cluster = 'kafka';

const application = 'kafka';

/** The label by which Strimzi finds the objects of a `Kafka`. */
export const clusterLabel = { [strimziCluster]: cluster } as const;

/**
 * Not a size of a profile: Strimzi cannot change the number of controllers (its manual, “Node pool roles”), nor a
 * topic's replicas without Cruise Control. A cluster with one node uses the choice `single-node`.
 */
const nodes = 3;

/** Replicas that must have a message before Kafka confirms it: one node may be down. */
const inSync = 2;

const ofCluster = (name: string, wave: 'nodes' | 'data' | 'preparation', onlyFor?: Purpose) => {
  const metadata = objectMetadata(name, application, wave, { keep: true, ...(onlyFor && { onlyFor }) });
  return { ...metadata, labels: { ...metadata.labels, ...clusterLabel } };
};

const nodePool = new KafkaNodePool({
  metadata: ofCluster(kafkaNodePool, 'nodes'),
  spec: {
    replicas: nodes,
    roles: ['controller', 'broker'],
    // overlays/storage sets the size.
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

/** Half the processor of Strimzi's example, because the eight topics rarely change. */
const topicOperatorSize: PodSize = { millicores: [100, 500], mebibytes: [256, 512] };

const entityOperator: NonNullable<IKafka['spec']>['entityOperator'] = {
  topicOperator: { resources: resources(topicOperatorSize, operatorStorage) },
  template: {
    topicOperatorContainer: {
      securityContext: restrictedContainer,
      // When the Kafka is deleted, the operator is gone too, so finalizers of topics would stay and block their
      // deletion.
      env: [{ name: 'STRIMZI_USE_FINALIZERS', value: 'false' }],
    },
  },
};

/**
 * The operator chooses the version. Policies admit only clients; there is no TLS, because Koku cannot use TLS without
 * SASL.
 */
const kafka = new Kafka({
  metadata: objectMetadata(cluster, application, 'data', { keep: true }),
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
        // Otherwise a typo would create a topic without readers.
        'auto.create.topics.enable': false,
      },
      // The operator sets no security context of PodSecurity `restricted` by default.
      template: { kafkaContainer: { securityContext: restrictedContainer } },
    },
    entityOperator,
  },
});

const topic = ({ name, partitions, retention, onlyFor }: Topic) =>
  new KafkaTopic({
    metadata: ofCluster(name, 'preparation', onlyFor),
    spec: { partitions, replicas: nodes, config: { 'retention.ms': retention * 60 * 60 * 1000 } },
  });

/** The objects, by file. */
export const strimzi: Readonly<Record<string, readonly KubernetesObject[]>> = {
  kafka: [nodePool, kafka],
  topics: kafkaTopics.map(topic),
};
