"""The two ports: uploads, and Prometheus."""

from __future__ import annotations

import itertools
import json
import secrets
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .form import BadForm, Body, Form, Part
from .metrics import Metrics
from .request import Refusal, Sender, refuse_too_large, sender_of, service_of
from .settings import Settings
from .uploads import Uploads

PREFIXES = ("/api/ingress/v1", "/r/insights/platform/ingress/v1")
UPLOAD_PATHS = frozenset(f"{prefix}/upload" for prefix in PREFIXES)
VERSION_PATHS = frozenset(f"{prefix}/version" for prefix in PREFIXES)

PLAIN = "text/plain; charset=utf-8"

#: What the real ingress answers to probes, whether its servers answer or not. So uploads are taken while Kafka is away.
ALIVE = b"lubdub"

#: Seconds that a connection may be silent.
SILENCE = 120


class Server(ThreadingHTTPServer):
    """A thread for each connection."""

    request_queue_size = 128
    daemon_threads = False
    block_on_close = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Reports nothing: a client may leave before it has its answer."""

    def finish(self) -> None:
        """Takes no new connection, and waits for the uploads under way."""
        self.shutdown()
        self.server_close()


class Answering(BaseHTTPRequestHandler):
    """Writes answers."""

    protocol_version = "HTTP/1.1"
    timeout = SILENCE

    def answer(self, status: int, body: bytes = b"", kind: str = PLAIN, request: str = "") -> None:
        """Answers. The name of a request is a header of its answer."""
        self.send_response(status)
        if request:
            self.send_header("X-Rh-Insights-Request-Id", request)
        if body:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Probes come every few seconds, so they are not logged."""


def serve_metrics(port: int, metrics: Metrics) -> None:
    """Listens in the background."""

    class Handler(Answering):
        def do_GET(self) -> None:
            if self.path == "/metrics":
                self.answer(200, metrics.text().encode() or b"\n", "text/plain; version=0.0.4")
            elif self.path == "/":
                self.answer(200, ALIVE)
            else:
                self.answer(404)

    server = ThreadingHTTPServer(("", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def serve_uploads(settings: Settings, uploads: Uploads, metrics: Metrics) -> Server:
    """Listens in the background."""
    numbers = itertools.count(1)
    # A request without a name of its own is called <pod>/<number>.
    prefix = f"{socket.gethostname()}/{secrets.token_urlsafe(8)}"

    class Handler(Answering):
        def do_GET(self) -> None:
            if self.path in VERSION_PATHS:
                self.answer(200, b'{"version": "understudy", "commit": ""}', "application/json")
            elif self.path == "/":
                self.answer(200, ALIVE)
            else:
                self.answer(404)

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not length.isdigit():
                self.close_connection = True
                return self.answer(411)
            body = Body(self.rfile, int(length))
            if self.path.split("?")[0] not in UPLOAD_PATHS:
                body.skip()
                return self.answer(404)
            agent = self.headers.get("User-Agent", "")
            # An operator is one client, whatever its version.
            agent = agent.split("/")[0] if "-operator" in agent else agent
            request = self.headers.get("X-Rh-Insights-Request-Id") or f"{prefix}-{next(numbers):06}"
            said: dict[str, object] = {"request_id": request}
            try:
                sender = sender_of(self.headers.get("X-Rh-Identity"))
                metrics.add("ingress_requests", useragent=agent)
                said |= {"org_id": sender.organisation} | self._upload(request, sender, body)
                status = 202
                named = {"account_number": sender.account, "org_id": sender.organisation}
                upload = {name: value for name, value in named.items() if value}
                answer = json.dumps({"request_id": request, "upload": upload}).encode()
                kind = "application/json"
            except Refusal as refusal:
                status, answer, kind = refusal.status, refusal.sentence.encode(), PLAIN
            body.skip()
            metrics.add("ingress_responses", useragent=agent, code=str(status))
            print(json.dumps(said | {"status": status}), flush=True)
            return self.answer(status, answer, kind, request)

        def _upload(self, request: str, sender: Sender, body: Body) -> dict[str, object]:
            """Raises Refusal."""
            parts: dict[str, Part] = {}
            try:
                for part in Form(body, self.headers.get("Content-Type", ""), settings.in_memory).parts():
                    # The first of a name counts.
                    if part.name in parts:
                        part.content.close()
                    else:
                        parts[part.name] = part
                file = parts.get("file") or parts.get("upload")
                if not file:
                    raise BadForm("neither file nor upload is there")
                service = service_of(file.content_type, settings.upload_types)
                refuse_too_large(file.size, service, settings)
                metadata = parts["metadata"].content.read() if "metadata" in parts else None
                uploads.take(request, sender, service, file, metadata)
                return {"service": service.name, "size": file.size}
            except BadForm as error:
                raise Refusal(400, "File or upload field not found") from error
            finally:
                for part in parts.values():
                    part.content.close()

    server = Server(("", settings.web_port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
