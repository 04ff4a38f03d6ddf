"""The text of one open document, edited in place.

Knows LSP's three line ends (`\\n`, `\\r\\n`, `\\r`) and its three column units, and
nothing of Python. Lines are kept as a list, so an edit costs what it touches;
offsets are found through blocks of lines, so they cost the same in a long file.

pygls' own document splits lines where `str.splitlines` does (form feed, NEL,
U+2028), which corrupts the text at the next edit; hence this one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Any, Literal, NamedTuple

Encoding = Literal["utf-8", "utf-16", "utf-32"]
"""What a client counts columns in: bytes, 16-bit units, or code points."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")

BLOCK_LINES = 256
# A block is what an offset look-up adds up line by line: 256 lines take about 8 us.
# Measured on the 10,164-line benchmark file: 64 to 512 differ by less than 2 us.

STRIDE = 512
# Long lines are measured this many characters at a time, by the codec, and only
# the last stretch one by one: a column 1 MB into a line then costs 2 ms, not 80.


class Change(NamedTuple):
    """What one edit did, in offsets and lines of the text before and after it."""

    start: int
    """Code-point offset where the edit begins, the same before and after."""
    removed: int
    """Code points taken out."""
    text: str
    """What was put in their place."""
    first: int
    """First line whose content or end may differ."""
    old_last: int
    """Last such line before the edit, included."""
    new_last: int
    """Last such line after it, included."""


def split_lines(text: str) -> list[str]:
    """Lines with their ends. The empty line after a last line end is a line; an empty text has one."""
    if "\r" in text:
        lines = _LINE.findall(text)
        if not lines or lines[-1][-1] in "\r\n":
            lines.append("")
        return lines
    lines = text.split("\n")
    last = lines.pop()
    lines = [line + "\n" for line in lines]
    lines.append(last)
    return lines


def width(character: str, encoding: Encoding) -> int:
    """How many of the client's units one code point takes."""
    code = ord(character)
    if encoding == "utf-16":
        return 2 if code > 0xFFFF else 1
    if encoding == "utf-8":
        return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4
    return 1


def column_from_client(line: str, column: int, encoding: Encoding) -> int:
    """Code-point column of a client's column, held between the line's start and its line end.

    A column inside a character counts as the one after it.
    """
    if column <= 0:
        return 0
    if column < len(line) and line.isascii():
        if line[column - 1] not in "\r\n":
            return column
        return len(line.rstrip("\r\n"))
    body = line.rstrip("\r\n")
    if encoding == "utf-32" or body.isascii():
        return min(column, len(body))
    units = 0
    for at in range(0, len(body), STRIDE):
        part = body[at : at + STRIDE]
        size = column_to_client(part, len(part), encoding)
        if units + size >= column:
            for index, character in enumerate(part, at):
                if units >= column:
                    return index
                units += width(character, encoding)
            return at + len(part)
        units += size
    return len(body)


def column_to_client(line: str, column: int, encoding: Encoding) -> int:
    """The client's column of a code-point column of this line."""
    before = line[:column]
    if encoding == "utf-32" or before.isascii():
        return len(before)
    if encoding == "utf-8":
        return len(before.encode("utf-8", "surrogatepass"))
    return len(before.encode("utf-16-le", "surrogatepass")) // 2


