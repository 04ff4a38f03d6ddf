"""Whole expressions on demand, as plain data: what stands around a place, and what stands in it.

The eager views say where a literal is; a fix must also know the sum, the call or
the f-string it is part of. This parses the one chunk again, when somebody asks,
and remembers the last few. All spans count from the chunk's first character.

Positions inside f-strings are wrong before Python 3.12, so an f-string is taken
apart by its own source text and nothing inside a replacement field has a span.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from mldebt.syntax.chunks import first_line
from mldebt.syntax.lowering import OPERATORS, Lowering, chain_of
from mldebt.syntax.module import Chunk, parse, parsed_piece
from mldebt.text import Span, line_starts
from mldebt.typed import Any, Literal, NamedTuple

MAX_PARTS = 200
# Parts of one expression; a longer sum is data or generated code, which no fix rewrites.


class Around(NamedTuple):
    """One construct that encloses a place, and how the place sits in it."""

    kind: str
    """`call`, `binop`, `attribute`, `subscript`, `assign`, `return`, `functiondef`, …: the grammar's name."""
    span: Span
    role: str
    """The part of it that holds the place: `args`, `keyword`, `func`, `left`, `value`, `defaults`, …"""
    place: int
    """Its position among the arguments or elements, otherwise -1."""
    name: str
    """The keyword, literal key, parameter, attribute or first target that belongs to the place, or ""."""
    chain: str
    """The callee of a call, as written."""
    first: str
    """The first argument of a call if it is a literal string, or ""."""
    op: str


class Expression(NamedTuple):
    """One expression, taken apart as far as fixes need it."""

    kind: Literal["str", "bytes", "fstring", "text", "hole", "binop", "call", "name", "other"]
    span: Span
    """Of a `text` or `hole` the span of the whole f-string."""
    value: Any = None
    """A constant's value, a text's value, a hole's source between its braces."""
    chain: str = ""
    op: str = ""
    items: tuple[Expression, ...] = ()
    """Both sides, the arguments, or the texts and holes of an f-string."""
    name: str = ""
    """As an argument: its keyword, "*" or "**" when spread."""


class NameUse(NamedTuple):
    """One place where a variable is read or bound."""

    span: Span
    """Of a use inside an f-string the span of the f-string."""
    stored: bool
    parent: str
    """Kind of the construct around it: `call`, `formattedvalue` for a plain `{name}` of an f-string, …"""


def around(chunk: Chunk, span: Span) -> tuple[Around, ...]:
    """What encloses the expression at exactly `span`, innermost first; () if there is none or the text is broken."""
    tree = tree_of(chunk.text, chunk.owner)
    if tree is None:
        return ()
    path = _path(tree, span)
    if not path or _extent(tree.low, path[-1][0]) != span:
        return ()
    found = []
    for (node, _, _), (child, role, index) in zip(path[-2::-1], path[:0:-1], strict=True):
        if node.__class__ is not ast.keyword:
            found.append(_around(tree.low, node, child, role, index))
    return tuple(found)


def expression(chunk: Chunk, span: Span) -> Expression | None:
    """The expression at exactly `span`; None if there is none, it is too large, or the text is broken."""
    tree = tree_of(chunk.text, chunk.owner)
    if tree is None or tree.repaired:
        return None
    path = _path(tree, span)
    if not path or _extent(tree.low, path[-1][0]) != span:
        return None
    if sum(1 for _ in ast.walk(path[-1][0])) > MAX_PARTS:
        return None
    return _expression(tree.low, chunk.text, path[-1][0])


def name_uses(chunk: Chunk, name: str) -> tuple[NameUse, ...] | None:
    """Every use of a variable of this name in the chunk, in no order; None if the text is broken."""
    tree = tree_of(chunk.text, chunk.owner)
    if tree is None or tree.repaired:
        return None
    found = []
    stack: list[tuple[Any, Any, Span | None]] = [(node, None, None) for node in tree.body]
    while stack:
        node, parent, string = stack.pop()
        cls = node.__class__
        if cls is ast.Name:
            if node.id == name:
                kind = "" if parent is None else parent.__class__.__name__.lower()
                if kind == "formattedvalue" and (parent.conversion != -1 or parent.format_spec is not None):
                    kind = "format"
                found.append(NameUse(string or tree.low.span(node), node.ctx.__class__ is not ast.Load, kind))
        elif cls is ast.Global or cls is ast.Nonlocal:
            if name in node.names:
                found.append(NameUse(tree.low.span(node), True, "global"))
        elif cls is ast.JoinedStr:
            string = string or tree.low.span(node)
        stack += [(child, node, string) for child in ast.iter_child_nodes(node)]
    return tuple(found)


# -- the tree of one chunk ---------------------------------------------------------------------


class _Tree(NamedTuple):
    body: list[ast.stmt]
    low: Lowering
    """For its positions."""
    repaired: bool


