"""One walk from `ast` to views.

Only what some rule asks for becomes a view: calls whose last word the
knowledge tables know, class-like calls and calls with numeric arguments;
numbers; path-like and date-like strings. f-strings are not entered: their
inner positions are wrong before Python 3.12.

The walk is iterative: 3,000-term sums and 10,000 nested brackets are legal.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable

from mldebt.syntax.views import (
    UNKNOWN,
    Arg,
    Assignment,
    Call,
    Class,
    Function,
    Import,
    Number,
    Scope,
    String,
)
from mldebt.text import Span, regex
from mldebt.typed import Any

SKIP = frozenset(
    "ctx op ops id attr kind name rest kwd_attrs type_comment level asname module simple is_async conversion "
    "annotation returns type_params type_ignores".split()
)
"""Fields that hold no expression, or one no view is made of."""
LEAVES = frozenset(
    {ast.Constant, ast.Name, ast.JoinedStr, ast.Pass, ast.Break, ast.Continue, ast.Global, ast.Nonlocal,
     ast.MatchSingleton}
)  # fmt: skip
STATEMENTS = frozenset(
    cls for cls in vars(ast).values() if isinstance(cls, type) and issubclass(cls, ast.stmt)
)
INFINITE = frozenset({float("inf"), float("-inf")})
NUMBER_TYPES: frozenset[Any] = frozenset({int, float, complex})
DATE_OR_FILE = regex(r"\d{4}-\d\d-\d\d|[\w%-]+\.\w{2,8}$")
DEF = regex(r"(?:def|class)\s+")
MAX_CHAIN = 40
# Names joined by dots or calls; a longer fluent chain has no target.

OPERATORS: dict[type, str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.MatMult: "@", ast.LShift: "<<", ast.RShift: ">>", ast.BitAnd: "&",
    ast.BitOr: "|", ast.BitXor: "^", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=",
    ast.Gt: ">", ast.GtE: ">=", ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip

FIELDS: dict[type, tuple[str, ...]] = {}


new = tuple.__new__
"""Makes a named tuple without the detour through its keyword-aware constructor: half the cost."""


class Lowering:
    """The views of one piece while they grow. Positions count from the piece's first character."""

    __slots__ = (
        "ascii", "assignments", "bindings", "calls", "classes", "functions", "imports", "numbers", "origin",
        "owner", "pending", "scope", "scopes", "shift", "starts", "statement", "strings", "text", "wanted",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        starts: list[int],
        shift: int,
        origin: int,
        owner: str,
        wanted: frozenset[str],
        ascii: bool,
    ) -> None:
        """`starts` are line offsets, the first for line number `shift` + 1; `origin` is the piece's offset."""
        self.text, self.starts, self.shift, self.origin = text, starts, shift, origin
        self.owner, self.wanted, self.ascii = owner, wanted, ascii
        self.calls: list[Call] = []
        self.numbers: list[Number] = []
        self.strings: list[String] = []
        self.imports: list[Import] = []
        self.assignments: list[Assignment] = []
        self.functions: list[Function] = []
        self.classes: list[Class] = []
        self.scopes: list[tuple[str, str, int, Span, tuple[str, ...]]] = []
        self.bindings: list[list[tuple[str, int, str]]] = []
        self.pending: list[tuple[Any, int, Any]] = []
        """(the body of a scope, its number, the statement it is part of) of what is walked later."""
        self.scope = 0
        self.statement = Span(0, 0)

    def at(self, line: int, column: int) -> int:
        """Offset of a position as `ast` counts it: 1-based lines, columns in UTF-8 bytes."""
        start = self.starts[line - 1 - self.shift]
        if not self.ascii:
            text = self.text[start : start + column]
            if not text.isascii():
                column = len(text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore"))
        return start + column - self.origin

    def span(self, node: Any) -> Span:
        if self.ascii:
            starts, base = self.starts, self.shift + 1
            return new(
                Span,
                (starts[node.lineno - base] + node.col_offset - self.origin,
                 starts[node.end_lineno - base] + node.end_col_offset - self.origin),
            )  # fmt: skip
        return new(
            Span, (self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset))
        )

    def open_scope(self, kind: str, name: str, span: Span, params: tuple[str, ...]) -> int:
        """A new scope inside the current one; its body is walked later."""
        outer = self.scopes[self.scope][1] if self.scopes else ""
        qualified = f"{outer}.{name}" if outer and name else name
        self.scopes.append((kind, qualified, self.scope if self.bindings else -1, span, params))
        self.bindings.append([])
        return len(self.scopes) - 1

    def bind(self, name: str, node: Any, chain: str) -> None:
        start = self.starts[node.lineno - 1 - self.shift] - self.origin
        self.bindings[self.scope].append(
            (name, start + node.col_offset if self.ascii else self.at(node.lineno, node.col_offset), chain)
        )

    # -- the walk ------------------------------------------------------------------------------

    def run(self, nodes: Iterable[ast.stmt], length: int) -> None:
        kind = "class" if self.owner else "module"
        self.open_scope(kind, self.owner, Span(0, length), ())
        self.pending.append((list(nodes), 0, self.statement))
        while self.pending:
            body, self.scope, self.statement = self.pending.pop()
            self.walk(body)

    def walk(self, body: list[Any]) -> None:
        """Visit the statements of one scope in source order; nested scopes are left in `pending`."""
        stack = body[::-1]
        pop, push = stack.pop, stack.append
        handlers, leaves, fields, statements = HANDLERS, LEAVES, FIELDS, STATEMENTS
        name_class, attribute = ast.Name, ast.Attribute
        while stack:
            node = pop()
            cls = node.__class__
            if cls is attribute:
                node = node.value
                if node.__class__ is not name_class:
                    push(node)
                continue
            if cls in leaves:
                if cls is ast.Constant or cls is ast.JoinedStr:
                    self.literal(node, "other", "", -1, -1, "other")
                continue
            handler = handlers.get(cls)
            if handler is not None:
                handler(self, node, stack)
                continue
            names = fields.get(cls)
            if names is None:
                names = fields[cls] = tuple(name for name in cls._fields if name not in SKIP)[::-1]
            if cls in statements:
                self.statement = node
            values = node.__dict__
            for name in names:
                value = values.get(name)
                if value.__class__ is list:
                    stack += value[::-1]
                elif value is not None:
                    push(value)

    def statement_span(self) -> Span:
        """The span of the simple statement, or of the compound statement's header, being walked."""
        node: Any = self.statement
        if node.__class__ is Span:
            return node
        span = self.span(node)
        body = getattr(node, "body", None)
        if body.__class__ is list and body:
            first = body[0]
            span = Span(span.start, max(span.start, min(span.end, self.at(first.lineno, first.col_offset))))
            span = Span(span.start, span.start + len(self.piece_text(span).rstrip()))
        self.statement = span
        return span

    def piece_text(self, span: Span) -> str:
        return self.text[span.start + self.origin : span.end + self.origin]

    # -- literals ------------------------------------------------------------------------------

    def literal(
        self, node: Any, kind: str, name: str, call: int, index: int, parent: str,
        op: str = "", other: str = "", owner: str = "",
    ) -> None:  # fmt: skip
        """A view of a number or of a wanted string; anything else leaves none."""
        if node.__class__ is ast.JoinedStr:
            head = node.values[0] if node.values else None
            if (
                head.__class__ is ast.Constant
                and head.value.__class__ is str
                and is_wanted_string(head.value)
            ):
                self.strings.append(
                    String(self.span(node), head.value, "fstring", name, call, index, self.scope,
                           self.statement_span(), parent)
                )  # fmt: skip
            return
        value = node.value
        cls = value.__class__
        if cls in NUMBER_TYPES:
            self.number(node, value, kind, name, call, index, op, other, owner)
        elif cls is str or cls is bytes:
            if len(value) > 4000:
                return
            word = value if cls is str else value.decode("latin-1")
            if is_wanted_string(word):
                self.strings.append(
                    String(self.span(node), word, "str" if cls is str else "bytes", name, call, index,
                           self.scope, self.statement_span(), parent)
                )  # fmt: skip

    def number(
        self,
        node: Any,
        value: Any,
        kind: Any,
        name: str,
        call: int,
        index: int,
        op: str,
        other: str,
        owner: str,
    ) -> None:
        if value in INFINITE:
            return  # `1e999`: a way to write infinity, and nothing to compute with
        self.numbers.append(
            new(Number, (self.span(node), value, kind, name, op, other, owner, call, index, self.scope,
                         self.statement_span()))
        )  # fmt: skip

    def operand(self, node: Any, kind: str, name: str, call: int, index: int, parent: str,
                op: str = "", other: str = "", owner: str = "") -> Any:  # fmt: skip
        """Take `node` in if it is a literal, a signed number, or a container of them; else give it back."""
        cls = node.__class__
        if cls is ast.Constant or cls is ast.JoinedStr:
            self.literal(node, kind, name, call, index, parent, op, other, owner)
            return None
        if cls is ast.UnaryOp:
            inner = node.operand
            number: Any = inner.value if inner.__class__ is ast.Constant else None
            if number.__class__ in NUMBER_TYPES:
                sign = node.op.__class__
                value = -number if sign is ast.USub else number if sign is ast.UAdd else None
                if value is not None:
                    self.number(node, value, kind, name, call, index, op, other, owner)
                    return None
            return node
        if cls is ast.Name or (cls is ast.Attribute and node.value.__class__ is ast.Name):
            return None
        if cls is ast.List or cls is ast.Tuple or cls is ast.Set or cls is ast.Dict:
            node.mldebt_owner = owner or name
            node.mldebt_call = call
        return node


