"""Messages to Kafka. They wait in memory until Kafka has them, and are lost with the process."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .metrics import Metrics

#: Seconds after which a message that Kafka refused is sent again.
PAUSE = 0.5


@dataclass(frozen=True)
class Message:
    """One message."""

    value: bytes
    headers: dict[str, str] = field(default_factory=dict)


class Topic:
    """Sends messages to one topic, again and again until Kafka has them."""

    def __init__(self, kafka: Mapping[str, str], topic: str, metrics: Metrics) -> None:
        from confluent_kafka import Producer

        # Without a log, because the client writes a line for each attempt while Kafka is away.
        self._producer = Producer({**kafka, "log_level": 0})
        self._topic = topic
        self._metrics = metrics
        self._refused: list[Message] = []
        threading.Thread(target=self._work, daemon=True).start()

    def send(self, message: Message) -> None:
        """Takes a message, and does not wait for Kafka."""
        self._metrics.add("ingress_kafka_producer_go_routine_count")
        self._produce(message)

    def _produce(self, message: Message) -> None:
        def delivered(error: Any, _: object) -> None:
            if error:
                self._metrics.add("ingress_kafka_produce_failures", topic=self._topic)
                self._refused.append(message)
            else:
                self._metrics.add("ingress_kafka_produced", topic=self._topic)
                self._metrics.add("ingress_kafka_producer_go_routine_count", -1)

        self._producer.produce(self._topic, message.value, headers=message.headers, on_delivery=delivered)

    def _work(self) -> None:
        while True:
            # Only this thread runs the functions above that a delivery calls.
            self._producer.poll(PAUSE)
            again, self._refused = self._refused, []
            for message in again:
                self._produce(message)
