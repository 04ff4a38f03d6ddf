"""Bytes in, messages out, and back: framing, the guarded stdout, and a writer that never waits.

Knows JSON and the base protocol's headers; nothing of methods or documents.
Standard library only, and little of it: this is loaded before `initialize` is
answered.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import stat
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

READ_BYTES = 1 << 16
MAX_MESSAGE_BYTES = 1 << 28
# 256 MB. A larger length is a broken header: waiting for that many bytes would
# hang the session, and no editor sends such a document.
MAX_HEADER_BYTES = 1 << 16
PIPE_BYTES = 1 << 20
# What Linux grants anyone. A thousand diagnostics are half of it; through the usual 64 kB they
# would go in pieces, each of which waits for the client to be scheduled.

_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*(\d{1,10})[ \t]*\r?\n", re.IGNORECASE)
_decode = json.JSONDecoder().raw_decode


class Malformed(NamedTuple):
    """Stands in a stream of messages where something was not one; `reason` is for the log."""

    reason: str


class Framer:
    """Cuts a byte stream into JSON values, and finds its way back after bytes that are none.

    Headers may be in any case, end in LF alone, be repeated, or stand behind
    garbage. A body announced too long is noticed by the header inside it, which
    JSON could hold only with its line ends escaped.
    """

    __slots__ = ("_buffer", "_wanted")

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._wanted = -1
        """Length of the body that comes next, or -1 while its header is not complete."""

    def feed(self, data: bytes) -> Iterator[Any]:
        """The JSON values, and `Malformed` ones, that are complete with `data`."""
        buffer = self._buffer
        seen = len(buffer)
        buffer += data
        while True:
            if self._wanted < 0:
                end = _HEADERS_END.search(buffer)
                if end is None:
                    if len(buffer) > MAX_HEADER_BYTES:
                        del buffer[: -len("content-length: 1234567890\r\n\r")]
                        yield Malformed("bytes without a header")
                    return
                lengths = _LENGTH.findall(buffer, 0, end.end())
                del buffer[: end.end()]
                seen = 0
                if not lengths or int(lengths[-1]) > MAX_MESSAGE_BYTES:
                    yield Malformed("a header without a usable Content-Length")
                    continue
                self._wanted = int(lengths[-1])
            size = self._wanted
            if len(buffer) < size:
                # Compact JSON has no line end, so a large document is not searched in vain.
                if buffer.find(b"\n", seen) < 0:
                    return
                following = _LENGTH.search(buffer, max(0, seen - len("content-length: 1234567890\r\n")))
                if following is None:
                    return
                size = following.start()
            body = bytes(buffer[:size])
            del buffer[:size]
            self._wanted, seen = -1, 0
            try:
                text = body.decode("utf-8")
                value, at = _decode(text)
            except (ValueError, RecursionError) as error:
                yield Malformed(f"a body that is not JSON: {error}")
            else:
                rest = text[at:].strip()
                if rest:
                    buffer[:0] = rest.encode()
                yield value


def framed(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def encoded(message: Any) -> bytes:
    """A message as it goes over the wire. ASCII only, so lone surrogates are no trouble."""
    return framed(json.dumps(message, separators=(",", ":")).encode("ascii"))


class Link(NamedTuple):
    """Both directions of one connection."""

    read: Callable[[int], bytes]
    """At most this many bytes, waiting for the first; b"" at the end."""
    write: Callable[[bytes], int]
    """How many bytes were taken. May raise BlockingIOError if `nonblocking`."""
    read_fd: int
    write_fd: int
    nonblocking: bool


def stdio() -> Link:
    """The process's own stdin and stdout, taken out of reach of everybody else.

    From here on fd 0 is empty and fd 1 is stderr, for this process, its libraries
    and its children: a stray `print` lands in the log instead of the protocol.
    """
    read_fd, write_fd = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    try:
        os.dup2(2, 1)
    except OSError:
        os.dup2(null, 1)
        os.dup2(null, 2)
    os.close(null)
    nonblocking = _nonblocking(write_fd)
    return Link(
        lambda size: os.read(read_fd, size),
        lambda data: os.write(write_fd, data),
        read_fd,
        write_fd,
        nonblocking,
    )


def _nonblocking(fd: int) -> bool:
    """Make a pipe or socket non-blocking. Not a terminal: its flags belong to the shell as well."""
    mode = os.fstat(fd).st_mode
    if sys.platform == "win32" or not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        return False
    os.set_blocking(fd, False)
    if stat.S_ISFIFO(mode) and sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    return True


def accept_one(port: int) -> Link:
    """Wait for one client on this loopback port, for debugging; port 0 takes a free one and names it on stderr."""
    import socket

    with socket.create_server(("127.0.0.1", port)) as server:
        sys.stderr.write(f"mldebt-lsp: listening on 127.0.0.1:{server.getsockname()[1]}\n")
        sys.stderr.flush()
        client, _ = server.accept()
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # A timeout would make both directions non-blocking; writing in its own thread is enough here.
    return Link(client.recv, client.send, client.fileno(), client.fileno(), nonblocking=False)


class Outbox:
    """What goes to the client, in order, without ever waiting for it.

    A client that does not read leaves entries here. An entry with a key takes the
    place of the one of that key still waiting, so what piles up is one publish a
    document and the answers the client itself asked for. Written at once where the
    pipe takes it, else by a thread that is started when first needed.
    """

    def __init__(self, link: Link, broken: Callable[[], None] = lambda: None) -> None:
        self._link = link
        self._broken = broken
        self._waiting: deque[list[Any]] = deque()
        """[key, bytes] pairs; the key is cleared once its bytes are being written."""
        self._by_key: dict[str, list[Any]] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    def send(self, data: bytes, key: str = "") -> None:
        """Queue one whole framed message."""
        with self._changed:
            if self._closed:
                return
            if not self._waiting and self._link.nonblocking:
                data = self._try(data)
                if not data:
                    return
                key = ""  # Its beginning is written: nothing may replace the rest.
            older = self._by_key.get(key) if key else None
            if older is not None:
                older[1] = data
                return
            entry = [key, data]
            self._waiting.append(entry)
            if key:
                self._by_key[key] = entry
            if self._thread is None:
                self._thread = threading.Thread(target=self._drain, name="mldebt-writer", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def _try(self, data: bytes) -> bytes:
        """What the pipe did not take of `data`."""
        try:
            taken = self._link.write(data)
            return b"" if taken == len(data) else data[taken:]
        except BlockingIOError:
            return data
        except OSError:
            self._fail()
            return b""

    def _drain(self) -> None:
        while True:
            with self._changed:
                while not self._waiting:
                    self._changed.wait()
                entry = self._waiting[0]
                key, data = entry
                if self._by_key.get(key) is entry:
                    del self._by_key[key]
                entry[0] = ""
            try:
                while data:
                    if self._link.nonblocking:
                        select.select((), (self._link.write_fd,), ())
                    try:
                        data = data[self._link.write(data) :]
                    except BlockingIOError:
                        continue
            except (OSError, ValueError):
                with self._changed:
                    self._fail()
                return
            with self._changed:
                self._waiting.popleft()
                self._changed.notify_all()

    def _fail(self) -> None:
        self._closed = True
        self._waiting.clear()
        self._by_key.clear()
        self._changed.notify_all()
        self._broken()

    @property
    def waiting(self) -> int:
        """Bytes the client has not taken yet."""
        with self._changed:
            return sum(len(data) for _, data in self._waiting)

    def flush(self, seconds: float) -> bool:
        """Wait until everything is written, at most this long."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting, seconds)
