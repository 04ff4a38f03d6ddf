"""Is this text Python somebody switched off? Judges the lines of a comment, without their `#`.

Most comments are prose, so a few anchored regexes turn nearly all of them away
before anything is parsed. What is left is parsed as statements, or inside an
open bracket as arguments, entries and elements, and every part is weighed:
`x = f(y)` is code, `x: [B, T, D]` and a lone word are not, and
`loss = a + b` could be either, so that the file has to decide.

Judges text alone: where the comment stands and what the file binds is for the callers.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mldebt.knowledge.kinds import words
from mldebt.syntax.module import PARSE_FAILURES, parse

MAX_ATTEMPTS = 6
# Parses for one stretch of lines. Each failure shortens the stretch to the line
# that failed, so more attempts only help where prose and code alternate.


class Code(NamedTuple):
    """Lines `first` to `last` (counted from 0, both included) hold code."""

    first: int
    last: int
    strong: int
    """Parts that cannot be read as prose."""
    parts: int
    """Statements or elements that are code, the strong ones included."""
    names: tuple[str, ...]
    """Identifiers it reads or binds, in order; of `pass`, `break`, `continue`, `return`, `try` the keyword, of
    closing brackets on their own the first."""
    pairs: tuple[tuple[str, str], ...]
    """(name, source of the value) of each part when all are `name=value` or `"name": value` with plain values."""
    settings: bool
    """Nothing but names given a literal, as option templates do."""


_KEYWORD = (
    r"(?:and|as|assert|async|await|break|class|continue|def|del|elif|else|except|exec|finally|for|from|global|if|import"
    r"|in|is|lambda|match|nonlocal|not|or|pass|print|raise|return|try|while|with|yield|case|type)\b"
)
TWO_WORDS = re.compile(rf"(?<![\w.])(?!{_KEYWORD})[^\W\d]\w*[ \t]+(?!{_KEYWORD})[^\W\d]\w*")
"""Two words side by side of which neither is a keyword: no Python says that."""

QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
INNER_COMMENT = re.compile(r"(?:^|[ \t])#.*")

STATEMENT = re.compile(
    r"[ \t]*(?:"
    r"import[ \t]+[\w.]+|from[ \t]+[\w.]+[ \t]+import\b|@[\w.]+[\w.(\[\"'=, )\]]*$"
    r"|(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(|class[ \t]+\w+[ \t]*[:(]"
    r"|(?:el)?if\b.*:|(?:async[ \t]+)?for\b.*[ \t]in\b.*:|while\b.*:|(?:async[ \t]+)?with\b.*:|match\b.*:[ \t]*$"
    r"|(?:else|try|finally)[ \t]*:|except\b.*:"
    r"|(?:return|raise|yield|del|assert|global|nonlocal|await|print)\b|(?:pass|break|continue)[ \t;]*(?:#|$)"
    r"|[(\[]?[ \t]*\*?[^\W\d][\w.]*(?:[ \t]*\[|[ \t]*\(|[ \t]*(?:,[^=]*|:[^=]*)?(?:[-+*/%@&|^]|//|\*\*|>>|<<)?=(?!=))"
    r")"
)
ELEMENT = re.compile(
    r"[ \t]*,?[ \t]*(?:"
    r"[^\W\d]\w*[ \t]*=(?!=)|\*{1,2}[\w(\[{]|[rbfuRBFU]{0,2}[\"']|[(\[{]"
    r"|[-+]?[\d.]|[^\W\d][\w.]*[ \t]*[(\[,:]|\.\w+\(|[|&+][ \t]*[(\[]|lambda\b"
    r")"
)
ENTRY = re.compile(r"[ \t]*[rbfuRBFU]{0,2}(?:\"[^\"\n]*\"|'[^'\n]*')[ \t]*:[ \t]*\S")
"""The start of a dict's entry; switched off far from the dict, it is code all the same."""
CLOSERS = re.compile(r"[ \t]*[)\]}][)\]},; \t]*(?:#|$)")
CONTINUES = re.compile(r"[ \t]*(?:(else|elif|finally|except)\b|case\b)")
HEADER = re.compile(
    r"[ \t]*(?:if|elif|else|for|while|with|try|except|finally|def|class|async|match|case)\b.*:[ \t]*$"
)
PRINT_STATEMENT = re.compile(r"^([ \t]*)print[ \t]+((?![=(])\S.*?)(,?)[ \t]*(#.*)?$")
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


