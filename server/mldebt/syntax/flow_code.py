"""One chunk's text -> plain operations in the order they run: what flow.py interprets.

Every expression is taken apart into operations that each read numbered
registers and fill one; statements are operations that write names or hold
blocks. Nothing here knows what a name stands for. f-strings keep their
inputs but not their inner positions, which are wrong before Python 3.12.

Expressions and `elif` chains are walked with a stack of our own: a sum of
3,000 terms is legal. Blocks nest at most as deep as Python's parser allows.
"""

from __future__ import annotations

import ast
from typing import Any, NamedTuple

from mldebt.knowledge.kinds import words
from mldebt.syntax.lowering import chain_of
from mldebt.syntax.module import PARSE_FAILURES, parse
from mldebt.text import line_starts

MAX_BLOCKS = 40
# Nested blocks followed. Deeper code is generated; its blocks contribute nothing.


class Op(NamedTuple):
    """One operation. `start` and `end` count from the chunk; `a`, `b`, `c` depend on `kind`.

    Expressions fill register `out`:

        const   a value                          name    a name
        attr    a base, b name                   index   a base, b key register
        slice   a (lower, upper, step) registers or -1
        call    a callee, b ((name, register), …) in order, c (start, end) of the callee
        pack    a "tuple"|"list"|"set"|"dict", b registers, c keys (dict: literal or None)
        comp    a element, b iterables, c True if it filters; kind of result is dropped
        mix     a operator, b operands, c which comparison           join    b alternatives
        item    a iterable                       element a base, b index, c number of targets
        function  a Code                         class   a name, b base registers, c body block

    Statements:

        store   a name, b register               setattr a base, b name, c register
        setitem a root container, b value, c literal key or None
        delete  a name                           scope   a "global"|"nonlocal", b names
        import  a alias, b dotted target         star    a module
        return  a register                       yield   a register
        raise                                    break (also continue)
        if      a ((block, block), …): test and body of each arm, b else block
        loop    a header block, b body block, c else block
        try     a body block, b handler blocks, c (else block, final block)
    """

    kind: str
    out: int
    start: int
    end: int
    a: Any = None
    b: Any = None
    c: Any = None


Block = tuple[Op, ...]


class Code(NamedTuple):
    """A function or lambda."""

    name: str
    start: int
    end: int
    params: tuple[str, ...]
    """Positional first, then keyword-only."""
    n_positional: int
    star: str
    double_star: str
    defaults: tuple[tuple[str, int], ...]
    """(parameter, register of its default in the defining frame)."""
    body: Block
    locals: frozenset[str]
    words: frozenset[str]
    """Every name and attribute it mentions, nested functions included."""
    decorators: tuple[int, ...]


def code_of(text: str, owner: str) -> Block:
    """The operations of one chunk; empty if the text does not parse."""
    head = "class _:\n" if owner else ""
    try:
        tree = parse(head + text)
    except PARSE_FAILURES:
        return ()
    nodes: list[Any] = tree.body
    if owner:
        if len(nodes) != 1 or nodes[0].__class__ is not ast.ClassDef:
            return ()
        nodes = nodes[0].body
    return _Lowering(text, 1 if owner else 0).block(nodes)


