"""Configures gunicorn with Koku's variables and ports, so that it behaves as Koku does in a restart under load."""

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
    """Answers probes and Prometheus on another port, from the first process."""
    serve(CHECKS.workload.listens["metrics"], CHECKS)


def post_worker_init(_worker: object) -> None:
    """Reports what works, also where no probe asks. Not before the fork, which would copy a lock that a thread holds."""
    CHECKS.keep_trying()
