"""A terminal without a screen: a program runs in it, keys go in, its picture can be looked at.

Is tmux with a socket of its own, so that no session of the user is touched.
"""

from __future__ import annotations

import shlex
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

PATIENCE_SECONDS = 20.0
# An editor answers within tenths of a second; a loaded machine needs room.
LOOK_SECONDS = 0.05

Seen = TypeVar("Seen")


class Terminal:
    def __init__(self, command: Sequence[str], env: Mapping[str, str], folder: Path, scratch: Path) -> None:
        self._tmux = ["tmux", "-u", "-S", str(scratch / "tmux"), "-f", "/dev/null"]
        settings = [f"{name}={value}" for name, value in env.items()]
        # The picture of a program that has ended stays: it says why.
        shown = f"env {shlex.join([*settings, *command])}; echo ended with $?; sleep 600"
        self._run("new-session", "-d", "-s", "editor", "-x", "200", "-y", "50", "-c", str(folder), shown)
        # A lone Escape must not wait for a second key.
        self._run("set-option", "-s", "escape-time", "0")

    def type(self, text: str) -> None:
        """Type the text as it is, one key a character."""
        self._run("send-keys", "-t", "editor", "-l", "--", text)

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names: Enter, Escape, C-x, M-x."""
        for key in keys:
            self._run("send-keys", "-t", "editor", key)
            if key == "Escape":
                # Escape and a key right after it are Alt and that key.
                time.sleep(0.15)

    def picture(self) -> str:
        return self._run("capture-pane", "-p", "-t", "editor")

    def cursor_row(self) -> int:
        return int(self._run("display-message", "-p", "-t", "editor", "#{cursor_y}"))

    def until(self, what: str, look: Callable[[], Seen]) -> Seen:
        """Look until there is something; return it. Fails with the picture after `PATIENCE_SECONDS`."""
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            seen = look()
            if seen:
                return seen
            if time.monotonic() > end:
                raise AssertionError(f"never happened: {what}\nThe screen:\n{self.picture()}")
            time.sleep(LOOK_SECONDS)

    def until_shown(self, text: str) -> str:
        """Wait until the text is on the screen; return the whole picture."""
        return self.until(
            f"`{text}` on the screen", lambda: picture if text in (picture := self.picture()) else ""
        )

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True)

    def _run(self, *words: str) -> str:
        done = subprocess.run([*self._tmux, *words], capture_output=True, text=True, timeout=PATIENCE_SECONDS)
        assert done.returncode == 0, f"tmux {words}: {done.stderr}"
        return done.stdout
