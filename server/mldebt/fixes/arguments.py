"""Edits on the arguments of one call: add a keyword argument, change one, where they belong."""

from __future__ import annotations

import re

from mldebt.syntax.views import Call
from mldebt.text import Edit, Span, regex

TAIL = regex(r"(?:[\s)]|\#[^\r\n]*)*")
COMMA = regex(r"(?:\s|\#[^\r\n]*(?![^\r\n]))*,")


def added_argument(text: str, call: Call, argument: str) -> Edit:
    """Append `argument` (`name=value`) to the argument list, in the call's own layout.

    A list written one argument a line, with a comma after the last, gets one
    more such line.
    """
    end = call.span.end - 1  # the closing bracket
    if not call.args:
        return Edit(Span(end, end), argument)
    last = max(arg.span.end for arg in call.args)
    # Brackets around the last argument itself belong to it.
    close = last
    for match in re.finditer(r"\)|\#[^\r\n]*", text[last:end]):
        if match[0] == ")":
            close = last + match.end()
    comma = COMMA.match(text, close, end)
    if comma is None:
        return Edit(Span(close, close), f", {argument}")
    after = comma.end()
    line = text[max(text.rfind("\n", 0, last), text.rfind("\r", 0, last)) + 1 : last]
    if re.search(r"[\r\n]", text[after:end]) and not line[: len(line) - len(line.lstrip())].strip():
        break_ = "\r\n" if "\r\n" in text[after:end] else "\n"
        indent = line[: len(line) - len(line.lstrip())]
        stop = regex(r"[^\r\n]*").match(text, after)
        at = stop.end() if stop else after
        return Edit(Span(at, at), f"{break_}{indent}{argument},")
    return Edit(Span(after, after), f" {argument}")
