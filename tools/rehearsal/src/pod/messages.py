"""Puts messages on a topic that nobody acts on, or counts them. Runs in a pod of Koku's; its input is JSON."""

import json
import os
import sys

from confluent_kafka import Consumer, Producer, TopicPartition

task = json.load(sys.stdin)
names = {
    "security.protocol": "KAFKA_SECURITY_PROTOCOL",
    "sasl.mechanisms": "KAFKA_SASL_MECHANISM",
    "sasl.username": "KAFKA_SASL_USERNAME",
    "sasl.password": "KAFKA_SASL_PASSWORD",
    "ssl.ca.location": "KAFKA_SSL_CA_LOCATION",
}
kafka = {
    "bootstrap.servers": f"{os.environ['INSIGHTS_KAFKA_HOST']}:{os.environ['INSIGHTS_KAFKA_PORT']}",
    **{key: os.environ[name] for key, name in names.items() if name in os.environ},
}

if task["produce"]:
    producer = Producer(kafka)
    for number in range(task["produce"]):
        producer.produce(task["topic"], f"{task['mark']} {number}".encode(), headers={"service": "rehearsal"})
    print(task["produce"] - producer.flush(30))
else:
    consumer = Consumer({**kafka, "group.id": f"rehearsal-{task['mark']}", "enable.partition.eof": True})
    partitions = [
        TopicPartition(task["topic"], number, 0)
        for number in consumer.list_topics(task["topic"], timeout=30).topics[task["topic"]].partitions
    ]
    consumer.assign(partitions)
    seen, ended = set(), set()
    while len(ended) < len(partitions):
        message = consumer.poll(30)
        if message is None:
            sys.exit("Kafka does not answer")
        if message.error():
            ended.add(message.partition())
        elif message.value().startswith(task["mark"].encode()):
            seen.add(message.value())
    print(len(seen))