def is_wanted_string(word: str) -> bool:
    """Whether a string looks like a path or a date."""
    if "/" in word or "\\" in word or "~" in word:
        return True
    return ("." in word or "-" in word) and DATE_OR_FILE.match(word) is not None


def chain_of(node: Any) -> str:
    """`a.b().c[]` of a name, attribute, call or subscript, or "" for any other callee."""
    cls = node.__class__
    if cls is Name:
        return node.id  # type: ignore[no-any-return]
    if cls not in LINKS:
        return ""
    if cls is Attribute and node.value.__class__ is Name:
        return f"{node.value.id}.{node.attr}"
    parts: list[str] = []
    for _ in range(MAX_CHAIN):
        cls = node.__class__
        if cls is Name:
            parts.append(node.id)
            parts.reverse()
            return "".join(parts)
        if cls is Attribute:
            parts.append("." + node.attr)
            node = node.value
        elif cls is ast.Call:
            parts.append("()")
            node = node.func
        elif cls is ast.Subscript:
            parts.append("[]")
            node = node.value
        elif cls is ast.Await or cls is ast.NamedExpr:
            node = node.value
        else:
            return ""
    return ""


Name, Attribute = ast.Name, ast.Attribute
LINKS = frozenset({Attribute, ast.Call, ast.Subscript, ast.Await, ast.NamedExpr})
"""What a chain is made of, but for the name at its root."""


