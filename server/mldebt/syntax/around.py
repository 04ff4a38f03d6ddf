"""What stands around the line somebody types in, so that a key costs that line and not its whole function.

A piece is head + lines + tail, where the lines hold whole simple statements of one block. When other
lines of that kind take their place, the rest parses as before, and its views stand as before but for
their offsets. What is not certain to be so is refused, and the piece is lowered anew: `with_text` gives
what `lower_piece` gives for the same text, or None. A test holds the two equal.

Why it is sound: lines that parse alone at their indentation begin and end outside brackets and strings,
so the tokens of the tail are what they were; and a block is parsed statement by statement.
"""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence

from mldebt.syntax import lowering, repair
from mldebt.syntax.module import (
    PARSE_FAILURES,
    Chunk,
    Lowered,
    by_span,
    comments_of,
    in_order,
    parse,
    parsed_piece,
    roots_of,
    shifted,
)
from mldebt.syntax.names import Names, bound
from mldebt.syntax.views import Arg, Call, Number, Scope, String
from mldebt.text import Span, line_starts
from mldebt.typed import Any

MAX_LINES = 40
# What is parsed with every key; a longer statement is lowered with its whole piece.

PLAIN = (
    ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.Delete, ast.Raise, ast.Assert, ast.Pass,
    ast.Break, ast.Continue, ast.Global, ast.Nonlocal,
)  # fmt: skip
"""Statements that hold no other and bind no name to a module."""

SORTED = ("calls", "numbers", "strings", "comments", "assignments")
"""Kinds of views that stand in the order of their spans."""

Binding = tuple[str, int, str]
new = tuple.__new__
"""Makes a named tuple at half the cost of its constructor."""


def around(chunk: Chunk, start: int, end: int) -> Around | None:
    """What stands around the lines that an edit from `start` to `end` of this piece touches; None if it is not plain."""
    text, owner = chunk.text, chunk.owner
    if chunk.state != "parsed" or "\f" in text:
        return None
    starts = line_starts(text)
    shift = 1 + bool(owner)
    first, last = bisect_right(starts, start) - 1, bisect_right(starts, end) - 1
    nodes = _on_lines(parsed_piece(text, owner)[0] or [], first + shift, last + shift)
    if not nodes or not all(map(_is_plain, nodes)):
        return None
    first, n_lines = nodes[0].lineno - shift, (nodes[-1].end_lineno or 0) - shift + 1
    low, stop = starts[first], starts[n_lines] if n_lines < len(starts) else len(text) + 1
    if last >= n_lines:
        # Blank lines below may go with them.
        low_blank, stop = stop, starts[last + 1] if last + 1 < len(starts) else len(text) + 1
        if text[low_blank:stop].strip():
            return None
    stop -= 2 if text[stop - 2 : stop] == "\r\n" else 1
    indent = text[low : low + nodes[0].col_offset]
    if indent.strip(" \t") or text[:low].rstrip("\r\n").endswith("\\") or "lambda" in text[low:stop]:
        return None
    column = nodes[-1].end_col_offset or 0
    begin = starts[n_lines - 1]
    ends = begin + len(
        text[begin : begin + column].encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore")
    )
    rest = text[ends:stop].lstrip(" \t")
    if rest.startswith(";"):
        ends = stop - len(rest) + 1  # A block ends behind it.
    found = Around(chunk, low, stop, indent, ends)
    return found if found.certain else None


def _on_lines(body: list[ast.stmt], first: int, last: int) -> list[ast.stmt]:
    """The statements of one block on these lines, none of which holds others; empty if there are no such."""
    while True:
        hits = [node for node in body if node.lineno <= last and (node.end_lineno or 0) >= first]
        if not hits or not any(_blocks(node) for node in hits):
            return hits if hits and hits[0].lineno <= first else []
        blocks = [
            block
            for node in hits
            for block in _blocks(node)
            if block[0].lineno <= last and (block[-1].end_lineno or 0) >= first
        ]
        if len(hits) != 1 or len(blocks) != 1:
            return []
        body = blocks[0]


def _blocks(node: Any) -> list[list[ast.stmt]]:
    """The statement lists directly inside a statement."""
    if node.__class__ in PLAIN:
        return []
    found = [getattr(node, name, ()) for name in ("body", "orelse", "finalbody")]
    found += [part.body for name in ("handlers", "cases") for part in getattr(node, name, ())]
    return [block for block in found if block]


