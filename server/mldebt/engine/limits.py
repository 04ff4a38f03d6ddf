"""A limit on the processor time of one file's analysis, so that a busy machine changes no result;
and a way out of work that can be done later.

Works in the main thread of a process and where the system has such timers; elsewhere
there is no limit here, and only the pool's own (workers.py) stands.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mldebt.typed import Any

FILE_SECONDS = 10.0
# A file of 5 MB takes 2 s; what takes longer than this is caught in a loop or a regular expression.


class OutOfTime(BaseException):
    """Not an Exception: a rule's own failure is caught nearer, this ends the file."""


@contextmanager
def processor_limit(seconds: float = FILE_SECONDS) -> Iterator[None]:
    """Raises OutOfTime within when more than `seconds` of user CPU are spent."""
    try:
        before = signal.signal(signal.SIGVTALRM, _expired)
    except (AttributeError, ValueError):  # no such signal on this system; not the main thread
        yield
        return
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


class Alarm:
    """`processor_limit` for a process that sets it with every keystroke: 2 us instead of 12.

    The signal's handler stays when first set. Does nothing where the other does nothing.
    """

    __slots__ = ("_armed", "_ready")

    def __init__(self) -> None:
        self._ready: bool | None = None
        self._armed = False

    def start(self, seconds: float) -> None:
        if self._ready is None:
            self._ready = _handled("SIGVTALRM", _expired)
        # Set within another one, it is that one's time that counts.
        if self._ready and not self._armed:
            self._armed = True
            signal.setitimer(signal.ITIMER_VIRTUAL, seconds)

    def stop(self) -> None:
        if self._armed:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            self._armed = False


def _expired(number: int, frame: Any) -> None:
    raise OutOfTime


def _handled(name: str, handler: Callable[[int, Any], None]) -> bool:
    """Give a timer's signal its handler; whether that can be."""
    try:
        signal.signal(getattr(signal, name), handler)
    except (AttributeError, ValueError):  # no such signal on this system; not the main thread
        return False
    return True


LOOK_SECONDS = 0.005
# How often work is interrupted to see whether something waits: a key is held up by no more than that.


class Interrupted(BaseException):
    """Somebody waits. Not an Exception, for the same reason as OutOfTime."""


class Impatience:
    """Raises Interrupted between `start` and the end of `stop` once `waits` says that somebody does.

    Anywhere in there, so only for work of which nothing half done is kept. Does nothing where there are no timers.
    """

    __slots__ = ("_armed", "_ready", "_waits")

    def __init__(self, waits: Callable[[], bool]) -> None:
        self._waits = waits
        self._armed = False
        self._ready = _handled("SIGALRM", self._look)

    def start(self) -> None:
        if self._ready:
            self._armed = True
            signal.setitimer(signal.ITIMER_REAL, LOOK_SECONDS, LOOK_SECONDS)

    def stop(self) -> None:
        # A signal may still be on its way when the timer has stopped.
        self._armed = False
        if self._ready:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _look(self, number: int, frame: Any) -> None:
        # Once only: a second one could meet whoever handles the first. One that is lost, in a destructor,
        # leaves the step uninterrupted.
        if self._armed and self._waits():
            self._armed = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            raise Interrupted
