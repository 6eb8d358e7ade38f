"""
Prints what boto3 sends to an object store: a JSON object with the headers of each call that Koku makes.

The store is a server of this program that answers every request with 200, over TLS if a certificate is given: over TLS boto3
sends checksums in trailers. All else comes from the environment, as in a pod.
Usage: recorder.py [CERTIFICATE KEY]. In a rehearsal it is appended to kafka.py, and runs without a certificate.
"""

import http.server
import io
import json
import os
import ssl
import sys
import threading

import boto3

recorded: list[dict[str, str]] = []


class Store(http.server.BaseHTTPRequestHandler):
    """Records headers, and answers as a store that has whatever is asked for."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        """Reads the body, whose parts have lengths if it has a trailer."""
        recorded.append({name.lower(): value for name, value in self.headers.items()})
        if self.headers.get("Transfer-Encoding") == "chunked":
            while length := int(self.rfile.readline(), 16):
                self.rfile.read(length + 2)
            self.rfile.readline()
        else:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = answer

    def log_message(self, *_: object) -> None:
        """Keeps the output to the result."""


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Store)
scheme = "http"
if len(sys.argv) > 1:
    scheme = "https"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    os.environ["AWS_CA_BUNDLE"] = sys.argv[1]
threading.Thread(target=server.serve_forever, daemon=True).start()

client = boto3.client(
    "s3",
    endpoint_url=f"{scheme}://localhost:{server.server_port}",
    region_name=os.environ.get("S3_REGION", "us-east-1"),
    aws_access_key_id="key",
    aws_secret_access_key="secret",
)
calls = {
    "put_object": lambda: client.put_object(Bucket="bucket", Key="key", Body=b"body"),
    "upload_fileobj": lambda: client.upload_fileobj(io.BytesIO(b"body"), "bucket", "key"),
    "get_object": lambda: client.get_object(Bucket="bucket", Key="key")["Body"].read(),
}
result = {}
for name, call in calls.items():
    recorded.clear()
    call()
    result[name] = recorded[-1]
print(json.dumps(result))