def _is_plain(node: Any) -> bool:
    """Whether nothing outside it depends on it; a string alone may be a docstring."""
    if node.__class__ is ast.Expr and node.value.__class__ is ast.Constant:
        return node.value.value.__class__ is not str
    return node.__class__ in PLAIN


class Around:
    """A piece without some of its lines."""

    __slots__ = (
        "_after",
        "_before",
        "_chunk",
        "_end",
        "_environment",
        "_first",
        "_n_calls",
        "_names",
        "_old",
        "_roots",
        "_scope",
        "_stop",
        "certain",
        "head",
        "indent",
        "owner",
        "tail",
    )  # fmt: skip

    def __init__(self, chunk: Chunk, first: int, stop: int, indent: str, end: int) -> None:
        """The lines reach from `first` to `stop`; the last statement in them ends at `end`."""
        old: Lowered = chunk.names.piece
        self._chunk, self._old = chunk, old
        self._first, self._stop, self._end = first, stop, end
        self.owner, self.indent = old.owner, indent
        self.head, self.tail = old.text[:first], old.text[stop:]
        self._before: dict[str, tuple[Any, ...]] = {}
        self._after: dict[str, tuple[Any, ...]] = {}
        for kind in SORTED:
            # A chunk's calls are the piece's with their targets.
            views = getattr(chunk, kind)
            self._before[kind] = views[: bisect_left(views, first, key=_start)]
            self._after[kind] = views[bisect_left(views, stop, key=_start) :]
        self._n_calls = len(old.calls)
        self._scope = _scope_at(old.scopes, first)
        self._names = [(name, chain) for name, _, chain in self._inside(old, len(old.text))]
        """What the lines bound when the targets were found."""
        self._roots = roots_of(
            old,
            self._before["calls"] + self._after["calls"],
            self._before["numbers"] + self._after["numbers"],
            [[one for one in scope.bindings if not first <= one[1] < stop] for scope in old.scopes],
        )
        """Names of the environment that the rest may need."""
        self._environment = self._needed(chunk.names.environment)
        self.certain = not any(
            view.statement.start < stop and view.statement.end > first
            for kind in ("calls", "numbers", "strings")
            for view in (*self._before[kind], *self._after[kind])
        )
        """Whether no view outside the lines tells of a statement that reaches into them: that of an `except`
        may be the last one above it, that of a `match` is all of it."""

    def middle(self, text: str, owner: str) -> str | None:
        """The lines of a piece that is like this one all around them."""
        head, tail = self.head, self.tail
        if owner != self.owner or len(text) < len(head) + len(tail):
            return None
        if not text.startswith(head) or not text.endswith(tail):
            return None
        return text[len(head) : len(text) - len(tail)]

    # -- views ---------------------------------------------------------------------------------------

    def with_text(self, text: str, owner: str, wanted: frozenset[str]) -> Lowered | None:
        """The views of a piece with this text; None if it is not certain that only its lines are others."""
        middle = self.middle(text, owner)
        if middle is None or "\f" in middle or "lambda" in middle or middle.count("\n") > MAX_LINES:
            return None
        if middle.rstrip("\r\n").endswith("\\"):
            return None  # It goes on in the tail.
        state: Any = "parsed"
        try:
            block = self._block(middle)
        except SyntaxError:
            state = "repaired"
            block = self._repaired(text, middle)
        except PARSE_FAILURES:
            return None
        if block is None:
            return None
        head = "if 1:\n" if self.indent else ""
        whole = f"{head}{middle}\n"
        low = lowering.Lowering(
            whole, line_starts(whole), 0, len(head) - self._first, owner, wanted, middle.isascii()
        )
        scope = self._old.scopes[self._scope]
        low.scope = self._scope
        low.scopes = {self._scope: (scope.kind, scope.name)}  # type: ignore[assignment]
        low.bindings = {self._scope: []}  # type: ignore[assignment]
        low.walk(block.body)
        end = low.at(block.end_lineno, block.end_col_offset) if self.indent else 0
        return self._joined(text, middle, low, end, state)

    def _block(self, middle: str) -> Any:
        """What holds the statements of the lines; None if one of them may change more than itself.

        Raises a PARSE_FAILURE.
        """
        found: Any = parse(f"if 1:\n{middle}\n" if self.indent else f"{middle}\n")
        if self.indent:
            if len(found.body) != 1 or found.body[0].orelse:
                return None
            found = found.body[0]
        first = found.body[0] if found.body else None
        if first is None or first.lineno != 1 + bool(self.indent) or first.col_offset != len(self.indent):
            return None
        return found if all(map(_is_plain, found.body)) else None

    def _repaired(self, text: str, middle: str) -> Any:
        """The same for lines that do not parse, as `parsed_piece` repairs them at its first attempt."""
        if "\\" in middle or '"""' in middle or "'''" in middle:
            return None  # What is open here may end in the tail.
        try:
            parse(f"class _:\n{text}" if self.owner else text)
            return None
        except IndentationError:
            return None
        except SyntaxError as error:
            number = (error.lineno or 0) - bool(self.owner)
        except PARSE_FAILURES:
            return None
        instead = repair.without_line(text, number, whole_statement=False)
        lines = self.middle(instead, self.owner) if instead is not None else None
        if lines is None:
            return None
        try:
            return self._block(lines)
        except PARSE_FAILURES:
            return None

    def _joined(self, text: str, middle: str, low: lowering.Lowering, end: int, state: Any) -> Lowered:
        """The views before the lines, in them, and behind them, where those have gone."""
        old, before, after = self._old, self._before, self._after
        calls, numbers, strings = in_order(low.calls, low.numbers, low.strings)
        n_before = len(before["calls"])
        if n_before:
            numbers = [one._replace(call=one.call + n_before) if one.call >= 0 else one for one in numbers]
            strings = [one._replace(call=one.call + n_before) if one.call >= 0 else one for one in strings]
        comments = comments_of(middle) if "#" in middle else ()
        by = len(text) - len(old.text)
        move = _Move(self._stop, by, n_before + len(calls) + len(after["calls"]) - self._n_calls)
        made: Lowered = object.__new__(Lowered)
        made.text, made.owner, made.state = text, old.owner, state
        made.calls = (*before["calls"], *calls, *map(move.call, after["calls"]))
        made.numbers = (*before["numbers"], *numbers, *map(move.number, after["numbers"]))
        made.strings = (*before["strings"], *strings, *map(move.string, after["strings"]))
        made.comments = (
            *before["comments"],
            *[shifted(comment, self._first) for comment in comments],
            *[shifted(comment, by) for comment in after["comments"]],
        )
        made.assignments = (
            *before["assignments"],
            *sorted(low.assignments, key=by_span),
            *[shifted(one, by) for one in after["assignments"]],
        )
        made.imports = tuple(
            [shifted(one, by) if one.span.start >= self._stop else one for one in old.imports]
        )
        span = self._span_mover(by, end)
        made.functions = tuple([_with_spans(one, span) for one in old.functions])
        made.classes = tuple([_with_spans(one, span) for one in old.classes])
        bindings = low.bindings[self._scope]
        made.scopes = self._scopes(len(text), by, bindings, span)
        here: list[Sequence[Binding]] = [()] * len(old.scopes)
        here[self._scope] = bindings
        made.roots = tuple(self._roots | roots_of(made, calls, numbers, here))
        return made

    def _span_mover(self, by: int, end: int) -> Callable[[Span], Span]:
        """Where the spans of functions, classes and scopes go; the last statement in the lines ends at `end` now."""

        def moved(span: Span) -> Span:
            if span.end <= self._first:
                return span
            if span.start >= self._stop:
                return Span(span.start + by, span.end + by)
            return Span(span.start, end if span.end == self._end else span.end + by)

        return moved

    def _scopes(
        self, length: int, by: int, here: list[Binding], moved: Callable[[Span], Span]
    ) -> tuple[Scope, ...]:
        first, stop = self._first, self._stop
        made = []
        for number, scope in enumerate(self._old.scopes):
            bindings = scope.bindings
            if bindings and (
                number == self._scope or bindings[-1][1] >= stop or any(one[1] >= stop for one in bindings)
            ):
                bindings = (
                    *[one for one in bindings if one[1] < first],
                    *(here if number == self._scope else ()),
                    *[(name, at + by, chain) for name, at, chain in bindings if at >= stop],
                )
            elif number == self._scope:
                bindings = tuple(here)
            span = moved(scope.span) if number else Span(0, length)
            made.append(new(Scope, (scope.kind, scope.name, scope.parent, span, scope.params, bindings)))
        return tuple(made)

    # -- names ---------------------------------------------------------------------------------------

    def chunk(self, lowered: Lowered, need: dict[str, str]) -> Chunk:
        """What `bound` gives for a piece that `with_text` has made."""
        here = [(name, chain) for name, _, chain in self._inside(lowered, len(lowered.text))]
        if self._needed(need) != self._environment or not (
            here == self._names or (self._free(here) and self._free(self._names))
        ):
            return bound(lowered, need)
        names = Names(lowered, need)
        low, high = len(self._before["calls"]), len(lowered.calls) - len(self._after["calls"])
        calls = lowered.calls
        mine = [
            call._replace(target=names.resolve(call.chain, call.scope, call.span.start))
            for call in calls[low:high]
        ]
        exports = self._chunk.exports if self._scope else names.exports()
        return Chunk(lowered, (*calls[:low], *mine, *calls[high:]), exports, names)

    def _inside(self, lowered: Lowered, length: int) -> list[Binding]:
        """What the lines of a piece of this length bind."""
        first, stop = self._first, length - len(self.tail)
        return [one for one in lowered.scopes[self._scope].bindings if first <= one[1] < stop]

    def _free(self, names: Iterable[tuple[str, str]]) -> bool:
        """Whether nobody outside the lines asks for these."""
        return not any(name[:5] == "self." or name in self._roots for name, _ in names)

    def _needed(self, environment: dict[str, str]) -> dict[str, str]:
        return {root: target for root, target in environment.items() if root in self._roots}


