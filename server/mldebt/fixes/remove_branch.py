"""Dead branches and unreachable statements -> nothing; the living branch moves up to where it stood.

Only whole lines are taken, and the living branch is moved left by what its block
was indented. Where that cannot be done line by line (strings over several lines,
mixed indentation, one-liners) there is no edit.
"""

from __future__ import annotations

import re

from mldebt.fixes.delete_code import deletion
from mldebt.syntax.detail_views import Branch
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, regex

CLAUSE = regex(r"[ \t]*(?:elif\b|else\b)")
INDENT = regex(r"[ \t]*")


def without_branch(module: Module, branch: Branch, start: int, live: bool) -> tuple[Edit, ...]:
    """Edits that remove the part of a branch that never runs; `live` is the value of its test.

    `start` is the offset of the branch's chunk. Empty where no edit is sure.
    """
    text = module.text
    span, body, orelse = (part.shifted(start) for part in (branch.span, branch.body, branch.orelse))
    has_else = orelse.end > orelse.start
    if branch.kind == "ifexp":
        kept = text[body.start : body.end] if live else text[orelse.start : orelse.end]
        if "#" in text[span.start : span.end] or "\n" in kept:
            return ()
        return (Edit(span, kept),)
    if branch.kind == "while":
        return () if live or has_else else without_statements(module, span)
    if not live and not has_else:
        if branch.kind == "elif":
            return deletion(module, [span])
        return without_statements(module, span)
    if not live:
        return _without_first(module, branch.kind, span, body, orelse)
    if branch.kind == "elif":
        return ()
    return _moved_up(module, span, body, Span(span.start, span.end))


def _without_first(module: Module, kind: str, span: Span, body: Span, orelse: Span) -> tuple[Edit, ...]:
    """`if False: … else: …` and its likes: the first clause goes."""
    text = module.text
    line = _line_start(text, span.start)
    if text.startswith("elif", orelse.start):
        following = _line_start(text, orelse.start)
        if kind == "elif":
            return (Edit(Span(line, following), ""),)
        return (Edit(Span(span.start, orelse.start + 2), ""),)  # what is left of `elif` is `if`
    clause = _clause_before(text, body.end, orelse.start)
    if clause is None:
        return ()
    if kind == "elif":
        return (Edit(Span(line, clause), ""),)
    return _moved_up(module, span, orelse, span)


def _moved_up(module: Module, whole: Span, kept: Span, span: Span) -> tuple[Edit, ...]:
    """Replace a statement by one of its blocks, moved left."""
    text = module.text
    line = _line_start(text, span.start)
    indent = text[line : span.start]
    first = _line_start(text, kept.start)
    inner = text[first : kept.start]
    above = first
    while above > whole.start:
        row = text[text.rfind("\n", 0, above - 1) + 1 : above]
        if row.strip() and not row.lstrip().startswith("#"):
            break
        above -= len(row)
        first = above if row.strip() else first
    last = _line_end(text, kept.end)
    block = text[first:last]
    if indent.strip() or inner.strip() or not inner.startswith(indent) or inner == indent:
        return ()
    if '"""' in block or "'''" in block or "\\\n" in block or "\\\r" in block:
        return ()
    lines = []
    for row in block.split("\n"):
        if row.startswith(inner):
            lines.append(indent + row[len(inner) :])
        elif not row.strip() or row.lstrip().startswith("#"):
            lines.append(row)
        else:
            return ()
    end = _line_end(text, whole.end)
    return (Edit(Span(line, end), "\n".join(lines)),)


def without_statements(module: Module, span: Span) -> tuple[Edit, ...]:
    """Delete whole statements; `pass` stays where a block would be empty."""
    text = module.text
    line = _line_start(text, span.start)
    indent = text[line : span.start]
    end = _line_end(text, span.end)
    if indent.strip() or ((rest := text[span.end : end].strip()) and not rest.startswith("#")):
        return ()
    if indent and _alone(text, line, end, indent):
        return (Edit(span, "pass"),)
    return deletion(module, [span])


def _alone(text: str, line: int, end: int, indent: str) -> bool:
    """Whether no other statement stands in the same block."""
    above = [row for row in text[:line].split("\n") if _is_code(row)][-1:]
    below = next((row for row in re.split(r"\r?\n", text[end:]) if _is_code(row)), "")
    same_above = bool(above) and len(_indent(above[0])) >= len(indent)
    return not same_above and len(_indent(below)) < len(indent)


def _is_code(row: str) -> bool:
    stripped = row.strip()
    return bool(stripped) and not stripped.startswith("#")


def _indent(row: str) -> str:
    match = INDENT.match(row)
    return match[0] if match else ""


def _clause_before(text: str, after: int, before: int) -> int | None:
    """The start of the line with the `else` between two offsets."""
    at = _line_end(text, after) + 1
    while at <= before:
        if CLAUSE.match(text, at):
            return at
        at = _line_end(text, at) + 1
    return None


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if end > at and text[end - 1] == "\r" else end
