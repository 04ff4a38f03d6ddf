"""A finding as it is printed: a flat record with lines and columns, ready to be remembered and shown.

Every output format reads rows and nothing else, so that a run in which nothing
has changed needs neither rules nor texts. Lines and columns count from 1, in
code points; `cell` counts all cells of a notebook from 1 and is 0 elsewhere.
"""

from __future__ import annotations

from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, NamedTuple

    from mldebt.rule import Finding, Report
    from mldebt.text import Span

    class Place(NamedTuple):
        line: int
        column: int
        end_line: int
        end_column: int
        cell: int

    class RelatedRow(NamedTuple):
        path: str
        line: int
        column: int
        end_line: int
        end_column: int
        cell: int
        message: str

    class Row(NamedTuple):
        path: str
        line: int
        column: int
        end_line: int
        end_column: int
        cell: int
        rule: str
        category: str
        severity: int
        message: str
        help: str
        related: tuple[Any, ...]
        """Fields of `RelatedRow`s."""
        fixes: tuple[Any, ...]
        """(title, safety, path, edits, whether it creates that path), each edit (line, column, end line,
        end column, cell, text); edits are left out where a format asks for titles only."""
        code: tuple[str, ...]
        """The first lines of the code it points at."""
        fingerprint: str
        """The same for the same debt after lines have moved; see baseline.py; empty unless asked for."""

else:
    # typing.NamedTuple would cost a warm run the import of typing, a third of its own time.
    PLACE = "line column end_line end_column cell"
    Place = namedtuple("Place", PLACE)
    RelatedRow = namedtuple("RelatedRow", f"path {PLACE} message")
    Row = namedtuple(
        "Row", f"path {PLACE} rule category severity message help related fixes code fingerprint"
    )

SEVERITY_WORDS = ("", "hint", "information", "warning", "error")
"""By the number of mldebt.rule.Severity, which a warm run does not import."""

MAX_CODE_LINES = 4
MAX_CODE_WIDTH = 400
# What a terminal can show of one finding; the rest is told by line numbers.


def place_of(span: Span, report: Report | None) -> Place:
    """Where a span lies; the start of the file for a file without a report."""
    positions = report.positions if report else {}
    start, end = positions.get(span.start), positions.get(span.end)
    if start is None:
        return Place(1, 1, 1, 1, 0)
    if end is None or end.cell != start.cell:
        end = start
    return Place(start.line + 1, start.column + 1, end.line + 1, end.column + 1, start.cell)


def row_of(
    finding: Finding,
    category: str,
    reports: Mapping[str, Report],
    shown: Callable[[str], str],
    code: Sequence[str],
    fixes: Iterable[Any] = (),
    fingerprint: str = "",
) -> Row:
    """`shown` makes a workspace path the one to print."""
    report = reports.get(finding.path)
    related = []
    for other in finding.related:
        path = other.path or finding.path
        related.append((shown(path), *place_of(other.span, reports.get(path)), other.message))
    return Row(
        shown(finding.path),
        *place_of(finding.span, report),
        finding.rule,
        category,
        int(finding.severity or 1),
        finding.message,
        finding.help,
        tuple(related),
        tuple(fixes),
        tuple(code),
        fingerprint,
    )


def code_lines(text: str, start: int, end: int) -> tuple[str, ...]:
    """The first lines of what `start` to `end` covers, whole and without line ends."""
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    lines: list[str] = []
    while len(lines) < MAX_CODE_LINES:
        stop = text.find("\n", first)
        stop = len(text) if stop < 0 else stop
        line = text[first:stop].rstrip("\r")
        lines.append(line[:MAX_CODE_WIDTH])
        first = stop + 1
        if first >= end or first > len(text):
            break
    return tuple(lines)
