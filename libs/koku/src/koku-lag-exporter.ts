import { kokuLagExporter as listens, listenerGroup, uploadTopic } from '@cost-onprem/contracts';
import { workload, type Probe } from '@cost-onprem/kit';
import { kafka } from './connections.ts';
import { folders } from './environment.ts';
import { image } from './image.ts';
import { kafkaClient } from './kafka-client.ts';
import { kokuSettings } from './settings.ts';

/** Seconds to wait for one answer of Kafka: less than the ten that Prometheus waits for the page. */
const patience = 3;

/**
 * Needed because Koku counts no messages, and the listener's own page hangs while Kafka is away. The names of the metrics
 * are those of danielqsj/kafka_exporter. The program uses a consumer that subscribes to no topic, and so joins no group,
 * because the admin client crashes on a Kafka whose groups no client has used yet (confluent-kafka 2.15).
 */
const program = `import os, signal, sys
from confluent_kafka import Consumer, TopicPartition
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily as Gauge

group, topic, patience = "${listenerGroup}", "${uploadTopic}", ${patience}
client = Consumer({"group.id": group, "enable.auto.commit": False, **${kafkaClient}})

class Kafka:
    def collect(self):
        brokers = Gauge("kafka_brokers", "Number of brokers; 0 if none answers.")
        end = Gauge("kafka_topic_partition_current_offset", "Offset of the next message.", labels=["topic", "partition"])
        of_group = ["consumergroup", "topic", "partition"]
        done = Gauge("kafka_consumergroup_current_offset", "Offset that the group has committed.", labels=of_group)
        lag = Gauge("kafka_consumergroup_lag", "Messages that the group has not committed.", labels=of_group)
        try:
            known = client.list_topics(topic, timeout=patience)
            partitions = [TopicPartition(topic, number) for number in known.topics[topic].partitions]
            for at in client.committed(partitions, timeout=patience):
                _, last = client.get_watermark_offsets(at, timeout=patience)
                end.add_metric([topic, str(at.partition)], last)
                if at.offset >= 0:
                    done.add_metric([group, topic, str(at.partition)], at.offset)
                    lag.add_metric([group, topic, str(at.partition)], last - at.offset)
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

/** Exports how far the listener is behind. */
export const kokuLagExporter = workload({
  name: 'koku-lag-exporter',
  purpose: 'Exports to Prometheus how many uploads wait for Koku’s listener, and whether Kafka answers.',
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
