"""Replaces the three programs of Kruize that our manifests start."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from urllib.parse import parse_qsl

import psycopg2

from understudy.__main__ import main as play
from understudy.server import Page

#: Kruize makes its tables and partitions itself, so its user must be able to.
CHANGE = "create table understudy_partition (day date); drop table understudy_partition"

#: A second apart.
ATTEMPTS = 30

#: It keeps nothing, so every list is empty.
PAGES: dict[str, Page] = {
    "/health": lambda _: (200, b'{"status": "UP"}'),
    "/listExperiments": lambda _: (200, b"[]"),
    "/listPerformanceProfiles": lambda _: (200, b"[]"),
}


def change_schema() -> None:
    """
    Logs in and changes the schema. Settings of TLS follow the database's name, because Kruize's driver reads them there.

    Raises SystemExit without a connection after as many attempts as the real one makes.
    """
    e = os.environ
    e["database_name"], _, query = e["database_name"].partition("?")
    for attempt in range(ATTEMPTS):
        try:
            with (
                psycopg2.connect(
                    host=e["database_hostname"],
                    port=e["database_port"],
                    dbname=e["database_name"],
                    user=e["database_username"],
                    password=e["database_password"],
                    connect_timeout=10,
                    **dict(parse_qsl(query)),
                ) as connection,
                connection.cursor() as cursor,
            ):
                cursor.execute(CHANGE)
            return
        except psycopg2.OperationalError as error:
            print(f"kruize: {error}", file=sys.stderr, flush=True)
            if attempt == ATTEMPTS - 1:
                sys.exit(1)
            time.sleep(1)
        except psycopg2.Error as error:
            sys.exit(f"kruize: {error}")


def serve() -> None:
    """The server, which answers once it has changed the schema."""
    change_schema()
    play(PAGES)


PROGRAMS: dict[str, Callable[[], None]] = {
    "Autotune": serve,
    "CreatePartition": change_schema,
    "RetentionPartition": change_schema,
}

if __name__ == "__main__":
    # A Job that is told to stop ends at once.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    PROGRAMS[sys.argv[1]]()
