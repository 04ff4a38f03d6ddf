"""JUnit XML: each file is a suite, each finding a failed test, a clean run one passed test.

Source: the schema that Jenkins and its kin read (testsuites, testsuite,
testcase, failure).
"""

from __future__ import annotations

from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from mldebt.engine.rows import SEVERITY_WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mldebt.cli.output import Screen
    from mldebt.engine.result import Result
    from mldebt.engine.rows import Row

ALLOWED = {9, 10, 13}
"""Control characters that XML 1.0 knows."""


def render(result: Result, screen: Screen) -> Iterator[str]:
    errors = [one for one in result.notices if one.internal]
    total = len(result.rows)
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    tests = max(1, total + len(errors))
    yield f'<testsuites name="mldebt-lsp" tests="{tests}" failures="{total}" errors="{len(errors)}">\n'
    for path, group in groupby(result.rows, key=lambda row: row.path):
        rows = list(group)
        yield f'  <testsuite name={_attribute(path)} tests="{len(rows)}" failures="{len(rows)}" errors="0">\n'
        for row in rows:
            yield from _case(row)
        yield "  </testsuite>\n"
    if errors:
        yield f'  <testsuite name="mldebt-lsp" tests="{len(errors)}" failures="0" errors="{len(errors)}">\n'
        for one in errors:
            name = one.path or "workspace"
            yield f'    <testcase name={_attribute(name)} classname="mldebt-lsp">\n'
            yield f"      <error message={_attribute(one.message)}/>\n    </testcase>\n"
        yield "  </testsuite>\n"
    if not total and not errors:
        yield '  <testsuite name="mldebt-lsp" tests="1" failures="0" errors="0">\n'
        yield '    <testcase name="no findings" classname="mldebt-lsp"/>\n  </testsuite>\n'
    yield "</testsuites>\n"


def _case(row: Row) -> Iterator[str]:
    cell = f"cell {row.cell}, " if row.cell else ""
    name = f"{row.rule} at {cell}line {row.line}, column {row.column}"
    yield f"    <testcase name={_attribute(name)} classname={_attribute(row.path)}"
    yield f' line="{row.line}">\n' if not row.cell else ">\n"
    yield f'      <failure message={_attribute(row.message)} type="{SEVERITY_WORDS[row.severity]}">'
    yield escape(_clean(row.help)) + "</failure>\n    </testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    """Without characters that no XML may hold."""
    if text.isprintable():
        return text
    return "".join(
        c
        if (ord(c) >= 32 or ord(c) in ALLOWED)
        and not 0xD800 <= ord(c) <= 0xDFFF
        and ord(c) not in (0xFFFE, 0xFFFF)
        else "\N{REPLACEMENT CHARACTER}"
        for c in text
    )
