"""Replaces any program: listens on all declared ports, and runs until it is told to stop."""

from __future__ import annotations

import signal
import sys
from collections.abc import Mapping

from .checks import Checks
from .declaration import own_workload
from .server import Page, serve


def main(pages: Mapping[str, Page] | None = None) -> None:
    """
    Runs in the foreground.

    :param pages: an application's own answers, at each of its ports
    """
    # The first process of a container ignores signals that it does not handle.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    checks = Checks(own_workload())
    for port in checks.workload.listens.values():
        serve(port, checks, pages)
    checks.keep_trying()
    while True:
        signal.pause()


if __name__ == "__main__":
    main()
