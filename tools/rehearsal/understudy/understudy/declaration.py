"""The declaration of the pod's workload. The rehearsal writes it from the applications' declarations into a file of the image."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path("/opt/understudy/declaration.json")


@dataclass(frozen=True)
class Connection:
    """One declared connection."""

    #: `postgresql`, `redis`, `kafka`, `s3` or `http`.
    protocol: str
    #: The server's name and port, for messages.
    server: str
    #: Variables of the container, by what they hold: `host`, `port`, `authority` (both), `password`, `ca-file`, …
    variables: dict[str, str]
    #: Variables that hold the name of a bucket.
    buckets: list[str]
    #: Topics that must exist.
    topics: list[str]


@dataclass(frozen=True)
class Workload:
    """One declared workload, as far as its understudy needs it."""

    name: str
    #: TCP ports by name.
    listens: dict[str, int]
    #: Paths of readiness probes only. All other paths answer while the process works.
    readiness: list[str]
    connections: list[Connection]
    #: Variables that the application needs.
    variables: list[str]
    #: Folders that the application may write to; everything else is read-only.
    writes: list[str]


def workload_of(host: str, declared: dict[str, Any]) -> Workload:
    """
    The workload of a pod. A pod's name starts with its workload's name, so the longest name that fits counts.

    Raises LookupError for a pod that fits none.
    """
    fitting = [name for name in declared if host == name or host.startswith(f"{name}-")]
    if not fitting:
        raise LookupError(f"the pod {host} is named for none of {', '.join(sorted(declared))}")
    name = max(fitting, key=len)
    fields = dict(declared[name])
    connections = [Connection(**connection) for connection in fields.pop("connections")]
    return Workload(name=name, connections=connections, **fields)


def own_workload() -> Workload:
    """The workload of this pod."""
    # The container may change the variable HOSTNAME, and Koku's workers do.
    return workload_of(socket.gethostname(), json.loads(FILE.read_text()))
