"""Add keys to a record that is written down: a YAML mapping or a dict display, one key a line.

What nobody but the user can know is left as `null` or `None` with a TODO behind it, so the
finding stays until it is answered. Records on one line (`{a: 1}`) are left alone: there is no
room for the question.
"""

from __future__ import annotations

from collections.abc import Sequence

from mldebt.text import Edit, LineIndex, Span, newline_of

NewKey = tuple[str, str, str]
"""(key, its value as both languages write it or "" for none, the question to answer)."""


def key_lines(keys: Sequence[NewKey], in_code: bool) -> list[str]:
    found = []
    for key, value, question in keys:
        value = value or ("None" if in_code else "null")
        note = f"  # TODO(mldebt): {question}" if question else ""
        found.append(f'"{key}": {value},{note}' if in_code else f"{key}: {value}{note}")
    return found


def add_keys(
    text: str, name: Span, children: Sequence[tuple[Span, Span]], keys: Sequence[NewKey], in_code: bool
) -> Edit | None:
    """The edit that adds `keys`, or None where the record leaves no room.

    `name` is the key above the record; `children` are the spans (key, value) of what stands
    directly in it, in source order.
    """
    lines = LineIndex(text)
    newline = newline_of(text)
    if not children:
        if in_code:
            return None
        at = _line_end(text, name.end)
        if text[name.end : at].partition("#")[0].strip() != ":":
            return None
        indent = _indent(text, lines, name.start) + "  "
        return Edit(Span(at, at), "".join(newline + indent + line for line in key_lines(keys, in_code)))
    first = children[0][0].start
    column = lines.position(first)[1]
    before = text[first - column : first]
    if in_code:
        if before.strip() or text[first] not in "\"'":
            return None
        joint = newline + before
        return Edit(Span(first, first), "".join(line + joint for line in key_lines(keys, in_code)))
    if before.strip(" -"):
        return None
    indent = " " * column
    at = _line_end(text, max(value.end for _, value in children))
    return Edit(Span(at, at), "".join(newline + indent + line for line in key_lines(keys, in_code)))


def _line_end(text: str, at: int) -> int:
    ends = [place for place in (text.find("\n", at), text.find("\r", at)) if place >= 0]
    return min(ends, default=len(text))


def _indent(text: str, lines: LineIndex, at: int) -> str:
    column = lines.position(at)[1]
    line = text[at - column : at]
    return " " * (len(line) if not line.strip(" -") else len(line) - len(line.lstrip()))
