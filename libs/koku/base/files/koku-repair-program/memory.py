"""What one run stores for the next: a JSON object in the bucket of the uploads."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from queues import Heads
from rules import Attempts, Payload, Upload

#: Its key. If the object is lost, the repair only reads and tries everything once more.
KEY = "cost-onprem-repair.json"

#: The metadata that ingress puts on an object: its request.
UPLOAD_MARK = "requestid"


def lower_case(marks: Mapping[str, str]) -> dict[str, str]:
    """The metadata of an object with lower-case names, because stores differ in their case."""
    return {name.lower(): value for name, value in marks.items()}


def read_memory(text: bytes, marks: Mapping[str, str]) -> dict[str, Any]:
    """
    What the last run stored. Ignores an upload with the memory's key, because a client may choose the name of its
    request, and could otherwise assign the uploads of others to itself.
    """
    if UPLOAD_MARK in lower_case(marks):
        print(f"{KEY} is an upload of a client; the repair starts with an empty memory", flush=True)
        return {}
    try:
        return json.loads(text)
    except ValueError:
        print(f"{KEY} is not JSON; the repair starts with an empty memory", flush=True)
        return {}


def end_by_exception() -> None:
    """
    Lets a run store its memory when Kubernetes stops it, because reading thousands of old uploads takes several runs.
    Without a handler the first process of a container ignores SIGTERM, and Kubernetes kills it.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


class Memory:
    """Uploads read, attempts made, when the repair told a person of what, and the next task of each queue."""

    def __init__(self, stored: dict[str, Any]) -> None:
        self.uploads: dict[str, Any] = stored.get("uploads", {})
        self.months: dict[str, Any] = stored.get("months", {})
        self.told: dict[str, str] = stored.get("told", {})
        self.queues: Heads = stored.get("queues", {})
        outage = stored.get("outage")
        #: When Kafka last did not answer.
        self.outage = datetime.fromisoformat(outage) if outage else None

    def to_json(self) -> dict[str, Any]:
        """The JSON to store."""
        return {
            "uploads": self.uploads,
            "months": self.months,
            "told": self.told,
            "queues": self.queues,
            "outage": self.outage and self.outage.isoformat(),
        }


def attempts_of(stored: dict[str, Any] | None) -> Attempts:
    """Attempts from their stored form."""
    return Attempts(stored["times"], datetime.fromisoformat(stored["last"])) if stored else Attempts()


def stored_attempts(attempts: Attempts) -> dict[str, Any] | None:
    """The stored form of attempts."""
    return {"times": attempts.times, "last": attempts.last.isoformat()} if attempts.last else None


def upload_of(request: str, moment: datetime, stored: dict[str, Any]) -> Upload:
    """An upload from its stored form."""
    found = stored["payload"]
    return Upload(
        request=request,
        stored=moment,
        organisation=stored["organisation"],
        account=stored["account"],
        payload=found
        and Payload(
            found["cluster"],
            found["manifest"],
            frozenset(found["files"]),
            frozenset(found["held"]),
            frozenset(found.get("passed_on", [])),
        ),
        announced=attempts_of(stored.get("announced")),
    )


def stored_upload(organisation: str, account: str, payload: Payload | None) -> dict[str, Any]:
    """The stored form of an upload."""
    return {
        "organisation": organisation,
        "account": account,
        "payload": payload
        and {
            "cluster": payload.cluster,
            "manifest": payload.manifest,
            "files": sorted(payload.files),
            "held": sorted(payload.held),
            "passed_on": sorted(payload.passed_on),
        },
    }
