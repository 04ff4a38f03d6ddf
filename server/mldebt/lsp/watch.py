"""Ends this process when the editor that started it is gone."""

from __future__ import annotations

import os
import select
import sys
import threading
import time
from collections.abc import Callable

POLL_SECONDS = 1.0
# Where the system cannot tell us; a dead editor should leave nothing behind after two seconds.


def watch_process(pid: int, gone: Callable[[], None]) -> bool:
    """Call `gone` on a thread of its own when process `pid` ends. False if there is no such process.

    An editor outside our container announces a number that means nothing here:
    a process that does not exist at the start is not watched.
    """
    wait = _waiter(pid)
    if wait is None:
        return False

    def run() -> None:
        wait()
        gone()

    threading.Thread(target=run, name="mldebt-parent-watch", daemon=True).start()
    return True


def _waiter(pid: int) -> Callable[[], object] | None:
    """A function that returns when the process has ended, or None if it does not exist."""
    if pid <= 0:
        return None
    if sys.platform == "win32":
        return _windows_waiter(pid)
    if not _exists(pid):
        return None
    try:
        handle = os.pidfd_open(pid)
    except (AttributeError, OSError):
        return lambda: _poll(pid)
    return lambda: select.select((handle,), (), ())


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


def _poll(pid: int) -> None:
    while _exists(pid):
        time.sleep(POLL_SECONDS)


def _windows_waiter(pid: int) -> Callable[[], object] | None:
    # `os.kill(pid, 0)` ends a process on Windows, so it is asked for a handle instead.
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    synchronize, forever = 0x00100000, 0xFFFFFFFF
    handle = kernel.OpenProcess(synchronize, False, pid)
    if not handle:
        return None
    return lambda: kernel.WaitForSingleObject(handle, forever)
