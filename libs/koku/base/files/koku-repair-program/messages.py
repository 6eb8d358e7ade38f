"""Kafka's messages that announce uploads. Pure functions without connections."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

from rules import Upload


def request_of(message: bytes) -> str:
    """The upload that a message announces; empty if the message is not an announcement."""
    try:
        return str(json.loads(message)["request_id"])
    except (ValueError, KeyError, TypeError):
        return ""


def passed_on_by(message: bytes) -> tuple[str, frozenset[str]]:
    """The upload of one of Koku's announcements to the resource optimisation, and the names of the announced files."""
    try:
        found = json.loads(message)
        return str(found["request_id"]), frozenset(key.rsplit("/", 1)[-1] for key in found["object_keys"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return "", frozenset()


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
