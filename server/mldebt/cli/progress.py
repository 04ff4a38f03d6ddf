"""How far a long check has come: one line on standard error, only on a terminal, gone when it is done."""

from __future__ import annotations

import sys
import time

QUIET_SECONDS = 1.0
# What is done within a second needs no telling.
STEP_SECONDS = 0.1


class Progress:
    """Remembers when it has last spoken."""

    def __init__(self) -> None:
        self._start = self._last = time.monotonic()
        self._width = 0

    def show(self, done: int, total: int) -> None:
        """Say that `done` of `total` files are done; the line goes when all are."""
        now = time.monotonic()
        if done >= total:
            self._write("")
        elif now - self._start > QUIET_SECONDS and now - self._last > STEP_SECONDS:
            self._last = now
            self._write(f"checking: {done} of {total} files")

    def _write(self, text: str) -> None:
        if text or self._width:
            sys.stderr.write(f"\r{text:<{self._width}}" + ("" if text else "\r"))
            sys.stderr.flush()
            self._width = len(text)
