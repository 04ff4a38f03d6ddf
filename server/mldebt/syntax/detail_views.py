"""The views that few rules ask for: keys, dict displays, comparisons with literals, branches, attributes.

Made on demand by details.py. Spans count from the chunk's first character, as
everywhere inside a chunk.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.syntax.manifest import Entry, Key
from mldebt.text import Span
from mldebt.typed import Any, Literal, NamedTuple


class KeyUse(NamedTuple):
    """`owner["key"]`, `owner[["key", …]]`, `owner.get("key", …)`, `owner.pop("key")`, `"key" in owner`."""

    span: Span
    """The whole subscript, call or comparison."""
    key: str
    key_span: Span
    """The literal with its quotes."""
    owner: str
    """Chain of what is asked, as written: `df`, `request.json()`, or "" for any other expression."""
    access: Literal["load", "store", "update", "delete", "get", "pop", "in"]
    """`update` is an augmented assignment; `get` stands for `setdefault` too."""
    listed: bool
    """One of several in a list: `df[["a", "b"]]`."""
    default: Any
    """Of a `get` its literal default: UNKNOWN if it is an expression, None if there is none."""
    value: Span
    """What is stored; the empty span at 0 for every other access."""
    value_chain: str
    scope: int
    statement: Span


class Display(NamedTuple):
    """A dict written out, or a `dict(key=…)` call; displays inside it belong to it and have no view of their own."""

    span: Span
    entries: tuple[Entry, ...]
    """In source order, as a manifest has them: nested dicts and lists flattened under their full keys."""
    role: Literal["assign", "return", "argument", "default", "other"]
    name: str
    """The variable, key, keyword or parameter it is given to, or ""."""
    call: str
    """Chain of the call it is an argument of, or ""."""
    complete: bool
    """False when a `**other` or a computed key may hide further keys at the top level."""
    scope: int
    statement: Span

    def get(self, *key: str | int) -> Entry | None:
        return next((entry for entry in self.entries if entry.key == key), None)

    def keys(self) -> tuple[str, ...]:
        """The literal keys of the top level."""
        return tuple(str(entry.key[0]) for entry in self.entries if len(entry.key) == 1)

    def under(self, *prefix: str | int) -> Iterator[Entry]:
        """Every entry below this key, at any depth, in source order."""
        length = len(prefix)
        return (entry for entry in self.entries if len(entry.key) > length and entry.key[:length] == prefix)


class Comparison(NamedTuple):
    """One comparison with a literal string, truth value or None (or a row of them after `in`)."""

    span: Span
    left: str
    """Chain of the other side, as written."""
    key: str
    """The literal key if the other side is `chain["key"]` or `chain.get("key")`, else ""."""
    op: str
    values: tuple[Any, ...]
    value_spans: tuple[Span, ...]
    scope: int
    statement: Span


class Branch(NamedTuple):
    """An `if`, `elif`, `while` or conditional expression."""

    span: Span
    """The whole statement, its other branches included."""
    kind: Literal["if", "elif", "while", "ifexp"]
    test: Span
    constant: Any
    """The test's literal value, with `not` applied; UNKNOWN if it is none."""
    chain: str
    """Chain of the test when it is a name, attribute, subscript or call, without a leading `not`."""
    key: str
    """The literal key of a test `chain["key"]` or `chain.get("key", …)`, else ""."""
    negated: bool
    body: Span
    orelse: Span
    """From the first to the last statement; the empty span at the end where there is none."""
    scope: int


class Unreachable(NamedTuple):
    """Statements after one that never goes on."""

    span: Span
    after: Literal["return", "raise", "continue", "break"]
    after_span: Span
    scope: int


class AttributeUse(NamedTuple):
    """`owner.name`, loaded or stored."""

    span: Span
    owner: str
    """Chain of what stands before the last dot, as written."""
    name: str
    access: Literal["load", "store", "delete"]
    called: bool
    scope: int


class Details(NamedTuple):
    """All of one chunk, each in source order."""

    keys: tuple[KeyUse, ...] = ()
    displays: tuple[Display, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    branches: tuple[Branch, ...] = ()
    unreachable: tuple[Unreachable, ...] = ()
    attributes: tuple[AttributeUse, ...] = ()


__all__ = [
    "AttributeUse",
    "Branch",
    "Comparison",
    "Details",
    "Display",
    "Entry",
    "Key",
    "KeyUse",
    "Unreachable",
]
