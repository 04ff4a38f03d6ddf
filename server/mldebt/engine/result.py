"""What a check found, ready to be printed: rows, notices, and what decides the exit code. Imports nothing heavy."""

from __future__ import annotations

from collections import namedtuple

from mldebt.engine.rows import Row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, NamedTuple

    class Notice(NamedTuple):
        path: str
        """As printed; "" for the workspace."""
        message: str
        internal: bool
        """Our fault, and so a matter for the exit code."""

else:
    Notice = namedtuple("Notice", "path message internal")


class BadConfiguration(Exception):
    """The configuration that a run would use is wrong; each line of the message is a file, a line and a reason."""

    def __init__(self, problems: Iterable[str]) -> None:
        super().__init__("\n".join(problems))


class Result:
    """Everything a face needs to print one check."""

    __slots__ = ("fail_on", "n_files", "notices", "root", "rows")

    def __init__(self, rows: list[Row], notices: list[Notice], n_files: int, fail_on: int, root: str) -> None:
        self.rows = rows
        self.notices = notices
        self.n_files = n_files
        self.fail_on = fail_on
        """The least severity that fails the run."""
        self.root = root
        """The workspace, absolute."""

    @property
    def exit_code(self) -> int:
        if any(notice.internal for notice in self.notices):
            return 2
        return 1 if any(row.severity >= self.fail_on for row in self.rows) else 0

    def plain(self) -> tuple[Any, ...]:
        """As marshal takes it."""
        return (
            [tuple(row) for row in self.rows],
            [tuple(one) for one in self.notices],
            self.n_files,
            self.fail_on,
            self.root,
        )

    @classmethod
    def of(cls, plain: Any) -> Result:
        rows, notices, n_files, fail_on, root = plain
        return cls(list(map(Row._make, rows)), list(map(Notice._make, notices)), n_files, fail_on, root)
