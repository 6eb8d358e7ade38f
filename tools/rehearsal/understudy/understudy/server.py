"""Answers on the declared ports: probes, and Prometheus."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .checks import Checks

#: Koku's status while it is not ready; any other than 2xx and 3xx would work as well.
NOT_READY = 424


def answer(path: str, checks: Checks) -> tuple[int, bytes]:
    """
    Status and body for a path. Where only a readiness probe asks, the checks decide. A path that a liveness probe asks
    answers for as long as the process works, or an outage of a server would restart its clients.
    """
    if path.split("?")[0] in checks.workload.readiness:
        failures = checks.failures()
        return NOT_READY if failures else 200, json.dumps(failures).encode()
    return 200, b"{}"


def serve(port: int, checks: Checks) -> None:
    """Listens in the background."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/metrics":
                status, kind = 200, "text/plain; version=0.0.4"
                body = f"understudy_ready {0 if checks.failures() else 1}\n".encode()
            else:
                status, body = answer(self.path, checks)
                kind = "application/json"
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Probes come every few seconds, so they are not logged."""

    server = ThreadingHTTPServer(("", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