def literal_value(node: Any) -> Any:
    """The value of a constant, a signed number, or a flat list, tuple or set of them; otherwise UNKNOWN."""
    cls = node.__class__
    if cls is ast.Constant:
        return node.value
    if cls is ast.UnaryOp and node.operand.__class__ is ast.Constant and node.op.__class__ is ast.USub:
        number: Any = node.operand.value
        return -number if number.__class__ in NUMBER_TYPES else UNKNOWN
    if cls is ast.List or cls is ast.Tuple or cls is ast.Set:
        if len(node.elts) > 64:
            return UNKNOWN
        values = [item.value if item.__class__ is ast.Constant else UNKNOWN for item in node.elts]
        return UNKNOWN if UNKNOWN in values else tuple(values)
    return UNKNOWN


# -- one handler for each kind of node that makes views; each pushes what is still to be visited ---------
#
# Expressions may be pushed in any order (views are sorted by their span), statements last first.


def _call(low: Lowering, node: Any, stack: list[Any]) -> None:
    func = node.func
    cls = func.__class__
    args, keywords = node.args, node.keywords
    if cls is ast.Name:
        last = func.id
        wanted = last in low.wanted or last[:1].isupper()
    else:
        if cls is not ast.Attribute:
            stack.append(func)
            stack += args
            stack += [keyword.value for keyword in keywords]
            return
        if func.value.__class__ is not ast.Name:
            stack.append(func.value)
        last = func.attr
        wanted = last in low.wanted
    if not wanted:
        for arg in args:
            if arg.__class__ in HOLDERS and _holds_number(arg):
                wanted = True
                break
        else:
            for keyword in keywords:
                if keyword.value.__class__ in HOLDERS and _holds_number(keyword.value):
                    wanted = True
                    break
    index = -1
    if wanted and (chain := chain_of(func)):
        span = low.span
        views = []
        for arg in args:
            name = ""
            if arg.__class__ is ast.Starred:
                name, arg = "*", arg.value
            views.append(new(Arg, (name, span(arg), literal_value(arg), chain_of(arg))))
        for keyword in keywords:
            value = keyword.value
            views.append(new(Arg, (keyword.arg or "**", span(value), literal_value(value), chain_of(value))))
        index = len(low.calls)
        low.calls.append(
            new(Call, (span(node), span(func), chain, "", tuple(views), low.scope, low.statement_span()))
        )
    operand = low.operand
    for place, arg in enumerate(args):
        if arg.__class__ is ast.Name:
            continue
        rest = operand(arg, "argument", "", index, place, "call")
        if rest is not None:
            stack.append(rest)
    for place, keyword in enumerate(keywords):
        value = keyword.value
        if value.__class__ is ast.Name:
            continue
        rest = operand(value, "keyword", keyword.arg or "", index, place, "call")
        if rest is not None:
            stack.append(rest)