def may_be_code(line: str, bracket: str) -> bool:
    """False for almost all prose, at the price of a regex or two; True promises nothing."""
    if not STATEMENT.match(line) and not (bracket and ELEMENT.match(line)) and not CLOSERS.match(line):
        return False
    return not is_prose(line)


def is_prose(line: str) -> bool:
    """Whether this line cannot be part of any Python but a string or a comment."""
    if "#" in line:
        line = INNER_COMMENT.sub("", QUOTED.sub('""', line))
    elif '"' in line or "'" in line:
        line = QUOTED.sub('""', line)
    if TWO_WORDS.search(line):
        return (
            PRINT_STATEMENT.match(line) is None or TWO_WORDS.search(line.replace("print", "", 1)) is not None
        )
    return False


def code_in(lines: Sequence[str], bracket: str = "") -> list[Code]:
    """The stretches of `lines` that are code, in order. `bracket` is the one they stand in: "", (, [ or {."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    if filled and all(CLOSERS.match(lines[number]) for number in filled):
        return [Code(filled[0], filled[-1], 0, len(filled), (lines[filled[0]].strip()[0],), (), False)]
    found: list[Code] = []
    at, count = 0, len(lines)
    while at < count:
        line = lines[at]
        within = "{" if not bracket and ENTRY.match(line) else bracket
        if not may_be_code(line, within):
            at += 1
            continue
        code, at = _stretch(lines, at, within)
        if code:
            found.append(code)
    return found


class Part(NamedTuple):
    """One statement or element: the lines it covers and how sure we are that it is code, from 0 to 2."""

    first: int
    last: int
    weight: int
    node: ast.AST


def _stretch(lines: Sequence[str], first: int, bracket: str) -> tuple[Code | None, int]:
    """The code that starts at `first`, and the line to go on from."""
    end = _first_prose(lines, first)
    alone = end == first + 1
    for _ in range(MAX_ATTEMPTS):
        parts, failed = _parts(lines, first, end, bracket)
        if parts is not None:
            code = _weighed(lines, parts)
            return code, (max(code.last, first) + 1 if code else max(end, first + 1))
        end = min(end - 1, max(failed, first))
        while end > first and not lines[end - 1].strip():
            end -= 1
        if end <= first:
            if alone:
                break
            alone, end = True, first + 1
    return None, first + 1


def _first_prose(lines: Sequence[str], first: int) -> int:
    """The first line from `first` on that is prose, or stands further left, outside brackets and triple quotes."""
    depth = 0
    quotes = ""
    margin = indent_of(lines[first].expandtabs(8))
    for number in range(first, len(lines)):
        line = lines[number]
        if quotes:
            if line.count(quotes) % 2:
                quotes = ""
            continue
        leaves = indent_of(line.expandtabs(8)) < margin and not CLOSERS.match(line)
        if not depth and line.strip() and line.lstrip()[0] != "#" and (leaves or is_prose(line)):
            return number
        for mark in ('"""', "'''"):
            if line.count(mark) % 2:
                quotes = mark
        depth = max(0, depth + _balance(line))
    return len(lines)


def _balance(line: str) -> int:
    """Opening minus closing brackets outside strings and comments."""
    if '"' in line or "'" in line:
        line = QUOTED.sub("", line)
    if "#" in line:
        line = INNER_COMMENT.sub("", line)
    return sum(line.count(mark) for mark in "([{") - sum(line.count(mark) for mark in ")]}")


