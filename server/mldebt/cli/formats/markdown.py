"""A comment for a pull request: a table by rule, then the findings by file, the gravest first."""

from __future__ import annotations

from itertools import groupby

from mldebt.cli.formats.text import summary
from mldebt.engine.rows import SEVERITY_WORDS
from mldebt.text import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mldebt.cli.output import Screen
    from mldebt.engine.result import Result
    from mldebt.engine.rows import Row

MAX_SHOWN = 400
# GitHub refuses comments of more than 65,536 characters; a finding takes up to 150.
SPECIAL = regex(r"([\\`*_{}\[\]<>#|])")
CODE = regex(r"(`[^`\n]+`)")


def render(result: Result, screen: Screen) -> Iterator[str]:
    yield f"### Machine-learning technical debt\n\n{summary(result)}"
    if not result.rows:
        return
    counts: dict[str, list[int]] = {}
    for row in result.rows:
        count = counts.setdefault(row.rule, [0, 0])
        count[0] += 1
        count[1] = max(count[1], row.severity)
    yield "\n| rule | findings | at most |\n|---|---:|---|\n"
    for rule, (number, severity) in sorted(
        counts.items(), key=lambda item: (-item[1][1], -item[1][0], item[0])
    ):
        yield f"| `{rule}` | {number} | {SEVERITY_WORDS[severity]} |\n"
    gravest = sorted(result.rows, key=lambda row: (-row.severity, row.path, row.line, row.column))[:MAX_SHOWN]
    shown = set(map(id, gravest))
    for path, group in groupby(result.rows, key=lambda row: row.path):
        rows = [row for row in group if id(row) in shown]
        if rows:
            yield f"\n**{_text(path)}**\n\n"
            for row in rows:
                yield _line(row)
    if len(result.rows) > MAX_SHOWN:
        yield f"\n… and {len(result.rows) - MAX_SHOWN} more.\n"


def _line(row: Row) -> str:
    where = f"cell {row.cell}, line {row.line}" if row.cell else f"line {row.line}"
    return f"- {where}: {SEVERITY_WORDS[row.severity]} `{row.rule}`: {_text(row.message)}\n"


def _text(text: str) -> str:
    """Escaped, but for the code in backticks."""
    parts = CODE.split(" ".join(text.split()))
    return "".join(part if at % 2 else SPECIAL.sub(r"\\\1", part) for at, part in enumerate(parts))
