"""Replaces those commands of rosocp that our manifests call."""

from __future__ import annotations

import os
import signal
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable

from understudy.__main__ import main as play

from .database import clean, migrate, revision
from .pages import PAGES

#: The application type whose number the housekeeper asks for.
COST = "/insights/platform/cost-management"


def listen_to_sources() -> None:
    """Asks for the number of Cost Management once, as the real one does, which ends without an answer."""
    base = os.environ.get("SOURCES_API_BASE_URL", "http://127.0.0.1:8002")
    prefix = os.environ.get("SOURCES_API_PREFIX", "/api/sources/v3.1")
    query = urllib.parse.urlencode({"filter[name][eq]": COST})
    try:
        urllib.request.urlopen(f"{base}{prefix}/application_types?{query}", timeout=30).close()
    except (urllib.error.URLError, OSError) as error:
        sys.exit(f"Unable to get cost application id: {error}")
    play()


COMMANDS: dict[str, Callable[[], None]] = {
    "db migrate up": migrate,
    "db revision": revision,
    "start api": lambda: play(PAGES),
    "start processor": play,
    "start recommendation-poller": play,
    "start housekeeper --sources": listen_to_sources,
    "start housekeeper --partitions": clean,
}


def run(command: str) -> None:
    """Runs one command. Raises SystemExit if the understudy does not play it."""
    if command not in COMMANDS:
        sys.exit(f"rosocp {command}: the understudy plays {'; '.join(COMMANDS)}")
    COMMANDS[command]()


if __name__ == "__main__":
    # A Job that is told to stop ends at once.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    run(" ".join(sys.argv[1:]))
