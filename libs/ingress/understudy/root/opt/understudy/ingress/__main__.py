"""Runs in the foreground until it is told to stop."""

from __future__ import annotations

import os
import signal
import threading

from understudy.checks import Checks
from understudy.declaration import own_workload

from .metrics import Metrics
from .server import serve_metrics, serve_uploads
from .settings import Settings
from .uploads import Uploads


def end_at_once(*_: object) -> None:
    """The real ingress handles no SIGTERM: uploads under way and announcements that wait in memory are lost."""
    os._exit(143)


def main() -> None:
    """Listens on both ports."""
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, end_at_once)
    signal.signal(signal.SIGINT, lambda *_: stopped.set())
    settings = Settings.of(os.environ)
    metrics = Metrics()
    # The clients of S3 and Kafka take long to load on a small share of a core, so they load while probes are answered.
    uploads = Uploads(settings, metrics)
    serve_metrics(settings.metrics_port, metrics)
    server = serve_uploads(settings, uploads, metrics)
    # Its log says what works. No probe asks for it.
    Checks(own_workload()).keep_trying()
    stopped.wait()
    # On SIGINT it finishes the uploads under way. What waits for Kafka is lost then, too.
    server.finish()
    os._exit(0)


if __name__ == "__main__":
    main()
