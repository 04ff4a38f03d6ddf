"""Edits that silence a rule: on one line, or in one file. The reason is left for the user to write."""

from __future__ import annotations

import re

from mldebt.lsp.documents import Open
from mldebt.suppressions import PATTERN
from mldebt.syntax.chunks import TOKEN
from mldebt.text import Edit, LineIndex, Span

REASON = "TODO(mldebt): why"
CODING = re.compile(r"#!|#.*coding[:=]")


def ignore_line_edit(document: Open, rule: str, span: Span) -> Edit | None:
    """A suppression of `rule` for the line where `span` starts.

    At the line's end where a comment may stand there, else on a line of its own
    above; None where neither is possible (inside a string).
    """
    text = document.text
    lines = LineIndex(text)
    line = lines.line_of(span.start)
    start, end = lines.line_span(line)
    body = text[start:end].rstrip("\r\n")
    known = PATTERN.search(body)
    if known and not known[1] and _is_comment(text, start + known.start()):
        return _widened(start, known, rule)
    at = start + len(body.rstrip())
    if not body.rstrip().endswith("\\") and _is_code(text, start + len(body)):
        return Edit(Span(at, start + len(body)), f"  # mldebt: ignore[{rule}] {REASON}")
    if _is_code(text, start):
        indent = body[: len(body) - len(body.lstrip())]
        return Edit(Span(start, start), f"{indent}# mldebt: ignore[{rule}] {REASON}\n")
    return None


def ignore_file_edit(document: Open, rule: str, span: Span) -> Edit | None:
    """A suppression of `rule` for the whole file, below its first comment lines (interpreter, encoding)."""
    text = document.text
    lines = LineIndex(text)
    for line in range(len(lines.starts)):
        start, end = lines.line_span(line)
        body = text[start:end]
        known = PATTERN.search(body)
        if known and known[1] and body.lstrip().startswith("#"):
            return _widened(start, known, rule)
        if not CODING.match(body) or line > 1:
            return Edit(Span(start, start), f"# mldebt: ignore-file[{rule}] {REASON}\n")
    return None


def _widened(start: int, known: re.Match[str], rule: str) -> Edit | None:
    """`rule` added to the names of a suppression that is there already."""
    if known[2] is None:
        return None  # It silences every rule; what is shown here is not its business.
    at = start + known.end(2)
    return Edit(Span(at, at), f", {rule}" if known[2].strip() else rule)


def _is_code(text: str, offset: int) -> bool:
    """Whether a comment may begin at `offset`: outside strings and other comments."""
    return not any(start < offset < end for start, end, _ in _literals(text, offset))


def _is_comment(text: str, offset: int) -> bool:
    return any(start <= offset < end and kind == "#" for start, end, kind in _literals(text, offset))


def _literals(text: str, until: int) -> list[tuple[int, int, str]]:
    """(start, end, first character) of the strings and comments that start before `until`."""
    found = []
    for match in TOKEN.finditer(text):
        if match.start() > until:
            break
        kind = match[0][0]
        if kind in "\"'#":
            found.append((match.start(), match.end(), kind))
    return found
