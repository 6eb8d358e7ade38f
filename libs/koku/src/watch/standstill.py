"""Ends a process whose main loop stands still while the cache answers to others. Uses a thread, so no loop is needed."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable

from kombu.utils.url import parse_url

LOG = logging.getLogger("standstill")

#: Seconds between two looks.
EVERY = 5

#: Seconds for which the loop may be late while the cache answers. The kubelet starts the process anew then.
LATE = 90

#: Seconds that the cache has for an answer.
PATIENCE = 3

#: The exit code, EX_SOFTWARE of sysexits.h.
CODE = 70


def answers(url: str) -> bool:
    """Whether the cache serves others: it refuses a question without a password, but it answers."""
    parts = parse_url(url)
    try:
        with socket.create_connection((parts["hostname"], parts["port"] or 6379), PATIENCE) as connection:
            if parts["transport"] == "rediss":
                return True
            connection.settimeout(PATIENCE)
            connection.sendall(b"*1\r\n$4\r\nPING\r\n")
            return connection.recv(64).startswith((b"+PONG", b"-NOAUTH"))
    except OSError:
        return False


def guard(url: str, due: Callable[[], float], busy: Callable[[], bool]) -> None:
    """
    Looks for ever, and ends the process when its loop is late. An outage of the cache ends none, because every loop may
    wait for the cache.

    :param url: the cache's
    :param due: when, in seconds of `time.monotonic`, the loop should have come round again
    :param busy: whether the process is in the middle of work that must not be lost
    """
    served_since: float | None = None
    while True:
        time.sleep(EVERY)
        now = time.monotonic()
        if not answers(url):
            served_since = None
            continue
        served_since = served_since or now
        late = now - max(due(), served_since)
        if late > LATE and not busy():
            LOG.critical("the loop is late by %.0f seconds while the cache answers: the process ends", late)
            logging.shutdown()
            os._exit(CODE)


def start_guard(url: str, due: Callable[[], float], busy: Callable[[], bool] = lambda: False) -> None:
    """Looks from a thread of its own."""
    threading.Thread(target=guard, args=(url, due, busy), daemon=True).start()
