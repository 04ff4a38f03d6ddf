"""One expression -> operations in the order they run; the statements around it are in flow_code.py.

Chains (`df.a(1).b(2)`), sums and other operators that nest to the left are
walked without recursion: a sum of 3,000 terms is legal. What nests otherwise is
followed MAX_DEPTH deep.
"""

from __future__ import annotations

import ast

from mldebt.syntax.flow_ops import Block, Code, Op, new_op
from mldebt.typed import Any

MAX_DEPTH = 100
# Brackets, conditions and right sides inside each other. Deeper code is generated; it has no value we follow.

MAX_BLOCKS = 40
# Nested blocks followed, lambdas included. Deeper code is generated; its blocks contribute nothing.


class ExpressionLowering:
    """What one chunk's lowering shares (positions, the register counter, renamed comprehension names), and expressions.

    `starts` holds the offsets of the chunk's lines, of which the first has the number `first` in the tree.
    """

    def __init__(self, text: str, starts: list[int], first: int) -> None:
        self.text, self.starts, self.first = text, starts, first
        self.ascii = text.isascii()
        self.count = 0
        self.depth = 0
        self.nested = 0
        self.renamed: list[dict[str, str]] = []

    # -- positions and registers ---------------------------------------------------------------

    def at(self, line: int, column: int) -> int:
        start = self.starts[line - self.first]
        if not self.ascii:
            part = self.text[start : start + column]
            if not part.isascii():
                column = len(part.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore"))
        return start + column

    def span(self, node: Any) -> tuple[int, int]:
        if self.ascii:
            starts, first = self.starts, self.first
            start = starts[node.lineno - first] + node.col_offset
            return start, starts[node.end_lineno - first] + node.end_col_offset
        return self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset)

    def register(self) -> int:
        self.count += 1
        return self.count

    def name(self, name: str) -> str:
        for renamed in reversed(self.renamed):
            if name in renamed:
                return renamed[name]
        return name

    def emit(self, node: Any, ops: list[Op], kind: str, a: Any, b: Any = None, c: Any = None) -> int:
        """Append an operation that fills a new register; returns the register."""
        self.count = out = self.count + 1
        start, end = self.span(node)
        ops.append(new_op((kind, out, start, end, a, b, c)))
        return out

    # -- what flow_code.py does ----------------------------------------------------------------

    def assign(self, target: Any, value: int, ops: list[Op]) -> None:
        raise NotImplementedError

    def function(self, node: Any, name: str, body: Block, ops: list[Op]) -> Code:
        raise NotImplementedError

    # -- expressions ---------------------------------------------------------------------------

    def expression(self, node: Any, ops: list[Op]) -> int:
        """Append the operations of one expression; returns the register of its value."""
        cls = node.__class__
        inner = LEFTMOST.get(cls)
        spine: list[Any] | None = None
        if inner is not None:
            spine = []
            while inner is not None:
                spine.append(node)
                node = getattr(node, inner)
                cls = node.__class__
                inner = LEFTMOST.get(cls)
        if cls is ast.Name:
            out = self.emit(node, ops, "name", self.name(node.id) if self.renamed else node.id)
        elif cls is ast.Constant:
            out = self.emit(node, ops, "const", node.value)
        else:
            handler = EXPRESSIONS.get(cls)
            if handler is None or self.nested > MAX_DEPTH:
                out = self.emit(node, ops, "const", None)  # nothing we follow
            else:
                self.nested += 1
                out = handler(self, node, ops)
                self.nested -= 1
        if spine is not None:
            self.nested += 1
            deep = self.nested > MAX_DEPTH
            while spine:
                node = spine.pop()
                cls = node.__class__
                if cls is ast.Attribute and spine and spine[-1].__class__ is ast.Call and not deep:
                    out = self.method(spine.pop(), node, out, ops)
                elif cls is ast.Attribute:
                    out = self.emit(node, ops, "attr", out, node.attr)
                elif deep:
                    out = self.emit(node, ops, "const", None)
                elif cls is ast.Call:
                    out = self.call(node, out, ops)
                elif cls is ast.Subscript:
                    out = self.emit(node, ops, "index", out, self.expression(node.slice, ops))
                else:
                    operands = (out, self.expression(node.right, ops))
                    operator = OPERATORS.get(node.op.__class__, "?")
                    out = self.emit(node, ops, "mix", operator, operands, "")
            self.nested -= 1
        return out

    def expressions(self, nodes: list[Any], ops: list[Op]) -> tuple[int, ...]:
        return tuple([self.expression(node, ops) for node in nodes])

    def call(self, node: Any, func: int, ops: list[Op]) -> int:
        given = self.arguments(node, ops)
        return self.emit(node, ops, "call", func, given, self.span(node.func))

    def method(self, node: Any, callee: Any, base: int, ops: list[Op]) -> int:
        """`base.name(…)` is one operation: nobody else holds its callee."""
        given = self.arguments(node, ops)
        return self.emit(node, ops, "method", base, given, (*self.span(callee), callee.attr, self.register()))

    def arguments(self, node: Any, ops: list[Op]) -> tuple[tuple[str, int], ...]:
        given = []
        for arg in node.args:
            if arg.__class__ is ast.Starred:
                given.append(("*", self.expression(arg.value, ops)))
            else:
                given.append(("", self.expression(arg, ops)))
        for keyword in node.keywords:
            given.append((keyword.arg or "**", self.expression(keyword.value, ops)))
        return tuple(given)

    def slice(self, node: Any, ops: list[Op]) -> int:
        parts = (node.lower, node.upper, node.step)
        registers = tuple([-1 if part is None else self.expression(part, ops) for part in parts])
        return self.emit(node, ops, "slice", registers)

    def sequence(self, node: Any, ops: list[Op]) -> int:
        kind = {ast.Tuple: "tuple", ast.List: "list"}.get(node.__class__, "set")
        items = []
        for item in node.elts:
            if item.__class__ is ast.Starred:
                kind = "set"  # without places
                item = item.value
            items.append(self.expression(item, ops))
        return self.emit(node, ops, "pack", kind, tuple(items), ())

    def dict(self, node: Any, ops: list[Op]) -> int:
        keys = tuple([key.value if key.__class__ is ast.Constant else None for key in node.keys])
        return self.emit(node, ops, "pack", "dict", self.expressions(node.values, ops), keys)

    def compare(self, node: Any, ops: list[Op]) -> int:
        operands = self.expressions([node.left, *node.comparators], ops)
        detail = COMPARISONS.get(node.ops[0].__class__, "") if len(node.ops) == 1 else ""
        return self.emit(node, ops, "mix", "compare", operands, detail)

    def unary(self, node: Any, ops: list[Op]) -> int:
        operator = "not" if node.op.__class__ in (ast.Not, ast.Invert) else "neg"
        return self.emit(node, ops, "mix", operator, (self.expression(node.operand, ops),), "")

    def text_of(self, node: Any, ops: list[Op]) -> int:
        """An f-string: its inputs."""
        inputs = [part.value for part in node.values if part.__class__ is ast.FormattedValue]
        return self.emit(node, ops, "mix", "text", self.expressions(inputs, ops), "")

    def either(self, node: Any, ops: list[Op]) -> int:
        return self.emit(node, ops, "join", None, self.expressions(node.values, ops))

    def condition(self, node: Any, ops: list[Op]) -> int:
        _, *alternatives = self.expressions([node.test, node.body, node.orelse], ops)
        return self.emit(node, ops, "join", None, tuple(alternatives))

    def same(self, node: Any, ops: list[Op]) -> int:
        return self.expression(node.value, ops)

    def named(self, node: Any, ops: list[Op]) -> int:
        value = self.expression(node.value, ops)
        self.assign(node.target, value, ops)
        return value

    def yields(self, node: Any, ops: list[Op]) -> int:
        if node.value is None:
            return self.emit(node, ops, "const", None)
        value = self.expression(node.value, ops)
        if node.__class__ is ast.Yield:
            ops.append(Op("yield", -1, *self.span(node), value))
        return value

    def anonymous(self, node: Any, ops: list[Op]) -> int:
        if self.depth > MAX_BLOCKS:
            return self.emit(node, ops, "const", None)
        self.depth += 1
        arguments = node.args
        own = (
            *arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg,
        )  # fmt: skip
        self.renamed.append({arg.arg: arg.arg for arg in own if arg is not None})
        body: list[Op] = []
        value = self.expression(node.body, body)
        body.append(Op("return", -1, *self.span(node.body), value))
        self.renamed.pop()
        self.depth -= 1
        return self.emit(node, ops, "function", self.function(node, "<lambda>", tuple(body), ops))

    def comprehension(self, node: Any, ops: list[Op]) -> int:
        """Its own names are renamed, so that they hide outer ones only inside it."""
        own: dict[str, str] = {}
        self.renamed.append(own)
        iterables = []
        for generator in node.generators:
            iterable = self.expression(generator.iter, ops)
            iterables.append(iterable)
            serial = self.register()
            for inner in ast.walk(generator.target):
                if inner.__class__ is ast.Name:
                    own[inner.id] = f"{inner.id}@{serial}"
            self.assign(generator.target, self.emit(generator.target, ops, "item", iterable), ops)
            self.expressions(generator.ifs, ops)
        if node.__class__ is ast.DictComp:
            self.expression(node.key, ops)
            element = self.expression(node.value, ops)
        else:
            element = self.expression(node.elt, ops)
        self.renamed.pop()
        filtered = any(generator.ifs for generator in node.generators)
        return self.emit(node, ops, "comp", element, tuple(iterables), filtered)