def _parts(lines: Sequence[str], first: int, end: int, bracket: str) -> tuple[list[Part] | None, int]:
    """Parts of lines `first` to `end` (excluded), or (None, the line that failed)."""
    text = dedented(lines[first:end])
    failed = first
    rest = _closing(text) if bracket and end == len(lines) else ""
    for head, tail in WRAPS[bracket] if bracket else ():
        tree, line = _parsed(f"{head}\n{text}{rest}\n{tail}")
        parts = _elements(tree, lines, first, end) if tree else None
        if parts is not None:
            return parts, end
        failed = max(failed, first + line - 2)
    return _statements(text, lines, first, end, failed)


def _parsed(text: str) -> tuple[ast.Module | None, int]:
    """The tree, or None and the 1-based line that does not parse."""
    try:
        return parse(text), 0
    except SyntaxError as error:
        return None, error.lineno or 0
    except PARSE_FAILURES:
        return None, 0


WRAPS = {
    "(": (("_(", ")"), ("(_", ")"), ("_(_", ")")),
    "[": (("[", "]"), ("[_", "]")),
    "{": (("{", "}"), ("{_:_", "}")),
}
"""Ways to complete what stands inside a bracket; the second ones for a method chain or a leading comma."""


def dedented(lines: Sequence[str]) -> str:
    """The lines without the indentation of the first one; Python 2 prints become calls."""
    lines = [line.expandtabs(8) for line in lines]
    margin = next((indent_of(line) for line in lines if line.strip() and line.lstrip()[0] != "#"), 0)
    kept = [line[margin:] if not line[:margin].strip() else line.lstrip() for line in lines]
    return "\n".join(_as_call(line) if "print" in line else line for line in kept)


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip())


def _as_call(line: str) -> str:
    match = PRINT_STATEMENT.match(line)
    if not match or not re.search(r"[\"'%.,\[(]|^\d", match[2]):
        return line
    return f"{match[1]}print({match[2]}{match[3]}) {match[4] or ''}"


def _statements(
    text: str, lines: Sequence[str], first: int, end: int, failed: int
) -> tuple[list[Part] | None, int]:
    head = 0
    match = CONTINUES.match(text)
    if match:
        opening = {"finally": "try:", "except": "try:", None: "match _:"}.get(match[1], "if _:")
        indent = text[: len(text) - len(text.lstrip())]
        text = f"{indent}{opening}\n" + (f"{indent} pass\n" if match[1] else "") + text
        head = 2 if match[1] else 1
    last = next((line for line in reversed(text.split("\n")) if line.strip() and line.lstrip()[0] != "#"), "")
    bare = INNER_COMMENT.sub("", last)
    suffix = ""
    if last.lstrip().startswith("@"):
        suffix = "\ndef _(): pass"
    elif HEADER.match(bare):
        indent = last[: len(last) - len(last.lstrip())]
        suffix = f"\n{indent} pass"
        if re.match(r"[ \t]*try\b", last):
            suffix += f"\n{indent}finally: pass"
    elif end == len(lines):
        suffix = _closing(text)
    tree, line = _parsed(text + suffix)
    if tree is None:
        return None, max(failed, first + line - 1 - head)
    parts = []
    for node in tree.body:
        start = first + max(0, _first_line(node) - 1 - head)
        stop = min(end - 1, first + (node.end_lineno or 1) - 1 - head)
        parts.append(Part(start, stop, weight_of(node, text), node))
    return parts, end


def _closing(text: str) -> str:
    """The brackets that the text leaves open, when its last line clearly goes on."""
    stack = []
    for line in text.split("\n"):
        line = INNER_COMMENT.sub("", QUOTED.sub('""', line))
        for mark in line:
            if mark in "([{":
                stack.append(mark)
            elif mark in ")]}":
                if not stack:
                    return ""
                stack.pop()
    if not stack or not re.search(r"[,(\[{][ \t]*(?:#.*)?$", text):
        return ""
    return "".join({"(": ")", "[": "]", "{": "}"}[mark] for mark in reversed(stack))


def _first_line(node: ast.stmt) -> int:
    decorators = getattr(node, "decorator_list", None)
    return min(node.lineno, decorators[0].lineno) if decorators else node.lineno


