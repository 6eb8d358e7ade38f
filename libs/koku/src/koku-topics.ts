import { kafkaTopics } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { kafka } from './connections.ts';
import { folders } from './environment.ts';
import { image } from './image.ts';
import { kafkaClient } from './kafka-client.ts';
import { listOf } from './lists.ts';
import { kokuSettings } from './settings.ts';

/** Seconds for which the Job retries while Kafka starts. */
const patience = 120;

const name = 'koku-topics';

/** For each topic its name, its partitions and its retention in milliseconds. */
const { files, pattern } = listOf(
  name,
  kafkaTopics.map(({ name: topic, partitions, retention, onlyFor }) => ({
    text: `${topic} ${partitions} ${retention * 60 * 60 * 1000}`,
    onlyFor,
  })),
);

/**
 * The brokers' default decides the number of replicas. An existing topic may have more partitions. An account that may not
 * change an existing topic leaves it as it is.
 */
const prepare = `import os, sys, time
from glob import glob
from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, NewPartitions, NewTopic

lines = sorted(line.split() for file in glob("${pattern}") for line in open(file))
declared = [(name, int(partitions), int(retention)) for name, partitions, retention in lines]
if not declared:
    sys.exit("no topic is declared")
client = AdminClient(${kafkaClient})
until = time.monotonic() + ${patience}
while True:
    try:
        present = client.list_topics(timeout=10).topics
        break
    except KafkaException as error:
        print(error, file=sys.stderr, flush=True)
        if time.monotonic() > until:
            sys.exit("Kafka does not answer")
        time.sleep(5)

def change(what, futures):
    for name, future in futures.items():
        try:
            future.result()
            print(f"{what}: {name}")
        except KafkaException as error:
            if error.args[0].code() not in (KafkaError.TOPIC_AUTHORIZATION_FAILED, KafkaError.CLUSTER_AUTHORIZATION_FAILED):
                raise
            print(f"{what}: {name}: this account is not authorized", file=sys.stderr)

missing = [NewTopic(name, partitions, -1) for name, partitions, _ in declared if name not in present]
few = [NewPartitions(name, partitions) for name, partitions, _ in declared
       if name in present and len(present[name].partitions) < partitions]
if missing:
    change("created", client.create_topics(missing))
if few:
    change("partitions added", client.create_partitions(few))
retained = [
    ConfigResource(ConfigResource.Type.TOPIC, name, incremental_configs=[
        ConfigEntry("retention.ms", str(retention), incremental_operation=AlterConfigOpType.SET)])
    for name, _, retention in declared
]
change("retention set", client.incremental_alter_configs(retained))
present = client.list_topics(timeout=10).topics
absent = [name for name, _, _ in declared if name not in present]
if absent:
    sys.exit(f"these topics are missing, and this account may not create them: {', '.join(absent)}")
`;

/** Needed because neither Koku nor ingress creates topics. A cluster whose operator creates them has no such Job. */
export const kokuTopics = workload({
  name,
  purpose: 'Creates missing topics, and sets partitions and retention.',
  kind: 'Job',
  image,
  wave: 'preparation',
  command: ['python3', '-c', prepare],
  settings: [kokuSettings],
  connects: [kafka()],
  contributions: folders,
  files,
});
