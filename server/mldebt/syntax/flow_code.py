"""One chunk -> plain operations in the order they run: what flow.py interprets.

Every expression is taken apart (flow_expressions.py) into operations that each
read numbered registers and fill one; statements are operations that write names or
hold blocks. Nothing here knows what a name stands for. f-strings keep their
inputs but not their inner positions, which are wrong before Python 3.12.

`elif` chains are walked in a loop. Blocks nest at most as deep as Python's parser allows.
"""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right

from mldebt.knowledge.kinds import words
from mldebt.syntax.flow_expressions import MAX_BLOCKS, OPERATORS, ExpressionLowering
from mldebt.syntax.flow_ops import Block, Code, Op
from mldebt.syntax.lowering import chain_of
from mldebt.syntax.module import Tree, parsed_piece
from mldebt.text import line_starts
from mldebt.typed import Any


def code_of(text: str, owner: str) -> Block:
    """The operations of one chunk; empty if the text does not parse."""
    nodes, state = parsed_piece(text, owner)
    if nodes is None or state != "parsed":
        return ()
    return _Lowering(text, line_starts(text), 2 if owner else 1).block(nodes)


MEMO_SIZE = 1024
# Chunks whose operations are kept for the next file, about 3 KB each: variants of one script share most.
MEMO_TEXT = 4000
# Characters of the longest chunk kept.
_known: dict[tuple[str, str], Block] = {}


def code_of_tree(text: str, owner: str, tree: Tree) -> Block:
    """The same, of a chunk that was parsed with its file."""
    key = (owner, text)
    block = _known.get(key)
    if block is None:
        block = _from_tree(text, tree)
        if len(text) <= MEMO_TEXT:
            if len(_known) >= MEMO_SIZE:
                _known.clear()
            _known[key] = block
    return block


def _from_tree(text: str, tree: Tree) -> Block:
    starts, origin = tree.starts, tree.origin
    first = bisect_left(starts, origin)
    own = starts[first : bisect_right(starts, origin + len(text))]
    return _Lowering(text, [start - origin for start in own], first + 1).block(tree.nodes)


class _Lowering(ExpressionLowering):
    """Statements."""

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


SHOWS_ONLY = words(
    "alt ax axes cm fig figure gc go log logger logging mpl os plt px pylab sns sys time warnings"
)
"""Names whose calls, as statements of their own, draw, log or wait."""
LOOKS_ONLY = words("boxplot describe head hist info plot summary tail value_counts")
"""Methods that, as statements of their own, show something."""


def words_of(block: Block) -> set[str]:
    """Every name and attribute these operations mention."""
    mentioned: set[str] = set()
    _survey(block, set(), set(), mentioned)
    return mentioned


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
            elif kind == "method":
                mentioned.add(op.c[2])
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
