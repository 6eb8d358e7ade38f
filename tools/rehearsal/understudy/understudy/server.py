"""Answers on the declared ports: probes, and Prometheus."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .checks import Checks

#: Status and body in JSON for a request with some headers.
Page = Callable[[Mapping[str, str]], tuple[int, bytes]]

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


def page_of(path: str, pages: Mapping[str, Page]) -> Page | None:
    """The page of a path, or of one above it."""
    plain = path.split("?")[0]
    return next((page for own, page in pages.items() if plain == own or plain.startswith(f"{own}/")), None)


def serve(port: int, checks: Checks, pages: Mapping[str, Page] | None = None) -> None:
    """
    Listens in the background.

    :param pages: an application's own answers to GET, by their paths; each also answers below its path
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind = "application/json"
            if self.path == "/metrics":
                status, kind = 200, "text/plain; version=0.0.4"
                body = f"understudy_ready {0 if checks.failures() else 1}\n".encode()
            elif page := page_of(self.path, pages or {}):
                status, body = page(self.headers)
            else:
                status, body = answer(self.path, checks)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Probes come every few seconds, so they are not logged."""

    server = ThreadingHTTPServer(("", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