HOLDERS = frozenset({ast.Constant, ast.UnaryOp, ast.Dict, ast.List, ast.Tuple})
"""What a number among the arguments of a call may stand in, so that the call has a view."""


def _holds_number(node: Any) -> bool:
    cls = node.__class__
    if cls is ast.Constant:
        return node.value.__class__ in NUMBER_TYPES
    if cls is ast.UnaryOp:
        return node.operand.__class__ is ast.Constant
    if cls is ast.Dict:
        return any(
            value.__class__ is ast.Constant and value.value.__class__ in NUMBER_TYPES for value in node.values
        )
    if cls is ast.List or cls is ast.Tuple:
        return (
            bool(node.elts)
            and node.elts[0].__class__ is ast.Constant
            and node.elts[0].value.__class__ in NUMBER_TYPES
        )
    return False


def _assign(low: Lowering, node: Any, stack: list[Any]) -> None:
    low.statement = node
    value = node.value
    targets = node.targets
    chain = chain_of(value)
    name = ""
    for target in targets:
        cls = target.__class__
        if cls is ast.Name:
            name = target.id
            low.bind(name, target, chain)
            if low.scopes[low.scope][0] in ("module", "class"):
                low.assignments.append(
                    Assignment(low.span(node), name, low.span(target), "", low.span(value), literal_value(value),
                               chain, low.scope)
                )  # fmt: skip
        elif cls is ast.Attribute and target.value.__class__ is ast.Name:
            name = f"{target.value.id}.{target.attr}"
            if target.value.id == "self":
                low.bind(name, target, chain)
        else:
            if cls is ast.Subscript:
                key = target.slice
                if key.__class__ is ast.Constant and key.value.__class__ is str:
                    name = key.value
            _bind_names(low, target)
            stack.append(target)
    rest = low.operand(value, "assign", name, -1, -1, "assign", owner=name)
    if rest is not None:
        stack.append(rest)


def _ann_assign(low: Lowering, node: Any, stack: list[Any]) -> None:
    low.statement = node
    target, value = node.target, node.value
    name = chain_of(target)
    if target.__class__ is ast.Name:
        if value is not None:
            low.bind(name, target, chain_of(value))
        if low.scopes[low.scope][0] in ("module", "class"):
            whole = low.span(node)
            low.assignments.append(
                Assignment(
                    whole, name, low.span(target), low.piece_text(low.span(node.annotation)),
                    low.span(value) if value is not None else Span(whole.end, whole.end),
                    literal_value(value) if value is not None else UNKNOWN,
                    chain_of(value) if value is not None else "", low.scope,
                )
            )  # fmt: skip
    elif name.startswith("self.") and value is not None:
        low.bind(name, target, chain_of(value))
    if value is None:
        return
    rest = low.operand(value, "assign", name, -1, -1, "assign", owner=name)
    if rest is not None:
        stack.append(rest)


def _bind_names(low: Lowering, target: Any) -> None:
    """Every name a target binds, to something unknown."""
    stack = [target]
    while stack:
        node = stack.pop()
        cls = node.__class__
        if cls is ast.Name:
            low.bind(node.id, node, "")
        elif cls is ast.Tuple or cls is ast.List:
            stack += node.elts
        elif cls is ast.Starred:
            stack.append(node.value)


def _for(low: Lowering, node: Any, stack: list[Any]) -> None:
    low.statement = node
    _bind_names(low, node.target)
    rest = low.operand(node.iter, "other", "", -1, -1, "other")
    stack += node.orelse[::-1]
    stack += node.body[::-1]
    if rest is not None:
        stack.append(rest)


def _with(low: Lowering, node: Any, stack: list[Any]) -> None:
    low.statement = node
    for item in node.items:
        if item.optional_vars is not None:
            if item.optional_vars.__class__ is ast.Name:
                low.bind(item.optional_vars.id, item.optional_vars, chain_of(item.context_expr))
            else:
                _bind_names(low, item.optional_vars)
    stack += node.body[::-1]
    stack += [item.context_expr for item in node.items]


