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
        if not message.isprintable() or not row.path.isprintable():
            row, message = row._replace(path=_visible(row.path)), _visible(message)
        yield f"{row.path}{cell}:{row.line}:{row.column}: {SEVERITY_WORDS[row.severity]} {row.rule}: {message}\n"


def _visible(text: str) -> str:
    """Without characters that would end the line or steer the terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
