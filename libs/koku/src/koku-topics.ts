import { kafkaTopics } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { kafka } from './connections.ts';
import { folders } from './environment.ts';
import { image } from './image.ts';
import { kafkaClient } from './kafka-client.ts';
import { kokuSettings } from './settings.ts';

/** Seconds for which a Kafka that has just started may refuse. */
const patience = 120;

const declared = kafkaTopics.map(({ name, partitions, retention }) => [name, partitions, retention * 60 * 60 * 1000]);

/**
 * Replicas are what the brokers have for their default. A topic that is there already may have more partitions, and is
 * left alone by an account that may not change it.
 */
const prepare = `import os, sys, time
from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, NewPartitions, NewTopic

declared = ${JSON.stringify(declared)}
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
            print(f"{what}: {name}: not allowed", file=sys.stderr)

missing = [NewTopic(name, partitions, -1) for name, partitions, _ in declared if name not in present]
few = [NewPartitions(name, partitions) for name, partitions, _ in declared
       if name in present and len(present[name].partitions) < partitions]
if missing:
    change("made", client.create_topics(missing))
if few:
    change("given partitions", client.create_partitions(few))
retained = [
    ConfigResource(ConfigResource.Type.TOPIC, name, incremental_configs=[
        ConfigEntry("retention.ms", str(retention), incremental_operation=AlterConfigOpType.SET)])
    for name, _, retention in declared
]
change("kept for as long as declared", client.incremental_alter_configs(retained))
present = client.list_topics(timeout=10).topics
absent = [name for name, _, _ in declared if name not in present]
if absent:
    sys.exit(f"topics that are not there, and that this account may not make: {', '.join(absent)}")
`;

/** Neither Koku nor ingress makes topics; where an operator does, this Job is not there. */
export const kokuTopics = workload({
  name: 'koku-topics',
  purpose: 'Makes the topics that are missing, with their partitions and retention.',
  kind: 'Job',
  image,
  wave: 'preparation',
  command: ['python3', '-c', prepare],
  settings: [kokuSettings],
  connects: [kafka()],
  contributions: folders,
});