class _Lowering:
    """Holds what one chunk's lowering shares: positions, the register counter, renamed comprehension names."""

    def __init__(self, text: str, shift: int) -> None:
        self.text, self.shift = text, shift
        self.starts = line_starts(text)
        self.ascii = text.isascii()
        self.count = 0
        self.depth = 0
        self.renamed: list[dict[str, str]] = []

    # -- positions and registers ---------------------------------------------------------------

    def at(self, line: int, column: int) -> int:
        start = self.starts[line - 1 - self.shift]
        if not self.ascii:
            part = self.text[start : start + column]
            if not part.isascii():
                column = len(part.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore"))
        return start + column

    def span(self, node: Any) -> tuple[int, int]:
        if self.ascii:
            starts, first = self.starts, self.shift + 1
            start = starts[node.lineno - first] + node.col_offset
            return start, starts[node.end_lineno - first] + node.end_col_offset
        return self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset)

    def register(self) -> int:
        self.count += 1
        return self.count

    # -- statements ----------------------------------------------------------------------------

    def block(self, nodes: list[Any]) -> Block:
        if self.depth > MAX_BLOCKS:
            return ()
        self.depth += 1
        ops: list[Op] = []
        for node in nodes:
            handler = getattr(self, "do_" + node.__class__.__name__, None)
            if handler is not None:
                handler(node, ops)
        self.depth -= 1
        return tuple(ops)

    def do_Expr(self, node: Any, ops: list[Op]) -> None:
        """A statement for its effect; drawing and logging have none on values."""
        value = node.value
        if value.__class__ is ast.Constant:
            return
        if value.__class__ is ast.Call:
            chain = chain_of(value.func)
            root, _, last = chain.partition("(")[0].partition(".")
            if root in SHOWS_ONLY or (last.rpartition(".")[2] in LOOKS_ONLY and "(" not in chain):
                return
        self.expression(value, ops)

    def do_Assign(self, node: Any, ops: list[Op]) -> None:
        value = self.expression(node.value, ops)
        for target in node.targets:
            self.assign(target, value, ops)

    def do_AnnAssign(self, node: Any, ops: list[Op]) -> None:
        if node.value is not None:
            self.assign(node.target, self.expression(node.value, ops), ops)

    def do_AugAssign(self, node: Any, ops: list[Op]) -> None:
        target = node.target
        old = self.expression(target, ops)
        value = self.expression(node.value, ops)
        start, end = self.span(node)
        out = self.register()
        ops.append(Op("mix", out, start, end, OPERATORS.get(node.op.__class__, "?"), (old, value)))
        self.assign(target, out, ops)

    def assign(self, target: Any, value: int, ops: list[Op]) -> None:
        """Bind one target; nested tuples are taken apart in order."""
        stack = [(target, value)]
        while stack:
            target, value = stack.pop()
            cls = target.__class__
            start, end = self.span(target)
            if cls is ast.Name:
                ops.append(Op("store", -1, start, end, self.name(target.id), value))
            elif cls is ast.Attribute:
                base = self.expression(target.value, ops)
                ops.append(Op("setattr", self.register(), start, end, base, target.attr, value))
            elif cls is ast.Subscript:
                root, key = target.value, target.slice
                while root.__class__ is ast.Subscript or (
                    root.__class__ is ast.Attribute
                    and root.attr in ("loc", "iloc", "at", "iat", "ix", "values")
                ):
                    root = root.value
                base = self.expression(root, ops)
                literal = key.value if key.__class__ is ast.Constant else None
                if root is not target.value:
                    literal = None
                ops.append(Op("setitem", self.register(), start, end, base, value, literal))
            elif cls is ast.Tuple or cls is ast.List:
                n = len(target.elts)
                starred = [place for place, item in enumerate(target.elts) if item.__class__ is ast.Starred]
                parts = []
                for place, item in enumerate(target.elts):
                    index = place if not starred or place < starred[0] else place - n
                    inner = item.value if item.__class__ is ast.Starred else item
                    s, e = self.span(inner)
                    out = self.register()
                    if item.__class__ is ast.Starred:
                        ops.append(Op("item", out, s, e, value))
                    else:
                        ops.append(Op("element", out, s, e, value, index, 0 if starred else n))
                    parts.append((inner, out))
                stack.extend(reversed(parts))

    def do_Delete(self, node: Any, ops: list[Op]) -> None:
        for target in node.targets:
            if target.__class__ is ast.Name:
                ops.append(Op("delete", -1, *self.span(target), self.name(target.id)))

    def do_Return(self, node: Any, ops: list[Op]) -> None:
        value = self.expression(node.value, ops) if node.value is not None else -1
        ops.append(Op("return", -1, *self.span(node), value))

    def do_Raise(self, node: Any, ops: list[Op]) -> None:
        ops.append(Op("raise", -1, *self.span(node)))

    def do_Break(self, node: Any, ops: list[Op]) -> None:
        ops.append(Op("break", -1, *self.span(node)))

    do_Continue = do_Break

    def do_Assert(self, node: Any, ops: list[Op]) -> None:
        self.expression(node.test, ops)

    def do_Import(self, node: Any, ops: list[Op]) -> None:
        start, end = self.span(node)
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            ops.append(Op("import", self.register(), start, end, name, alias.name if alias.asname else name))

    def do_ImportFrom(self, node: Any, ops: list[Op]) -> None:
        start, end = self.span(node)
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            if alias.name == "*":
                ops.append(Op("star", -1, start, end, module))
                continue
            joint = "" if module.endswith(".") else "."
            ops.append(
                Op(
                    "import",
                    self.register(),
                    start,
                    end,
                    alias.asname or alias.name,
                    f"{module}{joint}{alias.name}",
                )
            )

    def do_Global(self, node: Any, ops: list[Op]) -> None:
        kind = "global" if node.__class__ is ast.Global else "nonlocal"
        ops.append(Op("scope", -1, *self.span(node), kind, tuple(node.names)))

    do_Nonlocal = do_Global

    def do_If(self, node: Any, ops: list[Op]) -> None:
        arms = []
        start, end = self.span(node)
        while True:
            test: list[Op] = []
            self.expression(node.test, test)
            arms.append((tuple(test), self.block(node.body)))
            rest = node.orelse
            if len(rest) == 1 and rest[0].__class__ is ast.If:
                node = rest[0]
                continue
            ops.append(Op("if", -1, start, end, tuple(arms), self.block(rest)))
            return

    def do_For(self, node: Any, ops: list[Op]) -> None:
        start, end = self.span(node)
        iterable = self.expression(node.iter, ops)
        header: list[Op] = []
        out = self.register()
        header.append(Op("item", out, *self.span(node.target), iterable))
        self.assign(node.target, out, header)
        ops.append(Op("loop", -1, start, end, tuple(header), self.block(node.body), self.block(node.orelse)))

    do_AsyncFor = do_For

    def do_While(self, node: Any, ops: list[Op]) -> None:
        start, end = self.span(node)
        header: list[Op] = []
        self.expression(node.test, header)
        ops.append(Op("loop", -1, start, end, tuple(header), self.block(node.body), self.block(node.orelse)))

    def do_With(self, node: Any, ops: list[Op]) -> None:
        for item in node.items:
            value = self.expression(item.context_expr, ops)
            if item.optional_vars is not None:
                self.assign(item.optional_vars, value, ops)
        ops.extend(self.block(node.body))

    do_AsyncWith = do_With

    def do_Try(self, node: Any, ops: list[Op]) -> None:
        handlers = []
        for handler in node.handlers:
            head: list[Op] = []
            if handler.name:
                out = self.register()
                s, e = self.span(handler)
                head += (Op("const", out, s, e), Op("store", -1, s, e, handler.name, out))
            handlers.append((*head, *self.block(handler.body)))
        rest = (self.block(node.orelse), self.block(node.finalbody))
        ops.append(Op("try", -1, *self.span(node), self.block(node.body), tuple(handlers), rest))

    do_TryStar = do_Try

    def do_Match(self, node: Any, ops: list[Op]) -> None:
        subject = self.expression(node.subject, ops)
        arms = []
        for case in node.cases:
            test: list[Op] = []
            for inner in ast.walk(case.pattern):
                name = getattr(inner, "name", None) or getattr(inner, "rest", None)
                if isinstance(name, str):
                    out = self.register()
                    s, e = self.span(case.pattern)
                    test += (Op("item", out, s, e, subject), Op("store", -1, s, e, name, out))
            if case.guard is not None:
                self.expression(case.guard, test)
            arms.append((tuple(test), self.block(case.body)))
        ops.append(Op("if", -1, *self.span(node), tuple(arms), ()))

    def do_FunctionDef(self, node: Any, ops: list[Op]) -> None:
        decorators = tuple(self.expression(decorator, ops) for decorator in node.decorator_list)
        start, end = self.span(node)
        code = self.function(node, node.name, self.block(node.body) if self.depth <= MAX_BLOCKS else (), ops)
        out = self.register()
        ops.append(Op("function", out, start, end, code._replace(decorators=decorators)))
        ops.append(Op("store", -1, start, end, node.name, out))

    do_AsyncFunctionDef = do_FunctionDef

    def function(self, node: Any, name: str, body: Block, ops: list[Op]) -> Code:
        """Shared by `def` and `lambda`; default values are evaluated where the function is defined."""
        arguments = node.args
        positional = [arg.arg for arg in (*arguments.posonlyargs, *arguments.args)]
        keyword = [arg.arg for arg in arguments.kwonlyargs]
        defaults = []
        n = len(positional) - len(arguments.defaults)
        for param, default in (
            *zip(positional[n:], arguments.defaults, strict=True),
            *zip(keyword, arguments.kw_defaults, strict=True),
        ):
            if default is not None:
                defaults.append((param, self.expression(default, ops)))
        star = arguments.vararg.arg if arguments.vararg else ""
        double = arguments.kwarg.arg if arguments.kwarg else ""
        params = (*positional, *keyword)
        found: set[str] = {*params, star, double}
        outer: set[str] = set()
        mentioned: set[str] = set()
        _survey(body, found, outer, mentioned)
        start, end = self.span(node)
        return Code(
            name, start, end, params, len(positional), star, double, tuple(defaults), body,
            frozenset(found - outer - {""}), frozenset(mentioned), (),
        )  # fmt: skip

    def do_ClassDef(self, node: Any, ops: list[Op]) -> None:
        for decorator in node.decorator_list:
            self.expression(decorator, ops)
        bases = tuple(self.expression(base, ops) for base in node.bases if base.__class__ is not ast.Starred)
        out = self.register()
        start, end = self.span(node)
        ops.append(Op("class", out, start, end, node.name, bases, self.block(node.body)))
        ops.append(Op("store", -1, start, end, node.name, out))

    # -- expressions ---------------------------------------------------------------------------

    def name(self, name: str) -> str:
        for renamed in reversed(self.renamed):
            if name in renamed:
                return renamed[name]
        return name

    def expression(self, node: Any, ops: list[Op]) -> int:
        """Append the operations of one expression; returns the register of its value.

        `todo` holds nodes to visit and functions to run once the registers of
        their operands lie on `done`.
        """
        todo: list[Any] = [node]
        done: list[int] = []
        while todo:
            node = todo.pop()
            cls = node.__class__
            if cls is _Later:
                node.run(self, ops, todo, done)
                continue
            if cls is ast.Constant:
                out = self.register()
                ops.append(Op("const", out, *self.span(node), node.value))
                done.append(out)
            elif cls is ast.Name:
                out = self.register()
                ops.append(Op("name", out, *self.span(node), self.name(node.id)))
                done.append(out)
            else:
                handler = EXPRESSIONS.get(cls, _other)
                handler(self, node, ops, todo, done)
        return done[-1]


