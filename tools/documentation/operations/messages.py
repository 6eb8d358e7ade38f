"""Shows where a group of consumers is in a topic of Kafka, and moves it past one message.

Runs in a pod of Koku, which has Kafka's address, password and CA. `show <group> <topic>` prints, for each partition, the offset
of the next message, the end, and how many messages wait. `read <group> <topic> <partition>` prints the next message.
`skip <group> <topic> <partition> <offset>` marks the message as done, if it is the next one and the group has no consumer.
"""

import os
import sys
import time

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition

names = {
    "security.protocol": "KAFKA_SECURITY_PROTOCOL",
    "sasl.mechanisms": "KAFKA_SASL_MECHANISM",
    "sasl.username": "KAFKA_SASL_USERNAME",
    "sasl.password": "KAFKA_SASL_PASSWORD",
    "ssl.ca.location": "KAFKA_SSL_CA_LOCATION",
}
# Seconds to wait for each answer of Kafka.
patience = 30
# Kafka keeps a consumer that ended without a word for at most two minutes, the longest session of a group.
farewell = 150
# Kafka's answers to a commit while the group has a consumer.
in_use = KafkaError.UNKNOWN_MEMBER_ID, KafkaError.ILLEGAL_GENERATION, KafkaError.REBALANCE_IN_PROGRESS

command, group, topic, *rest = sys.argv[1:]
client = Consumer(
    {
        "bootstrap.servers": f"{os.environ['INSIGHTS_KAFKA_HOST']}:{os.environ['INSIGHTS_KAFKA_PORT']}",
        "group.id": group,
        "enable.auto.commit": False,
        **{key: os.environ[name] for key, name in names.items() if name in os.environ},
    }
)


def committed(*partitions):
    return client.committed([TopicPartition(topic, number) for number in partitions], timeout=patience)


def show():
    known = client.list_topics(topic, timeout=patience).topics[topic]
    if not known.partitions:
        sys.exit(f"Kafka has no topic {topic}")
    print("partition next end waiting")
    for at in committed(*known.partitions):
        first, end = client.get_watermark_offsets(at, timeout=patience)
        print(at.partition, *((at.offset, end, end - max(at.offset, first)) if at.offset >= 0 else ("-", end, "-")))


def read(partition):
    (at,) = committed(int(partition))
    if at.offset < 0:
        sys.exit(f"{group} has done nothing in partition {partition} yet")
    _, end = client.get_watermark_offsets(at, timeout=patience)
    if at.offset >= end:
        sys.exit(f"no message waits for {group} in partition {partition}")
    client.assign([at])
    message = client.poll(patience)
    if message is None or message.error():
        sys.exit(f"Kafka does not answer: {message and message.error()}")
    print(f"offset {message.offset()}, {time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(message.timestamp()[1] / 1000))}")
    print(f"headers {message.headers()}")
    print(message.value().decode(errors="replace"))


def skip(partition, offset):
    (at,) = committed(int(partition))
    if at.offset != int(offset):
        sys.exit(f"the next message of {group} in partition {partition} is {at.offset}, not {offset}")
    until = time.monotonic() + farewell
    while True:
        try:
            client.commit(offsets=[TopicPartition(topic, int(partition), int(offset) + 1)], asynchronous=False)
            break
        except KafkaException as error:
            if error.args[0].code() not in in_use or time.monotonic() > until:
                sys.exit(f"Kafka refuses, because a consumer of {group} still runs: {error.args[0].str()}")
            time.sleep(5)
    print(f"{group} continues in partition {partition} with {int(offset) + 1}")


{"show": show, "read": read, "skip": skip}[command](*rest)
