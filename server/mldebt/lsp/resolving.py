"""Asks a process with jedi in it where a name is defined, and waits no longer than the user would.

The process goes on with a question that nobody waits for any more, so that the next one finds
it warm; one that does not come back is ended, and so is one that nobody has asked for a while.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any

from mldebt.engine import resolve
from mldebt.lsp.scanning import watch
from mldebt.text import LineIndex

if TYPE_CHECKING:
    from mldebt.lsp.session import Session

log = logging.getLogger("mldebt.lsp")

PATIENCE_SECONDS = 2.0
# A hover that comes later is not looked at any more. Of five questions to a cold process the first took 1.5 s.
LOST_SECONDS = 30.0
IDLE_SECONDS = 300.0
# jedi holds a hundred megabytes.
MAX_WAITING = 3

Places = tuple[resolve.Place, ...]


class Resolving:
    """The process, if there is one, and who waits for what."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._process: BaseProcess | None = None
        self._connection: Any = None
        self._sender: ThreadPoolExecutor | None = None
        self._unwatch: Callable[[], object] = lambda: None
        self._waiting: dict[int, asyncio.Future[Places]] = {}
        """Number of a question -> its answer."""
        self._n_asked = 0
        self._deadline: asyncio.TimerHandle | None = None
        self._is_there: bool | None = None
        session.at_exit.append(self.stop)

    async def places(self, text: str, root: str, path: str, offset: int) -> Places:
        """Where the name at an offset is defined; () where nobody knows, or not in time."""
        if self._is_there is None:
            self._is_there = resolve.is_there()
        if not self._is_there or len(self._waiting) >= MAX_WAITING:
            return ()
        self._n_asked += 1
        lines = LineIndex(text)
        line = lines.line_of(offset)
        question = resolve.Question(self._n_asked, root, path, text, line + 1, offset - lines.starts[line])
        answer = self._ask(question)
        done, _ = await asyncio.wait([answer], timeout=PATIENCE_SECONDS)
        return answer.result() if done else ()

    def _ask(self, question: resolve.Question) -> asyncio.Future[Places]:
        loop = self._session.loop
        assert loop is not None
        if self._process is None:
            context = multiprocessing.get_context("spawn")
            self._connection, theirs = context.Pipe()
            self._process = context.Process(target=resolve.serve, args=(theirs,), name="mldebt-resolve")
            self._process.start()
            theirs.close()
            self._unwatch = watch(loop, self._connection, self._readable)
            self._sender = ThreadPoolExecutor(1, "mldebt-resolve")
        answer = self._waiting[question.number] = loop.create_future()
        self._watch_time()
        # A long text does not fit into the pipe, and nobody reads it before the process has started.
        loop.run_in_executor(self._sender, _send, self._connection, question)
        return answer

    def _watch_time(self) -> None:
        """End the process if it says nothing from now on."""
        if self._deadline is not None:
            self._deadline.cancel()
        assert self._session.loop is not None
        if self._waiting:
            self._deadline = self._session.loop.call_later(
                LOST_SECONDS, self._end, f"jedi did not answer within {LOST_SECONDS:g} seconds"
            )
        else:
            self._deadline = self._session.loop.call_later(IDLE_SECONDS, self._end, "")

    def _readable(self) -> None:
        try:
            if not self._connection.poll():
                return
            answer: resolve.Answer = self._connection.recv()
        except (EOFError, OSError):
            self._end("the process that resolves names ended by itself")
            return
        if answer.trouble:
            log.info("jedi: %s", answer.trouble)
        waiting = self._waiting.pop(answer.number, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer.places)
        self._watch_time()

    def _end(self, why: str) -> None:
        """No process any more, and no answer to what was asked."""
        if why:
            log.warning("%s; it was ended", why)
        if self._deadline is not None:
            self._deadline.cancel()
        self._unwatch()
        self.stop()
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_result(())
        self._waiting.clear()

    def stop(self) -> None:
        if self._process is not None:
            if self._process.is_alive():
                self._process.kill()
            self._connection.close()
            self._process = None
        if self._sender is not None:
            self._sender.shutdown(wait=False)
            self._sender = None


def _send(connection: Any, question: resolve.Question) -> None:
    """In a thread. Who cannot be sent anything has ended, and that is seen elsewhere."""
    with contextlib.suppress(OSError, ValueError):
        connection.send(question)
