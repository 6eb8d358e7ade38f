"""What one run leaves to the next: a JSON object in the bucket of the uploads."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rules import Attempts, Payload, Upload

#: Its key. Where it is lost, everything is only read, and tried, once more.
KEY = "cost-onprem-repair.json"


class Memory:
    """Uploads that were read, how often each thing was tried, and what a person was told when."""

    def __init__(self, stored: dict[str, Any]) -> None:
        self.uploads: dict[str, Any] = stored.get("uploads", {})
        self.months: dict[str, Any] = stored.get("months", {})
        self.told: dict[str, str] = stored.get("told", {})

    def to_json(self) -> dict[str, Any]:
        """What is stored."""
        return {"uploads": self.uploads, "months": self.months, "told": self.told}


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
