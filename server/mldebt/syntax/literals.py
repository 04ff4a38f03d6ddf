"""Numbers on demand, with everything a refactoring must know about their place.

The eager number views serve rules; a fix that moves a number elsewhere must also know
whether the value may be computed at all, when it is evaluated, and which call and
function it belongs to. This parses one chunk again when somebody asks, and remembers
the last few. f-strings are not entered: before Python 3.12 their inner positions are
wrong. All spans count from the chunk's first character.
"""

from __future__ import annotations

import ast
from functools import lru_cache

from mldebt.syntax.lowering import NUMBER_TYPES, OPERATORS, Lowering, chain_of
from mldebt.syntax.module import Chunk, parsed_piece
from mldebt.text import Span, line_starts
from mldebt.typed import Any, Literal, NamedTuple

Kind = Literal[
    "keyword",
    "argument",
    "default",
    "assign",
    "dict",
    "compare",
    "binop",
    "augmented",
    "index",
    "slice",
    "return",
    "other",
]

COMPILED = frozenset(
    {
        "njit",
        "jit",
        "vectorize",
        "guvectorize",
        "stencil",
        "cfunc",
        "jitclass",
        "script",
        "script_method",
        "kernel",
        "autotune",
    }
)
"""Decorators that compile the function: many of them cannot read an attribute of a global."""
PASS_THROUGH = frozenset(
    {"len", "abs", "int", "float", "round", "sum", "min", "max", "sqrt", "log", "exp", "str", "np", "mean"}
)
"""Functions named after what they do, not after what they give: their argument has the better name."""


class LiteralView(NamedTuple):
    """One number, or a tuple or list of nothing but numbers, that stands in the code as a literal."""

    span: Span
    text: str
    type: str
    """Its type as an annotation: `int`, `float`, `complex`, `tuple[float, float]`."""
    is_list: bool
    value: Any
    """The number, or the tuple of numbers."""
    kind: Kind
    name: str
    """The keyword, parameter, target or key it is given to, or ""."""
    callee: str
    """The chain of the call whose argument it is (also inside a container there), or ""."""
    position: int
    """Position among that call's positional arguments, otherwise -1."""
    op: str
    other: str
    """A noun for the other side of an operation or comparison, or for what is indexed, or ""."""
    other_text: str
    """The other side as written, when it is short."""
    place: int
    """Position among the elements of a list, tuple or set, otherwise -1."""
    call: Span | None
    function: Span | None
    """The innermost `def` that holds it, in its body, defaults or decorators."""
    function_name: str
    """Name of the outermost `def` that holds it."""
    class_name: str
    """Name of the outermost class that holds it."""
    configs: tuple[tuple[str, str], ...]
    """(parameter, annotation) of the functions whose body holds it, innermost first; parameters without a default
    that nothing in the function rebinds."""
    statement: Span
    at_load: bool
    """Evaluated when the module is loaded: module and class level, defaults, decorators."""
    blocked: str
    """Why no name may stand here, or ""."""


class _Link(NamedTuple):
    """A node, the field and index its parent holds it in, and the parent's own link."""

    node: Any
    role: str
    at: int
    up: _Link | None


def literals(chunk: Chunk) -> tuple[LiteralView, ...]:
    """The numbers of a chunk in source order; () while its text is broken."""
    return _literals(chunk.text, chunk.owner)


@lru_cache(maxsize=64)
def _literals(text: str, owner: str) -> tuple[LiteralView, ...]:
    body, state = parsed_piece(text, owner)
    if body is None or state != "parsed":
        return ()
    low = Lowering(text, line_starts(text), 1 if owner else 0, 0, owner, frozenset(), text.isascii())
    found: list[LiteralView] = []
    stack = [_Link(node, "body", index, None) for index, node in enumerate(body)]
    while stack:
        link = stack.pop()
        node = link.node
        cls = node.__class__
        if cls.__name__ in ("JoinedStr", "TemplateStr"):
            continue
        if is_number(node) or _is_row(node, link):
            found.append(_view(low, text, owner, link))
            continue
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.AST):
                stack.append(_Link(value, name, -1, link))
            elif value.__class__ is list:
                stack += [
                    _Link(item, name, at, link) for at, item in enumerate(value) if isinstance(item, ast.AST)
                ]
    return tuple(sorted(found, key=lambda view: view.span))


def is_number(node: Any) -> bool:
    """A number, with its sign if it has one."""
    if node.__class__ is ast.UnaryOp and node.op.__class__ in (ast.USub, ast.UAdd):
        node = node.operand
    return node.__class__ is ast.Constant and node.value.__class__ in NUMBER_TYPES


def _is_row(node: Any, link: _Link) -> bool:
    """A tuple or list of two or more numbers on one line that is used as a whole."""
    if node.__class__ not in (ast.Tuple, ast.List) or len(node.elts) < 2 or node.lineno != node.end_lineno:
        return False
    up = link.up
    if up is None or not all(is_number(item) for item in node.elts):
        return False
    if up.node.__class__ is ast.Subscript or up.node.__class__ in (ast.Tuple, ast.List, ast.Set):
        return False
    return not (
        up.node.__class__ is ast.Assign
        and any(target.__class__ in (ast.Tuple, ast.List) for target in up.node.targets)
    )


