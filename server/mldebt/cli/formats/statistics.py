"""How often each rule fired, most often first; how much of it a fix could mend is not counted here."""

from __future__ import annotations

from mldebt.cli.formats.text import summary
from mldebt.engine.rows import SEVERITY_WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mldebt.cli.output import Screen
    from mldebt.engine.result import Result


def render(result: Result, screen: Screen) -> Iterator[str]:
    counts: dict[str, list[int]] = {}
    files: dict[str, set[str]] = {}
    for row in result.rows:
        count = counts.setdefault(row.rule, [0, 0])
        count[0] += 1
        count[1] = max(count[1], row.severity)
        files.setdefault(row.rule, set()).add(row.path)
    if counts:
        yield f"{'count':>6}  {'files':>5}  {'at most':<11}  rule\n"
    for rule, (number, severity) in sorted(counts.items(), key=lambda item: (-item[1][0], item[0])):
        yield f"{number:>6}  {len(files[rule]):>5}  {SEVERITY_WORDS[severity]:<11}  {rule}\n"
    if not screen.quiet:
        yield summary(result)
