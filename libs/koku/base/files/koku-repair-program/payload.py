"""Reads an upload, as Koku's listener does."""

from __future__ import annotations

import json
import tarfile
import uuid
import zlib
from itertools import islice
from typing import IO

from rules import Payload

#: Bytes. Koku accepts no larger manifest.
LARGEST_MANIFEST = 10 * 1024 * 1024

#: Files in one upload. An operator sends about fifty; millions of empty ones would fill the memory.
LARGEST_COUNT = 10_000

#: Errors of the libraries for an invalid or a malicious archive or manifest.
UNREADABLE = (
    tarfile.TarError,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
)


def read_payload(archive: IO[bytes]) -> Payload | None:
    """The contents of a payload; None if Koku could not read it either."""
    try:
        with tarfile.open(fileobj=archive, mode="r:gz") as members:
            names = [member.name for member in islice(members, LARGEST_COUNT + 1)]
            if len(names) > LARGEST_COUNT:
                return None
            member = members.extractfile("manifest.json")
            text = member.read(LARGEST_MANIFEST + 1) if member else b""
        manifest = json.loads(text[:LARGEST_MANIFEST])
        identifier = uuid.UUID(str(manifest["uuid"]))
        cluster = manifest["cluster_id"]
        files = manifest.get("files") or []
        passed_on = manifest.get("resource_optimization_files") or []
        stored = [cluster, *files, *passed_on]
        if identifier.version != 4 or not cluster or not all(can_be_stored(name) for name in stored):
            return None
        held = frozenset(names)
        return Payload(
            cluster, str(identifier), frozenset(files), frozenset(files) & held, frozenset(passed_on) & held
        )
    except UNREADABLE:
        return None


def can_be_stored(name: object) -> bool:
    """Whether a database and a log can store a name. JSON allows other strings, and any client may upload them."""
    return isinstance(name, str) and "\0" not in name and not any("\ud800" <= letter <= "\udfff" for letter in name)
