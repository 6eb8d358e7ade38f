"""How gunicorn runs: the variables and ports are Koku's, so that a restart under load shows the same server."""

import os

from understudy.server import serve

from koku.wsgi import CHECKS

bind = f"0.0.0.0:{CHECKS.workload.listens['http']}"
workers = int(os.environ["GUNICORN_WORKERS"])
timeout = int(os.environ["TIMEOUT"])
graceful_timeout = int(os.environ["GRACEFUL_TIMEOUT"])
limit_request_field_size = 16380
worker_tmp_dir = "/tmp"
control_socket_disable = True


def when_ready(_server: object) -> None:
    """Answers probes and Prometheus on a port of its own, from the first process."""
    serve(CHECKS.workload.listens["metrics"], CHECKS)