class _Move:
    """Moves the views behind the lines."""

    def __init__(self, stop: int, by: int, more: int) -> None:
        self._stop, self._by, self._more = stop, by, more
        self._old: Span | None = None
        self._new = Span(0, 0)

    def _statement(self, span: Span) -> Span:
        """Of what holds a view; it may stand before the lines. Many views in a row have the same."""
        if span is not self._old:
            self._old, by = span, self._by
            self._new = new(Span, (span[0] + by, span[1] + by)) if span[0] >= self._stop else span
        return self._new

    def call(self, call: Call) -> Call:
        span, func, chain, target, args, scope, statement = call
        by = self._by
        moved = tuple(
            [
                new(Arg, (name, new(Span, (at[0] + by, at[1] + by)), value, its))
                for name, at, value, its in args
            ]
        )
        return new(
            Call,
            (new(Span, (span[0] + by, span[1] + by)), new(Span, (func[0] + by, func[1] + by)), chain, target, moved,
             scope, self._statement(statement)),
        )  # fmt: skip

    def number(self, number: Number) -> Number:
        span, value, kind, name, op, other, owner, call, index, scope, statement = number
        by = self._by
        call = call + self._more if call >= 0 else call
        return new(
            Number,
            (new(Span, (span[0] + by, span[1] + by)), value, kind, name, op, other, owner, call, index, scope,
             self._statement(statement)),
        )  # fmt: skip

    def string(self, string: String) -> String:
        span, value, kind, name, call, index, scope, statement, parent = string
        by = self._by
        call = call + self._more if call >= 0 else call
        return new(
            String,
            (new(Span, (span[0] + by, span[1] + by)), value, kind, name, call, index, scope,
             self._statement(statement), parent),
        )  # fmt: skip


def _with_spans(view: Any, moved: Callable[[Span], Span]) -> Any:
    """A view with each span where it has gone."""
    return view._make([moved(value) if value.__class__ is Span else value for value in view])


def _scope_at(scopes: Sequence[Scope], offset: int) -> int:
    """The innermost scope of statements around a place."""
    found = 0
    for number, scope in enumerate(scopes):
        inside = scope.span.start <= offset < scope.span.end and scope.kind != "lambda"
        if inside and (not found or scope.span.start >= scopes[found].span.start):
            found = number
    return found


def _start(view: Any) -> int:
    return view[0][0]  # type: ignore[no-any-return]


__all__ = ["Around", "around"]
