"""The shape of each function of a chunk: equal for functions that differ in names of variables and in constants only.

What is called and which attributes and keywords are used stays in the shape, so that two
functions of one shape do the same to whatever they are given. Made once a chunk.
"""

from __future__ import annotations

import ast
import zlib

from mldebt.syntax.expressions import tree_of
from mldebt.syntax.module import Chunk, Tree
from mldebt.syntax.nodes import children
from mldebt.text import Span
from mldebt.typed import Any, NamedTuple

MEMO = "fingerprints"
_MARKS: dict[type, tuple[bytes, bool]] = {}
"""Kind of node -> (its name, whether it is a statement)."""
NONE_BELOW = (0).to_bytes(2, "big")
NAME = b"Name" + NONE_BELOW


class Shape(NamedTuple):
    """One function."""

    name: str
    span: Span
    """Of its `def` line up to its name's end; counts from the chunk."""
    value: int
    """Equal for equal shapes."""
    n_statements: int
    words: frozenset[str]
    """Attributes, called functions and keywords in it."""


def shapes_of(chunk: Chunk) -> tuple[Shape, ...]:
    known: tuple[Shape, ...] | None = chunk.memo.get(MEMO)
    if known is None:
        known = chunk.memo[MEMO] = tuple(_shapes(chunk)) if "def " in chunk.text else ()
    return known


def _shapes(chunk: Chunk) -> list[Shape]:
    tree: Tree | None = chunk.memo.get("tree")
    names = {function.name_span.start: function.name_span for function in chunk.functions}
    if tree is not None:
        nodes: list[Any] = tree.nodes
    else:
        parsed = tree_of(chunk.text, chunk.owner)
        if parsed is None or parsed.repaired:
            return []
        nodes = parsed.body
    # Functions come in source order here and there, whatever the tree counts its lines from.
    spans = [names[start] for start in sorted(names)]
    found: list[Shape] = []
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        cls = node.__class__
        if cls is ast.FunctionDef or cls is ast.AsyncFunctionDef:
            span = spans.pop(0) if spans else Span(0, 0)
            found.append(_shape(node, span))
        if isinstance(node, ast.stmt):
            stack += [
                child
                for child in reversed(children(node))
                if isinstance(child, (ast.stmt, ast.excepthandler))
            ]
        elif cls is ast.ExceptHandler:
            stack += list(reversed(node.body))
    return found


def _shape(function: Any, span: Span) -> Shape:
    body = function.body
    first = body[0]
    if (
        first.__class__ is ast.Expr
        and first.value.__class__ is ast.Constant
        and first.value.value.__class__ is str
    ):
        body = body[1:]  # what it says about itself
    n_statements = 0
    marks: list[bytes] = []
    words: set[str] = set()
    stack: list[Any] = [*reversed(body)]
    pop, put = stack.pop, marks.append
    while stack:
        node = pop()
        cls = node.__class__
        if cls is ast.Name:
            put(NAME)  # half of all nodes, and nothing below them
            continue
        if cls is ast.Constant:
            put(node.value.__class__.__name__.encode() + NONE_BELOW)
            continue
        if cls is ast.Attribute:  # and a quarter of the others
            word = node.attr
            words.add(word)
            put(b".%b\0\1" % word.encode())
            stack.append(node.value)
            continue
        known = _MARKS.get(cls)
        if known is None:
            known = _MARKS[cls] = (cls.__name__.encode(), issubclass(cls, ast.stmt))
        mark, is_statement = known
        n_statements += is_statement
        if cls is ast.keyword:
            mark = f"{node.arg}=".encode()
        elif cls is ast.Call:
            if node.func.__class__ is ast.Name:
                words.add(node.func.id)
        elif cls is ast.BinOp or cls is ast.UnaryOp or cls is ast.AugAssign:
            mark += node.op.__class__.__name__.encode()
        elif cls is ast.Compare:
            mark += "".join(op.__class__.__name__ for op in node.ops).encode()
        below = children(node)
        marks += (mark, len(below).to_bytes(2, "big") if len(below) < 65536 else b"many")
        below.reverse()
        stack += below
    return Shape(function.name, span, zlib.crc32(b"".join(marks)), n_statements, frozenset(words))
