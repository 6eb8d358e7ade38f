"""Precedes every program that runs in a pod of Koku: reads its input, which is JSON, and the settings of Kafka there."""

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
