"""What a chunk does with files: calls that read or write, the names their paths and values come from.

    io_of(chunk).calls      `pd.read_csv(DATA / "a.csv")`, `open(path, "w")`, `frame.to_csv(out)`, …
    io_of(chunk).bindings   `out = DATA / "b.csv"`, `frame["score"] = model.predict(X)`, parameters' defaults

One iterative walk, remembered with the chunk. Which call reads and which writes is not
decided here. Spans and offsets count from the chunk.
"""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right

from mldebt.knowledge import BUILTIN
from mldebt.knowledge.words import EVALUATE_METHODS, PREDICT_METHODS
from mldebt.syntax.expressions import tree_of
from mldebt.syntax.lowering import Lowering, chain_of
from mldebt.syntax.module import Chunk, Tree
from mldebt.syntax.nodes import children
from mldebt.syntax.path_values import HOLE, Parts, parts_of
from mldebt.text import Span
from mldebt.typed import Any, NamedTuple

GROWS = frozenset({"append", "extend", "insert", "update"})
"""`rows.append(x)`: from now on `rows` is made of `x` too."""
STREAMS = frozenset(
    {"dump", "load", "write", "writelines", "writerow", "writerows", "safe_dump", "safe_load"}
)
"""Calls on or with an opened file: what they write is what the file gets."""
FURTHER = frozenset(
    {"open", "add_argument", "option", "to_sql", "read_sql_table", "saveAsTable", "insertInto", "table"}
)
IO_WORDS = frozenset(
    name.rpartition(".")[2] for table in (BUILTIN.readers, BUILTIN.writers) for name in table
) | STREAMS | FURTHER  # fmt: skip
JUDGING = frozenset(name.rpartition(".")[2] for name in BUILTIN.metrics) | EVALUATE_METHODS
"""What comes out of these is a figure about predictions, no longer predictions."""


class Given(NamedTuple):
    """One argument of a call, or what it is called on."""

    span: Span
    name: str
    parts: Parts
    value: Any
    """A constant's value, else None."""
    chain: str
    names: frozenset[str]
    """Names its value is made of, but for what is only judged; none if nobody asked for sources."""
    predicts: bool
    """Whether a model predicts in it."""


class IoCall(NamedTuple):
    span: Span
    chain: str
    """"" where it is called on an expression."""
    word: str
    receiver: Given | None
    args: tuple[Given, ...]
    scope: int


class Binding(NamedTuple):
    """`name = value`, or a parameter with its default."""

    name: str
    """Root and attributes: `out`, `self.root`; of `frame["x"] = …` the frame."""
    scope: int
    offset: int
    column: int
    """Of the statement, in its line: tells a branch from what follows it."""
    parts: Parts
    chain: str
    value: Span
    names: frozenset[str]
    predicts: bool
    kind: str
    """assign, update (`frame[…] = …`, `+=`), default or return (then `name` is the function's)."""


class Io(NamedTuple):
    calls: tuple[IoCall, ...] = ()
    bindings: tuple[Binding, ...] = ()


def io_of(chunk: Chunk, more: frozenset[str] = frozenset(), with_sources: bool = True) -> Io:
    """`more` are further last words of calls that read or write; `with_sources`: also what values are made of."""
    key = ("io", more, with_sources)
    known: Io | None = chunk.memo.get(key)
    if known is None:
        known = chunk.memo[key] = _io_of(chunk, IO_WORDS | more if more else IO_WORDS, with_sources)
    return known


def _io_of(chunk: Chunk, words: frozenset[str], with_sources: bool) -> Io:
    tree: Tree | None = chunk.memo.get("tree")
    if tree is not None:
        return _Walk(chunk, _lowering(chunk, tree), words, with_sources).run(tree.nodes)
    parsed = tree_of(chunk.text, chunk.owner)
    return _Walk(chunk, parsed.low, words, with_sources).run(parsed.body) if parsed is not None else Io()


def parts_given(chunk: Chunk, offset: int, scope: int) -> Parts | None:
    """The parts of what a plain assignment at the top or in a class gives the name at `offset`.

    As in the binding that `io_of` finds, without its walk of the whole chunk. None where no tree was kept, or it is no such assignment.
    """
    tree: Tree | None = chunk.memo.get("tree")
    if tree is None:
        return None
    low = _lowering(chunk, tree)
    stack: list[Any] = list(reversed(tree.nodes))
    while stack:
        node = stack.pop()
        cls = node.__class__
        if cls is ast.Assign or (cls is ast.AnnAssign and node.value is not None):
            for target in node.targets if cls is ast.Assign else (node.target,):
                if target.__class__ is ast.Name and low.at(target.lineno, target.col_offset) == offset:
                    return parts_of(node.value, scope, lambda one: low.at(one.lineno, one.col_offset))
        elif cls is ast.ClassDef:
            stack += reversed(node.body)
    return None


