"""New sources for the cells of an .ipynb file, with every other byte of the file kept.

The file is not loaded and dumped again: that would rewrite indentation, key
order, escapes and numbers all over it. Instead the places of the cells' sources
are found in its text, and only their changed lines are written anew, in the
style of the lines around them. Reads valid JSON only; notebook.py has checked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from mldebt.text import regex
from mldebt.typed import Any, NamedTuple

TOKEN = regex(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+')
LINE = regex(r"[^\n]*\n|[^\n]+")


class Place(NamedTuple):
    """Where the source of one cell stands in the text."""

    start: int
    end: int
    key: int
    """Where its key starts: the indentation of that line is the cell's."""
    items: tuple[tuple[int, int], ...] | None
    """The strings of a list; None for a source that is one string."""


def rewritten(text: str, sources: Mapping[int, str]) -> str:
    """`text` with new sources for some cells, by their 1-based number over all cells.

    Raises KeyError for a cell that has no source.
    """
    places = source_places(text)
    ascii_only = text.isascii() and re.search(r"(?<!\\)(?:\\\\)*\\u(?!00[01])", text) is not None
    parts: list[str] = []
    at = 0
    for place, source in sorted((places[number], source) for number, source in sources.items()):
        parts += (text[at : place.start], _value(text, place, source, ascii_only))
        at = place.end
    return "".join([*parts, text[at:]])


def source_places(text: str) -> dict[int, Place]:
    """Cell number -> the place of its source, in one pass over the file."""
    found: dict[int, Place] = {}
    stack: list[Any] = []
    """Of each open container: [is a list, key or index, where the key starts]."""
    number = 0
    start = -1
    items: list[tuple[int, int]] = []
    source_depth = -1
    for token in TOKEN.finditer(text):
        word = token[0]
        depth = len(stack)
        opens = word in ("[", "{")
        scalar = word not in ("[", "{", "]", "}", ":", ",")
        if (opens or scalar) and stack and not stack[-1][0] and not stack[-1][3]:
            # A key; its colon makes what follows the value.
            stack[-1][1], stack[-1][2] = word, token.start()
            continue
        if opens or scalar:
            if _is_cell(stack):
                number += 1
            if source_depth < 0 and scalar is False and word == "[" and _is_source(stack):
                source_depth, start, items = depth, token.start(), []
            elif source_depth < 0 and scalar and _is_source(stack):
                found[number] = Place(token.start(), token.end(), stack[-1][2], None)
            elif scalar and source_depth >= 0 and depth == source_depth + 1:
                items.append(token.span())
        if opens:
            stack.append([word == "[", 0, 0, False])
        elif word in ("]", "}"):
            stack.pop()
            if len(stack) == source_depth:
                found[number] = Place(start, token.end(), stack[-1][2], tuple(items))
                source_depth = -1
        elif word == ":":
            stack[-1][3] = True
        elif word == ",":
            if stack[-1][0]:
                stack[-1][1] += 1
            stack[-1][3] = False
    return found


def _is_cell(stack: list[Any]) -> bool:
    """Whether a value that starts here is an element of the list of cells."""
    if len(stack) == 2:
        return stack[0][1] == '"cells"' and bool(stack[1][0])
    if len(stack) == 4:
        return stack[0][1] == '"worksheets"' and stack[2][1] == '"cells"' and bool(stack[3][0])
    return False


def _is_source(stack: list[Any]) -> bool:
    """Whether a value that starts here is a cell's source (`input` before format 4)."""
    if len(stack) == 3:
        return stack[-1][1] in ('"source"', '"input"') and _is_cell(stack[:2])
    if len(stack) == 5:
        return stack[-1][1] in ('"source"', '"input"') and _is_cell(stack[:4])
    return False


def _value(text: str, place: Place, source: str, ascii_only: bool) -> str:
    """The JSON of a cell's new source, in the style of the old one."""
    if place.items is None:
        return json.dumps(source, ensure_ascii=ascii_only)
    raw = [text[start:end] for start, end in place.items]
    old = [json.loads(item) for item in raw]
    new = LINE.findall(source)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle = [json.dumps(line, ensure_ascii=ascii_only) for line in new[head : len(new) - tail]]
    lines = [*raw[:head], *middle, *(raw[len(raw) - tail :] if tail else ())]
    if not lines:
        return "[]"
    before, between, after = _style(text, place)
    return f"[{before}{between.join(lines)}{after}]"


def _style(text: str, place: Place) -> tuple[str, str, str]:
    """What stands before the first, between two, and after the last line of a source."""
    items = place.items or ()
    if items:
        before = text[place.start + 1 : items[0][0]]
        after = text[items[-1][1] : place.end - 1]
        between = text[items[0][1] : items[1][0]] if len(items) > 1 else "," + (before or " ")
        return before, between, after
    line_start = text.rfind("\n", 0, place.key) + 1
    margin = text[line_start : place.key]
    if margin.strip() or "\n" not in text:
        return "", ", ", ""
    unit = " " if len(margin) % 3 == 0 and margin[:1] != "\t" else margin[: max(1, len(margin) // 3)]
    newline = "\r\n" if text[line_start - 2 : line_start] == "\r\n" else "\n"
    return f"{newline}{margin}{unit}", f",{newline}{margin}{unit}", f"{newline}{margin}"