@lru_cache(maxsize=4)
def tree_of(text: str, owner: str) -> _Tree | None:
    body, state = parsed_piece(text, owner)
    if body is None:
        return None
    low = Lowering(text, line_starts(text), 1 if owner else 0, 0, owner, frozenset(), text.isascii())
    return _Tree(body, low, state != "parsed")


def _extent(low: Lowering, node: Any) -> Span | None:
    """The node's span, a definition's decorators included; None for a node without a place."""
    if getattr(node, "lineno", None) is None:
        return None
    span = low.span(node)
    if getattr(node, "decorator_list", None):
        return Span(low.at(first_line(node), 0), span.end)
    return span


def _children(node: Any) -> Iterator[tuple[Any, str, int]]:
    """(child, role, index) of every child that has a place; those of a child without one stand in for it."""
    stack = [node]
    while stack:
        owner = stack.pop()
        for name, value in ast.iter_fields(owner):
            items = value if isinstance(value, list) else (value,)
            for index, item in enumerate(items):
                if not isinstance(item, ast.AST):
                    continue
                if getattr(item, "lineno", None) is None:
                    stack.append(item)
                else:
                    yield item, name, index if items is value else -1


def _path(tree: _Tree, span: Span) -> list[tuple[Any, str, int]]:
    """(node, role, index) from the statement down to the innermost node that covers `span`."""
    path: list[tuple[Any, str, int]] = []
    level: Iterator[tuple[Any, str, int]] = ((node, "body", index) for index, node in enumerate(tree.body))
    while True:
        for node, role, index in level:
            extent = _extent(tree.low, node)
            if extent is not None and extent.start <= span.start and span.end <= extent.end:
                path.append((node, role, index))
                break
        else:
            return path
        if path[-1][0].__class__ is ast.JoinedStr:
            return path
        level = _children(path[-1][0])


def _around(low: Lowering, node: Any, child: Any, role: str, index: int) -> Around:
    cls = node.__class__
    name = chain = first = op = ""
    if cls is ast.Call:
        chain = chain_of(node.func)
        if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            first = node.args[0].value
        if role == "keywords":
            role, index, name = "keyword", -1, child.arg or "**"
    elif cls is ast.Attribute:
        name = node.attr
    elif cls is ast.BinOp:
        op = OPERATORS[node.op.__class__]
    elif cls is ast.Dict and role == "values":
        key = node.keys[index]
        name = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
    elif cls is ast.Assign:
        name = _target(node.targets[0])
    elif cls in (ast.AnnAssign, ast.AugAssign, ast.NamedExpr):
        name = _target(node.target)
    elif role in ("defaults", "kw_defaults"):
        name = _parameter(node.args, role, index)
    return Around(cls.__name__.lower(), _extent(low, node) or Span(0, 0), role, index, name, chain, first, op)


def _target(node: Any) -> str:
    """The name a value is bound to; of `settings["name"]` the key."""
    if isinstance(node, ast.Subscript):
        key = node.slice
        return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
    return chain_of(node)


def _parameter(arguments: ast.arguments, role: str, index: int) -> str:
    if role == "kw_defaults":
        return arguments.kwonlyargs[index].arg
    positional = [*arguments.posonlyargs, *arguments.args]
    return positional[len(positional) - len(arguments.defaults) + index].arg


# -- one expression ----------------------------------------------------------------------------


def _expression(low: Lowering, text: str, node: Any, name: str = "") -> Expression:
    cls = node.__class__
    span = low.span(node)
    if cls is ast.Constant and node.value.__class__ in (str, bytes):
        return Expression("str" if node.value.__class__ is str else "bytes", span, node.value, name=name)
    if cls is ast.JoinedStr:
        parts = fstring_parts(text[span.start : span.end], span)
        holes = sum(value.__class__ is ast.FormattedValue for value in node.values)
        if parts is None or sum(part.kind == "hole" for part in parts) != holes:
            return Expression("other", span, name=name)
        return Expression("fstring", span, items=parts, name=name)
    if cls is ast.BinOp:
        sides = tuple(_expression(low, text, side) for side in (node.left, node.right))
        return Expression("binop", span, op=OPERATORS[node.op.__class__], items=sides, name=name)
    if cls is ast.Call and (chain := chain_of(node.func)):
        args = [
            _expression(low, text, arg.value, "*")
            if isinstance(arg, ast.Starred)
            else _expression(low, text, arg)
            for arg in node.args
        ]
        args += [_expression(low, text, keyword.value, keyword.arg or "**") for keyword in node.keywords]
        return Expression("call", span, chain=chain, items=tuple(args), name=name)
    if cls is ast.Name or cls is ast.Attribute:
        chain = chain_of(node)
        return Expression("name" if chain else "other", span, chain=chain, name=name)
    return Expression("other", span, name=name)


