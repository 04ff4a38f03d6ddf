"""The analyses of open documents: what a keystroke can have at once, and the whole of it in a pause.

A whole report is made step by step, so that a key pressed meanwhile waits for one step at
most, and where the system has timers not even for that. What does not end is given up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mldebt.lsp.documents import Open
from mldebt.lsp.session import Session

if TYPE_CHECKING:
    from mldebt.engine.limits import Alarm, Impatience
    from mldebt.engine.live import Live, Now
    from mldebt.rule import Report

TYPED_CHARACTERS = 100
# What changes more at once was pasted, undone or formatted, not typed: nobody is in the middle of a word.

PAUSE_SECONDS = 0.1
MAX_PAUSE_SECONDS = 1.0
# Silence before the slow part of an analysis: at least the gap between two keys of
# a fast typist, and twice what it took last, so that it rarely meets the next key.

MAX_INTERRUPTIONS = 3
# Of one report. Whoever moves the mouse asks without a pause, and is to see the findings all the same.

RULE_SECONDS = 5.0
# Of processor time for what one rule has to say, or all of a keystroke's. The slowest rule takes 0.5 s
# for the largest text we look at; what takes ten times that is caught in a loop.


class Analyses:
    def __init__(
        self, session: Session, finished: Callable[[Open], None], failed: Callable[[Open], None]
    ) -> None:
        """`finished` is told of each whole report made in a pause; `failed` while an exception is being handled."""
        self._session = session
        self._told_finished, self._told_failed = finished, failed
        self._unfinished: dict[int, Unfinished] = {}
        self._working: Any = None

    def live(self, document: Open) -> Live | None:
        return document.live(self._session.project_of(document).config_for(document.path))

    def now(self, document: Open, live: Live) -> Now:
        """What a keystroke can have. Raises Endless."""
        from mldebt.engine.limits import OutOfTime

        try:
            self._alarm.start(RULE_SECONDS)
            return live.now()
        except OutOfTime:
            raise self._given_up(document, live) from None
        finally:
            self._alarm.stop()

    def step(self, unfinished: Unfinished, live: Live | None, patient: bool = True) -> bool:
        """The same for a step of a whole report; without patience it makes way for a message that arrives."""
        from mldebt.engine.limits import Interrupted, OutOfTime

        try:
            self._alarm.start(RULE_SECONDS)
            if patient or live is None or not live.ready or unfinished.interruptions >= MAX_INTERRUPTIONS:
                return unfinished.step(live)
            try:
                self._impatience.start()
                return unfinished.step(live)
            finally:
                self._impatience.stop()
        except Interrupted:
            unfinished.interrupted(live)
            return False
        except OutOfTime:
            raise self._given_up(unfinished.document, live) from None
        finally:
            self._alarm.stop()

    def drop(self, document: Open) -> None:
        """Nobody waits for its report any more."""
        self._unfinished.pop(id(document), None)

    @cached_property
    def _impatience(self) -> Impatience:
        from mldebt.engine.limits import Impatience

        return Impatience(self._session.message_waits)

    @cached_property
    def _alarm(self) -> Alarm:
        from mldebt.engine.limits import Alarm

        return Alarm()

    def _given_up(self, document: Open, live: Live | None) -> Endless:
        """An analysis does not end: the rule at fault is asked no more about this document, which is begun anew."""
        rule = live.at if live is not None else ""
        if rule:
            document.endless |= {rule}
        else:
            document.careful = True
        document.forget()
        document.waits = True
        self.soon(document)
        return Endless(f"{f'rule {rule}' if rule else 'a rule'} does not end here and is left out")

    def whole(self, document: Open) -> None:
        """Complete the analysis of a document now."""
        live = self.live(document)
        if document.report is None and live is not None:
            unfinished = self._unfinished.pop(id(document), None) or Unfinished(document, 0.0, 0.0)
            while not self.step(unfinished, live):
                pass

    def soon(self, document: Open) -> None:
        """Complete the analysis of a document, in a pause."""
        known = self._unfinished.pop(id(document), None)
        took = known.took if known is not None else document.seconds
        pause = min(MAX_PAUSE_SECONDS, max(PAUSE_SECONDS, 2 * took))
        if document.waits or document.edited > TYPED_CHARACTERS:
            pause = 0.0
        self._unfinished[id(document)] = Unfinished(document, time.monotonic() + pause, took)
        self._work_at(pause)

    def _work_at(self, seconds: float) -> None:
        if self._session.loop is not None and self._working is None:
            self._working = self._session.loop.call_later(seconds, self._work)

    def _work(self) -> None:
        """One step of the unfinished document that is due, so that a key pressed meanwhile waits for one step only."""
        self._working = None
        if not self._unfinished:
            return
        unfinished = min(self._unfinished.values(), key=lambda one: one.due)
        wait = unfinished.due - time.monotonic()
        if wait > 0:
            return self._work_at(wait)
        document = unfinished.document
        try:
            if self.step(unfinished, self.live(document), patient=False):
                del self._unfinished[id(document)]
                self._told_finished(document)
        except Exception:
            self._told_failed(document)
        if self._unfinished:
            self._work_at(0)
        return None


class Endless(Exception):
    """An analysis was given up; another one, which leaves something out, is on its way."""


class Unfinished:
    """A document whose whole report is still to come."""

    def __init__(self, document: Open, due: float, took: float) -> None:
        self.document = document
        self.due = due
        """When to go on, by time.monotonic."""
        self.took = took
        """Seconds the last whole report needed."""
        self.interruptions = 0
        """How often a message has made it begin anew."""
        self._steps: Iterator[Report | None] | None = None
        self._spent = 0.0

    def step(self, live: Live | None) -> bool:
        """Go one step; True once the document has its report."""
        if live is None or self.document.report is not None:
            return True
        began = time.perf_counter()
        if self._steps is None:
            self._steps = live.complete()
        self.document.report = next(self._steps)
        self._spent += time.perf_counter() - began
        if self.document.report is None:
            return False
        self.document.seconds = self._spent
        return True

    def interrupted(self, live: Live | None) -> None:
        self.interruptions += 1
        self._steps, self._spent = None, 0.0
        if live is not None:
            live.given_up()
