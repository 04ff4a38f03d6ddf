"""`# mldebt: ignore[rule] reason`: on the line, on a line of its own above, or for the file.

    x = clf(0.0078)  # mldebt: ignore[magic-hyperparameter] agreed with the risk team
    # mldebt: ignore[preprocessing-leak] unsupervised task
    # mldebt: ignore-file[hardcoded-path] this script runs on one machine

Without brackets every rule is meant. Several names are separated by commas; a
category names all its rules. A finding of several lines may be silenced at its
first line or at its last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mldebt.rule import Finding, Rule
from mldebt.syntax.views import Comment
from mldebt.text import Edit, LineIndex, Span, regex
from mldebt.typed import NamedTuple

PATTERN = regex(r"#\s*mldebt:\s*ignore(-file)?(?:\[([^\]#]*)\])?(?![\w-])[ \t:]*([^#]*)")
"""A second `#` ends it: other tools' comments may follow."""


class Suppression(NamedTuple):
    span: Span
    """The comment, or its part from `# mldebt` on."""
    covers: Span
    """Findings that start here, or end here on a later line, are silenced; for a whole file its full text."""
    names: tuple[str, ...]
    """Rule ids and categories; empty means all."""
    reason: str

    def silences(self, finding: Finding, rule: Rule) -> bool:
        if self.names and rule.id not in self.names and rule.category not in self.names:
            return False
        start, end = self.covers
        end = max(end, start + 1)
        return start <= finding.span.start < end or start < finding.span.end <= end


def suppressions_of(comments: Iterable[Comment], lines: LineIndex, text: str) -> tuple[Suppression, ...]:
    found = []
    for comment in comments:
        if "mldebt:" not in comment.text:
            continue
        match = PATTERN.search(comment.text)
        if not match:
            continue
        span = Span(
            comment.span.start + match.start(), comment.span.start + len(match[0].rstrip()) + match.start()
        )
        found.append(
            Suppression(span, _covers(comment, bool(match[1]), lines, text), _names(match), match[3].strip())
        )
    return tuple(found)


def _names(match: re.Match[str]) -> tuple[str, ...]:
    return tuple(name.strip() for name in (match[2] or "").split(",") if name.strip())


def _covers(comment: Comment, whole_file: bool, lines: LineIndex, text: str) -> Span:
    if whole_file:
        return Span(0, len(text) + 1)
    line = lines.line_of(comment.span.start)
    here = lines.line_span(line)
    if not comment.own_line:
        return here
    # On a line of its own it speaks for the next line that is not blank; further comments may stand between.
    below = line + 1
    while below < len(lines.starts):
        span = lines.line_span(below)
        body = text[span.start : span.end].strip()
        if body and not PATTERN.match(body):
            return Span(here.start, span.end)
        below += 1
    return here


def without_names(text: str, span: Span, names: Iterable[str]) -> Edit:
    """Take `names` out of the suppression at `span`; all of it when none is left or `names` is empty.

    A comment that goes takes its line with it where it stands alone, else the blanks before it.
    """
    match = PATTERN.match(text[span.start : span.end])
    left = [name for name in _names(match) if name not in names] if match and names else []
    if match and left:
        start, end = match.span(2)
        return Edit(Span(span.start + start, span.start + end), ", ".join(left))
    start, end = span
    line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    after = regex(r"[ \t]*(\r\n|\r|\n|\Z)").match(text, end)
    if after is None:
        # Another tool's comment follows: it stays, with the blanks that stood before this one.
        following = text.find("#", end)
        return Edit(Span(start, following if following >= 0 else end), "")
    if not text[line_start:start].strip():
        return Edit(Span(line_start, after.end()), "")
    start = line_start + len(text[line_start:start].rstrip())
    return Edit(Span(start, after.start(1)), "")


def with_name(text: str, span: Span, wrong: str, right: str) -> Edit:
    """Put `right` in the place of the name `wrong` in the suppression at `span`."""
    at = text.index(wrong, text.index("[", span.start), span.end)
    return Edit(Span(at, at + len(wrong)), right)
