"""The variables of ingress (tools/documentation/facts/ingress.md#variables)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """What ingress reads from its environment. Sizes are bytes."""

    web_port: int
    metrics_port: int
    upload_types: frozenset[str]
    largest: int
    #: The largest file of some types.
    largest_of: Mapping[str, int]
    #: A file in memory may have this size; a larger one is on disk.
    in_memory: int
    announce_topic: str
    status_topic: str
    kafka: Mapping[str, str]
    store: str
    region: str | None
    access_key: str
    secret_key: str
    bucket: str
    authority: str | None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Settings:
        """
        Reads the variables. An empty one counts as absent.

        Raises ValueError for a number or a map that is none.
        """

        def value(name: str, default: str = "") -> str:
            return given.get(f"INGRESS_{name}") or default

        scheme = "https" if value("USESSL").lower() in ("1", "t", "true") else "http"
        return cls(
            web_port=int(value("WEBPORT", "3000")),
            metrics_port=int(value("METRICSPORT", "8080")),
            upload_types=frozenset(value("VALID_UPLOAD_TYPES", "unit,announce").split(",")),
            largest=int(value("DEFAULTMAXSIZE", str(100 * 1024 * 1024))),
            largest_of={kind: int(size) for kind, size in json.loads(value("MAXSIZEMAP", "{}")).items()},
            in_memory=int(value("MAXUPLOADMEM", str(8 * 1024 * 1024))),
            announce_topic=value("KAFKAANNOUNCETOPIC", "platform.upload.announce"),
            status_topic=value("KAFKATRACKERTOPIC", "platform.payload-status"),
            kafka=kafka_settings(value),
            store=f"{scheme}://{value('MINIOENDPOINT', 's3.amazonaws.com')}",
            region=value("STORAGEREGION") or None,
            access_key=value("MINIOACCESSKEY"),
            secret_key=value("MINIOSECRETKEY"),
            bucket=value("STAGEBUCKET", "available"),
            # Go's own variable.
            authority=given.get("SSL_CERT_FILE") or None,
        )


def kafka_settings(value: Callable[..., str]) -> dict[str, str]:
    """Settings of Kafka's client. Only a mechanism switches on SASL, and with it the security protocol."""
    found = {"bootstrap.servers": value("KAFKABROKERS", "kafka:29092")}
    if authority := value("KAFKACA"):
        found["ssl.ca.location"] = authority
    if value("KAFKAUSERNAME") and (mechanism := value("SASLMECHANISM")):
        found |= {
            "security.protocol": value("KAFKASECURITYPROTOCOL", "PLAINTEXT"),
            "sasl.mechanism": mechanism,
            "sasl.username": value("KAFKAUSERNAME"),
            "sasl.password": value("KAFKAPASSWORD"),
        }
    return found
