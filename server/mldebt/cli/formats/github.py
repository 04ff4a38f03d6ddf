"""GitHub Actions' workflow commands: an annotation at each finding.

Source: docs.github.com, "Workflow commands for GitHub Actions". Annotations
point to lines of files; a notebook's cell is told in the title, as its lines
are not lines of the file.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mldebt.cli.output import Screen
    from mldebt.engine.result import Result

COMMANDS = ("", "notice", "notice", "warning", "error")


def render(result: Result, screen: Screen) -> Iterator[str]:
    for row in result.rows:
        title = f"mldebt {row.rule}"
        if row.cell:
            where = (
                f"file={_property(row.path)},title={_property(f'{title}, cell {row.cell} line {row.line}')}"
            )
        else:
            where = f"file={_property(row.path)},line={row.line},endLine={row.end_line}"
            if row.line == row.end_line:
                where += f",col={row.column},endColumn={row.end_column}"
            where += f",title={_property(title)}"
        text = f"{row.message}\n{row.help}" if row.help else row.message
        yield f"::{COMMANDS[row.severity]} {where}::{_data(text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
