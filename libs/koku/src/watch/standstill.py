"""Ends a process whose main loop stands still while the cache answers. Runs in a thread, so it does not need the loop."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable

from kombu.utils.url import parse_url

LOG = logging.getLogger("standstill")

#: Seconds between two checks.
EVERY = 5

#: Seconds for which the loop may be late while the cache answers. Then the process ends, and the kubelet restarts it.
LATE = 90

#: Seconds to wait for an answer of the cache.
PATIENCE = 3

#: The exit code, EX_SOFTWARE of sysexits.h.
CODE = 70


def answers(url: str) -> bool:
    """Whether the cache answers a new connection. A refusal because of the missing password is an answer."""
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
    Checks for ever, and ends the process when its loop is late. Ends none while the cache is away, because then every loop
    waits for the cache.

    :param url: the cache's address
    :param due: when, in seconds of `time.monotonic`, the next round of the loop is due
    :param busy: whether the process does work that must not be lost
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
            LOG.critical("the loop is %.0f seconds late while the cache answers: ending the process", late)
            logging.shutdown()
            os._exit(CODE)


def start_guard(url: str, due: Callable[[], float], busy: Callable[[], bool] = lambda: False) -> None:
    """Starts the guard in its own thread."""
    threading.Thread(target=guard, args=(url, due, busy), daemon=True).start()
