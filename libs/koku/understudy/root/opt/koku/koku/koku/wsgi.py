"""Replaces Koku's API and masu: answers whether the database, the cache and the other servers are usable."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

import psycopg2

from koku.database import database
from understudy.checks import Checks
from understudy.declaration import own_workload
from understudy.server import answer

# Standard output has the access log.
CHECKS = Checks(own_workload(), say=lambda line: print(line, file=sys.stderr, flush=True))

#: Koku is its own server of sources, and other applications ask it for this number at their start.
TYPES = {"meta": {"count": 1}, "data": [{"id": "0", "name": "/insights/platform/cost-management"}]}

PHRASES = {200: "OK", 400: "Bad Request", 424: "Failed Dependency"}


def ask_database() -> bool:
    """Opens and closes a connection, as Koku does for each request."""
    try:
        connection = database()
    except psycopg2.OperationalError:
        return False
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    connection.close()
    return True


def application(request: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    """Answers a read with an empty object after asking the database, as Koku does. Refuses a write."""
    if request["REQUEST_METHOD"] in ("GET", "HEAD"):
        status, body = answer(request["PATH_INFO"], CHECKS) if ask_database() else (424, b"{}")
        if status == 200 and request["PATH_INFO"].endswith("/application_types"):
            body = json.dumps(TYPES).encode()
    else:
        request["wsgi.input"].read()
        status, body = 400, json.dumps({"errors": "an understudy stores nothing"}).encode()
    start(f"{status} {PHRASES[status]}", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
