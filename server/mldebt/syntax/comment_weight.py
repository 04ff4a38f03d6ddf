"""How sure a parsed statement or element of a comment is code: 0 prose, 1 either, 2 code.

Prose that parses is more common than one thinks: `return predictions`, `P(A)`,
`x: [B, T, D]`, `batch, heads`, `import data`. So every kind of node is weighed by
what people write in comments, as read in some 40 repositories.
"""

from __future__ import annotations

import ast
import re

from mldebt.knowledge.kinds import words
from mldebt.text import regex
from mldebt.typed import Any

INNER_COMMENT = regex(r"(?:^|[ \t])#.*")
TYPE_NAMES = words("int float str bool bytes list dict tuple set frozenset object type complex")
PROSE_IMPORTS = words(
    "data dataset libraries library packages package modules module dependencies dependency files file images "
    "labels features functions stuff things everything weights utilities tools needed necessary required"
)
"""`import data` above the code that loads it is a heading."""
REPRS = words(
    "array tensor Tensor Size TensorShape Index Int64Index RangeIndex Timestamp Timedelta dtype dict_keys dict_values "
    "dict_items Counter OrderedDict defaultdict deque Series Namespace EagerTensor DeviceArray ndarray"
)
"""`array([1, 2])` below the code that prints it is its output."""


def weight_of(node: ast.AST, text: str) -> int:
    """0: prose or a value that only parses · 1: code or a note, the file decides · 2: code."""
    if isinstance(node, ast.Expr):
        return _weight_of_expression(node.value, text)
    if isinstance(node, ast.Assign):
        return _weight_of_assignment(node)
    if isinstance(node, ast.AnnAssign):
        return 2 if node.value is not None and _is_type(node.annotation) else 0
    if isinstance(node, ast.Import):
        words = [alias.name for alias in node.names if not alias.asname]
        return 0 if len(node.names) == 1 and words and words[0] in PROSE_IMPORTS else 2
    if isinstance(node, ast.Return):
        return 1 if node.value is None or isinstance(node.value, ast.Name) else 2
    if isinstance(node, ast.Raise):
        return 2 if isinstance(node.exc, ast.Call) else 1
    if isinstance(node, ast.Assert):
        return 1 if isinstance(node.test, ast.Name) else 2
    if isinstance(node, (ast.Global, ast.Nonlocal, ast.Pass, ast.Break, ast.Continue)):
        return 1
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return 2
    if isinstance(node, ast.ClassDef):
        return 2 if node.bases or len(node.body) > 1 else 1
    if isinstance(node, (ast.AugAssign, ast.Delete, ast.ImportFrom)):
        return 2
    return _weight_of_compound(node, text)


def _weight_of_compound(node: ast.AST, text: str) -> int:
    inner: list[ast.AST] = []
    for field in ("body", "orelse", "finalbody"):
        inner += getattr(node, field, None) or ()
    for handler in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        inner += handler.body
    weights = [weight_of(statement, text) for statement in inner if not isinstance(statement, ast.Pass)]
    if weights and max(weights) == 2:
        return 2
    if weights and not max(weights):
        return 0
    head = getattr(node, "test", None) or getattr(node, "iter", None)
    if isinstance(node, (ast.With, ast.AsyncWith)):
        head = node.items[0].context_expr
    if head is None:
        return 1
    if isinstance(head, (ast.Call, ast.Compare, ast.Attribute, ast.Subscript, ast.BoolOp, ast.UnaryOp)):
        return 2
    if isinstance(head, ast.Name) and not isinstance(node, (ast.For, ast.AsyncFor)) and "_" not in head.id:
        return 1 if head.id == "_" or weights else 0
    return 1


def _is_type(node: ast.expr) -> bool:
    if isinstance(node, ast.Name):
        return node.id in TYPE_NAMES or node.id[:1].isupper()
    if isinstance(node, ast.Subscript):
        return _is_type(node.value)
    if isinstance(node, ast.BinOp):
        return _is_type(node.left)
    return isinstance(node, ast.Attribute) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _weight_of_assignment(node: ast.Assign) -> int:
    value = node.value
    if any(isinstance(target, ast.Tuple) for target in node.targets) and isinstance(value, ast.Constant):
        return 0  # "depth, width = 3" unpacks nothing
    if len(node.targets) > 1 and any(isinstance(target, ast.Tuple) for target in node.targets[1:]):
        return 0  # "B = batch, T = time" is a legend
    if isinstance(value, ast.Name) or _is_formula(value):
        return 1 if isinstance(node.targets[0], ast.Name) else 2
    return 2


def _is_formula(node: ast.expr) -> bool:
    """Arithmetic over bare names and numbers: as likely an explanation as code."""
    if isinstance(node, ast.BinOp):
        return _is_operand(node.left) and _is_operand(node.right)
    return (
        isinstance(node, ast.UnaryOp)
        and _is_operand(node.operand)
        and not isinstance(node.operand, ast.Constant)
    )


