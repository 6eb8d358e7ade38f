"""The topic that announces uploads: reads what the listener has not confirmed yet, and announces uploads again."""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition

from messages import announcement, passed_on_by, request_of
from rules import Place, Upload

#: Seconds for one answer of Kafka, and for reading all unconfirmed messages.
PATIENCE = 15
READING = 60

VARIABLES = {
    "security.protocol": "KAFKA_SECURITY_PROTOCOL",
    "sasl.mechanisms": "KAFKA_SASL_MECHANISM",
    "sasl.username": "KAFKA_SASL_USERNAME",
    "sasl.password": "KAFKA_SASL_PASSWORD",
    "ssl.ca.location": "KAFKA_SSL_CA_LOCATION",
}


class Announcements:
    """A connection to Kafka, configured by Koku's variables."""

    def __init__(self) -> None:
        self.topic = os.environ["UPLOAD_TOPIC"]
        #: The partition of each unconfirmed request.
        self.partitions: dict[str, int] = {}
        self.configuration = {
            "bootstrap.servers": f"{os.environ['INSIGHTS_KAFKA_HOST']}:{os.environ['INSIGHTS_KAFKA_PORT']}",
            **{key: os.environ[name] for key, name in VARIABLES.items() if name in os.environ},
        }

    def unconfirmed(self) -> dict[str, Place]:
        """
        Requests that the listener has not confirmed. The listener confirms in order, after its work. So it works on the
        first request of a partition or has skipped it, and the others wait. Reads the offsets of the listeners' group
        without joining it.
        """
        group = {"group.id": os.environ["LISTENER_GROUP"], "enable.auto.commit": False}
        consumer = Consumer({**self.configuration, **group})
        try:
            numbers = consumer.list_topics(self.topic, timeout=PATIENCE).topics[self.topic].partitions
            confirmed = consumer.committed([TopicPartition(self.topic, number) for number in numbers], timeout=PATIENCE)
            starts: dict[int, int] = {}
            ends: dict[int, int] = {}
            for partition in confirmed:
                low, high = consumer.get_watermark_offsets(partition, timeout=PATIENCE)
                # In a partition without a confirmation the listener starts at the end and skips all earlier messages.
                if 0 <= partition.offset < high:
                    starts[partition.partition] = max(partition.offset, low)
                    ends[partition.partition] = high
            return self._read(consumer, starts, ends)
        finally:
            consumer.close()

    def _read(self, consumer: Consumer, starts: dict[int, int], ends: dict[int, int]) -> dict[str, Place]:
        places: dict[str, Place] = {}
        for number, offset, message in self._messages(consumer, self.topic, starts, ends):
            request = request_of(message)
            self.partitions[request] = number
            # An upload may be announced more than once. If one of its messages waits, it counts as waiting.
            if places.get(request) != "queued":
                places[request] = "read" if offset == starts[number] else "queued"
        return places

    def _messages(
        self, consumer: Consumer, topic: str, starts: dict[int, int], ends: dict[int, int]
    ) -> Iterator[tuple[int, int, bytes]]:
        """Partition, offset and value of each message between two offsets of each partition."""
        consumer.assign([TopicPartition(topic, number, offset) for number, offset in starts.items()])
        left = {number for number in starts if starts[number] < ends[number]}
        until = time.monotonic() + READING
        while left:
            if time.monotonic() > until:
                raise KafkaException(KafkaError(KafkaError._TIMED_OUT, f"{topic} was not read within {READING} s"))
            message = consumer.poll(1)
            if message is None:
                continue
            if message.error():
                raise KafkaException(message.error())
            number, offset = message.partition() or 0, message.offset() or 0
            yield number, offset, message.value() or b""
            if offset + 1 >= ends[number]:
                left.discard(number)

    def passed_on(self, since: datetime) -> dict[str, frozenset[str]]:
        """The files that Koku announced to the resource optimisation since a moment, for each request."""
        topic = os.environ["ROS_TOPIC"]
        consumer = Consumer({**self.configuration, "group.id": "koku-repair", "enable.auto.commit": False})
        try:
            numbers = consumer.list_topics(topic, timeout=PATIENCE).topics[topic].partitions
            moment = int(since.timestamp() * 1000)
            first = consumer.offsets_for_times([TopicPartition(topic, number, moment) for number in numbers], PATIENCE)
            starts: dict[int, int] = {}
            ends: dict[int, int] = {}
            for partition in first:
                _, high = consumer.get_watermark_offsets(partition, timeout=PATIENCE)
                # It is negative if no message is that young.
                if 0 <= partition.offset < high:
                    starts[partition.partition], ends[partition.partition] = partition.offset, high
            found: dict[str, frozenset[str]] = defaultdict(frozenset)
            for _, _, message in self._messages(consumer, topic, starts, ends):
                request, files = passed_on_by(message)
                found[request] |= files
            return found
        finally:
            consumer.close()

    def announce(self, uploads: list[tuple[Upload, str]]) -> None:
        """Announces uploads as ingress did. Their original identity is lost, but organisation and account are not."""
        producer = Producer(self.configuration)
        refused: list[KafkaError] = []
        for upload, address in uploads:
            # Use the partition of a skipped message, because the next message there confirms that one.
            place = {"partition": self.partitions[upload.request]} if upload.request in self.partitions else {}
            producer.produce(
                self.topic,
                json.dumps(announcement(upload, address)).encode(),
                headers={"service": "hccm"},
                **place,
                on_delivery=lambda error, _: refused.append(error) if error else None,
            )
        if producer.flush(READING):
            raise KafkaException(KafkaError(KafkaError._TIMED_OUT, "Kafka did not take an announcement"))
        if refused:
            raise KafkaException(refused[0])