class _Later(NamedTuple):
    """What to do with one node once its operands have been visited."""

    finish: Any
    node: Any
    extra: Any = None

    def run(self, low: _Lowering, ops: list[Op], todo: list[Any], done: list[int]) -> None:
        self.finish(low, self.node, self.extra, ops, todo, done)


def _operands(todo: list[Any], finish: Any, node: Any, extra: Any, operands: list[Any]) -> None:
    """Visit `operands` in order, then call `finish`."""
    todo.append(_Later(finish, node, extra))
    todo.extend(reversed(operands))


def _take(done: list[int], count: int) -> tuple[int, ...]:
    if not count:
        return ()
    taken = tuple(done[-count:])
    del done[-count:]
    return taken


def _emit(
    low: _Lowering, node: Any, ops: list[Op], done: list[int], kind: str, a: Any, b: Any = None, c: Any = None
) -> None:
    out = low.register()
    ops.append(Op(kind, out, *low.span(node), a, b, c))
    done.append(out)


def _attribute(low: _Lowering, node: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    _operands(todo, _attribute_end, node, None, [node.value])


def _attribute_end(
    low: _Lowering, node: Any, extra: Any, ops: list[Op], todo: list[Any], done: list[int]
) -> None:
    _emit(low, node, ops, done, "attr", done.pop(), node.attr)


def _subscript(low: _Lowering, node: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    _operands(todo, _subscript_end, node, None, [node.value, node.slice])


def _subscript_end(
    low: _Lowering, node: Any, extra: Any, ops: list[Op], todo: list[Any], done: list[int]
) -> None:
    base, key = _take(done, 2)
    _emit(low, node, ops, done, "index", base, key)


def _slice(low: _Lowering, node: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    parts = [node.lower, node.upper, node.step]
    _operands(
        todo, _slice_end, node, tuple(part is not None for part in parts), [p for p in parts if p is not None]
    )


def _slice_end(
    low: _Lowering, node: Any, given: Any, ops: list[Op], todo: list[Any], done: list[int]
) -> None:
    taken = iter(_take(done, sum(given)))
    _emit(low, node, ops, done, "slice", tuple(next(taken) if there else -1 for there in given))


def _call(low: _Lowering, node: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    names, operands = [], [node.func]
    for arg in node.args:
        star = arg.__class__ is ast.Starred
        names.append("*" if star else "")
        operands.append(arg.value if star else arg)
    for keyword in node.keywords:
        names.append(keyword.arg or "**")
        operands.append(keyword.value)
    _operands(todo, _call_end, node, tuple(names), operands)


def _call_end(low: _Lowering, node: Any, names: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    func, *args = _take(done, len(names) + 1)
    _emit(low, node, ops, done, "call", func, tuple(zip(names, args, strict=True)), low.span(node.func))


def _sequence(low: _Lowering, node: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    items = [item.value if item.__class__ is ast.Starred else item for item in node.elts]
    _operands(todo, _sequence_end, node, len(items), items)


def _sequence_end(
    low: _Lowering, node: Any, count: Any, ops: list[Op], todo: list[Any], done: list[int]
) -> None:
    kind = {ast.Tuple: "tuple", ast.List: "list"}.get(node.__class__, "set")
    if any(item.__class__ is ast.Starred for item in node.elts):
        kind = "set"  # without places
    _emit(low, node, ops, done, "pack", kind, _take(done, count), ())


def _dict(low: _Lowering, node: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    _operands(todo, _dict_end, node, None, list(node.values))


def _dict_end(low: _Lowering, node: Any, extra: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    keys = tuple(key.value if key.__class__ is ast.Constant else None for key in node.keys)
    _emit(low, node, ops, done, "pack", "dict", _take(done, len(keys)), keys)


def _mix(low: _Lowering, node: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    cls = node.__class__
    detail = ""
    if cls is ast.BinOp:
        operands, operator = [node.left, node.right], OPERATORS.get(node.op.__class__, "?")
    elif cls is ast.Compare:
        operands, operator = [node.left, *node.comparators], "compare"
        if len(node.ops) == 1:
            detail = COMPARISONS.get(node.ops[0].__class__, "")
    elif cls is ast.UnaryOp:
        operands, operator = [node.operand], "not" if node.op.__class__ in (ast.Not, ast.Invert) else "neg"
    elif cls is ast.BoolOp:
        operands, operator = list(node.values), "bool"
    else:  # an f-string
        operands = [part.value for part in node.values if part.__class__ is ast.FormattedValue]
        operator = "text"
    _operands(todo, _mix_end, node, (operator, len(operands), detail), operands)


def _mix_end(low: _Lowering, node: Any, extra: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    operator, count, detail = extra
    if operator == "bool":
        _emit(low, node, ops, done, "join", None, _take(done, count))
    else:
        _emit(low, node, ops, done, "mix", operator, _take(done, count), detail)


def _if_exp(low: _Lowering, node: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    _operands(todo, _if_exp_end, node, None, [node.test, node.body, node.orelse])


def _if_exp_end(
    low: _Lowering, node: Any, extra: Any, ops: list[Op], todo: list[Any], done: list[int]
) -> None:
    _emit(low, node, ops, done, "join", None, _take(done, 3)[1:])


def _same(low: _Lowering, node: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    todo.append(node.value)


def _named(low: _Lowering, node: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    _operands(todo, _named_end, node, None, [node.value])


def _named_end(
    low: _Lowering, node: Any, extra: Any, ops: list[Op], todo: list[Any], done: list[int]
) -> None:
    low.assign(node.target, done[-1], ops)


def _yield(low: _Lowering, node: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    if node.value is None:
        _emit(low, node, ops, done, "const", None)
    else:
        _operands(todo, _yield_end, node, None, [node.value])


def _yield_end(
    low: _Lowering, node: Any, extra: Any, ops: list[Op], todo: list[Any], done: list[int]
) -> None:
    kind = "return" if node.__class__ is ast.YieldFrom else "yield"
    if kind == "yield":
        ops.append(Op("yield", -1, *low.span(node), done[-1]))


def _lambda(low: _Lowering, node: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    if low.depth > MAX_BLOCKS:
        _emit(low, node, ops, done, "const", None)
        return
    low.depth += 1
    arguments = node.args
    own = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg)
    low.renamed.append({arg.arg: arg.arg for arg in own if arg is not None})
    body: list[Op] = []
    value = low.expression(node.body, body)
    body.append(Op("return", -1, *low.span(node.body), value))
    low.renamed.pop()
    low.depth -= 1
    code = low.function(node, "<lambda>", tuple(body), ops)
    _emit(low, node, ops, done, "function", code)


def _comprehension(low: _Lowering, node: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    """Its own names are renamed, so that they hide outer ones only inside it."""
    todo.append(_Later(_comp_loop, node, 0))
    todo.append(node.generators[0].iter)
    low.renamed.append({})


def _comp_loop(
    low: _Lowering, node: Any, place: Any, ops: list[Op], todo: list[Any], done: list[int]
) -> None:
    generator = node.generators[place]
    serial = low.register()
    for inner in ast.walk(generator.target):
        if inner.__class__ is ast.Name:
            low.renamed[-1][inner.id] = f"{inner.id}@{serial}"
    out = low.register()
    ops.append(Op("item", out, *low.span(generator.target), done[-1]))
    low.assign(generator.target, out, ops)
    if place + 1 < len(node.generators):
        todo.append(_Later(_comp_loop, node, place + 1))
        todo.append(node.generators[place + 1].iter)
        tests = list(generator.ifs)
        todo.append(_Later(_drop, node, len(tests)))
        todo.extend(reversed(tests))
        return
    parts = [node.key, node.value] if node.__class__ is ast.DictComp else [node.elt]
    _operands(todo, _comp_end, node, len(parts), parts)
    tests = list(generator.ifs)
    todo.append(_Later(_drop, node, len(tests)))
    todo.extend(reversed(tests))


def _drop(low: _Lowering, node: Any, count: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    _take(done, count)


def _comp_end(low: _Lowering, node: Any, count: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    element = _take(done, count)[-1]
    iterables = _take(done, len(node.generators))
    low.renamed.pop()
    filtered = any(generator.ifs for generator in node.generators)
    _emit(low, node, ops, done, "comp", element, iterables, filtered)


def _other(low: _Lowering, node: Any, ops: list[Op], todo: list[Any], done: list[int]) -> None:
    """Anything that carries no value we follow."""
    _emit(low, node, ops, done, "const", None)


EXPRESSIONS: dict[type, Any] = {
    ast.Attribute: _attribute, ast.Subscript: _subscript, ast.Slice: _slice, ast.Call: _call,
    ast.Tuple: _sequence, ast.List: _sequence, ast.Set: _sequence, ast.Dict: _dict,
    ast.BinOp: _mix, ast.Compare: _mix, ast.UnaryOp: _mix, ast.BoolOp: _mix, ast.JoinedStr: _mix,
    ast.IfExp: _if_exp, ast.Await: _same, ast.Starred: _same, ast.NamedExpr: _named,
    ast.Yield: _yield, ast.YieldFrom: _yield, ast.Lambda: _lambda,
    ast.ListComp: _comprehension, ast.SetComp: _comprehension, ast.GeneratorExp: _comprehension,
    ast.DictComp: _comprehension,
}  # fmt: skip

OPERATORS: dict[type, str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
}  # fmt: skip

SHOWS_ONLY = words(
    "alt ax axes cm fig figure gc go log logger logging mpl os plt px pylab sns sys time warnings"
)
"""Names whose calls, as statements of their own, draw, log or wait."""
LOOKS_ONLY = words("boxplot describe head hist info plot summary tail value_counts")
"""Methods that, as statements of their own, show something."""

COMPARISONS: dict[type, str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Is: "is", ast.IsNot: "is not", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">",
    ast.GtE: ">=", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip


def _survey(block: Block, found: set[str], outer: set[str], mentioned: set[str]) -> None:
    """Names a function's body binds (its own), those it declares to be someone else's, and all it mentions."""
    stack = [block]
    while stack:
        for op in stack.pop():
            kind = op.kind
            if kind == "name":
                mentioned.add(op.a)
            elif kind == "attr":
                mentioned.add(op.b)
            elif kind == "store" or kind == "import":
                found.add(op.a)
            elif kind == "function":
                mentioned |= op.a.words
            elif kind == "class":
                _survey(op.c, set(), set(), mentioned)
            elif kind == "scope":
                outer.update(op.b)
            elif kind == "if":
                for test, body in op.a:
                    stack += (test, body)
                stack.append(op.b)
            elif kind == "loop":
                stack += (op.a, op.b, op.c)
            elif kind == "try":
                stack += (op.a, *op.b, *op.c)