class Buffer:
    """One document's lines, its version, and its client's column unit."""

    __slots__ = (
        "_chars", "_counts", "_firsts", "_inner", "_starts", "_text", "_typed", "encoding", "layout", "lines",
        "version",
    )  # fmt: skip

    def __init__(self, text: str, version: int | None = None, encoding: Encoding = "utf-16") -> None:
        self.version = version
        self.encoding = encoding
        self._set(text)

    def _set(self, text: str) -> None:
        self.layout = object()
        """Another one after each edit that may have moved lines: what stands on a line stays there until then."""
        self.lines = split_lines(text)
        self._text: str | None = text
        self._counts, self._chars = self._blocks(0, len(self.lines))
        self._firsts: list[int] = []
        self._starts: list[int] = []
        self._inner: dict[int, list[int]] = {}
        self._typed = (-1, 0, 0)
        """(line, its start, its block) of the last edit within a line: the next one is likely there too."""

    def _blocks(self, first: int, end: int) -> tuple[list[int], list[int]]:
        """Lines and characters of the blocks that tile the lines from `first` to `end`."""
        counts, chars = [], []
        for at in range(first, end, BLOCK_LINES):
            block = self.lines[at : min(at + BLOCK_LINES, end)]
            counts.append(len(block))
            chars.append(sum(map(len, block)))
        return counts, chars

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = "".join(self.lines)
        return self._text

    def __len__(self) -> int:
        """Code points of the whole text."""
        return sum(self._chars)

    # Offsets and positions

    def _index(self) -> None:
        if not self._firsts:
            self._firsts = list(accumulate(self._counts, initial=0))
            self._starts = list(accumulate(self._chars, initial=0))

    def _block_at(self, offset: int) -> int:
        """The block that holds an offset, or the nearest; the index is up to date."""
        return bisect_right(self._starts, offset, 1, len(self._counts)) - 1

    def line_start(self, line: int) -> int:
        """Offset of a line that exists."""
        self._index()
        block = min(bisect_right(self._firsts, line), len(self._counts)) - 1
        return self._starts[block] + sum(map(len, self.lines[self._firsts[block] : line]))

    def offset(self, line: int, column: int) -> int:
        """Offset of a client's position, which may lie past the end of its line or of the text."""
        line, column = self.place(line, column)
        return self.line_start(line) + column

    def place(self, line: int, column: int) -> tuple[int, int]:
        """(line, code-point column) of a client's position, held inside the text."""
        if line >= len(self.lines):
            return len(self.lines) - 1, len(self.lines[-1])
        if line < 0:
            return 0, 0
        return line, column_from_client(self.lines[line], column, self.encoding)

    def position(self, offset: int) -> tuple[int, int]:
        """(line, client's column) of an offset, held inside the text."""
        self._index()
        block = self._block_at(offset)
        first, inner = self._firsts[block], self._lines_of(block)
        rest = max(0, offset - self._starts[block])
        index = bisect_right(inner, rest) - 1
        return first + index, column_to_client(self.lines[first + index], rest - inner[index], self.encoding)

    def line_at(self, offset: int) -> int:
        """The line of an offset inside the text."""
        self._index()
        block = self._block_at(offset)
        return self._firsts[block] + bisect_right(self._lines_of(block), offset - self._starts[block]) - 1

    def _lines_of(self, block: int) -> list[int]:
        """Where the lines of a block start, counted from its own start."""
        inner = self._inner.get(block)
        if inner is None:
            first = self._firsts[block]
            lines = self.lines[first : first + self._counts[block] - 1]
            inner = self._inner[block] = list(accumulate(map(len, lines), initial=0))
        return inner

    def slice(self, start: int, end: int) -> str:
        """The text between two offsets, without building the rest."""
        self._index()
        first, last = self._block_at(start), self._block_at(end)
        part = "".join(self.lines[self._firsts[first] : self._firsts[last + 1]])
        return part[start - self._starts[first] : end - self._starts[first]]

    # Edits

    def replace_all(self, text: str) -> Change:
        removed, old_last = len(self), len(self.lines) - 1
        self._set(text)
        return Change(0, removed, text, 0, old_last, len(self.lines) - 1)

    def edit(self, start: tuple[int, int], end: tuple[int, int], text: str) -> Change:
        """Replace what lies between two of the client's positions.

        Positions past the end of a line or of the text mean that end; two in
        the wrong order are swapped.
        """
        if start[0] == end[0] and "\n" not in text and "\r" not in text:
            done = self._type(start[0], start[1], end[1], text)
            if done is not None:
                return done
        if end < start:
            start, end = end, start
        lines = self.lines
        first, start_column = self.place(*start)
        last, end_column = self.place(*end)
        at = self.line_start(first) + start_column
        head, tail = lines[first][:start_column], lines[last][end_column:]
        if first == last:
            removed = end_column - start_column
        else:
            removed = self.line_start(last) + end_column - at
        low = first
        # A carriage return above may join a line feed that now follows it. Below
        # nothing can join: the tail keeps its own line end, whole.
        if not start_column and low and lines[low - 1][-1:] == "\r":
            low -= 1
            head = lines[low] + head
        fresh = split_lines(head + text + tail)
        if last + 1 < len(lines):
            fresh.pop()
        self._splice(low, last + 1, fresh)
        return Change(at, removed, text, low, last, low + len(fresh) - 1)

    def _type(self, line: int, left: int, right: int, text: str) -> Change | None:
        """An edit within one line of plain columns, which nearly all are; None if it is not as simple as that."""
        lines = self.lines
        if not 0 <= line < len(lines):
            return None
        old = lines[line]
        limit = len(old) - (2 if old[-2:] == "\r\n" else 1 if old[-1:] in ("\n", "\r") else 0)
        if not 0 <= left <= right <= limit or not (self.encoding == "utf-32" or old.isascii()):
            return None
        if not left and line and lines[line - 1][-1:] == "\r":
            return None  # What is left of this line may be a line feed that belongs to that return.
        known, start, block = self._typed
        if known != line:
            self._index()
            block = bisect_right(self._firsts, line, hi=len(self._counts)) - 1
            start = self._starts[block] + sum(map(len, lines[self._firsts[block] : line]))
            self._typed = (line, start, block)
        lines[line] = old[:left] + text + old[right:]
        more = len(text) - (right - left)
        if more:
            self._chars[block] += more
            if self._firsts:
                self._starts[block + 1 :] = [at + more for at in self._starts[block + 1 :]]
            self._inner.pop(block, None)
        self._text = None
        return Change(start + left, right - left, text, line, line, line)

    def apply(self, changes: Iterable[Any]) -> list[Change]:
        """Apply the content changes of one didChange, in order; each refers to the text left by the one before.

        Raises ValueError, KeyError or TypeError at the first change that is not one;
        those before it stay applied, as they would in an editor.
        """
        done = []
        for change in changes:
            text = change["text"]
            if text.__class__ is not str:
                raise TypeError("a change without text")
            span = change.get("range")
            if span is None:
                done.append(self.replace_all(text))
                continue
            start, end = span["start"], span["end"]
            first, left, last, right = start["line"], start["character"], end["line"], end["character"]
            if not (
                first.__class__ is int
                and left.__class__ is int
                and last.__class__ is int
                and right.__class__ is int
            ):
                raise TypeError("a position that is not made of integers")
            done.append(self.edit((first, left), (last, right), text))
        return done

    def _splice(self, low: int, high: int, fresh: list[str]) -> None:
        """Put `fresh` where lines `low` to `high` (excluded) are, and mend the blocks they belong to."""
        self._index()
        self.layout = object()
        self._typed = (-1, 0, 0)
        lines, counts, chars = self.lines, self._counts, self._chars
        more = len(fresh) - (high - low)
        first_block = bisect_right(self._firsts, low, hi=len(counts)) - 1
        last_block = bisect_right(self._firsts, high - 1, hi=len(counts)) - 1
        if first_block == last_block and 0 < counts[first_block] + more <= 2 * BLOCK_LINES:
            chars[first_block] += sum(map(len, fresh)) - sum(map(len, lines[low:high]))
            lines[low:high] = fresh
            counts[first_block] += more
            self._inner.pop(first_block, None)
        else:
            start, end = self._firsts[first_block], self._firsts[last_block + 1] + more
            lines[low:high] = fresh
            blocks = slice(first_block, last_block + 1)
            counts[blocks], chars[blocks] = self._blocks(start, end)
            self._inner.clear()
        self._text = None
        self._firsts = []