def _is_operand(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return not isinstance(node.value, str)
    return isinstance(node, ast.Name) or _is_formula(node) or _is_bare_call(node)


def _is_bare_call(node: ast.expr) -> bool:
    """`exp(x)`: a function of bare names, as in a formula."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and not node.keywords
        and all(_is_operand(arg) for arg in node.args)
    )


def _weight_of_expression(node: ast.expr, text: str) -> int:
    if isinstance(node, ast.Call):
        return _weight_of_call(node, text)
    if isinstance(node, (ast.Await, ast.Yield, ast.YieldFrom)):
        return 2 if getattr(node, "value", None) is not None and not isinstance(node.value, ast.Name) else 1
    if isinstance(node, (ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp)):
        return 1
    return 0


def _weight_of_call(node: ast.Call, text: str) -> int:
    func = node.func
    name = func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    if name in REPRS and all(_is_value(value) for value in given):
        return 0
    if not isinstance(func, ast.Name):
        return 2 if isinstance(func, ast.Attribute) or given else 1
    if name == "print":
        return 2
    spaced = re.search(rf"\b{name}[ \t]+\(", text) is not None
    if node.keywords and not spaced:
        return 2
    if all(isinstance(value, (ast.Name, ast.Attribute)) for value in given):
        return 0 if spaced else 1
    if spaced and not any(isinstance(value, (ast.Constant, ast.Call)) for value in given):
        return 0
    if name[:1].isupper() and all(_is_value(value) for value in given):
        return 1
    if all(_is_operand(value) for value in given):
        return 1
    return 2


def _is_value(node: ast.expr) -> bool:
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return all(_is_value(item) for item in node.elts)
    if isinstance(node, ast.Dict):
        return all(_is_value(item) for item in (*node.keys, *node.values) if item)
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, (ast.Constant, ast.Name, ast.Attribute))


# --- inside brackets ---


def weight_of_element(node: ast.AST, line: str) -> int:
    """`line` is the last one of the element; a comma at its end says that it was one of several."""
    comma = INNER_COMMENT.sub("", line).rstrip().endswith(",")
    if isinstance(node, ast.keyword):
        return 1 if isinstance(node.value, ast.Name) and not comma and node.arg else 2
    if isinstance(node, ast.Dict) and len(node.keys) == 1:
        key = node.keys[0]
        if key is None:
            return 2
        if isinstance(key, ast.Constant):
            return 2 if isinstance(key.value, str) or comma else 0
        return 2 if comma and isinstance(key, (ast.Attribute, ast.Tuple, ast.Call, ast.Subscript)) else 0
    if isinstance(node, ast.Call):
        weight = _weight_of_call(node, line)
        return 2 if weight and comma else weight
    if isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda, ast.IfExp)):
        return 2
    if isinstance(node, ast.Constant):
        return (2 if isinstance(node.value, str) else 1) if comma else 0
    if isinstance(node, ast.Name):
        return 1 if comma and re.search(r"[_\d]", node.id) else 0
    if isinstance(node, ast.Starred):
        return 2 if comma else 1
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.UAdd):
        return 2 if isinstance(node.operand, (ast.List, ast.ListComp, ast.Call)) else 0
    if isinstance(node, ast.Subscript) and any(
        isinstance(inner, (ast.Compare, ast.Call)) for inner in ast.walk(node)
    ):
        return 2
    return 2 if comma else 0


# --- what the parts say ---


def names_in(node: ast.AST, weight: int, names: dict[str, None]) -> None:
    """Add the identifiers that tell whether a file knows this code, in no particular order.

    Of a doubtful bare call it is only the callee: `P(A)` is maths. Statements
    that need no name to be recognised add their keyword.
    """
    stack: list[Any] = [node.value if isinstance(node, ast.Expr) else node]
    if weight == 1 and isinstance(stack[0], ast.Call):
        stack[0] = stack[0].func
    while stack and len(names) < MAX_NAMES:
        item = stack.pop()
        kind = item.__class__
        if kind is ast.Name:
            names[item.id] = None
        elif kind is ast.alias:
            names[item.asname or item.name.partition(".")[0]] = None
        elif kind is not ast.Constant:
            if kind in FLOW:
                names[kind.__name__.lower()] = None
            for field in kind._fields:
                value = getattr(item, field, None)
                if value.__class__ is list:
                    stack += [inner for inner in value if isinstance(inner, ast.AST)]
                elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                    stack.append(value)


MAX_NAMES = 12
FLOW = (ast.Pass, ast.Break, ast.Continue, ast.Return, ast.Try)


def pair_of(node: ast.AST) -> tuple[str, str] | None:
    """(name, value) of `name=value`, `name: T = value` or `"name": value` with a plain value."""
    if isinstance(node, ast.keyword) and node.arg:
        name, value = node.arg, node.value
    elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        name, value = node.targets[0].id, node.value
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
        name, value = node.target.id, node.value
    elif isinstance(node, ast.Dict) and len(node.keys) == 1 and isinstance(node.keys[0], ast.Constant):
        name, value = str(node.keys[0].value), node.values[0]
    else:
        return None
    return (name, ast.unparse(value)) if _is_plain(value) else None


def _is_plain(node: ast.expr) -> bool:
    """A literal, or a list or tuple of literals."""
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    if isinstance(node, (ast.Tuple, ast.List)):
        return all(_is_plain(item) for item in node.elts)
    return isinstance(node, ast.Constant)


def is_setting(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return isinstance(node.targets[0], (ast.Name, ast.Attribute)) and not any(
            isinstance(inner, (ast.Call, ast.Name)) for inner in ast.walk(node.value)
        )
    return isinstance(node, (ast.Dict, ast.keyword))