def _number(node: Any) -> Any:
    if isinstance(node, ast.UnaryOp):
        operand: Any = node.operand
        return -operand.value if isinstance(node.op, ast.USub) else operand.value
    return node.value


def _view(low: Lowering, text: str, owner: str, link: _Link) -> LiteralView:
    node: Any = link.node
    span = low.span(node)
    if node.__class__ in (ast.Tuple, ast.List):
        value: Any = tuple(_number(item) for item in node.elts)
        types = [item.__class__.__name__ for item in value]
        same = len(set(types)) == 1
        type_text = f"tuple[{types[0]}, ...]" if same and len(types) > 3 else f"tuple[{', '.join(types)}]"
    else:
        value = _number(node)
        type_text = value.__class__.__name__
    kind, name, callee, index, op, other, place, call = _place(link)
    other_span = low.span(other) if other is not None else Span(0, 0)
    written = text[other_span.start : other_span.end]
    statement = _statement(link)
    functions = [up for up in _above(link) if isinstance(up.node, ast.FunctionDef | ast.AsyncFunctionDef)]
    classes = [up.node.name for up in _above(link) if isinstance(up.node, ast.ClassDef)]
    return LiteralView(
        span=span,
        text=text[span.start : span.end],
        type=type_text,
        is_list=node.__class__ is ast.List,
        value=value,
        kind=kind,
        name=name,
        callee=callee,
        position=index,
        op=op,
        other=noun(other),
        other_text=written if len(written) <= 40 and "\n" not in written and "`" not in written else "",
        place=place,
        call=low.span(call) if call is not None else None,
        function=_extent(low, functions[0].node) if functions else None,
        function_name=functions[-1].node.name if functions else "",
        class_name=owner or (classes[-1] if classes else ""),
        configs=_annotated(link),
        statement=_extent(low, statement),
        at_load=_at_load(link),
        blocked=_blocked(link),
    )


def _annotated(link: _Link) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for here in (link, *_above(link)):
        function = here.up.node if here.up is not None else None
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) or here.role != "body":
            continue
        arguments = function.args
        every = [*arguments.posonlyargs, *arguments.args]
        keyword = [
            arg
            for arg, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
            if not default
        ]
        for arg in (*every[: len(every) - len(arguments.defaults)], *keyword):
            annotation = arg.annotation
            name = chain_of(annotation) if annotation is not None else ""
            if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
                name = annotation.value
            if name.isidentifier() and not _rebinds(function, arg):
                found.append((arg.arg, name))
    return tuple(found)


def _rebinds(function: ast.FunctionDef | ast.AsyncFunctionDef, arg: ast.arg) -> bool:
    """Whether the parameter's name may mean something else anywhere inside its function."""
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            if node.id == arg.arg and not isinstance(node.ctx, ast.Load):
                return True
        elif isinstance(node, ast.arg):
            if node.arg == arg.arg and node is not arg:
                return True
        elif isinstance(node, ast.alias):
            if arg.arg in (node.asname, node.name.partition(".")[0]):
                return True
        elif arg.arg in (getattr(node, "name", ""), *(getattr(node, "names", None) or ())):
            return True
    return False


def _extent(low: Lowering, node: Any) -> Span:
    span = low.span(node)
    decorators = getattr(node, "decorator_list", None)
    return Span(low.at(min(item.lineno for item in decorators), 0), span.end) if decorators else span


def _above(link: _Link) -> list[_Link]:
    """The links of everything around it, innermost first."""
    found = []
    up = link.up
    while up is not None:
        found.append(up)
        up = up.up
    return found


def _statement(link: _Link) -> Any:
    """The outermost statement: the one that stands in the chunk."""
    while link.up is not None:
        link = link.up
    return link.node


Place = tuple[Kind, str, str, int, str, Any, int, Any]


