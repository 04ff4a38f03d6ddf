"""A line each: `path:line:column: severity rule: message`; a notebook's cell stands after its path."""

from __future__ import annotations

from mldebt.engine.rows import SEVERITY_WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mldebt.cli.output import Screen
    from mldebt.engine.result import Result


def render(result: Result, screen: Screen) -> Iterator[str]:
    for row in result.rows:
        cell = f":cell {row.cell}" if row.cell else ""
        message = row.message.replace("\n", " ")
        yield f"{row.path}{cell}:{row.line}:{row.column}: {SEVERITY_WORDS[row.severity]} {row.rule}: {message}\n"
