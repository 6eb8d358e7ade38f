"""Stores an upload, and then announces it: in this order, so that no service is sent to an object that is not there."""

from __future__ import annotations

import json
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from .announcements import Message, Topic
from .form import Part
from .metrics import Metrics
from .request import Refusal, Sender, Service
from .settings import Settings

#: Seconds for which the announced address of an object is valid.
ADDRESS_LIFETIME = 24 * 60 * 60


def now() -> datetime:
    """The present."""
    return datetime.now(UTC)


def readable(metadata: bytes | None) -> dict[str, Any]:
    """What the client says about itself; nothing where it cannot be read."""
    if not metadata:
        return {}
    try:
        found = json.loads(metadata)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@dataclass(frozen=True)
class Clients:
    """The connections."""

    store: Any
    announcements: Topic
    status: Topic


def connect(settings: Settings, metrics: Metrics) -> Clients:
    """Connects to nothing yet: each client does so when it is used."""
    import boto3
    from botocore.config import Config

    store = boto3.client(
        "s3",
        endpoint_url=settings.store,
        region_name=settings.region or "us-east-1",
        aws_access_key_id=settings.access_key,
        aws_secret_access_key=settings.secret_key,
        verify=settings.authority,
        config=Config(
            signature_version="s3v4",
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "auto" if ".amazonaws.com" in settings.store else "path"},
            max_pool_connections=50,
        ),
    )
    return Clients(
        store,
        Topic(settings.kafka, settings.announce_topic, metrics),
        Topic(settings.kafka, settings.status_topic, metrics),
    )


class Uploads:
    """Takes uploads, many at a time."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._bucket = settings.bucket
        self._metrics = metrics
        self._clients: Future[Clients] = ThreadPoolExecutor(1).submit(connect, settings, metrics)

    def take(self, request: str, sender: Sender, service: Service, file: Part, metadata: bytes | None) -> None:
        """
        Stores and announces a file. Returns before Kafka has the announcement.

        Raises Refusal with 500 where the store does not take it.
        """
        clients = self._clients.result()
        self._report(clients, request, sender, "received", "Payload received by ingress")
        began = time.monotonic()
        try:
            clients.store.put_object(
                Bucket=self._bucket,
                Key=request,
                Body=file.content,
                ContentType="application/gzip",
                Metadata={"requestID": request, "account": sender.account, "org": sender.organisation},
            )
            address = clients.store.generate_presigned_url(
                "get_object", Params={"Bucket": self._bucket, "Key": request}, ExpiresIn=ADDRESS_LIFETIME
            )
        # The library may raise anything, and the client only gets the status.
        except Exception as error:
            print(json.dumps({"request_id": request, "error": f"staging: {error}"}), flush=True)
            raise Refusal(500) from error
        finally:
            self._metrics.add("ingress_stage_seconds_sum", time.monotonic() - began)
            self._metrics.add("ingress_stage_seconds_count")
        self._report(clients, request, sender, "success", f"Sent to validation service: {service.name}")
        clients.announcements.send(
            Message(
                json.dumps(announcement(request, sender, service, file, metadata, address)).encode(),
                {"service": service.name},
            )
        )
        self._metrics.add("ingress_message_produced", service=service.name)

    @staticmethod
    def _report(clients: Clients, request: str, sender: Sender, status: str, sentence: str) -> None:
        message = {
            "service": "ingress",
            "account": sender.account,
            "org_id": sender.organisation,
            "request_id": request,
            "status": status,
            "status_msg": sentence,
            "date": now().isoformat(),
        }
        clients.status.send(Message(json.dumps(message).encode()))


def announcement(
    request: str, sender: Sender, service: Service, file: Part, metadata: bytes | None, address: str
) -> dict[str, Any]:
    """The announcement's fields (tools/documentation/facts/ingress.md#announcement)."""
    marks = {"reporter": "ingress", "stale_timestamp": (now() + timedelta(days=30)).isoformat()}
    return {
        "account": sender.account,
        "category": service.category,
        "content_type": file.content_type,
        "metadata": readable(metadata) | (marks if metadata else {"reporter": "", "stale_timestamp": "0001-01-01T00:00:00Z"}),
        "request_id": request,
        "principal": sender.organisation,
        "org_id": sender.organisation,
        "service": service.name,
        "size": file.size,
        "url": address,
        "b64_identity": sender.header,
        "timestamp": now().isoformat(),
    }
