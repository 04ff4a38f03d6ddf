"""A broken piece of code made parsable: same length, same lines, the broken parts blanked.

Most breaks while typing are one line that is not finished: `without_line` puts a
placeholder there, at the cost of one more parse. For the rest parso's error recovery says which parts are broken. parso is slow, is not safe
across threads, and knows neither `match` nor `except*`: it sees one piece, without
its cache, and its own errors are never shown. Imported on first use (66 ms).
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

from mldebt.syntax.chunks import LINE, indent_at, logical_lines
from mldebt.text import line_starts, regex
from mldebt.typed import Any

MAX_REPAIR = 12_000
# Characters. parso parses about 1 MB a second: a larger piece would hold a keystroke for more than 12 ms.

NOT_BREAK = regex(r"[^\r\n]")


def blank(text: str, start: int, end: int) -> str:
    """`text` with the part from `start` to `end` replaced by spaces; line ends stay."""
    return text[:start] + NOT_BREAK.sub(" ", text[start:end]) + text[end:]


def without_line(text: str, number: int, whole_statement: bool) -> str | None:
    """`text` with its line `number` (1-based) replaced by a statement that does nothing.

    With `whole_statement` all lines of the statement go, as for a break inside brackets. A line whose
    block follows it becomes a block header. None where there is no room for either.
    """
    starts = line_starts(text)
    if not 0 < number <= len(starts):
        return None
    line = starts[number - 1]
    end = starts[number] if number < len(starts) else len(text)
    if whole_statement:
        for at, _, _ in logical_lines(text, 0):
            if at > starts[number - 1]:
                end = at
                break
            line = at
        else:
            end = len(text)
    indent, start = indent_at(text, line)
    body = text[start:end].rstrip()
    follows = FOLLOWING.match(text, end)
    filler = "if 0:" if follows and len(follows[1].expandtabs()) > len(indent.expandtabs()) else "0"
    if len(LINE.match(body)[0]) < len(filler):  # type: ignore[index]
        return None
    return text[:start] + filler + NOT_BREAK.sub(" ", body[len(filler) :]) + text[start + len(body) :]


BREAK = r"(?:\r\n|\r(?!\n)|\n)"
# Only one way to read each line end: with two, blank lines at the end of a text take 2 to their number of steps.
FOLLOWING = regex(rf"(?:[ \t]*(?:#[^\r\n]*)?{BREAK})*([ \t]*)(?=\S)")


def repaired(text: str) -> str | None:
    """A text of the same shape with what parso calls broken blanked, or None if too large.

    The result is not promised to parse: the caller tries, and does without views if it does not.
    """
    if len(text) > MAX_REPAIR:
        return None
    starts = line_starts(text)
    broken: list[tuple[int, int]] = []
    try:
        _collect(_grammar().parse(text, cache=False, diff_cache=False), starts, broken)
    except (RecursionError, ValueError, AttributeError, IndexError, KeyError, AssertionError):
        return None
    for start, end in broken:
        text = blank(text, start, min(end, len(text)))
    return _fill_empty_blocks(text)


@lru_cache(maxsize=1)
def _grammar() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from parso.grammar import load_grammar
    return load_grammar()


def _collect(tree: Any, starts: list[int], broken: list[tuple[int, int]]) -> None:
    """Spans of the error nodes and error leaves, in any order."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if node.type in ("error_node", "error_leaf"):
            (line, column), (end_line, end_column) = node.start_pos, node.end_pos
            if line <= len(starts) and end_line <= len(starts):
                broken.append((starts[line - 1] + column, starts[end_line - 1] + end_column))
            continue
        stack.extend(getattr(node, "children", ()))


HEADER = regex(r"^([ \t]*)[^\s#][^\r\n]*:[ \t]*(?:#[^\r\n]*)?$", re.M)


def _fill_empty_blocks(text: str) -> str:
    """Put `0` into a block whose whole body was blanked, so that its header parses."""
    for header in HEADER.finditer(text):
        at, indent = header.end(), len(header[1])
        body = regex(rf"(?:[ \t]*(?:#[^\r\n]*)?{BREAK})*([ \t]*)(?=\S|$)").match(text, at)
        if body and (body.end() >= len(text) or len(body[1]) <= indent):
            hole = regex(rf"(?:\r\n|\r|\n)[ ]{{{indent + 1}}}[ ]").search(text, at, body.end())
            if hole:
                place = hole.end() - 1
                text = text[:place] + "0" + text[place + 1 :]
    return text