def _lowering(chunk: Chunk, tree: Tree) -> Lowering:
    first = bisect_left(tree.starts, tree.origin)
    own = tree.starts[first : bisect_right(tree.starts, tree.origin + len(chunk.text))]
    starts = [start - tree.origin for start in own]
    return Lowering(chunk.text, starts, first, 0, chunk.owner, frozenset(), chunk.text.isascii())


class _Walk:
    """The calls and bindings of one chunk while they grow. One use."""

    def __init__(self, chunk: Chunk, low: Lowering, words: frozenset[str], with_sources: bool) -> None:
        self.low, self.words = low, words
        self.sources = sources if with_sources else no_sources
        self.spans = [scope.span for scope in chunk.scopes]
        self.scopes = chunk.scopes
        self.calls: list[IoCall] = []
        self.bindings: list[Binding] = []

    def run(self, nodes: list[Any]) -> Io:
        stack = list(reversed(nodes))
        while stack:
            node = stack.pop()
            cls = node.__class__
            if cls is ast.Name or cls is ast.Constant:
                continue  # half of all nodes, and nothing below them
            if cls is ast.Call:
                self.call(node)
            elif cls is ast.Assign:
                for target in node.targets:
                    self.assign(target, node.value, node)
            elif cls is ast.AnnAssign or cls is ast.AugAssign:
                if node.value is not None:
                    self.assign(node.target, node.value, node)
            elif cls is ast.With or cls is ast.AsyncWith:
                for item in node.items:
                    if item.optional_vars is not None:
                        self.assign(item.optional_vars, item.context_expr, node)
            elif cls is ast.FunctionDef or cls is ast.AsyncFunctionDef:
                self.defaults(node)
            elif cls is ast.Return:
                if node.value is not None:
                    self.returned(node)
            elif cls is ast.For:
                self.assign(node.target, node.iter, node, loop=True)
            elif cls is ast.JoinedStr:
                continue
            below = children(node)
            below.reverse()
            stack += below
        return Io(tuple(self.calls), tuple(self.bindings))

    def start(self, node: Any) -> int:
        return self.low.at(node.lineno, node.col_offset)

    def scope(self, offset: int) -> int:
        found = 0
        for index, span in enumerate(self.spans):
            if index and span.start <= offset < span.end:
                found = index
        return found

    def call(self, node: Any) -> None:
        func = node.func
        cls = func.__class__
        word = func.id if cls is ast.Name else func.attr if cls is ast.Attribute else ""
        if word in GROWS and cls is ast.Attribute and node.args:
            self.assign(func.value, node.args[-1], node, grows=True)
            return
        if word not in self.words and not (
            (cls is ast.Name or chain_of(func).startswith("self."))
            and any(_is_text(arg) for arg in (*node.args, *(keyword.value for keyword in node.keywords)))
        ):
            return
        span = self.low.span(node)
        scope = self.scope(span.start)
        receiver = self.given("", func.value, scope) if cls is ast.Attribute else None
        args = [self.given("*" if arg.__class__ is ast.Starred else "", arg, scope) for arg in node.args] + [
            self.given(keyword.arg or "**", keyword.value, scope) for keyword in node.keywords
        ]
        self.calls.append(IoCall(span, chain_of(func), word, receiver, tuple(args), scope))

    def given(self, name: str, node: Any, scope: int) -> Given:
        names, predicts = self.sources(node)
        literal = node.value if node.__class__ is ast.Constant else None
        parts = HOLE if name[:1] == "*" else parts_of(node, scope, self.start)
        return Given(self.low.span(node), name, parts, literal, chain_of(node), names, predicts)

    def assign(
        self, target: Any, value: Any, statement: Any, loop: bool = False, grows: bool = False
    ) -> None:
        names, predicts = self.sources(value)
        span = self.low.span(value)
        offset = self.low.span(target).start
        scope = self.scope(offset)
        pairs = [(target, value)]
        if target.__class__ in (ast.Tuple, ast.List):
            several = value.elts if value.__class__ in (ast.Tuple, ast.List) else []
            pairs = [
                (item, several[index] if len(several) == len(target.elts) else None)
                for index, item in enumerate(target.elts)
            ]
        for item, given in pairs:
            kind = "update" if grows else "assign"
            if item.__class__ is ast.Subscript or statement.__class__ is ast.AugAssign:
                kind = "update"
                while item.__class__ is ast.Subscript or (
                    item.__class__ is ast.Attribute and item.attr in ("loc", "iloc", "at")
                ):
                    item = item.value
            name = chain_of(item)
            if not name or "(" in name or "[" in name:
                continue
            own_names, own_predicts = (
                (names, predicts) if given is None or given is value else self.sources(given)
            )
            plain = kind == "assign" and given is not None and not loop
            self.bindings.append(
                Binding(
                    name,
                    scope,
                    offset,
                    statement.col_offset,
                    parts_of(given, scope, self.start) if plain else HOLE,
                    chain_of(given) if plain else "",
                    self.low.span(given) if given is not None else span,
                    own_names,
                    own_predicts,
                    kind,
                )
            )  # fmt: skip

    def defaults(self, node: Any) -> None:
        arguments = node.args
        positional = [*arguments.posonlyargs, *arguments.args]
        start = self.low.span(node).start
        inner = next(
            (index for index, scope in enumerate(self.scopes) if index and scope.span.start == start), -1
        )
        if inner < 0:
            return
        for parameter, value in (
            *zip(positional[len(positional) - len(arguments.defaults) :], arguments.defaults, strict=True),
            *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
        ):
            if value is None:
                continue
            scope = self.scopes[inner].parent
            parts = parts_of(_option_default(value), scope, self.start)
            self.bindings.append(
                Binding(parameter.arg, inner, start, node.col_offset, parts, "", self.low.span(value),
                        frozenset(), False, "default")
            )  # fmt: skip

    def returned(self, node: Any) -> None:
        span = self.low.span(node)
        scope = self.scope(span.start)
        names, predicts = self.sources(node.value)
        self.bindings.append(
            Binding(self.scopes[scope].name, scope, span.start, node.col_offset,
                    parts_of(node.value, scope, self.start), "", span, names, predicts, "return")
        )  # fmt: skip


