"""Known debt: findings that the project's baseline lists, shown faintly or not at all.

The file is read again when it has changed, and written only when the user asks
for one finding to be accepted. While somebody types, a finding is taken for
known if one like it was; the complete analysis then looks at each.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mldebt.lsp.projects import Project
from mldebt.plain import replace

if TYPE_CHECKING:
    from mldebt.engine.baseline import Entry
    from mldebt.rule import Finding

log = logging.getLogger("mldebt.lsp")

DEFAULT = "mldebt-baseline.jsonl"
MARK = "known debt: "

Stamp = tuple[int, int]


class Debt:
    """One project's baseline."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._stamp: Stamp | None = None
        self._read_from = ""
        self._entries: dict[str, frozenset[Entry]] = {}

    @property
    def path(self) -> str:
        """Absolute; "" for a project without a folder."""
        named = self._project.settings.baseline
        if not self._project.folder:
            return ""
        return os.path.join(self._project.folder, named or DEFAULT)

    def refresh(self) -> bool:
        """Read the file if it has changed; whether it had."""
        path, stamp = self.path, _stamp(self.path)
        if path == self._read_from and stamp == self._stamp:
            return False
        self._read_from, self._stamp = path, stamp
        before, self._entries = self._entries, {}
        if stamp is not None:
            from mldebt.engine.baseline import BrokenBaseline, parse_baseline

            try:
                with open(path, encoding="utf-8") as file:
                    entries = parse_baseline(file.read())
            except (OSError, UnicodeDecodeError, BrokenBaseline) as error:
                log.error("the baseline %s cannot be used: %s", path, error)
                return bool(before)
            by_path: dict[str, set[Entry]] = {}
            for entry in entries:
                by_path.setdefault(entry.path, set()).add(entry)
            self._entries = {name: frozenset(found) for name, found in by_path.items()}
        return before != self._entries

    @property
    def changed(self) -> bool:
        """Whether the file is another than when it was read."""
        return self.path != self._read_from or _stamp(self.path) != self._stamp

    @property
    def size(self) -> int:
        return sum(len(listed) for listed in self._entries.values())

    def lists(self, path: str) -> bool:
        """Whether anything in this file is known."""
        return path in self._entries

    def known_in(self, path: str, findings: Sequence[Finding], text: str) -> set[int]:
        """Indices of the findings that the baseline lists."""
        from mldebt.engine.baseline import entries_of

        listed = self._entries.get(path)
        if not listed:
            return set()
        return {index for index, entry in enumerate(entries_of(path, findings, text)) if entry in listed}

    def accept(self, path: str, findings: Sequence[Finding], text: str, accepted: int) -> None:
        """Add one of a file's findings to the baseline on disk. Raises OSError."""
        from mldebt.engine.baseline import entries_of, format_baseline

        self.refresh()
        entry = entries_of(path, findings, text)[accepted]
        entries = {entry, *(one for listed in self._entries.values() for one in listed)}
        temporary = f"{self.path}.{os.getpid()}"
        with open(temporary, "w", encoding="utf-8", newline="\n") as file:
            file.write(format_baseline(entries))
        os.replace(temporary, self.path)
        self.refresh()


def shown_debt(findings: Sequence[Finding], known: set[int], how: str) -> Sequence[Finding]:
    """The findings with the known ones as the user wants them: `hint`, `hide` or `normal`."""
    if not known or how == "normal":
        return findings
    if how == "hide":
        return [one for index, one in enumerate(findings) if index not in known]
    from mldebt.rule import HINT

    return [
        replace(one, severity=HINT, message=f"{MARK}{one.message}") if index in known else one
        for index, one in enumerate(findings)
    ]


def _stamp(path: str) -> Stamp | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
