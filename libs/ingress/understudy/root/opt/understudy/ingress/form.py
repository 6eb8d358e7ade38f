"""Reads a form (multipart/form-data, RFC 7578) as it arrives, so that a large file is never in memory as a whole."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from typing import IO, Protocol

#: Bytes that are read at once, and that the header of one part may have.
CHUNK = 64 * 1024
LARGEST_HEADER = 16 * 1024


class BadForm(Exception):
    """The body is no form, or it ends too early."""


class Sink(Protocol):
    """Takes bytes."""

    def write(self, part: bytes, /) -> object: ...


class Body:
    """The body of a request: as many bytes as its header says."""

    def __init__(self, stream: IO[bytes], length: int) -> None:
        self._stream = stream
        self.left = length

    def read(self) -> bytes:
        """
        The next bytes.

        Raises BadForm at the end, and when the client is gone.
        """
        part = self._stream.read(min(CHUNK, self.left)) if self.left > 0 else b""
        if not part:
            raise BadForm("the body ends too early")
        self.left -= len(part)
        return part

    def skip(self) -> None:
        """Reads what is left, because the client gets no answer before it has sent everything."""
        try:
            while self.left > 0:
                self.read()
        except BadForm:
            pass


@dataclass(frozen=True)
class Part:
    """One part of a form."""

    name: str
    #: Empty without one.
    content_type: str
    content: IO[bytes]
    size: int


class Limited:
    """Takes a few bytes."""

    def __init__(self) -> None:
        self.content = b""

    def write(self, part: bytes, /) -> None:
        """Raises BadForm when there are too many."""
        self.content += part
        if len(self.content) > LARGEST_HEADER:
            raise BadForm("the header of a part is too long")


class Counted:
    """Counts what a file gets."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.size = 0

    def write(self, part: bytes, /) -> None:
        """Writes to the file."""
        self.size += self.file.write(part)


class Form:
    """A form under way."""

    def __init__(self, body: Body, content_type: str, in_memory: int) -> None:
        """Raises BadForm where the content type is not that of a form."""
        header = Message()
        header["Content-Type"] = content_type
        boundary = header.get_param("boundary")
        if header.get_content_type() != "multipart/form-data" or not isinstance(boundary, str):
            raise BadForm(f"the content type is {content_type or 'missing'}")
        self._body = body
        self._in_memory = in_memory
        self._mark = b"\r\n--" + boundary.encode("latin-1")
        # The first mark may stand at the beginning.
        self._buffer = b"\r\n"

    def _until(self, mark: bytes, sink: Sink) -> None:
        """Moves everything before a mark to a sink, and drops the mark."""
        kept = len(mark) - 1
        while (at := self._buffer.find(mark)) < 0:
            sink.write(self._buffer[:-kept])
            self._buffer = self._buffer[-kept:] + self._body.read()
        sink.write(self._buffer[:at])
        self._buffer = self._buffer[at + len(mark) :]

    def _is_over(self) -> bool:
        while len(self._buffer) < 2:
            self._buffer += self._body.read()
        return self._buffer.startswith(b"--")

    def parts(self) -> Iterator[Part]:
        """
        The parts, each in a file without a name, which is gone once it is closed.

        Raises BadForm.
        """
        self._until(self._mark, Limited())
        while not self._is_over():
            head = Limited()
            # The line of the mark ends, and a part without a header has an empty line at once.
            self._until(b"\r\n", Limited())
            self._buffer = b"\r\n" + self._buffer
            self._until(b"\r\n\r\n", head)
            header = BytesParser().parsebytes(head.content.strip() + b"\r\n\r\n", headersonly=True)
            file = tempfile.SpooledTemporaryFile(max_size=self._in_memory)
            try:
                counted = Counted(file)
                self._until(self._mark, counted)
            except BaseException:
                file.close()
                raise
            file.seek(0)
            name = header.get_param("name", header="content-disposition")
            yield Part(str(name or ""), header.get("content-type", ""), file, counted.size)
