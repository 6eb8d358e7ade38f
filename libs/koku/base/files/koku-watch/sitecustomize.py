"""
Lets every process of Koku notice that a server vanished without closing its connections.

Python imports a module of this name at the start of each process that has its folder on `PYTHONPATH`. A server whose node
is lost sends neither FIN nor RST. A client that reads then waits for ever, and one that has written gives up after the
kernel's 15 retries, about 15 minutes. Koku fetches uploads with `requests` and no time-out, and kombu switches off the
time-outs of redis-py. So this module sets a limit on the sockets themselves: the kernel ends a connection with
`ETIMEDOUT` when the other side has been silent for that long, whether the process reads or writes. A slow server is not
silent, because its kernel confirms what arrives.

libpq and librdkafka open their sockets without Python. `pg_service.conf` beside this file sets the limit of libpq, and
librdkafka has time-outs for its requests.
"""

import socket

#: Milliseconds of silence after which the kernel ends a connection. The pods' sysctls start keepalive after 30 seconds.
SILENCE = 60_000


def ends_when_silent(connect):
    """Returns a `connect` that first sets the limit."""

    def connect_with_limit(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and self.type == socket.SOCK_STREAM:
            self.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            self.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SILENCE)
        return connect(self, address)

    return connect_with_limit


socket.socket.connect = ends_when_silent(socket.socket.connect)
socket.socket.connect_ex = ends_when_silent(socket.socket.connect_ex)