def _option_default(node: Any) -> Any:
    """The default inside `typer.Option("data/a.csv", …)`; any other default itself."""
    if node.__class__ is ast.Call and chain_of(node.func).rpartition(".")[2] in ("Option", "Argument"):
        return node.args[0] if node.args else node
    return node


def _is_text(node: Any) -> bool:
    cls = node.__class__
    if cls is ast.Constant:
        return node.value.__class__ is str
    return cls is ast.JoinedStr or cls is ast.BinOp or (cls is ast.Call and _word(node) in ("join", "Path"))


def _word(node: Any) -> str:
    func = node.func
    return func.id if func.__class__ is ast.Name else func.attr if func.__class__ is ast.Attribute else ""


def sources(node: Any) -> tuple[frozenset[str], bool]:
    """(names the value is made of, whether a model predicts in it); what is only judged is left out."""
    cls = node.__class__
    if cls is ast.Constant:
        return NO_NAMES, False
    if cls is ast.Name:
        return frozenset((node.id,)), False
    names = set()
    predicts = False
    stack = [node]
    while stack:
        node = stack.pop()
        cls = node.__class__
        if cls is ast.Name:
            names.add(node.id)
            continue
        if cls is ast.Constant:
            continue
        if cls is ast.Call:
            word = _word(node)
            if word in JUDGING:
                continue
            if word in PREDICT_METHODS and node.func.__class__ is ast.Attribute:
                predicts = True
                continue  # what it predicts from does not matter
            if node.func.__class__ is ast.Name:
                names.add(f"{word}()")
                stack += node.args
                stack += [keyword.value for keyword in node.keywords]
                continue
        elif cls is ast.Attribute and node.value.__class__ is ast.Name:
            names.add(f"{node.value.id}.{node.attr}")
        elif cls is ast.Lambda:
            continue
        stack += children(node)
    return frozenset(names), predicts


NO_NAMES: frozenset[str] = frozenset()


def no_sources(node: Any) -> tuple[frozenset[str], bool]:
    """In a file where nothing predicts, nobody asks what values are made of."""
    return NO_NAMES, False
