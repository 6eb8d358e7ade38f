"""A proxy in front of the cache that drops connections and answers when a test wants it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

#: From here on no data passes on any open connection, as if the server vanished. New connections reach the server that
#: replaces it.
VANISH = b""

#: Closes the connection of this command after the answer.
CLOSE = b"close"


def command(buffer: bytes) -> tuple[list[bytes], bytes] | None:
    """The first command of a client, and the bytes after it; None while the command is incomplete."""
    head, separator, rest = buffer.partition(b"\r\n")
    if not separator:
        return None
    words = []
    for _ in range(int(head[1:])):
        size, separator, rest = rest.partition(b"\r\n")
        if not separator or len(rest) < int(size[1:]) + 2:
            return None
        words.append(rest[: int(size[1:])])
        rest = rest[int(size[1:]) + 2 :]
    return words, rest


class Proxy:
    """Listens on a port of the loopback interface, in its own thread."""

    def __init__(self, upstream: int) -> None:
        self.upstream = upstream
        self.port = 0
        #: While true, closes every new connection at once, as if the cache were away.
        self.refuse = False
        #: Gets each command, and returns `VANISH`, `CLOSE` or None.
        self.intercept: Callable[[list[bytes]], bytes | None] = lambda _: None
        self._writers: set[asyncio.StreamWriter] = set()
        self._silent: set[asyncio.StreamWriter] = set()
        self._closing: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        threading.Thread(target=self._run, args=(ready,), daemon=True).start()
        ready.wait()

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._client, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()

    def cut(self) -> None:
        """Closes all connections, as the kernel does for a killed server. Returns when that is done."""

        async def abort() -> None:
            for writer in list(self._writers):
                writer.transport.abort()

        asyncio.run_coroutine_threadsafe(abort(), self._loop).result()

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refuse:
            writer.transport.abort()
            return
        self._writers.add(writer)
        try:
            server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self.upstream)
            back = asyncio.create_task(self._back(server_reader, writer))
            await self._forth(reader, writer, server_writer)
            back.cancel()
            server_writer.close()
        except OSError:
            pass
        finally:
            self._writers.discard(writer)
            writer.transport.abort()

    async def _forth(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, server: asyncio.StreamWriter
    ) -> None:
        buffer = b""
        while data := await reader.read(65536):
            buffer += data
            while parsed := command(buffer):
                words, rest = parsed
                raw, buffer = buffer[: len(buffer) - len(rest)], rest
                answer = self.intercept(words)
                if answer == VANISH:
                    self._silent |= self._writers
                if answer == CLOSE:
                    self._closing.add(writer)
                if writer not in self._silent:
                    server.write(raw)

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            if writer not in self._silent:
                writer.write(data)
            if writer in self._closing:
                await writer.drain()
                writer.close()
        # A server that vanished closes nothing.
        if writer not in self._silent:
            writer.transport.abort()