def _weighed(lines: Sequence[str], parts: list[Part]) -> Code | None:
    """The parts from the first to the last that is code; prose at the edges stays outside."""
    while parts and not parts[0].weight:
        parts = parts[1:]
    while parts and not parts[-1].weight:
        parts = parts[:-1]
    if not parts:
        return None
    names: dict[str, None] = {}
    pairs: list[tuple[str, str]] | None = []
    settings = True
    for part in parts:
        for node in _telling(part):
            if isinstance(node, ast.Name):
                names[node.id] = None
            elif isinstance(node, ast.alias):
                names[node.asname or node.name.partition(".")[0]] = None
            elif isinstance(node, FLOW):
                names[type(node).__name__.lower()] = None
        pair = _pair(part.node)
        if pair is None:
            pairs = None
        elif pairs is not None:
            pairs.append(pair)
        settings = settings and _is_setting(part.node)
    last = parts[-1].last
    while last + 1 < len(lines) and CLOSERS.match(lines[last + 1]):
        last += 1
    return Code(
        parts[0].first,
        last,
        sum(part.weight == 2 for part in parts),
        sum(part.weight > 0 for part in parts),
        tuple(names),
        tuple(pairs or ()),
        settings,
    )


def _telling(part: Part) -> Iterator[ast.AST]:
    """The nodes whose names tell whether the file knows this code; of a bare call only the callee: `P(A)` is maths."""
    node = part.node.value if isinstance(part.node, ast.Expr) else part.node
    if part.weight == 1 and isinstance(node, ast.Call):
        return ast.walk(node.func)
    return ast.walk(part.node)


FLOW = (ast.Pass, ast.Break, ast.Continue, ast.Return, ast.Try)
"""Statements that need no name to be recognised: their keyword is given as a name."""


def _pair(node: ast.AST) -> tuple[str, str] | None:
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


def _is_setting(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return isinstance(node.targets[0], (ast.Name, ast.Attribute)) and not any(
            isinstance(inner, (ast.Call, ast.Name)) for inner in ast.walk(node.value)
        )
    return isinstance(node, (ast.Dict, ast.keyword))


# --- statements ---


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


def _elements(tree: ast.Module, lines: Sequence[str], first: int, end: int) -> list[Part] | None:
    """The arguments, entries or elements between our own brackets, or None if they are not what they seem."""
    if len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        return None
    node = tree.body[0].value
    items: list[tuple[ast.AST, int, int]] = []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
        items = [(arg, arg.lineno, arg.end_lineno or arg.lineno) for arg in node.args if not _is_ours(arg)]
        items += [(word, word.value.lineno, word.value.end_lineno or 0) for word in node.keywords]
        items = [(item, getattr(item, "lineno", low), high) for item, low, high in items]
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if not (key and _is_ours(key)):
                low = key.lineno if key else value.lineno
                items.append((ast.Dict(keys=[key], values=[value]), low, value.end_lineno or low))
    elif isinstance(node, (ast.List, ast.Set)):
        items = [(item, item.lineno, item.end_lineno or 0) for item in node.elts if not _is_ours(item)]
    elif isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp)):
        items = [(node, 2, end - first + 1)]
    else:  # a chain or an operator went on from our `_`
        return [
            Part(
                first, end - 1, 2 if any(isinstance(inner, ast.Call) for inner in ast.walk(node)) else 0, node
            )
        ]
    items.sort(key=lambda item: item[1])
    parts = []
    for item, low, high in items:
        start, stop = first + low - 2, min(end - 1, first + high - 2)
        weight = _weight_of_element(item, lines[stop])
        if not weight and isinstance(item, ast.Constant) and parts and parts[-1].weight == 2:
            weight = 2  # the last of several needs no comma
        parts.append(Part(start, stop, weight, item))
    return parts


def _is_ours(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "_" and node.lineno == 1


def _weight_of_element(node: ast.AST, line: str) -> int:
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