def _comprehension(low: Lowering, node: Any, stack: list[Any]) -> None:
    for generator in node.generators:
        _bind_names(low, generator.target)
        stack.append(generator.iter)
        stack += generator.ifs
    if node.__class__ is ast.DictComp:
        stack += (node.key, node.value)
    else:
        stack.append(node.elt)


def _bin_op(low: Lowering, node: Any, stack: list[Any]) -> None:
    left, right = node.left, node.right
    left_class, right_class = left.__class__, right.__class__
    if left_class not in LITERALS and right_class not in LITERALS:
        if left_class is not ast.Name:
            stack.append(left)
        if right_class is not ast.Name:
            stack.append(right)
        return
    op = OPERATORS[node.op.__class__]
    for side, across in ((left, right), (right, left)):
        rest = low.operand(side, "binop", "", -1, -1, "binop", op, chain_of(across))
        if rest is not None:
            stack.append(rest)


LITERALS = frozenset({ast.Constant, ast.UnaryOp, ast.JoinedStr})


def _compare(low: Lowering, node: Any, stack: list[Any]) -> None:
    sides = [node.left, *node.comparators]
    for place, side in enumerate(sides):
        if side.__class__ is ast.Constant or side.__class__ is ast.UnaryOp:
            across = sides[place - 1] if place else sides[1]
            op = OPERATORS[node.ops[place - 1 if place else 0].__class__]
            rest = low.operand(side, "compare", "", -1, place, "compare", op, chain_of(across))
        else:
            rest = low.operand(side, "element", "", -1, place, "compare")
        if rest is not None:
            stack.append(rest)


def _dict(low: Lowering, node: Any, stack: list[Any]) -> None:
    owner, call = getattr(node, "mldebt_owner", ""), getattr(node, "mldebt_call", -1)
    for key, value in zip(node.keys, node.values, strict=True):
        name = ""
        if key is not None:
            if key.__class__ is ast.Constant and key.value.__class__ is str:
                name = key.value
            elif key.__class__ is not ast.Name:
                stack.append(key)
        rest = low.operand(value, "dict", name, call, -1, "dict", owner=owner)
        if rest is not None:
            stack.append(rest)


def _elements(low: Lowering, node: Any, stack: list[Any]) -> None:
    owner, call = getattr(node, "mldebt_owner", ""), getattr(node, "mldebt_call", -1)
    for place, item in enumerate(node.elts):
        rest = low.operand(item, "element", "", call, place, "element", owner=owner)
        if rest is not None:
            stack.append(rest)


def _subscript(low: Lowering, node: Any, stack: list[Any]) -> None:
    if node.value.__class__ is not ast.Name:
        stack.append(node.value)
    key = node.slice
    bound: Any
    for bound in key.elts if key.__class__ is ast.Tuple else (key,):
        cls = bound.__class__
        if cls is ast.Slice:
            for place, part in enumerate((bound.lower, bound.upper, bound.step)):
                if part is not None:
                    rest = low.operand(part, "index", "", -1, place, "index", "slice", chain_of(node.value))
                    if rest is not None:
                        stack.append(rest)
        elif cls in LITERALS:
            rest = low.operand(bound, "index", "", -1, 0, "index", "item", chain_of(node.value))
            if rest is not None:
                stack.append(rest)
        elif cls is not ast.Name:
            stack.append(bound)


def _return(low: Lowering, node: Any, stack: list[Any]) -> None:
    low.statement = node
    if node.value is None:
        return
    rest = low.operand(node.value, "return", "", -1, -1, "return")
    if rest is not None:
        stack.append(rest)


def _expr(low: Lowering, node: Any, stack: list[Any]) -> None:
    low.statement = node
    value = node.value
    if value.__class__ is ast.Constant or value.__class__ is ast.JoinedStr:
        return
    stack.append(value)


def _aug_assign(low: Lowering, node: Any, stack: list[Any]) -> None:
    low.statement = node
    name = chain_of(node.target)
    rest = low.operand(node.value, "binop", "", -1, -1, "binop", OPERATORS[node.op.__class__], name)
    if rest is not None:
        stack.append(rest)
    if node.target.__class__ is not ast.Name:
        stack.append(node.target)


def _import(low: Lowering, node: Any, stack: list[Any]) -> None:
    span = low.span(node)
    for alias in node.names:
        low.imports.append(
            Import(span, alias.name, "", alias.asname or alias.name.partition(".")[0], low.scope)
        )