LEFTMOST: dict[type, str] = {
    ast.Attribute: "value", ast.Call: "func", ast.Subscript: "value", ast.BinOp: "left",
}  # fmt: skip
"""What is walked in a loop -> where its first operand is."""

_low = ExpressionLowering
EXPRESSIONS: dict[type, Any] = {
    ast.Slice: _low.slice, ast.Tuple: _low.sequence, ast.List: _low.sequence, ast.Set: _low.sequence,
    ast.Dict: _low.dict, ast.Compare: _low.compare, ast.UnaryOp: _low.unary, ast.BoolOp: _low.either,
    ast.JoinedStr: _low.text_of, ast.IfExp: _low.condition, ast.Await: _low.same, ast.Starred: _low.same,
    ast.NamedExpr: _low.named, ast.Yield: _low.yields, ast.YieldFrom: _low.yields, ast.Lambda: _low.anonymous,
    ast.ListComp: _low.comprehension, ast.SetComp: _low.comprehension, ast.GeneratorExp: _low.comprehension,
    ast.DictComp: _low.comprehension,
}  # fmt: skip
"""Every other expression carries no value we follow."""

OPERATORS: dict[type, str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
}  # fmt: skip

COMPARISONS: dict[type, str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Is: "is", ast.IsNot: "is not", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">",
    ast.GtE: ">=", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
