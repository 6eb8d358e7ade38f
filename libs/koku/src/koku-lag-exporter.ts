import { consumerGroups, kokuLagExporter as listens } from '@cost-onprem/contracts';
import { workload, type Probe } from '@cost-onprem/kit';
import { kafka } from './connections.ts';
import { folders } from './environment.ts';
import { image } from './image.ts';
import { kafkaClient } from './kafka-client.ts';
import { kokuSettings } from './settings.ts';

/** Seconds for all answers of Kafka to one request: less than the ten that Prometheus waits for the page. */
const patience = 8;

/**
 * Needed because Koku counts no messages, and the listener's own page hangs while Kafka is away. The names of the metrics
 * are those of danielqsj/kafka_exporter. The program uses consumers that subscribe to no topic, and so join no group,
 * because the admin client crashes on a Kafka whose groups no client has used yet (confluent-kafka 2.15).
 *
 * A cluster may lack a topic or a group, and an external Kafka may refuse access to those that this cluster does not need.
 */
const program = `import os, signal, sys, time
from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily as Gauge

groups, patience = ${JSON.stringify(Object.values(consumerGroups))}, ${patience}
settings = {"enable.auto.commit": False, **${kafkaClient}}
clients = [(each["group"], each["topic"], Consumer({"group.id": each["group"], **settings})) for each in groups]
refused = KafkaError.GROUP_AUTHORIZATION_FAILED, KafkaError.TOPIC_AUTHORIZATION_FAILED

class Kafka:
    def collect(self):
        brokers = Gauge("kafka_brokers", "Number of brokers; 0 if none answers.")
        end = Gauge("kafka_topic_partition_current_offset", "Offset of the next message.", labels=["topic", "partition"])
        of_group = ["consumergroup", "topic", "partition"]
        done = Gauge("kafka_consumergroup_current_offset", "Offset that the group has committed.", labels=of_group)
        lag = Gauge("kafka_consumergroup_lag", "Messages that the group has not committed.", labels=of_group)
        until = time.monotonic() + patience
        left = lambda: max(0.1, until - time.monotonic())
        try:
            known = clients[0][2].list_topics(timeout=left())
            lasts = {}
            for group, topic, client in clients:
                if topic not in known.topics:
                    continue
                partitions = [TopicPartition(topic, number) for number in known.topics[topic].partitions]
                try:
                    for at in client.committed(partitions, timeout=left()):
                        if (topic, at.partition) not in lasts:
                            _, lasts[topic, at.partition] = client.get_watermark_offsets(at, timeout=left())
                            end.add_metric([topic, str(at.partition)], lasts[topic, at.partition])
                        if at.offset >= 0:
                            done.add_metric([group, topic, str(at.partition)], at.offset)
                            lag.add_metric([group, topic, str(at.partition)], lasts[topic, at.partition] - at.offset)
                except KafkaException as error:
                    if error.args[0].code() not in refused:
                        raise
                    print(group, topic, error, file=sys.stderr, flush=True)
            brokers.add_metric([], len(known.brokers))
        except Exception as error:
            print(error, file=sys.stderr, flush=True)
            brokers.add_metric([], 0)
        return [brokers, end, done, lag]

registry = CollectorRegistry()
registry.register(Kafka())
start_http_server(${listens.metrics.number}, registry=registry)
# The first process of a container ignores SIGTERM unless it handles it.
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
signal.pause()
`;

/** Probes the port, because the page asks Kafka. */
const accepts = (failures: number): Probe => ({
  check: { connectTo: listens.metrics },
  every: 10,
  timeout: 5,
  failures,
});

/** Exports how far each group of consumers is behind. */
export const kokuLagExporter = workload({
  name: 'koku-lag-exporter',
  purpose: 'Exports to Prometheus how many messages wait for each group of consumers, and whether Kafka answers.',
  kind: 'Deployment',
  image,
  wave: 'application',
  command: ['python3', '-c', program],
  listens,
  metrics: listens.metrics,
  settings: [kokuSettings],
  connects: [kafka()],
  contributions: folders,
  probes: { startup: accepts(12), readiness: accepts(3), liveness: accepts(6) },
  onlyFor: 'monitoring',
});