def _place(link: _Link) -> Place:
    """(kind, name, callee, index, op, other side, place among elements, call) of a literal."""
    place = -1
    kind: Kind = "other"
    name, callee, index, op = "", "", -1, ""
    other: Any = None
    call: Any = None
    settled = False
    for here in (link, *_above(link)):
        parent = here.up.node if here.up is not None else None
        cls = parent.__class__
        if parent is None or (isinstance(parent, ast.stmt) and settled):
            break
        if cls is ast.Call or cls is ast.keyword:
            if here.role == "args" and cls is ast.Call:
                if not settled:
                    kind, index, settled = "argument", here.at, True
                callee = callee or chain_of(parent.func)
                call = call or parent
            elif cls is ast.keyword and parent.arg and not settled:
                kind, name, settled = "keyword", parent.arg, True
            elif cls is ast.Call and here.role == "keywords":
                callee = callee or chain_of(parent.func)
                call = call or parent
            continue
        if cls in (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef):
            break
        if settled:
            continue
        settled = True
        if cls is ast.BinOp:
            kind, op = "binop", OPERATORS[parent.op.__class__]
            other = parent.right if here.role == "left" else parent.left
        elif cls is ast.Compare:
            kind = "compare"
            at = here.at if here.role == "comparators" else -1
            other = parent.comparators[0] if at < 0 else ([parent.left, *parent.comparators][at])
            op = OPERATORS[parent.ops[max(at, 0)].__class__]
            if at < 0:
                op = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(op, op)
        elif cls is ast.AugAssign:
            kind, op, other = "augmented", OPERATORS[parent.op.__class__], parent.target
        elif cls is ast.Assign:
            kind = "assign"
            name = noun(_target(parent.targets[0], link, here))
            if parent.targets[0].__class__ in (ast.Tuple, ast.List):
                place = -1
        elif cls in (ast.AnnAssign, ast.NamedExpr):
            kind, name = "assign", noun(parent.target)
        elif cls is ast.Dict:
            kind = "dict"
            key: Any = parent.keys[here.at] if here.role == "values" else None
            name = key.value if key.__class__ is ast.Constant and key.value.__class__ is str else noun(key)
        elif cls in (ast.Tuple, ast.List, ast.Set):
            place, settled = here.at, False
        elif cls is ast.Subscript:
            kind, other = "index", parent.value
        elif cls is ast.Slice:
            kind, op = "slice", here.role
            above = here.up.up.node if here.up and here.up.up else None
            other = getattr(above, "value", None)
        elif cls in (ast.Return, ast.Yield):
            kind = "return"
        elif cls is ast.arguments:
            kind, name = "default", _parameter(parent, here)
        elif cls is ast.IfExp:
            settled = False
    return kind, name, callee, index, op, other, place, call


def _target(target: Any, link: _Link, here: _Link) -> Any:
    """The target that takes this literal; of `a, b = 1, 2` the one at its place."""
    if target.__class__ in (ast.Tuple, ast.List) and here.node.__class__ in (ast.Tuple, ast.List):
        same = len(target.elts) == len(here.node.elts) and link.up is not None and link.up.node is here.node
        return target.elts[link.at] if same else None
    return target


def _parameter(arguments: ast.arguments, here: _Link) -> str:
    if here.role == "kw_defaults":
        return arguments.kwonlyargs[here.at].arg
    every = [*arguments.posonlyargs, *arguments.args]
    return every[len(every) - len(arguments.defaults) + here.at].arg


def noun(node: Any) -> str:
    """A word for what an expression is about: `age` of `row["age"]`, `frame` of `len(frame)`; or ""."""
    for _ in range(20):
        cls = node.__class__
        if cls is ast.Name:
            return str(node.id)
        if cls is ast.Attribute:
            if node.attr in ("iloc", "loc", "values", "T", "data"):
                node = node.value
                continue
            return str(node.attr)
        if cls is ast.Subscript:
            key = node.slice
            if key.__class__ is ast.Constant and key.value.__class__ is str:
                return str(key.value)
            node = node.value
        elif cls is ast.Call:
            last = chain_of(node.func).rpartition(".")[2]
            if last in PASS_THROUGH and node.args:
                node = node.args[0]
            elif (
                last in ("mean", "sum", "std", "max", "min", "astype", "item", "abs")
                and node.func.__class__ is ast.Attribute
            ):
                node = node.func.value
            else:
                return last.strip("[]()")
        elif cls is ast.BinOp:
            node = node.right if is_number(node.left) else node.left
        elif cls is ast.UnaryOp:
            node = node.operand
        elif cls is ast.Compare:
            node = node.left
        elif cls in (ast.Starred, ast.Await, ast.NamedExpr):
            node = node.value if cls is not ast.NamedExpr else node.target
        else:
            return ""
    return ""


def _at_load(link: _Link) -> bool:
    """Whether loading the module evaluates it. Lambdas at module level count: they may be called there."""
    for here in (link, *_above(link)):
        parent = here.up.node if here.up is not None else None
        if isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef) and here.role == "body":
            return False
    return True


def _blocked(link: _Link) -> str:
    """Why this literal must stay a literal, or ""."""
    for here in (link, *_above(link)):
        parent = here.up.node if here.up is not None else None
        if parent is None:
            break
        if parent.__class__.__name__.startswith("Match") and parent.__class__.__name__ != "Match":
            return "a match pattern must be a literal"
        if here.role in ("annotation", "returns") or parent.__class__.__name__ in ("TypeAlias", "TypeVar"):
            return "an annotation must be a literal"
        if parent.__class__ is ast.Subscript and here.role == "slice" and chain_of(parent.value).rpartition(".")[2] in (
            "Literal", "Annotated",
        ):  # fmt: skip
            return "a type must be a literal"
        if parent.__class__ is ast.Compare and "version_info" in ast.dump(parent):
            return "type checkers read version checks as literals"
        if isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and here.role == "body":
            for decorator in parent.decorator_list:
                called = decorator.func if isinstance(decorator, ast.Call) else decorator
                if chain_of(called).rpartition(".")[2] in COMPILED:
                    return (
                        f"`{parent.name}` is compiled, and compiled code may not read it from a config object"
                    )
    return ""
