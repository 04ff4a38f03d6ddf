"""Helix in a terminal. It has no socket: what it shows is read from the screen."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from terminal import Terminal

ROW = re.compile(r"│[ >]+(?:HINT|INFO|WARN|ERROR)\s+(?:mldebt\s+)?([a-z-]+)\s")
"""A finding in the picker of diagnostics. 25.07 shows the source before the code, 25.01 does not."""
COUNT = re.compile(r"\s(\d+)/(\d+)\s+│")
"""Above the rows: those that match the filter, and all."""

PAUSE_SECONDS = 0.03
# Between two keys. 25.01 sends the changes of faster ones in the wrong order (seen: version 92 before 91), and no
# server can tell what was typed. 25.07 does not.


class Helix:
    def __init__(
        self, program: Sequence[str], env: Mapping[str, str], languages: str, file: Path, scratch: Path
    ) -> None:
        config = scratch / "config" / "helix"
        config.mkdir(parents=True)
        (config / "languages.toml").write_text(languages, encoding="utf-8")
        self._file = file
        self._marked = scratch / "marked"
        self._terminal = Terminal([*program, file.name], env, file.parent, scratch)
        self.until = self._terminal.until
        self.close = self._terminal.close
        try:
            self._terminal.until_shown(" NOR ")
        except BaseException:
            self.close()
            raise

    def rules(self) -> list[str]:
        rules = self._open_picker()
        self._close()
        return rules

    def underlined(self, rule: str) -> str:
        # To pick a finding is to select what it marks.
        for _ in range(self._open_picker().index(rule)):
            self._terminal.press("Down")
        self._terminal.press("Enter")
        self.until("the picker has closed", lambda: not self._is_open())
        self._command(f"pipe-to cat > {self._marked}.new; mv {self._marked}.new {self._marked}")
        self.until("the marked text written", self._marked.exists)
        return self._marked.read_text(encoding="utf-8")

    def find(self, text: str) -> None:
        self._terminal.press("Escape", "g", "g")
        self._terminal.type("/" + re.escape(text))
        self._terminal.press("Enter")

    def type_line_below(self, text: str) -> None:
        self._terminal.press("o")
        self._terminal.until_shown(" INS ")
        for character in text:
            self._terminal.type(character)
            time.sleep(PAUSE_SECONDS)
        # The picker that is looked at is not to be had while typing.
        self._terminal.press("Escape")

    def take_line_back(self) -> None:
        self._terminal.press("u")

    def choose(self, title: str) -> None:
        cursor = self._terminal.cursor_row()
        self._terminal.press("Space", "a")
        picture = self._terminal.until_shown(title)
        # The menu opens below the cursor, its first row selected.
        row = next(row for row, line in enumerate(picture.splitlines()) if title in line)
        for _ in range(row - cursor - 1):
            self._terminal.press("Down")
        self._terminal.press("Enter")

    def undo(self) -> None:
        self._terminal.press("u")

    def save(self) -> None:
        # Helix writes in the background, also a file that it has not changed.
        before = self._written()
        self._command("w")
        self.until("the file written", lambda: self._written() not in (0, before))
        self.until("the file saved", lambda: "[+]" not in self._terminal.picture())

    def _written(self) -> int:
        """When the file was written; 0 while Helix, which moves the old one away first, has none in its place."""
        try:
            return self._file.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def quit(self) -> None:
        self._command("q!")
        self.until("Helix has ended", lambda: "ended with 0" in self._terminal.picture())

    def _command(self, command: str) -> None:
        self._terminal.press("Escape")
        self._terminal.type(":" + command)
        self._terminal.press("Enter")

    def _open_picker(self) -> list[str]:
        self._terminal.press("Escape", "Space", "d")
        return self.until("the picker of diagnostics, filled", self._picked)[0]

    def _picked(self) -> tuple[list[str]] | None:
        picture = self._terminal.picture()
        count = COUNT.search(picture)
        rules = ROW.findall(picture)
        # In a tuple, so that an empty list is an answer.
        return (rules,) if count and len(rules) == int(count[2]) else None

    def _is_open(self) -> bool:
        return COUNT.search(self._terminal.picture()) is not None

    def _close(self) -> None:
        self._terminal.press("Escape")
        self.until("the picker has closed", lambda: not self._is_open())
