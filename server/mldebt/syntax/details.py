"""Views on demand: what a few rules want to know of a chunk, made when the first of them asks.

    details_of(chunk).keys                 `df["amount"]`, `config.get("depth", 6)`, …
    details_of(chunk).displays             dicts written out, as flat entries with spans
    module_details(module)                 (chunk, its offset, its details) of every chunk

One iterative walk makes all of them and the chunk remembers the answer, so that a
keystroke costs the touched chunk. Ask only after a cheaper look at the text has
shown that there can be something: a walk costs about as much as the parse.

A chunk that does not parse is repaired; where that fails it has no details.
f-strings are not entered: inner positions are wrong before Python 3.12.
"""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from mldebt.syntax.detail_views import (
    AttributeUse,
    Branch,
    Comparison,
    Details,
    Display,
    Entry,
    Key,
    KeyUse,
    Unreachable,
)
from mldebt.syntax.expressions import tree_of
from mldebt.syntax.lowering import OPERATORS, STATEMENTS, Lowering, chain_of, literal_value
from mldebt.syntax.module import Chunk, Module, Tree
from mldebt.syntax.nodes import children
from mldebt.syntax.views import UNKNOWN
from mldebt.text import Span
from mldebt.typed import Any

MEMO = "details"
MAX_ENTRIES = 2000
# Of one dict display; a larger one is a table of data.
NOTHING = Span(0, 0)
ENDS: dict[type, Any] = {
    ast.Return: "return",
    ast.Raise: "raise",
    ast.Continue: "continue",
    ast.Break: "break",
}


def module_details(module: Module) -> Iterator[tuple[Chunk, int, Details]]:
    """Of every chunk in order; spans count from the chunk's offset."""
    for chunk, start in module.placed:
        yield chunk, start, details_of(chunk)


def details_of(chunk: Chunk) -> Details:
    known: Details | None = chunk.memo.get(MEMO)
    if known is None:
        known = chunk.memo[MEMO] = _details(chunk)
    return known


def _details(chunk: Chunk) -> Details:
    parsed = parsed_chunk(chunk)
    return Details() if parsed is None else _Walk(chunk, parsed[0]).run(parsed[1])


def parsed_chunk(chunk: Chunk) -> tuple[Lowering, list[Any]] | None:
    """The chunk's statements and what tells their places: from its file's parse, or parsed alone."""
    tree: Tree | None = chunk.memo.get("tree")
    if tree is not None:
        first = bisect_left(tree.starts, tree.origin)
        own = tree.starts[first : bisect_right(tree.starts, tree.origin + len(chunk.text))]
        starts = [start - tree.origin for start in own]
        low = Lowering(chunk.text, starts, first, 0, chunk.owner, frozenset(), chunk.text.isascii())
        return low, tree.nodes
    alone = tree_of(chunk.text, chunk.owner)
    return None if alone is None else (alone.low, alone.body)


