"""What ingress reads from a request, and whether it refuses it (tools/documentation/facts/ingress.md#answers)."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass

from .settings import Settings

CONTENT_TYPE = re.compile(r"application/vnd\.redhat\.([a-z0-9-]+)\.([a-z0-9-]+)")

#: What clients of another service have always sent.
GZIP = frozenset({"application/gzip", "application/gzip; charset=binary", "application/x-gzip; charset=binary"})


class Refusal(Exception):
    """An answer that is not 202: its status, and its body, which is empty for 415 and 500."""

    def __init__(self, status: int, sentence: str = "") -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


@dataclass(frozen=True)
class Sender:
    """Whom the gateway let in."""

    account: str
    organisation: str
    #: As it came.
    header: str


@dataclass(frozen=True)
class Service:
    """Who processes an upload, as its content type says."""

    name: str
    category: str


def sender_of(header: str | None) -> Sender:
    """The sender. Raises Refusal with 400 for an identity that is missing or incomplete."""
    if not header:
        raise Refusal(400, "Bad Request: the header x-rh-identity is missing")
    try:
        identity = json.loads(base64.b64decode(header, validate=True))["identity"]
        organisation = identity.get("org_id") or (identity.get("internal") or {}).get("org_id")
        kind, account = identity.get("type"), identity.get("account_number")
    except (binascii.Error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refusal(400, "Bad Request: the header x-rh-identity cannot be read") from error
    if not organisation or not kind:
        raise Refusal(400, "Bad Request: the header x-rh-identity has no org_id or no type")
    return Sender(str(account or ""), str(organisation), header)


def service_of(content_type: str, types: frozenset[str]) -> Service:
    """The service. Raises Refusal with 415 for a content type of none."""
    found = CONTENT_TYPE.search(content_type)
    if content_type in GZIP:
        service = Service("advisor", "upload")
    elif found:
        service = Service(found[1], found[2])
    else:
        raise Refusal(415)
    if service.name not in types:
        raise Refusal(415)
    return service


def refuse_too_large(size: int, service: Service, settings: Settings) -> None:
    """Raises Refusal with 413."""
    largest = settings.largest_of.get(service.name, settings.largest)
    if size > largest:
        raise Refusal(413, f"The file has {size} bytes; the largest may have {largest}")
