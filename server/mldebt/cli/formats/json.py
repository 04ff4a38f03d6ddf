"""The documented JSON: {"version", "findings", "errors"}. Stable: keys are added, never changed or removed.

Written by hand, string by string: `import json` would cost a warm run more than
the writing. Lines and columns count from 1, in code points.
"""

from __future__ import annotations

from mldebt.engine.rows import SEVERITY_WORDS

try:
    from _json import encode_basestring_ascii as quoted  # the C function that json.dumps itself uses
except ImportError:
    from json.encoder import encode_basestring_ascii as quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mldebt.cli.output import Screen
    from mldebt.engine.result import Result
    from mldebt.engine.rows import Row

VERSION = 1


def render(result: Result, screen: Screen) -> Iterator[str]:
    yield f'{{"version": {VERSION}, "findings": ['
    yield ",".join(["\n" + finding(row) for row in result.rows])
    yield '\n], "errors": [' if result.rows else '], "errors": ['
    yield ",".join(
        [f'\n{{"path": {quoted(one.path)}, "message": {quoted(one.message)}}}' for one in result.notices]
    )
    yield "\n]}\n" if result.notices else "]}\n"


def finding(row: Row) -> str:
    cell = f'"cell": {row.cell}, ' if row.cell else ""
    related = ", ".join([_related(*one) for one in row.related]) if row.related else ""
    fixes = ", ".join([f'{{"title": {quoted(fix[0])}, "safety": "{fix[1]}"}}' for fix in row.fixes])
    return (
        f'{{"rule": "{row.rule}", "category": "{row.category}", "severity": "{SEVERITY_WORDS[row.severity]}", '
        f'"path": {quoted(row.path)}, "line": {row.line}, "column": {row.column}, '
        f'"end_line": {row.end_line}, "end_column": {row.end_column}, {cell}'
        f'"message": {quoted(row.message)}, "help": {quoted(row.help)}, '
        f'"related": [{related}], "fixes": [{fixes}]}}'
    )


def _related(
    path: str, line: int, column: int, end_line: int, end_column: int, cell: int, message: str
) -> str:
    where = f'"cell": {cell}, ' if cell else ""
    return (
        f'{{"path": {quoted(path)}, "line": {line}, "column": {column}, '
        f'"end_line": {end_line}, "end_column": {end_column}, {where}"message": {quoted(message)}}}'
    )