class _Walk:
    """The views of one chunk while they grow. One use."""

    def __init__(self, chunk: Chunk, low: Lowering) -> None:
        self.chunk, self.low = chunk, low
        self.span = low.span
        self.keys: list[KeyUse] = []
        self.displays: list[Display] = []
        self.comparisons: list[Comparison] = []
        self.branches: list[Branch] = []
        self.unreachable: list[Unreachable] = []
        self.attributes: list[AttributeUse] = []
        self.statement = NOTHING
        self.stored: dict[int, tuple[Any, bool]] = {}
        """Identity of a target -> (the value it gets, whether it is updated in place)."""
        self.called: set[int] = set()
        self.given: dict[int, tuple[Any, str, str]] = {}
        """Identity of a dict or `dict()` call -> (role, name, call)."""
        self.elif_: set[int] = set()
        self.inner: set[int] = set()
        """Displays that belong to a larger one."""

    def run(self, nodes: list[Any]) -> Details:
        self.block(nodes)
        stack: list[tuple[Any, Span]] = [(node, NOTHING) for node in reversed(nodes)]
        handlers = HANDLERS
        while stack:
            node, statement = stack.pop()
            cls = node.__class__
            if cls is ast.Name or cls is ast.Constant:
                continue  # half of all nodes, and nothing below them
            if cls in STATEMENTS:
                statement = self.span(node)
            self.statement = statement
            handler = handlers.get(cls)
            if handler is not None:
                handler(self, node)
            if cls in STRINGS:
                continue
            stack += [(child, statement) for child in children(node)]
        return Details(*(tuple(sorted(found, key=_by_span)) for found in self._lists()))

    def _lists(self) -> tuple[list[Any], ...]:
        return (
            self.keys, self.displays, self.comparisons, self.branches, self.unreachable, self.attributes,
        )  # fmt: skip

    def scope(self, offset: int) -> int:
        """The innermost scope around an offset. Scopes are listed outer first."""
        found = 0
        for index, scope in enumerate(self.chunk.scopes):
            if index and scope.span.start <= offset < scope.span.end:
                found = index
        return found

    # Statements -------------------------------------------------------------

    def block(self, nodes: list[Any]) -> None:
        """Statements after one that ends the block."""
        for at, node in enumerate(nodes[:-1]):
            word = ENDS.get(node.__class__)
            if word is not None:
                span = Span(self.span(nodes[at + 1]).start, self.span(nodes[-1]).end)
                self.unreachable.append(Unreachable(span, word, self.span(node), self.scope(span.start)))
                return

    def function(self, node: Any) -> None:
        self.block(node.body)
        arguments = node.args
        positional = [*arguments.posonlyargs, *arguments.args]
        defaults = arguments.defaults
        for parameter, value in zip(positional[len(positional) - len(defaults) :], defaults, strict=True):
            self.give(value, "default", parameter.arg)

    def suite(self, node: Any) -> None:
        self.block(node.body)
        self.block(getattr(node, "orelse", []))
        self.block(getattr(node, "finalbody", []))

    def branch(self, node: Any) -> None:
        self.suite(node)
        kind: Any = "while" if node.__class__ is ast.While else "elif" if id(node) in self.elif_ else "if"
        if len(node.orelse) == 1 and node.orelse[0].__class__ is ast.If and kind != "while":
            self.elif_.add(id(node.orelse[0]))
        self.test(kind, node, self.over(node.body), self.over(node.orelse))

    def ifexp(self, node: Any) -> None:
        self.test("ifexp", node, self.span(node.body), self.span(node.orelse))

    def over(self, nodes: list[Any]) -> Span:
        return Span(self.span(nodes[0]).start, self.span(nodes[-1]).end) if nodes else NOTHING

    def test(self, kind: Any, node: Any, body: Span, orelse: Span) -> None:
        test, negated = node.test, False
        while test.__class__ is ast.UnaryOp and test.op.__class__ is ast.Not:
            test, negated = test.operand, not negated
        constant = test.value if test.__class__ is ast.Constant else UNKNOWN
        if constant is not UNKNOWN and negated:
            constant = not constant
        _, key = _keyed(test)
        span = self.span(node)
        self.branches.append(
            Branch(
                span,
                kind,
                self.span(node.test),
                constant,
                chain_of(test),
                key,
                negated,
                body,
                orelse if orelse != NOTHING else Span(span.end, span.end),
                self.scope(span.start),
            )
        )

    def assign(self, node: Any) -> None:
        value = node.value
        if value is None:
            return
        targets = node.targets if node.__class__ is ast.Assign else [node.target]
        for target in targets:
            self.stored[id(target)] = (value, node.__class__ is ast.AugAssign)
        self.give(value, "assign", _name_of(targets[0]))

    def returned(self, node: Any) -> None:
        if node.value is not None:
            self.give(node.value, "return", "")

    def give(self, value: Any, role: str, name: str, call: str = "") -> None:
        if value.__class__ is ast.Dict or value.__class__ is ast.Call:
            self.given[id(value)] = (role, name, call)

    # Expressions ------------------------------------------------------------

    def subscript(self, node: Any) -> None:
        listed, items = False, [node.slice]
        if node.slice.__class__ in (ast.List, ast.Tuple):
            listed, items = True, node.slice.elts
        access: Any = {ast.Load: "load", ast.Store: "store", ast.Del: "delete"}[node.ctx.__class__]
        value, updated = self.stored.get(id(node), (None, False))
        for item in items:
            if item.__class__ is ast.Constant and item.value.__class__ is str:
                self.use(node, node.value, item, "update" if updated else access, listed, value)

    def use(
        self, node: Any, owner: Any, key: Any, access: Any, listed: bool = False, value: Any = None,
        default: Any = None,
    ) -> None:  # fmt: skip
        span = self.span(node)
        self.keys.append(
            KeyUse(
                span,
                key.value,
                self.span(key),
                chain_of(owner),
                access,
                listed,
                default,
                self.span(value) if value is not None else NOTHING,
                chain_of(value) if value is not None else "",
                self.scope(span.start),
                self.statement,
            )
        )

    def call(self, node: Any) -> None:
        func = node.func
        self.called.add(id(func))
        chain = chain_of(func)
        for arg in node.args:
            self.give(arg, "argument", "", chain)
        for keyword in node.keywords:
            self.give(keyword.value, "argument", keyword.arg or "", chain)
        if func.__class__ is ast.Attribute and func.attr in ("get", "pop", "setdefault") and node.args:
            key = node.args[0]
            if key.__class__ is ast.Constant and key.value.__class__ is str:
                default = literal_value(node.args[1]) if len(node.args) > 1 else None
                self.use(node, func.value, key, "pop" if func.attr == "pop" else "get", default=default)
        if chain == "dict" and node.keywords and not node.args:
            self.display(node)

    def compare(self, node: Any) -> None:
        if len(node.ops) != 1:
            return
        op = OPERATORS[node.ops[0].__class__]
        left, right = node.left, node.comparators[0]
        if op in ("in", "not in") and left.__class__ is ast.Constant and left.value.__class__ is str:
            self.use(node, right, left, "in")
        if left.__class__ is ast.Constant and right.__class__ is not ast.Constant:
            left, right = right, left
        row: list[Any] = (
            right.elts if right.__class__ in (ast.List, ast.Tuple, ast.Set) and "in" in op else [right]
        )
        if not row or not all(
            item.__class__ is ast.Constant
            and (item.value is None or item.value is ... or item.value.__class__ in (str, bool))
            for item in row
        ):
            return
        owner, key = _keyed(left)
        chain = owner if key else chain_of(left)
        span = self.span(node)
        self.comparisons.append(
            Comparison(
                span,
                chain,
                key,
                op,
                tuple(item.value for item in row),
                tuple(map(self.span, row)),
                self.scope(span.start),
                self.statement,
            )
        )

    def attribute(self, node: Any) -> None:
        access: Any = {ast.Load: "load", ast.Store: "store", ast.Del: "delete"}[node.ctx.__class__]
        span = self.span(node)
        self.attributes.append(
            AttributeUse(
                span, chain_of(node.value), node.attr, access, id(node) in self.called, self.scope(span.start)
            )
        )

    # Dict displays ------------------------------------------------------------

    def display(self, node: Any) -> None:
        if id(node) in self.inner:
            return
        entries: list[Entry] = []
        complete = self.fill(entries, node, ())
        role, name, call = self.given.get(id(node), ("other", "", ""))
        span = self.span(node)
        self.displays.append(
            Display(
                span,
                tuple(entries),
                role,
                name,
                call,
                complete,
                self.scope(span.start),
                self.statement,
            )
        )

    def fill(self, entries: list[Entry], root: Any, prefix: Key) -> bool:
        """Flatten a display into entries, in source order; whether all keys of its top level are literal."""
        complete = True
        stack: list[tuple[Key, Span, Any]] = [(prefix, NOTHING, root)]
        while stack and len(entries) < MAX_ENTRIES:
            key, key_span, node = stack.pop()
            if node is not root:
                entries.append(Entry(key, key_span, _scalar(node), self.span(node)))
            items: list[tuple[Key, Span, Any]] = []
            if _is_dict(node):
                self.inner.add(id(node))
                for name, name_span, value in self.pairs(node):
                    if name is not None:
                        items.append(((*key, name), name_span, value))
                    elif node is root:
                        complete = False
            elif node.__class__ in (ast.List, ast.Tuple):
                items = [
                    ((*key, index), self.span(item), item)
                    for index, item in enumerate(node.elts)
                    if item.__class__ is not ast.Starred
                ]
            stack += reversed(items)
        return complete

    def pairs(self, node: Any) -> Iterator[tuple[str | None, Span, Any]]:
        if node.__class__ is ast.Call:
            for keyword in node.keywords:
                start = self.span(keyword).start
                yield keyword.arg, Span(start, start + len(keyword.arg or "")), keyword.value
            return
        for key, value in zip(node.keys, node.values, strict=True):
            if key.__class__ is ast.Constant and key.value.__class__ is str:
                yield key.value, self.span(key), value
            else:
                yield None, NOTHING, value


