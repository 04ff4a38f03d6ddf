"""What rules see of a file: frozen plain data, never a syntax tree.

Spans are code-point offsets. Inside a `Chunk` they count from the chunk's
first character; `Module` hands out the same views with absolute spans.

A *chain* is a callee or name as written, without its arguments:
`pd.read_csv`, `StandardScaler().fit`, `df[].merge`. A *target* is that chain
with its root resolved through imports and assignments:
`pandas.read_csv`, `sklearn.preprocessing.StandardScaler().fit`.
"""

# Without `from __future__ import annotations`, on purpose: a named tuple compiles each annotation
# given as a string, 80 us apiece, and there are a hundred here.
from mldebt.text import Span
from mldebt.typed import Any, Literal, NamedTuple


class _Unknown:
    """The value of an expression that is not a literal."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __reduce__(self) -> str:
        return "UNKNOWN"


UNKNOWN = _Unknown()

NumberKind = Literal[
    "argument",  # positional argument of `call`, `index` says which
    "keyword",  # keyword argument `name` of `call`
    "default",  # default of the parameter `name`
    "assign",  # right side of `name = number`
    "dict",  # value under the literal key `name`; `owner` is the dict's variable
    "element",  # element of a list, tuple or set; `owner` is its variable
    "binop",  # operand of the operator `op`; `other` is the other side's chain
    "compare",  # side of the comparison `op`; `other` is the other side's chain
    "index",  # subscript or slice bound
    "return",
    "other",
]


class Arg(NamedTuple):
    """One argument of a call. `name` is "" by position, "*" or "**" when spread."""

    name: str
    span: Span
    value: Any
    """The literal's value, or UNKNOWN."""
    chain: str
    """The argument's chain when it is a name, attribute or call; otherwise ""."""


class Call(NamedTuple):
    span: Span
    func: Span
    """The callee, without the argument list."""
    chain: str
    target: str
    """The resolved chain; "" while the root is unknown."""
    args: tuple[Arg, ...]
    scope: int
    """Index into `Chunk.scopes`; 0 is the module (or class) level."""
    statement: Span

    @property
    def name(self) -> str:
        """The last word of the callee: `fit` of `scaler.fit`."""
        return self.chain.rpartition(".")[2]

    @property
    def receiver(self) -> str:
        """What stands before the last word: `scaler` of `scaler.fit`, "" of `fit`."""
        return self.chain.rpartition(".")[0]

    def arg(self, name: str, index: int | None = None) -> Arg | None:
        """The argument passed as `name`, or by position at `index`."""
        for arg in self.args:
            if arg.name == name:
                return arg
        if index is None:
            return None
        positional = [arg for arg in self.args if not arg.name or arg.name == "*"]
        if index < len(positional) and all(arg.name == "" for arg in positional[: index + 1]):
            return positional[index]
        return None

    @property
    def opaque(self) -> bool:
        """True when `*args` or `**kwargs` may hide any argument."""
        return any(arg.name[:1] == "*" for arg in self.args)


class Number(NamedTuple):
    span: Span
    value: int | float | complex
    kind: NumberKind
    name: str
    op: str
    other: str
    owner: str
    call: int
    """Index into `Chunk.calls` of the call this number is an argument of (also inside a
    list or dict argument), or -1."""
    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody asks a view for
    scope: int
    statement: Span


class String(NamedTuple):
    """A path-like or date-like literal; other strings have no view."""

    span: Span
    value: str
    """The literal's value; of an f-string the part before its first replacement field."""
    kind: Literal["str", "bytes", "fstring"]
    name: str
    """The keyword, parameter, key or variable this string is given to, or ""."""
    call: int
    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody asks a view for
    scope: int
    statement: Span
    parent: str
    """What holds the literal: call, assign, dict, element, binop, compare, default, index, return, with, other."""


class Comment(NamedTuple):
    span: Span
    text: str
    """The comment with its `#`, without the line end."""
    column: int
    own_line: bool


class Import(NamedTuple):
    """One bound name: `import a.b as c` is (module a.b, name "", alias c)."""

    span: Span
    module: str
    """Dotted, with leading dots when relative."""
    name: str
    alias: str
    """The name it binds in its scope; "*" for a star import."""
    scope: int


class Assignment(NamedTuple):
    """`name = value` or `name: annotation = value` at module or class level."""

    span: Span
    name: str
    name_span: Span
    annotation: str
    """Source of the annotation, or ""."""
    value_span: Span
    """Empty (at the statement's end) for a bare annotation."""
    value: Any
    chain: str
    scope: int


class Function(NamedTuple):
    span: Span
    name: str
    name_span: Span
    params: tuple[str, ...]
    decorators: tuple[str, ...]
    """Chains as written."""
    scope: int
    """The scope it is defined in."""
    inner: int
    """The scope its body makes."""
    body: Span


class Class(NamedTuple):
    span: Span
    """Only the part of the class inside this chunk."""
    name: str
    name_span: Span
    bases: tuple[str, ...]
    decorators: tuple[str, ...]
    docstring: Span | None
    scope: int
    inner: int


class Scope(NamedTuple):
    kind: Literal["module", "class", "function", "lambda"]
    name: str
    """Qualified by its enclosing scopes: `Model.fit`."""
    parent: int
    span: Span
    params: tuple[str, ...]
    bindings: tuple[tuple[str, int, str], ...]
    """(name, offset, chain of its value or "" when unknown), in source order."""
