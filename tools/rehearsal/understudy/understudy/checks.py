"""Tries everything that a workload declares, and reports in one line of JSON what works and what fails."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from .declaration import Connection, Workload
from .protocols import PROTOCOLS

#: Seconds for which a result answers further probes.
FRESH = 5


def values_of(connection: Connection, environment: Mapping[str, str]) -> dict[str, str]:
    """The container's values for a connection; optional variables may be absent."""
    by_role = {role: environment[name] for role, name in connection.variables.items() if name in environment}
    return by_role | {name: environment[name] for name in connection.buckets if name in environment}


def plain(error: BaseException, secrets: list[str]) -> str:
    """The error in one line, without a password that a library may have put into it."""
    text = " ".join(str(error).split()) or type(error).__name__
    for secret in secrets:
        text = text.replace(secret, "***")
    return text


def try_connection(connection: Connection, environment: Mapping[str, str]) -> str | None:
    """Why a connection does not work, or nothing."""
    given = values_of(connection, environment)
    authority = given.get("ca-file")
    if authority and not os.path.isfile(authority):
        return f"the CA file {authority} does not exist"
    secrets = [given[role] for role in ("password", "AWS_SECRET_ACCESS_KEY") if given.get(role)]
    try:
        PROTOCOLS[connection.protocol](given, connection)
    except KeyError as error:
        return f"the container was not given {error.args[0]}"
    # A library may raise anything, and the report must show it.
    except Exception as error:  # noqa: BLE001
        return plain(error, secrets)
    return None


def try_to_write(folder: str) -> str | None:
    """Why a folder cannot be written to, or nothing."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return f"cannot be written to: {error.strerror}"


@dataclass
class Checks:
    """Tries what a workload declares, at most every few seconds, and reports each change."""

    workload: Workload
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    #: The stream of the report.
    say: Callable[[str], None] = lambda line: print(line, file=sys.stdout, flush=True)
    _failures: dict[str, str] = field(default_factory=dict)
    _tried: float = float("-inf")
    _said: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def failures(self) -> dict[str, str]:
        """Error sentences by their subject; none while everything works."""
        with self._lock:
            if time.monotonic() - self._tried > FRESH:
                self._failures = self._try()
                self._tried = time.monotonic()
            return self._failures

    def _try(self) -> dict[str, str]:
        works: list[str] = []
        fails: dict[str, str] = {}

        def note(what: str, why: str | None) -> None:
            if why is None:
                works.append(what)
            else:
                fails[what] = why

        for name in self.workload.variables:
            if name not in self.environment:
                fails[f"variable {name}"] = "is missing"
        for folder in self.workload.writes:
            note(f"folder {folder}", try_to_write(folder))
        if try_to_write("/") is None:
            fails["folder /"] = "can be written to, and must be read-only"
        with ThreadPoolExecutor(max_workers=8) as pool:
            tried = pool.map(lambda c: try_connection(c, self.environment), self.workload.connections)
        for connection, why in zip(self.workload.connections, tried, strict=True):
            note(f"{connection.protocol} {connection.server}", why)
        self._report(works, fails)
        return fails

    def _report(self, works: list[str], fails: dict[str, str]) -> None:
        report = {"understudy": self.workload.name, "ready": not fails, "works": works, "fails": fails}
        line = json.dumps(report)
        if line != self._said:
            self.say(line)
            self._said = line

    def keep_trying(self) -> None:
        """Repeats the checks in the background, for a process that no probe asks."""

        def again() -> None:
            while True:
                self.failures()
                time.sleep(2 * FRESH)

        threading.Thread(target=again, daemon=True).start()
