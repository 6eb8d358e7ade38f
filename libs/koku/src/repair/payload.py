"""Reads an upload, as Koku's listener does."""

from __future__ import annotations

import json
import tarfile
import uuid
import zlib
from typing import IO

from rules import Payload

#: Bytes; Koku takes no larger manifest.
LARGEST_MANIFEST = 10 * 1024 * 1024


def read_payload(archive: IO[bytes]) -> Payload | None:
    """What a payload says of itself; nothing where Koku could not read it either."""
    try:
        with tarfile.open(fileobj=archive, mode="r:gz") as members:
            names = members.getnames()
            member = members.extractfile("manifest.json")
            text = member.read(LARGEST_MANIFEST + 1) if member else b""
        manifest = json.loads(text[:LARGEST_MANIFEST])
        identifier = uuid.UUID(str(manifest["uuid"]))
        cluster = manifest["cluster_id"]
        files = manifest.get("files") or []
        if identifier.version != 4 or not cluster or not all(isinstance(name, str) for name in [cluster, *files]):
            return None
        return Payload(cluster, str(identifier), frozenset(files), frozenset(files) & frozenset(names))
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
