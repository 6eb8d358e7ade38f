"""The topic that announces uploads: reads what the listener has not confirmed yet, and announces uploads again."""

from __future__ import annotations

import base64
import json
import os
import time
from datetime import UTC, datetime, timedelta

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition

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
        consumer.assign([TopicPartition(self.topic, number, offset) for number, offset in starts.items()])
        places: dict[str, Place] = {}
        left = {number for number in starts if starts[number] < ends[number]}
        until = time.monotonic() + READING
        while left:
            if time.monotonic() > until:
                raise KafkaException(KafkaError(KafkaError._TIMED_OUT, f"{self.topic} was not read within {READING} s"))
            message = consumer.poll(1)
            if message is None:
                continue
            if message.error():
                raise KafkaException(message.error())
            number, offset = message.partition() or 0, message.offset() or 0
            request = request_of(message.value() or b"")
            self.partitions[request] = number
            # An upload may be announced more than once. If one of its messages waits, it counts as waiting.
            if places.get(request) != "queued":
                places[request] = "read" if offset == starts[number] else "queued"
            if offset + 1 >= ends[number]:
                left.discard(number)
        return places

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


def request_of(message: bytes) -> str:
    """The upload that a message announces; empty if the message is not an announcement."""
    try:
        return str(json.loads(message)["request_id"])
    except (ValueError, KeyError, TypeError):
        return ""


def announcement(upload: Upload, address: str) -> dict[str, object]:
    """The announcement that ingress would send for an upload."""
    now = datetime.now(UTC)
    identity = {
        "identity": {
            "account_number": upload.account,
            "org_id": upload.organisation,
            "type": "System",
            "internal": {"org_id": upload.organisation},
        }
    }
    return {
        "account": upload.account,
        "org_id": upload.organisation,
        "principal": upload.organisation,
        "request_id": upload.request,
        "b64_identity": base64.b64encode(json.dumps(identity).encode()).decode(),
        "service": "hccm",
        "category": "tar",
        "content_type": "application/vnd.redhat.hccm.tar+tgz",
        "url": address,
        "metadata": {"reporter": "koku-repair", "stale_timestamp": (now + timedelta(days=30)).isoformat()},
        "timestamp": now.isoformat(),
    }
