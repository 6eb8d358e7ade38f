"""What one run leaves to the next: a JSON object in the bucket of the uploads."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from queues import Heads
from rules import Attempts, Payload, Upload

#: Its key. Where it is lost, everything is only read, and tried, once more.
KEY = "cost-onprem-repair.json"

#: The mark that ingress puts on an object: the request that it came with.
UPLOAD_MARK = "requestid"


def lower_case(marks: Mapping[str, str]) -> dict[str, str]:
    """The marks of an object; stores write their names as they like."""
    return {name.lower(): value for name, value in marks.items()}


def read_memory(text: bytes, marks: Mapping[str, str]) -> dict[str, Any]:
    """
    What the last run has left. A client may name its request as it wants, so an upload may lie where the memory was:
    it could say whose the uploads of others are.
    """
    if UPLOAD_MARK in lower_case(marks):
        print(f"{KEY} is somebody's upload, and is begun anew", flush=True)
        return {}
    try:
        return json.loads(text)
    except ValueError:
        print(f"{KEY} is not JSON, and is begun anew", flush=True)
        return {}


def end_by_exception() -> None:
    """
    Lets a run that is told to end leave what it knows to the next one; thousands of old uploads are read in several.
    Without this the first process of a container is deaf to it, and killed.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


class Memory:
    """Uploads that were read, how often each thing was tried, what a person was told when, and the next task of each queue."""

    def __init__(self, stored: dict[str, Any]) -> None:
        self.uploads: dict[str, Any] = stored.get("uploads", {})
        self.months: dict[str, Any] = stored.get("months", {})
        self.told: dict[str, str] = stored.get("told", {})
        self.queues: Heads = stored.get("queues", {})

    def to_json(self) -> dict[str, Any]:
        """What is stored."""
        return {"uploads": self.uploads, "months": self.months, "told": self.told, "queues": self.queues}


def attempts_of(stored: dict[str, Any] | None) -> Attempts:
    """How often something was tried."""
    return Attempts(stored["times"], datetime.fromisoformat(stored["last"])) if stored else Attempts()


def stored_attempts(attempts: Attempts) -> dict[str, Any] | None:
    """The reverse."""
    return {"times": attempts.times, "last": attempts.last.isoformat()} if attempts.last else None


def upload_of(request: str, moment: datetime, stored: dict[str, Any]) -> Upload:
    """An upload that was read before."""
    found = stored["payload"]
    return Upload(
        request=request,
        stored=moment,
        organisation=stored["organisation"],
        account=stored["account"],
        payload=found
        and Payload(found["cluster"], found["manifest"], frozenset(found["files"]), frozenset(found["held"])),
        announced=attempts_of(stored.get("announced")),
    )


def stored_upload(organisation: str, account: str, payload: Payload | None) -> dict[str, Any]:
    """The reverse, of one that was read just now."""
    return {
        "organisation": organisation,
        "account": account,
        "payload": payload
        and {
            "cluster": payload.cluster,
            "manifest": payload.manifest,
            "files": sorted(payload.files),
            "held": sorted(payload.held),
        },
    }