# -- f-strings by their own text ---------------------------------------------------------------


def fstring_parts(source: str, span: Span) -> tuple[Expression, ...] | None:
    """The texts and holes of one or several adjacent literals, at least one of them an f-string.

    None if a comment stands between them, or if the text is not understood.
    """
    parts: list[Expression] = []
    at = 0
    while at < len(source):
        if source[at] in " \t\r\n\\\f":
            at += 1
            continue
        end = _literal_end(source, at)
        if end is None:
            return None
        token = source[at:end]
        prefix = token[: min(index for index in (token.find('"'), token.find("'")) if index >= 0)].lower()
        if "f" in prefix:
            inner = _holes(token, prefix, span)
            if inner is None:
                return None
            parts += inner
        else:
            parts.append(Expression("text", span, _value(token)))
        at = end
    joined: list[Expression] = []
    for part in parts:
        if part.kind == "text" and joined and joined[-1].kind == "text":
            joined[-1] = joined[-1]._replace(value=joined[-1].value + part.value)
        elif part.kind == "hole" or part.value:
            joined.append(part)
    return tuple(joined)


def _value(token: str) -> Any:
    """The value of one literal; its own faults, such as an unknown escape, are not warned of."""
    (statement,) = parse(token).body
    assert isinstance(statement, ast.Expr)
    return ast.literal_eval(statement.value)


def _opening(source: str, at: int) -> tuple[str, str, int] | None:
    """(prefix, quote, first character of the body) of the literal that starts at `at`."""
    start = at
    while at < len(source) and source[at].isalpha() and at - start < 3:
        at += 1
    prefix = source[start:at].lower()
    if at >= len(source) or source[at] not in "\"'" or prefix.strip("rbfu"):
        return None
    quote = source[at] * 3 if source.startswith(source[at] * 3, at) else source[at]
    return prefix, quote, at + len(quote)


def _literal_end(source: str, at: int) -> int | None:
    """The end of the string literal that starts at `at`, holes and all."""
    opening = _opening(source, at)
    if opening is None:
        return None
    prefix, quote, at = opening
    while at < len(source):
        if source[at] == "\\":
            at += _escape(source, at, prefix)
        elif source.startswith(quote, at):
            return at + len(quote)
        elif "f" in prefix and source[at] == "{":
            if source.startswith("{{", at):
                at += 2
                continue
            end = _hole_end(source, at)
            if end is None:
                return None
            at = end
        else:
            at += 1
    return None


def _escape(source: str, at: int, prefix: str) -> int:
    """How many characters the backslash at `at` takes with it; a brace after it still opens a hole."""
    if "f" not in prefix:
        return 2
    if source.startswith("\\N{", at) and "r" not in prefix:
        return max(source.find("}", at) + 1 - at, 2)
    return 1 if source.startswith(("\\{", "\\}"), at) else 2


def _hole_end(source: str, at: int) -> int | None:
    """The place after the `}` of the replacement field that opens at `at`."""
    depth = 0
    in_format = False
    while at < len(source):
        letter = source[at]
        if letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth -= 1
            if not depth:
                return at + 1
        elif letter == ":" and depth == 1:
            in_format = True
        elif letter in "\"'" and not (in_format and depth == 1):
            start = at
            while start and source[start - 1].isalpha():
                start -= 1
            end = _literal_end(source, start) if _opening(source, start) else _literal_end(source, at)
            if end is None:
                return None
            at = end
            continue
        elif letter == "#":
            return None
        at += 1
    return None


def _holes(token: str, prefix: str, span: Span) -> list[Expression] | None:
    """Texts and holes of one f-string literal."""
    opening = _opening(token, 0)
    if opening is None:
        return None
    _, quote, at = opening
    last = len(token) - len(quote)
    plain = prefix.replace("f", "")
    found: list[Expression] = []
    text: list[str] = []

    def close() -> None:
        if text:
            body = "".join(text)
            # A raw body is its own value, and may end in a backslash that no literal could.
            value = body if "r" in plain else _value(f"{plain}{quote}{body}{quote}")
            found.append(Expression("text", span, value))
            text.clear()

    while at < last:
        letter = token[at]
        if letter == "\\" and token.startswith(("\\{", "\\}"), at):
            text.append(letter if "r" in plain else letter * 2)
            at += 1
        elif letter == "\\" and "r" not in plain:
            width = token.find("}", at) + 1 - at if token.startswith("\\N{", at) else 2
            text.append(token[at : at + width])
            at += width
        elif token.startswith(("{{", "}}"), at):
            text.append(letter)
            at += 2
        elif letter == "{":
            end = _hole_end(token, at)
            if end is None:
                return None
            close()
            found.append(Expression("hole", span, token[at + 1 : end - 1]))
            at = end
        else:
            text.append(letter)
            at += 1
    close()
    return found
