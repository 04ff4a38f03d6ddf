"""Statements as lines of text: what fixes that move a statement need."""

from __future__ import annotations

from mldebt.rule import UNSAFE, Fix
from mldebt.text import Edit, Span, regex


def planned(title: str, plan: tuple[Edit, ...] | str) -> Fix:
    """The fix of a plain form: its edits, or the reason why there are none."""
    return Fix(title, (), UNSAFE, disabled=plan) if isinstance(plan, str) else Fix(title, plan, UNSAFE)


def indent_of(text: str, offset: int) -> str | None:
    """The white space before a statement; None if something else stands on its line."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    before = text[start:offset]
    return before if not before.strip() else None


def leaves_block(between: str, indent: str) -> bool:
    """Whether a statement between two places is indented otherwise than they are."""
    lines = [line for line in between.splitlines()[1:-1] if line.strip() and line.strip()[0] != "#"]
    return any(not line.startswith(indent) for line in lines)


def line_stop(text: str, offset: int) -> int:
    found = regex(r"[^\r\n]*").match(text, offset)
    return found.end() if found else offset


def removed_line(text: str, statement: Span) -> Edit:
    """Take the statement away; its whole line if nothing else stands there, a comment stays."""
    start = max(text.rfind("\n", 0, statement.start), text.rfind("\r", 0, statement.start)) + 1
    stop = line_stop(text, statement.end)
    rest = text[statement.end : stop]
    if rest.strip():
        kept = len(rest) - len(rest.lstrip())
        return Edit(Span(statement.start, statement.end + kept), "")
    ending = regex(r"\r\n|\r|\n").match(text, stop)
    return Edit(Span(start, ending.end() if ending else stop), "")