def _by_span(view: Any) -> Span:
    return view[0]  # type: ignore[no-any-return]


def _is_dict(node: Any) -> bool:
    if node.__class__ is ast.Dict:
        return True
    return (
        node.__class__ is ast.Call
        and node.func.__class__ is ast.Name
        and node.func.id == "dict"
        and not node.args
        and bool(node.keywords)
    )


def _scalar(node: Any) -> Any:
    if node.__class__ in (ast.List, ast.Tuple, ast.Set, ast.Dict):
        return UNKNOWN
    return literal_value(node)


def _keyed(node: Any) -> tuple[str, str]:
    """(chain, key) of `chain["key"]` and `chain.get("key", …)`."""
    if node.__class__ is ast.Subscript:
        owner, key = node.value, node.slice
    elif node.__class__ is ast.Call and node.func.__class__ is ast.Attribute and node.func.attr == "get":
        if not node.args:
            return "", ""
        owner, key = node.func.value, node.args[0]
    else:
        return "", ""
    if key.__class__ is ast.Constant and key.value.__class__ is str:
        return chain_of(owner), key.value
    return "", ""


def _name_of(target: Any) -> str:
    """The name a value is bound to; of `settings["name"]` the key."""
    _, key = _keyed(target)
    return key or chain_of(target)


STRINGS = frozenset(getattr(ast, name) for name in ("JoinedStr", "TemplateStr") if hasattr(ast, name))
HANDLERS: dict[type, Any] = {
    ast.FunctionDef: _Walk.function,
    ast.AsyncFunctionDef: _Walk.function,
    ast.For: _Walk.suite,
    ast.AsyncFor: _Walk.suite,
    ast.With: _Walk.suite,
    ast.AsyncWith: _Walk.suite,
    ast.Try: _Walk.suite,
    ast.ExceptHandler: _Walk.suite,
    ast.If: _Walk.branch,
    ast.While: _Walk.branch,
    ast.IfExp: _Walk.ifexp,
    ast.Assign: _Walk.assign,
    ast.AnnAssign: _Walk.assign,
    ast.AugAssign: _Walk.assign,
    ast.NamedExpr: _Walk.assign,
    ast.Return: _Walk.returned,
    ast.Subscript: _Walk.subscript,
    ast.Call: _Walk.call,
    ast.Compare: _Walk.compare,
    ast.Attribute: _Walk.attribute,
    ast.Dict: _Walk.display,
}
