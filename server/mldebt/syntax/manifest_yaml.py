"""YAML as entries with spans, from the event stream and without recursion.

Events rather than nodes: an alias is never expanded, depth is counted by us,
and what comes before a syntax error stays known. Scalars have the values
PyYAML gives them, but for `1e-3`: YAML 1.1 calls it a string, while YAML 1.2,
Hydra and everyone who writes it mean a number.

Not done: merge keys (`<<: *base`) are not merged; keys that are themselves
mappings or lists, and what is below them, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.syntax.manifest import TEMPLATE, Content, Entry, Key, line_number, template_error
from mldebt.syntax.views import UNKNOWN, Comment
from mldebt.text import LineIndex, Span, regex
from mldebt.typed import Any

MAX_DEPTH = 100
# Deeper than any configuration; libyaml's look-ahead is quadratic in the depth of flow brackets.
PROPERTIES = regex(r"(?:[&!][^\s,\[\]{}]*\s+(?:#[^\r\n]*\s+)*)+")
EXPONENT = regex(r"[-+]?(?:[0-9][0-9_]*)(?:\.[0-9_]*)?[eE][-+]?[0-9]+")
HASH = regex(r"(?:^|(?<=[\s]))#[^\r\n\x85\u2028\u2029]*", re.MULTILINE)


class _Open:
    """A mapping or list whose end has not come yet."""

    __slots__ = ("entry", "flow", "index", "is_map", "key", "known", "path", "pending", "seen", "start")

    def __init__(self, path: Key, is_map: bool, flow: bool, start: int, entry: int, known: bool) -> None:
        self.path, self.is_map, self.flow, self.start, self.entry = path, is_map, flow, start, entry
        self.known = known
        """Whether its entries can be named: false below a key that is no scalar."""
        self.pending = True
        """The next event is a key."""
        self.key: Any = None
        self.index = 0
        self.seen: set[Any] = set()


def read_yaml(text: str) -> Content:
    """Entries and comments of all documents in `text`."""
    import yaml

    reader = _Reader(text)
    error = ""
    shift = 1 if text.startswith("\ufeff") else 0
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text[shift:], Loader=loader):
            error = reader.take(event, shift)
            if error:
                break
    except yaml.YAMLError as trouble:
        error = _explain(text, trouble, shift)
    except UnicodeError:
        error = "holds characters that are not valid Unicode"
    reader.close()
    if error and (place := TEMPLATE.search(text)) is not None:
        return Content(error=template_error(text, place.start()))
    comments = tuple(_comments(text, reader.covered)) if "#" in text else ()
    return Content(tuple(reader.entries), comments, error=error or reader.warning)


def _explain(text: str, trouble: Any, shift: int) -> str:
    mark = getattr(trouble, "problem_mark", None) or getattr(trouble, "context_mark", None)
    problem = getattr(trouble, "problem", None) or getattr(trouble, "reason", None) or "not valid YAML"
    if "nesting depth" in problem:  # PyYAML 6.0.4 has a limit of its own, and says so in its own words
        problem = "nested deeper than the YAML reader goes"
    at = mark.index if mark is not None else getattr(trouble, "position", 0)
    return f"line {line_number(text, min(at + shift, len(text)))}: {problem}"


class _Reader:
    """Builds entries from events; the stack is its own, so depth costs no recursion."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.entries: list[Entry] = []
        self.covered: list[Span] = []
        """Where scalars lie, in order: no comment begins inside."""
        self.stack: list[_Open] = []
        self.anchors: dict[str, Any] = {}
        self.document = 0
        self.end = 0
        self.warning = ""

    def take(self, event: Any, shift: int) -> str:
        """Digest one event; returns why reading must stop, or ""."""
        kind = type(event).__name__
        start, end = event.start_mark.index + shift, event.end_mark.index + shift
        if kind == "ScalarEvent":
            self._scalar(event, start, end)
        elif kind == "AliasEvent":
            self.end = end
            self._value(self.anchors.get(event.anchor, UNKNOWN), Span(start, end))
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            return self._open(event, kind == "MappingStartEvent", start)
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._close(end)
        elif kind == "DocumentStartEvent":
            self.document += 1
            self.anchors.clear()
        return ""

    def _scalar(self, event: Any, start: int, end: int) -> None:
        if (event.anchor or event.tag) and (match := PROPERTIES.match(self.text, start, end)):
            start = match.end()
        elif event.anchor or event.tag:
            start = end  # `&a` or `!!null` before nothing
        if event.style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip())
        span = Span(start, end)
        self.end = end
        self.covered.append(span)
        value = _scalar_value(event)
        if event.anchor:
            self.anchors[event.anchor] = value
        self._value(value, span)

    def _value(self, value: Any, span: Span) -> None:
        """A scalar or alias: a mapping's key, a mapping's value, or an element."""
        if not self.stack:
            if value is not None or span.start < span.end:
                self.entries.append(Entry(self._root(), span, value, span))
            return
        top = self.stack[-1]
        if top.is_map and top.pending:
            top.key, top.pending = (value, span), False
            return
        if (placed := self._place(top, span)) is not None:
            self.entries.append(Entry(*placed, value, span))

    def _place(self, top: _Open, span: Span) -> tuple[Key, Span] | None:
        """Full key and key span of the value that comes next in `top`."""
        if not top.is_map:
            key: Any = top.index
            top.index += 1
            return ((*top.path, key), span) if top.known else None
        (key, key_span), top.pending = top.key, True
        if not top.known or key is UNKNOWN:
            return None
        key = (
            key
            if isinstance(key, (str, int)) and not isinstance(key, bool)
            else self.text[key_span.start : key_span.end]
        )
        if key in top.seen and key != "<<" and not self.warning:
            line = line_number(self.text, key_span.start)
            self.warning = f"line {line}: `{key}` is given twice; the last one counts"
        top.seen.add(key)
        return (*top.path, key), key_span

    def _open(self, event: Any, is_map: bool, start: int) -> str:
        if len(self.stack) >= MAX_DEPTH:
            return f"line {line_number(self.text, start)}: nested deeper than {MAX_DEPTH} levels"
        if event.anchor or event.tag:
            match = PROPERTIES.match(self.text, start)
            start = match.end() if match else start
        flow = bool(event.flow_style)
        if flow and self.text.startswith("{{", start):
            return template_error(self.text, start)
        path, known, entry = self._root(), True, -1
        if self.stack:
            top = self.stack[-1]
            if top.is_map and top.pending:
                # A container as a key: give it a place holder, and no names below it.
                top.key, top.pending, known = (UNKNOWN, Span(start, start)), False, False
            elif (placed := self._place(top, Span(start, start))) is not None:
                path, entry = placed[0], len(self.entries)
                self.entries.append(Entry(*placed, UNKNOWN, Span(start, start)))
            else:
                known = False
        self.stack.append(_Open(path, is_map, flow, start, entry, known))
        self.end = start
        return ""

    def _close(self, end: int) -> None:
        top = self.stack.pop()
        if top.flow:
            self.end = end
        if top.entry >= 0:
            entry = self.entries[top.entry]
            span = Span(top.start, max(self.end, top.start))
            key_span = (
                entry.key_span
                if isinstance(entry.key[-1], str) or entry.key_span.start != top.start
                else span
            )
            self.entries[top.entry] = entry._replace(value_span=span, key_span=key_span)

    def close(self) -> None:
        """After an error: what is still open ends where reading ended."""
        while self.stack:
            self._close(self.end)

    def _root(self) -> Key:
        return () if self.document <= 1 else ("---", self.document - 1)


