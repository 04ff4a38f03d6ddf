"""`# mldebt: ignore[rule] reason`: on the line, on a line of its own above, or for the file.

    x = clf(0.0078)  # mldebt: ignore[magic-hyperparameter] agreed with the risk team
    # mldebt: ignore[preprocessing-leak] unsupervised task
    # mldebt: ignore-file[hardcoded-path] this script runs on one machine

Without brackets every rule is meant. Several names are separated by commas; a
category names all its rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from mldebt.rule import Finding, Rule
from mldebt.syntax.views import Comment
from mldebt.text import LineIndex, Span

PATTERN = re.compile(r"#\s*mldebt:\s*ignore(-file)?(?:\[([^\]]*)\])?[ \t:]*(.*)")


class Suppression(NamedTuple):
    span: Span
    """The comment."""
    covers: Span
    """Findings that start here are silenced; for a whole file its full text."""
    names: tuple[str, ...]
    """Rule ids and categories; empty means all."""
    reason: str

    def silences(self, finding: Finding, rule: Rule) -> bool:
        named = not self.names or rule.id in self.names or rule.category in self.names
        return named and self.covers.start <= finding.span.start < max(self.covers.end, self.covers.start + 1)


def suppressions_of(comments: Iterable[Comment], lines: LineIndex, text: str) -> tuple[Suppression, ...]:
    found = []
    for comment in comments:
        if "mldebt:" not in comment.text:
            continue
        match = PATTERN.search(comment.text)
        if not match:
            continue
        names = tuple(name.strip() for name in (match[2] or "").split(",") if name.strip())
        found.append(Suppression(comment.span, _covers(comment, bool(match[1]), lines, text), names, match[3].strip()))
    return tuple(found)


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
