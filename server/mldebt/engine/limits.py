"""A limit on the processor time of one file's analysis, so that a busy machine changes no result.

Works in the main thread of a process and where the system has such timers; elsewhere
there is no limit here, and only the pool's own (workers.py) stands.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

FILE_SECONDS = 10.0
# A file of 5 MB takes 2 s; what takes longer than this is caught in a loop or a regular expression.


class OutOfTime(BaseException):
    """Not an Exception: a rule's own failure is caught nearer, this ends the file."""


@contextmanager
def processor_limit(seconds: float = FILE_SECONDS) -> Iterator[None]:
    """Raises OutOfTime within when more than `seconds` of user CPU are spent."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _expired)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _expired(number: int, frame: Any) -> None:
    raise OutOfTime