def _scalar_value(event: Any) -> Any:
    """The Python value of a scalar; text that only looks like a date stays text."""
    import yaml

    value: str = event.value
    if event.tag is None and not event.implicit[0]:
        return value
    tag = event.tag
    if tag is None:
        tag = _implicit_tag(value)
        if tag is None:
            return float(value.replace("_", "")) if EXPONENT.fullmatch(value) else value
    if tag in ("!", "tag:yaml.org,2002:str"):
        return value
    if tag not in SCALAR_TAGS:
        return UNKNOWN
    constructor = yaml.SafeLoader.yaml_constructors[tag]
    try:
        return constructor(_constructor(), yaml.ScalarNode(tag, value))
    except (ValueError, KeyError, TypeError, OverflowError, AttributeError):
        return value


SCALAR_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "timestamp"))


def _implicit_tag(value: str) -> str | None:
    import yaml

    for tag, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(value[:1], ()):
        if tag in SCALAR_TAGS and pattern.match(value):
            return tag  # type: ignore[no-any-return]
    return None


_CONSTRUCTOR: list[Any] = []


def _constructor() -> Any:
    """PyYAML's own conversions; the object holds no state that scalars touch."""
    if not _CONSTRUCTOR:
        from yaml.constructor import SafeConstructor

        _CONSTRUCTOR.append(SafeConstructor())
    return _CONSTRUCTOR[0]


def _comments(text: str, covered: list[Span]) -> Iterator[Comment]:
    """Every `#` at a line's start or after a blank that no scalar covers."""
    lines = LineIndex(text)
    position, at = 0, 0
    while (match := HASH.search(text, at)) is not None:
        start = match.start()
        while position < len(covered) and covered[position].end <= start:
            position += 1
        if position < len(covered) and covered[position].start < start:
            at = covered[position].end
            continue
        body = match[0].rstrip()
        column = lines.position(start)[1]
        yield Comment(Span(start, start + len(body)), body, column, not text[start - column : start].strip())
        at = max(match.end(), start + 1)