def _import_from(low: Lowering, node: Any, stack: list[Any]) -> None:
    span = low.span(node)
    module = "." * node.level + (node.module or "")
    for alias in node.names:
        low.imports.append(Import(span, module, alias.name, alias.asname or alias.name, low.scope))


def _function(low: Lowering, node: Any, stack: list[Any]) -> None:
    low.statement = node
    span = low.span(node)
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args]
    params = tuple(
        arg.arg
        for arg in [*every, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        if arg is not None
    )
    low.bind(node.name, node, "")
    stack += node.decorator_list
    for param, default in (
        *zip(every[len(every) - len(arguments.defaults) :], arguments.defaults, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ):
        if default is not None:
            rest = low.operand(default, "default", param.arg, -1, -1, "default", owner=node.name)
            if rest is not None:
                stack.append(rest)
    inner = low.open_scope("function", node.name, span, params)
    first = node.body[0]
    body = Span(low.at(first.lineno, first.col_offset), span.end)
    found = DEF.search(low.piece_text(span))
    name_at = span.start + (found.end() if found else 0)
    decorators = tuple(chain_of(decorator) for decorator in node.decorator_list)
    start = low.at(node.decorator_list[0].lineno, 0) if decorators else span.start
    low.functions.append(
        Function(Span(start, span.end), node.name, Span(name_at, name_at + len(node.name)), params, decorators,
                 low.scope, inner, body)
    )  # fmt: skip
    low.pending.append((node.body, inner, node))


def _lambda(low: Lowering, node: Any, stack: list[Any]) -> None:
    arguments = node.args
    every = [
        *arguments.posonlyargs,
        *arguments.args,
        *arguments.kwonlyargs,
        arguments.vararg,
        arguments.kwarg,
    ]
    params = tuple(arg.arg for arg in every if arg is not None)
    inner = low.open_scope("lambda", "", low.span(node), params)
    low.pending.append(([node.body], inner, low.statement))
    stack += [default for default in (*arguments.defaults, *arguments.kw_defaults) if default is not None]


def _class(low: Lowering, node: Any, stack: list[Any]) -> None:
    low.statement = node
    span = low.span(node)
    low.bind(node.name, node, "")
    inner = low.open_scope("class", node.name, span, ())
    docstring = None
    if node.body:
        first = node.body[0]
        if (
            first.__class__ is ast.Expr
            and first.value.__class__ is ast.Constant
            and first.value.value.__class__ is str
        ):
            docstring = low.span(first)
    decorators = tuple(chain_of(decorator) for decorator in node.decorator_list)
    start = low.at(node.decorator_list[0].lineno, 0) if decorators else span.start
    found = DEF.search(low.piece_text(span))
    name_at = span.start + (found.end() if found else 0)
    low.classes.append(
        Class(Span(start, span.end), node.name, Span(name_at, name_at + len(node.name)),
              tuple(chain_of(base) for base in node.bases), decorators, docstring, low.scope, inner)
    )  # fmt: skip
    low.pending.append((node.body, inner, node))
    stack += node.decorator_list
    stack += node.bases
    stack += [keyword.value for keyword in node.keywords]


HANDLERS: dict[type, Callable[[Lowering, Any, list[Any]], None]] = {
    ast.Call: _call, ast.Assign: _assign, ast.AnnAssign: _ann_assign, ast.AugAssign: _aug_assign,
    ast.For: _for, ast.AsyncFor: _for, ast.With: _with, ast.AsyncWith: _with,
    ast.ListComp: _comprehension, ast.SetComp: _comprehension, ast.GeneratorExp: _comprehension,
    ast.DictComp: _comprehension, ast.BinOp: _bin_op, ast.Compare: _compare, ast.Dict: _dict,
    ast.List: _elements, ast.Tuple: _elements, ast.Set: _elements, ast.Subscript: _subscript,
    ast.Return: _return, ast.Expr: _expr, ast.Import: _import, ast.ImportFrom: _import_from,
    ast.FunctionDef: _function, ast.AsyncFunctionDef: _function, ast.Lambda: _lambda, ast.ClassDef: _class,
}  # fmt: skip


def scopes_of(low: Lowering) -> tuple[Scope, ...]:
    return tuple(
        Scope(kind, name, parent, span, params, tuple(bindings))  # type: ignore[arg-type]
        for (kind, name, parent, span, params), bindings in zip(low.scopes, low.bindings, strict=True)
    )
