"""TOML as entries with spans: values from the standard reader, places from a locator of our own.

The standard reader tells no positions. It has the last word on what a file
says; the locator walks text that it has accepted, so it may assume valid TOML
and needs to know only where strings, brackets and bare words end. Where the
two disagree (they never should; the tests try hard), the file has an error
and no entries rather than wrong places.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module

from mldebt.syntax.manifest import TEMPLATE, Content, Entry, Key, template_error
from mldebt.syntax.views import UNKNOWN, Comment
from mldebt.text import LineIndex, Span, regex
from mldebt.typed import Any

BLANK = regex(r"[ \t\r\n]*")
COMMENT = regex(r"#[^\r\n]*")
SPACE = regex(r"[ \t]*")
BARE_KEY = regex(r"[A-Za-z0-9_-]+")
BASIC = regex(r'"(?:[^"\\\r\n]|\\.)*"')
LITERAL = regex(r"'[^'\r\n]*'")
# Up to two quotes may stand right before the closing three.
MULTI_BASIC = regex(r'"""(?:[^"\\]|\\(?:\r\n|[\s\S])|"{1,2}(?!"))*"{3,5}')
MULTI_LITERAL = regex(r"'''(?:[^']|'{1,2}(?!'))*'{3,5}")
BARE_VALUE = regex(r"[^,\]}#\r\n]*")


class _Lost(Exception):
    """The locator and the standard reader disagree."""


def read_toml(text: str) -> Content:
    """Entries and comments of a TOML file; none of either when it is not valid TOML."""
    tomllib = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    body = text[1:] if text.startswith("\ufeff") else text
    try:
        data = tomllib.loads(body)
    except (ValueError, RecursionError, OverflowError, TypeError) as trouble:
        if (place := TEMPLATE.search(text)) is not None:
            return Content(error=template_error(text, place.start()))
        return Content(error=_explain(trouble))
    locator = _Locator(text, data, len(text) - len(body))
    try:
        locator.run()
    except (_Lost, LookupError, TypeError, AttributeError):
        return Content(error="valid TOML, but its places could not be found; not read")
    return Content(tuple(locator.entries), tuple(locator.comments))


def _explain(trouble: BaseException) -> str:
    if isinstance(trouble, RecursionError):
        return "nested too deeply"
    message = str(trouble)
    match = re.search(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$", message)
    if match is None:
        return f"not valid TOML: {message}"
    where = f"line {match[1]}" if match[1] else "at the end"
    return f"{where}: {message[: match.start()]}"


class _Locator:
    """Walks valid TOML once and notes where each key and value lies."""

    def __init__(self, text: str, data: dict[str, Any], at: int) -> None:
        self.text, self.data, self.at = text, data, at
        self.lines = LineIndex(text)
        self.entries: list[Entry] = []
        self.comments: list[Comment] = []
        self.arrays: dict[Key, int] = {}
        """How many tables each array of tables has had so far."""

    def run(self) -> None:
        table: Key = ()
        header = -1
        self._skip()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
                header = len(self.entries) - 1
            else:
                self._pair(table)
                if header >= 0:
                    entry = self.entries[header]
                    self.entries[header] = entry._replace(value_span=Span(entry.value_span.start, self.at))
            self._skip()

    def _skip(self) -> None:
        """Past blanks, line ends and comments."""
        while True:
            self.at = BLANK.match(self.text, self.at).end()  # type: ignore[union-attr]
            match = COMMENT.match(self.text, self.at)
            if match is None:
                return
            _, column = self.lines.position(self.at)
            own_line = not self.text[self.at - column : self.at].strip()
            body = match[0].rstrip()
            self.comments.append(Comment(Span(self.at, self.at + len(body)), body, column, own_line))
            self.at = match.end()

    def _header(self) -> Key:
        start = self.at
        is_array = self.text.startswith("[[", start)
        self.at = SPACE.match(self.text, start + 1 + is_array).end()  # type: ignore[union-attr]
        parts, key_span = self._key()
        self.at = self.text.index("]", self.at) + 1 + is_array
        path: Key = ()
        for part in parts[:-1]:
            path = (*path, part)
            if path in self.arrays:
                path = (*path, self.arrays[path] - 1)
        path = (*path, parts[-1])
        if is_array:
            self.arrays[path] = count = self.arrays.get(path, 0) + 1
            path = (*path, count - 1)
        self._value_at(path)
        self.entries.append(Entry(path, key_span, UNKNOWN, Span(start, self.at)))
        return path

    def _key(self) -> tuple[list[str], Span]:
        """The parts of a dotted key; leaves `at` behind it and the blanks after it."""
        parts: list[str] = []
        start = end = self.at
        while True:
            for pattern in (BARE_KEY, BASIC, LITERAL):
                if match := pattern.match(self.text, self.at):
                    break
            else:
                raise _Lost
            parts.append(_string(match[0]) if match[0][0] in "\"'" else match[0])
            end = match.end()
            self.at = SPACE.match(self.text, end).end()  # type: ignore[union-attr]
            if self.text[self.at : self.at + 1] != ".":
                return parts, Span(start, end)
            self.at = SPACE.match(self.text, self.at + 1).end()  # type: ignore[union-attr]

    def _pair(self, table: Key) -> None:
        """`key = value`; a value's nested brackets are walked with a stack of our own."""
        # (path, is it a list, next index, number of its entry)
        stack: list[list[Any]] = []
        path, key_span = self._assigned(table)
        while True:
            opening = self.text[self.at : self.at + 1]
            value = self._value_at(path)
            if opening in ("[", "{"):
                start = self.at
                self.entries.append(Entry(path, key_span or Span(start, start), UNKNOWN, Span(start, start)))
                stack.append([path, opening == "[", 0, len(self.entries) - 1, start])
                self.at += 1
                self._skip()
            else:
                span = self._scalar()
                self.entries.append(Entry(path, key_span or span, value, span))
                if not stack:
                    return
                self._separator()
            while self.text[self.at : self.at + 1] in ("]", "}"):
                self.at += 1
                _, _, _, number, start = stack.pop()
                entry, span = self.entries[number], Span(start, self.at)
                keyless = entry.key_span == Span(start, start)
                self.entries[number] = entry._replace(
                    value_span=span, key_span=span if keyless else entry.key_span
                )
                if not stack:
                    return
                self._separator()
            top = stack[-1]
            if top[1]:
                path, key_span = (*top[0], top[2]), None
                top[2] += 1
            else:
                path, key_span = self._assigned(top[0])

    def _assigned(self, table: Key) -> tuple[Key, Span | None]:
        """Reads `key =` and stops at the value."""
        parts, span = self._key()
        if self.text[self.at : self.at + 1] != "=":
            raise _Lost
        self.at = SPACE.match(self.text, self.at + 1).end()  # type: ignore[union-attr]
        return (*table, *parts), span

    def _separator(self) -> None:
        self._skip()
        if self.text[self.at : self.at + 1] == ",":
            self.at += 1
            self._skip()
        elif self.text[self.at : self.at + 1] not in ("]", "}"):
            raise _Lost

    def _scalar(self) -> Span:
        for pattern in (MULTI_BASIC, MULTI_LITERAL, BASIC, LITERAL, BARE_VALUE):
            if match := pattern.match(self.text, self.at):
                break
        else:
            raise _Lost
        span = Span(self.at, self.at + len(match[0].rstrip()))
        if span.start == span.end:
            raise _Lost
        self.at = span.end
        return span

    def _value_at(self, path: Key) -> Any:
        value: Any = self.data
        for part in path:
            value = value[part]
        return value


def _string(literal: str) -> str:
    """The value of a quoted key."""
    if literal[0] == "'":
        return literal[1:-1]
    return re.sub(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", _unescaped, literal[1:-1])


ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else ESCAPES.get(code, code)
