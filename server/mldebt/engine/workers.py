"""A supervised pool of processes for work that one file can ruin.

Each worker serves one pipe: a batch of tasks comes in, an answer for each goes
out. So the pool knows which task a worker was at when it died or hung: that
task is tried once more alone, then given up with a reason; the others of the
batch go to somebody else. Workers end within a second of the pool's process,
however that ended.

Not concurrent.futures: one killed worker breaks its whole pool, and its idle
workers outlive a killed parent.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from mldebt.typed import Any, NamedTuple

HANG_SECONDS = 60.0
# Of wall time for one task: a busy machine must not look like a hang. The limit
# on processor time (limits.py) ends a runaway file long before.
ATTEMPTS = 2

Start = Callable[[Any], Callable[[Any], bytes]]
"""Runs once in each worker: setup -> what answers one task."""


class Answer(NamedTuple):
    task: int
    """Index of the task."""
    data: bytes
    failure: str
    """Why there is no data, or ""."""


class Worker:
    """One process and what it has been given."""

    __slots__ = ("batch", "connection", "process", "since")

    def __init__(self, process: BaseProcess, connection: Connection) -> None:
        self.process, self.connection = process, connection
        self.batch: deque[int] = deque()
        self.since = 0.0


def answers(
    start: Start,
    setup: Any,
    tasks: Sequence[Any],
    batches: Sequence[Sequence[int]],
    processes: int,
    hang_seconds: float = HANG_SECONDS,
    method: str = "",
) -> Iterator[Answer]:
    """An answer for every task, as they come. `batches` holds indices into `tasks`, in the order to be started.

    `start`, `setup` and the tasks are pickled where processes are spawned.
    """
    context = multiprocessing.get_context(method or default_method())
    queue = deque(deque(batch) for batch in batches)
    attempts: dict[int, int] = {}
    workers: list[Worker] = []

    def more() -> Worker:
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, start, setup), daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()
        worker = Worker(process, ours)
        workers.append(worker)
        return worker

    def give(worker: Worker) -> None:
        while queue and not worker.batch:
            batch = queue.popleft()
            worker.batch, worker.since = batch, time.monotonic()
            try:
                worker.connection.send([(index, tasks[index]) for index in batch])
            except OSError:
                return  # it died; the loop will see that

    def lost(worker: Worker, why: str, final: bool) -> Iterator[Answer]:
        """Take a dead worker's batch back."""
        _end(worker)
        workers.remove(worker)
        if worker.batch:
            culprit = worker.batch.popleft()
            attempts[culprit] = attempts.get(culprit, 0) + 1
            if worker.batch:
                queue.append(worker.batch)
            if final or attempts[culprit] >= ATTEMPTS:
                yield Answer(culprit, b"", why)
            else:
                queue.append(deque([culprit]))
        if queue:
            give(more())

    try:
        for _ in range(min(processes, len(queue))):
            give(more())
        while any(worker.batch for worker in workers):
            ready = set(wait([worker.connection for worker in workers if worker.batch], timeout=1.0))
            for worker in tuple(workers):
                if worker.connection in ready:
                    try:
                        index, data, failure = worker.connection.recv()
                    except (EOFError, OSError):
                        worker.process.join(1)
                        yield from lost(worker, _how(worker.process.exitcode), False)
                        continue
                    worker.batch.remove(index)
                    worker.since = time.monotonic()
                    yield Answer(index, data, failure)
                    give(worker)
                elif worker.batch and time.monotonic() - worker.since > hang_seconds:
                    yield from lost(worker, f"analysis did not end within {hang_seconds:.0f} s", True)
    finally:
        for worker in workers:
            _end(worker)


def default_method() -> str:
    """Fork where it is safe: this process has one thread and the system's libraries do not mind."""
    safe = sys.platform == "linux" and threading.active_count() == 1
    return "fork" if safe else "spawn"


def _how(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        try:
            return f"analysis was ended by {signal.Signals(-exitcode).name}"
        except ValueError:
            return f"analysis was ended by signal {-exitcode}"
    return f"analysis ended its process (exit code {exitcode})"


def _end(worker: Worker) -> None:
    worker.connection.close()
    if worker.process.is_alive():
        worker.process.kill()
    worker.process.join(5)


def _serve(connection: Connection, start: Start, setup: Any) -> None:
    """What a worker does until its pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    gc.disable()
    answer = start(setup)
    gc.freeze()
    while True:
        try:
            batch = connection.recv()
        except (EOFError, OSError):
            return
        for index, task in batch:
            try:
                reply = (index, answer(task), "")
            except Exception as error:  # the file's fault or ours: either way the others go on
                reply = (index, b"", f"analysis failed ({type(error).__name__}: {error})")
            try:
                connection.send(reply)
            except OSError:
                return


def die_with_parent() -> None:
    """End this process soon after its parent has ended, even if it is busy."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
