"""The servers of the repair: Kafka, the object store, and Kruize with its database."""

from __future__ import annotations

import os
import re
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime

import boto3
import psycopg2
from botocore.exceptions import ClientError
from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition

from reports import Measurements, Message

#: Seconds for one answer, and for reading the topic.
PATIENCE = 15
READING = 120

#: Seconds for which an announced address stays valid, as with Koku.
ADDRESS_LIFETIME = 48 * 60 * 60

#: Koku's keys: <schema>/source=<UUID>/date=<day>/<file>. With a bucket claim other applications use the same bucket.
KEY = re.compile(r"[^/]+/source=[0-9a-f-]{36}/date=\d{4}-\d{2}-\d{2}/[^/]+")

VARIABLES = {
    "security.protocol": "KAFKA_SECURITY_PROTOCOL",
    "sasl.mechanisms": "KAFKA_SASL_MECHANISM",
    "sasl.username": "KAFKA_SASL_USERNAME",
    "sasl.password": "KAFKA_SASL_PASSWORD",
    "ssl.ca.location": "KAFKA_SSL_CA_LOCATION",
}


class Topic:
    """The topic in which Koku announces reports."""

    def __init__(self) -> None:
        self.name = os.environ["ROS_TOPIC"]
        self.configuration = {
            "bootstrap.servers": f"{os.environ['KAFKA_HOST']}:{os.environ['KAFKA_PORT']}",
            **{key: os.environ[name] for key, name in VARIABLES.items() if os.environ.get(name)},
        }

    def messages(self) -> Iterator[Message]:
        """All messages that the topic still has. Reads the offsets of the processors' group without joining it."""
        group = {"group.id": os.environ["PROCESSOR_GROUP"], "enable.auto.commit": False}
        consumer = Consumer({**self.configuration, **group})
        try:
            topic = consumer.list_topics(self.name, timeout=PATIENCE).topics[self.name]
            if topic.error:
                raise KafkaException(topic.error)
            starts, ends, taken = [], {}, {}
            partitions = [TopicPartition(self.name, number) for number in topic.partitions]
            for partition in consumer.committed(partitions, timeout=PATIENCE):
                low, high = consumer.get_watermark_offsets(partition, timeout=PATIENCE)
                # In a partition without a confirmation the processor starts at the end and skips all earlier messages.
                taken[partition.partition] = partition.offset if partition.offset >= 0 else high
                if low < high:
                    starts.append(TopicPartition(self.name, partition.partition, low))
                    ends[partition.partition] = high
            consumer.assign(starts)
            until = time.monotonic() + READING
            while ends:
                if time.monotonic() > until:
                    raise KafkaException(KafkaError(KafkaError._TIMED_OUT, f"{self.name} was not read in {READING} s"))
                message = consumer.poll(1)
                if message is None:
                    continue
                if message.error():
                    raise KafkaException(message.error())
                number, offset = message.partition() or 0, message.offset() or 0
                moment = datetime.fromtimestamp(message.timestamp()[1] / 1000, UTC)
                yield Message(moment, offset >= taken[number], message.value() or b"")
                if offset + 1 >= ends.get(number, 0):
                    ends.pop(number, None)
        finally:
            consumer.close()

    def announce(self, messages: list[bytes]) -> None:
        """Announces reports again."""
        producer = Producer(self.configuration)
        refused: list[KafkaError] = []
        for message in messages:
            producer.produce(self.name, message, on_delivery=lambda error, _: refused.append(error) if error else None)
        if producer.flush(READING):
            raise KafkaException(KafkaError(KafkaError._TIMED_OUT, "Kafka did not take an announcement"))
        if refused:
            raise KafkaException(refused[0])


class Bucket:
    """The bucket in which Koku stores reports for the resource optimisation."""

    def __init__(self) -> None:
        e = os.environ
        self.name = e.get("S3_BUCKET_NAME") or e["ROS_BUCKET"]
        self.client = boto3.client(
            "s3",
            endpoint_url=e["S3_ENDPOINT"],
            region_name=e["S3_REGION"],
            aws_access_key_id=e["S3_ACCESS_KEY"],
            aws_secret_access_key=e["S3_SECRET"],
        )

    def stored(self) -> dict[str, datetime]:
        """The time of each report's object."""
        pages = self.client.get_paginator("list_objects_v2")
        folders = [
            folder["Prefix"]
            for page in pages.paginate(Bucket=self.name, Delimiter="/")
            for folder in page.get("CommonPrefixes", [])
        ]
        return {
            item["Key"]: item["LastModified"]
            for folder in folders
            for page in pages.paginate(Bucket=self.name, Prefix=f"{folder}source=")
            for item in page.get("Contents", [])
            if KEY.fullmatch(item["Key"])
        }

    def lines(self, key: str) -> Iterator[str]:
        """The lines of one object; none if it is gone."""
        try:
            body = self.client.get_object(Bucket=self.name, Key=key)["Body"]
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
                raise
            return
        for line in body.iter_lines():
            yield line.decode(errors="replace")

    def address(self, key: str) -> str:
        """A presigned address, as Koku announces it."""
        return self.client.generate_presigned_url(
            "get_object", Params={"Bucket": self.name, "Key": key}, ExpiresIn=ADDRESS_LIFETIME
        )

    def remove(self, keys: list[str]) -> None:
        """Removes objects one by one, because not every store can remove several at once."""
        for key in keys:
            self.client.delete_object(Bucket=self.name, Key=key)


class Kruize:
    """Kruize, and what its database knows."""

    def __init__(self) -> None:
        e = os.environ
        # While Kruize itself is away, no attempt may count.
        with urllib.request.urlopen(f"http://{e['KRUIZE_HOST']}:{e['KRUIZE_PORT']}/health", timeout=PATIENCE):
            pass
        encrypted = bool(e.get("DB_CA_FILE"))
        self.connection = psycopg2.connect(
            host=e["DB_HOST"],
            port=e["DB_PORT"],
            dbname=e["DB_NAME"],
            user=e["DB_USER"],
            password=e["DB_PASSWORD"],
            sslmode="verify-full" if encrypted else "prefer",
            sslrootcert=e["DB_CA_FILE"] if encrypted else None,
            connect_timeout=10,
            tcp_user_timeout=60_000,
            application_name="rosocp-repair",
        )

    def known(self, expected: Measurements) -> Measurements:
        """The measurements of some experiments that Kruize has, between the first and the last expected one."""
        times = frozenset().union(*expected.values())
        found: dict[str, set[datetime]] = {}
        with self.connection, self.connection.cursor() as cursor:
            # Kruize stores UTC without a time zone.
            cursor.execute(
                "select experiment_name, interval_end_time at time zone 'UTC' from kruize_results "
                "where experiment_name = any(%s) and interval_end_time between %s and %s",
                (list(expected), min(times).replace(tzinfo=None), max(times).replace(tzinfo=None)),
            )
            for experiment, end in cursor:
                found.setdefault(experiment, set()).add(end.astimezone(UTC))
        return {experiment: frozenset(ends) for experiment, ends in found.items()}
