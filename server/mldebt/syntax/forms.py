"""What an expression computes, as a plain nested tuple that is the same for the same computation.

    np.log1p(df["amount"])      ("c", "log1p", ("v", "amount"))
    math.log1p(tx.amount)       the same: a column, a key, an attribute and a variable are one leaf
    tx.get("amount", 0)         ("m", "fillna", ("v", "amount"), ("k", 0))

    ("v", name)                 a value from outside: column, key, attribute, variable
    ("k", constant)
    ("c", function, args…)      ("m", method, receiver, args…)     ("kw", name, value) as an argument
    ("o", operator, a, b)       sides of + and * sorted
    ("i", base, index)

What only changes the container is dropped: `.values`, `.copy()`, `float(x)`. None means: not
understood, and so not to be compared with anything.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from mldebt.syntax.lowering import OPERATORS, chain_of
from mldebt.typed import Any

Form = tuple[Any, ...]
MAX_PARTS = 120
MAX_DEPTH = 24
DROPPED_ATTRIBUTES = frozenset({"values", "array"})
ACCESSORS = frozenset({"str", "dt", "cat"})
DROPPED_METHODS = frozenset(
    {"copy", "to_numpy", "tolist", "item", "squeeze", "numpy", "detach", "cpu", "compute"}
)
CASTS = frozenset({"float", "Series", "asarray", "array", "float32", "float64"})
COMMUTES = frozenset({"+", "*", "&", "|", "==", "!=", "and", "or"})
PLAIN = (str, int, float, bool, type(None))


class NotUnderstood(Exception):
    """Something in the expression has no form."""


def form_of(node: Any, names: Mapping[str, Form | None], is_module: Callable[[Any], bool]) -> Form | None:
    """`names` are the forms of local variables, None for those that are not understood."""
    maker = _Maker(names, is_module)
    try:
        return maker.form(node, 0)
    except NotUnderstood:
        return None


class _Maker:
    def __init__(self, names: Mapping[str, Form | None], is_module: Callable[[Any], bool]) -> None:
        self.names, self.is_module = dict(names), is_module
        self.left = MAX_PARTS

    def form(self, node: Any, depth: int) -> Form:
        self.left -= 1
        if self.left < 0 or depth > MAX_DEPTH:
            raise NotUnderstood
        handler = HANDLERS.get(node.__class__)
        if handler is None:
            raise NotUnderstood
        return handler(self, node, depth + 1)  # type: ignore[no-any-return]

    def constant(self, node: Any, depth: int) -> Form:
        if node.value.__class__ not in PLAIN:
            raise NotUnderstood
        return ("k", node.value)

    def name(self, node: Any, depth: int) -> Form:
        if node.id in self.names:
            known = self.names[node.id]
            if known is None:
                raise NotUnderstood
            return known
        return ("v", node.id)

    def attribute(self, node: Any, depth: int) -> Form:
        if node.attr in DROPPED_ATTRIBUTES:
            return self.form(node.value, depth)
        if node.attr in ACCESSORS:
            return self.form(node.value, depth)
        if self.is_module(node.value):
            return ("k", node.attr)
        chain = chain_of(node.value)
        if chain and chain.replace(".", "").replace("_", "").isalnum():
            known = self.names.get(chain)
            if known is None or known[0] != "v":
                return ("v", node.attr)  # a column of a frame, a field of a request
        return ("m", node.attr, self.form(node.value, depth))

    def subscript(self, node: Any, depth: int) -> Form:
        key = node.slice
        if key.__class__ is ast.Constant and key.value.__class__ is str:
            if node.value.__class__ is ast.Call:  # df.groupby("user")["amount"]
                return ("i", self.form(node.value, depth), ("v", key.value))
            return ("v", key.value)
        if key.__class__ is ast.List and len(key.elts) > 0 and node.value.__class__ is ast.Name:
            return ("s", *(self.form(item, depth) for item in key.elts))
        return ("i", self.form(node.value, depth), self.form(key, depth))

    def call(self, node: Any, depth: int) -> Form:
        func: Any = node.func
        args = [self.form(arg, depth) for arg in node.args]
        keywords = []
        for keyword in node.keywords:
            if keyword.arg is None:
                raise NotUnderstood
            keywords.append(("kw", keyword.arg, self.form(keyword.value, depth)))
        args += sorted(keywords, key=repr)
        if func.__class__ is ast.Name or (func.__class__ is ast.Attribute and self.is_module(func.value)):
            word = chain_of(func).rpartition(".")[2]
            if word in CASTS and args:
                return args[0]
            return ("c", word, *args)
        if func.__class__ is not ast.Attribute:
            raise NotUnderstood
        if func.attr == "get" and args and args[0][0] == "k":
            leaf = ("v", str(args[0][1]))
            return leaf if len(args) == 1 or args[1] == ("k", None) else ("m", "fillna", leaf, args[1])
        base = self.form(func.value, depth)
        if func.attr in DROPPED_METHODS:
            return base
        if func.attr == "astype" and args[:1] in ([("v", "float")], [("k", "float")], [("k", "float64")]):
            return base
        return ("m", func.attr, base, *args)

    def binary(self, node: Any, depth: int) -> Form:
        op = OPERATORS[node.op.__class__]
        return self.sides(op, [self.form(node.left, depth), self.form(node.right, depth)])

    def sides(self, op: str, sides: list[Form]) -> Form:
        if op in COMMUTES:
            sides.sort(key=repr)
        return ("o", op, *sides)

    def compare(self, node: Any, depth: int) -> Form:
        if len(node.ops) != 1:
            raise NotUnderstood
        op = OPERATORS[node.ops[0].__class__]
        return self.sides(op, [self.form(node.left, depth), self.form(node.comparators[0], depth)])

    def boolean(self, node: Any, depth: int) -> Form:
        op = "and" if node.op.__class__ is ast.And else "or"
        return self.sides(op, [self.form(value, depth) for value in node.values])

    def unary(self, node: Any, depth: int) -> Form:
        inner = self.form(node.operand, depth)
        if node.op.__class__ is ast.USub and inner[0] == "k" and inner[1].__class__ in (int, float):
            return ("k", -inner[1])
        return ("u", node.op.__class__.__name__, inner)

    def either(self, node: Any, depth: int) -> Form:
        return ("c", "where", *(self.form(part, depth) for part in (node.test, node.body, node.orelse)))

    def function(self, node: Any, depth: int) -> Form:
        before = dict(self.names)
        for index, parameter in enumerate(node.args.args):
            self.names[parameter.arg] = ("v", f"_{index}")
        inner = self.form(node.body, depth)
        self.names = before
        return ("l", inner)

    def row(self, node: Any, depth: int) -> Form:
        return ("s", *(self.form(item, depth) for item in node.elts))

    def slice_(self, node: Any, depth: int) -> Form:
        parts = (node.lower, node.upper, node.step)
        return ("s", *(("k", None) if part is None else self.form(part, depth) for part in parts))


HANDLERS: dict[type, Any] = {
    ast.Constant: _Maker.constant,
    ast.Name: _Maker.name,
    ast.Attribute: _Maker.attribute,
    ast.Subscript: _Maker.subscript,
    ast.Call: _Maker.call,
    ast.BinOp: _Maker.binary,
    ast.Compare: _Maker.compare,
    ast.BoolOp: _Maker.boolean,
    ast.UnaryOp: _Maker.unary,
    ast.IfExp: _Maker.either,
    ast.Lambda: _Maker.function,
    ast.List: _Maker.row,
    ast.Tuple: _Maker.row,
    ast.Slice: _Maker.slice_,
}
