"""The loop of a session: read what has arrived, handle it, then let the work begin.

Reads on the event loop where the system can watch the pipe, so a keystroke
crosses no thread; elsewhere (Windows, a file as stdin) a thread reads.
"""

from __future__ import annotations

import select
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from mldebt.lsp.dispatch import Dispatcher, State
from mldebt.lsp.transport import READ_BYTES, Framer, Link

if TYPE_CHECKING:
    import asyncio

MAX_DRAIN_SECONDS = 0.1
# Somebody who sends without a pause still gets diagnostics this often. A burst of
# 100 edits is drained in 3 ms, a held-down key (30 a second) never comes near.


class Pump:
    def __init__(
        self, link: Link, dispatcher: Dispatcher, drained: Callable[[], None], ended: Callable[[], None]
    ) -> None:
        """`drained` is called when nothing more waits to be read; `ended` when the client has closed its side."""
        self._link = link
        self._framer = Framer()
        self._dispatcher = dispatcher
        self._drained = drained
        self._ended = ended
        self._read_by_thread: deque[bytes] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wait = _readiness(link.read_fd)
        self._over = False

    def until_initialized(self) -> None:
        """Serve alone, without an event loop, up to the answer to `initialize`: nothing heavy is loaded yet."""
        while self._dispatcher.state is State.NEW:
            if self._wait is not None:
                self._wait(None)
            self._take(self._link.read(READ_BYTES))
            while self._dispatcher.busy and self._dispatcher.state is State.NEW:
                self._dispatcher.step()
            if self._over and not self._dispatcher.busy:
                self._ended()

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Serve on this event loop from here on."""
        self._loop = loop
        try:
            loop.add_reader(self._link.read_fd, self.run)
        except (NotImplementedError, OSError, ValueError):
            self._read_by_thread = deque()
            threading.Thread(target=self._read, name="mldebt-reader", daemon=True).start()
        loop.call_soon(self.run)

    def _read(self) -> None:
        data = b"."
        assert self._read_by_thread is not None and self._loop is not None
        while data:
            try:
                data = self._link.read(READ_BYTES)
            except OSError:
                data = b""
            self._read_by_thread.append(data)
            self._loop.call_soon_threadsafe(self.run)

    def _take(self, data: bytes) -> None:
        if not data:
            self._over = True
        self._dispatcher.enqueue(self._framer.feed(data))

    def waits(self) -> bool:
        """Whether something has arrived that nobody has read."""
        if self._read_by_thread is not None:
            return bool(self._read_by_thread)
        return self._wait is not None and bool(self._wait(0))

    def _take_all(self) -> None:
        if self._read_by_thread is not None:
            while self._read_by_thread:
                self._take(self._read_by_thread.popleft())
        elif self._wait is not None:
            while not self._over and self._wait(0):
                try:
                    self._take(self._link.read(READ_BYTES))
                except BlockingIOError:
                    return
                except OSError:
                    self._take(b"")

    def run(self) -> None:
        """Handle everything that has arrived, cancellations ahead of what they cancel."""
        began = time.monotonic()
        while True:
            self._take_all()
            if not self._dispatcher.busy:
                if self._over:
                    self._ended()
                break
            self._dispatcher.step()
            if time.monotonic() - began > MAX_DRAIN_SECONDS:
                assert self._loop is not None
                self._loop.call_soon(self.run)
                break
        self._drained()


def _readiness(fd: int) -> Callable[[float | None], object] | None:
    """A function that waits until `fd` can be read, at most that many milliseconds; None where pipes cannot be asked."""
    if not hasattr(select, "poll"):
        return None
    poller = select.poll()
    poller.register(fd, select.POLLIN | select.POLLHUP)
    return poller.poll
