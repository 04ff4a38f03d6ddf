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
import keyword
import re
from collections.abc import Sequence

from mldebt.syntax.comment_weight import (
    INNER_COMMENT,
    is_setting,
    names_in,
    pair_of,
    weight_of,
    weight_of_element,
)
from mldebt.syntax.module import PARSE_FAILURES, parse
from mldebt.text import regex
from mldebt.typed import NamedTuple

MAX_ATTEMPTS = 6
# Parses for one stretch of lines. Each failure shortens the stretch to the line
# that failed, so more attempts only help where prose and code alternate.


MANY_PARTS = 3
# From three statements on nobody mistakes a comment for an explanation.
LONG_RUN = 40
# Lines: a shorter run is parsed whole before anybody looks for prose in it.
LINES_TO_PARSE, PARSES_OF_A_LINE = 500, 8
# A run that is neither prose nor code (a dump of some other language) would
# otherwise cost the square of its length; what it has given by then is kept.


class Code(NamedTuple):
    """Lines `first` to `last` (counted from 0, both included) hold code."""

    first: int
    last: int
    strong: int
    """Parts that cannot be read as prose."""
    parts: int
    """Statements or elements that are code, the strong ones included."""
    names: tuple[str, ...]
    """Identifiers it reads or binds, none when it has MANY_PARTS anyway; of `pass`, `break`, `continue`, `return`, `try` the keyword, of
    closing brackets on their own the first."""
    pairs: tuple[tuple[str, str], ...]
    """(name, source of the value) of each part when all are `name=value` or `"name": value` with plain values."""
    prose: tuple[int, ...]
    """Lines in between that only look like code: `x: [B, T, D]`, a lone word."""
    settings: bool
    """Nothing but names given a literal, as option templates do."""

    def shifted(self, by: int) -> Code:
        """The same code `by` lines further down."""
        prose = tuple(line + by for line in self.prose)
        return self._replace(first=self.first + by, last=self.last + by, prose=prose)


KEYWORDS = frozenset(keyword.kwlist) - {"None", "True", "False"} | {"print", "exec", "match", "case", "type"}
_KEYWORD = rf"(?:{'|'.join(sorted(KEYWORDS))})\b"
TWO_WORDS = regex(rf"(?<![\w.])(?!{_KEYWORD})[^\W\d]\w*[ \t]+(?!{_KEYWORD})[^\W\d]\w*")
"""Two words side by side of which neither is a keyword: no Python says that."""

QUOTED = regex(r"\"[^\"\n]*\"|'[^'\n]*'")

STATEMENT = regex(
    r"[ \t]*(?:"
    r"import[ \t]+[\w.]+|from[ \t]+[\w.]+[ \t]+import\b|@[\w.]+[\w.(\[\"'=, )\]]*$"
    r"|(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(|class[ \t]+\w+[ \t]*[:(]"
    r"|(?:el)?if\b.*:|(?:async[ \t]+)?for\b.*[ \t]in\b.*:|while\b.*:|(?:async[ \t]+)?with\b.*:|match\b.*:[ \t]*$"
    r"|(?:else|try|finally)[ \t]*:|except\b.*:"
    r"|(?:return|raise|yield|del|assert|global|nonlocal|await|print)\b|(?:pass|break|continue)[ \t;]*(?:#|$)"
    r"|[(\[]?[ \t]*\*?[^\W\d][\w.]*(?:[ \t]*\[|[ \t]*\(|[ \t]*(?:,[^=]*|:[^=]*)?(?:[-+*/%@&|^]|//|\*\*|>>|<<)?=(?!=))"
    r")"
)
ELEMENT = regex(
    r"[ \t]*,?[ \t]*(?:"
    r"[^\W\d]\w*[ \t]*=(?!=)|\*{1,2}[\w(\[{]|[rbfuRBFU]{0,2}[\"']|[(\[{]"
    r"|[-+]?[\d.]|[^\W\d][\w.]*[ \t]*[(\[,:]|\.\w+\(|[|&+][ \t]*[(\[]|lambda\b"
    r")"
)
ENTRY = regex(r"[ \t]*[rbfuRBFU]{0,2}(?:\"[^\"\n]*\"|'[^'\n]*')[ \t]*:[ \t]*\S")
"""The start of a dict's entry; switched off far from the dict, it is code all the same."""
CLOSERS = regex(r"[ \t]*[)\]}][)\]},; \t]*(?:#|$)")
CONTINUES = regex(r"[ \t]*(?:(else|elif|finally|except)\b|case\b)")
HEADER = regex(
    r"[ \t]*(?:if|elif|else|for|while|with|try|except|finally|def|class|async|match|case)\b.*:[ \t]*$"
)
PRINT_STATEMENT = regex(r"^([ \t]*)print[ \t]+((?![=(])\S.*?)(,?)[ \t]*(#.*)?$")


ARROW = regex(r"-->|(?:[-=]>|→)(?!.*:)")


def is_hopeful(body: str) -> bool:
    """Whether a comment's text is worth a closer look, wherever it stands: False for most prose, and cheap."""
    words = body.split(None, 8)
    if len(words) > 1:
        last = 2 if '"' in body or "'" in body or "#" in body else 9
        before = False
        for word in words[:last]:
            if before and word not in KEYWORDS and word.rstrip(".,:;!?)").isalpha():
                return False
            before = word.isalpha() and word not in KEYWORDS
    elif body.isalpha() and body not in KEYWORDS:
        return False
    if body[:4] == "http" or ARROW.search(body):
        return False
    return may_be_code(body, "(")


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
        return [Code(filled[0], filled[-1], 0, len(filled), (lines[filled[0]].strip()[0],), (), (), False)]
    found: list[Code] = []
    at, count = 0, len(lines)
    budget = LINES_TO_PARSE + PARSES_OF_A_LINE * count
    while at < count and budget > 0:
        line = lines[at]
        within = "{" if not bracket and ENTRY.match(line) else bracket
        if not may_be_code(line, within):
            at += 1
            continue
        code, at, parsed = _stretch(lines, at, within)
        budget -= parsed
        if code:
            found.append(code)
    return found


class Part(NamedTuple):
    """One statement or element: the lines it covers and how sure we are that it is code, from 0 to 2."""

    first: int
    last: int
    weight: int
    node: ast.AST


def _stretch(lines: Sequence[str], first: int, bracket: str) -> tuple[Code | None, int, int]:
    """The code that starts at `first`, the line to go on from, and how many lines were parsed to find it."""
    end = len(lines)
    if end - first > LONG_RUN:
        end = max(_first_prose(lines, first), first + 1)
    attempt = parsed = 0
    while attempt < MAX_ATTEMPTS:
        attempt += 1
        parsed += end - first
        parts, failed = _parts(lines, first, end, bracket)
        if parts is not None:
            code = _weighed(lines, parts)
            return code, (max(code.last, first) + 1 if code else max(end, first + 1)), parsed
        if end == first + 1 or failed <= first:
            break
        if attempt == 1 and end == len(lines):
            end = _first_prose(lines, first)
            if end < len(lines):
                end = max(end, first + 1)
                continue
        end = max(first + 1, min(end - 1, failed))
        while end > first + 1 and not lines[end - 1].strip():
            end -= 1
    return None, first + 1, parsed


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
    wraps = (WRAPS[bracket][1:] if GOES_ON.match(text) else WRAPS[bracket][:1]) if bracket else ()
    if wraps and end == len(lines) and (rest := _closing(text)):
        wraps = ((wraps[0][0], rest + wraps[0][1]), *wraps)
    for head, tail in wraps:
        tree, line = _parsed(f"{head}\n{text}\n{tail}")
        parts = _elements(tree, lines, first, end) if tree else None
        if parts is not None:
            return parts, end
        failed = max(failed, first + line - 2)
    if bracket and not STATEMENT.match(text):
        return None, failed
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


GOES_ON = regex(r"\.\w|,|[|&+]")


def dedented(lines: Sequence[str]) -> str:
    """The lines without the indentation of the first one; Python 2 prints become calls."""
    if len(lines) == 1:
        kept = [lines[0].strip()]
    else:
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
    tree, line = _parsed(text + suffix)
    if tree is None and not suffix and end == len(lines) and (suffix := _closing(text)):
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


def is_note(part: Part) -> bool:
    node = part.node.value if isinstance(part.node, ast.Expr) else part.node
    return not part.weight and not isinstance(node, (ast.Attribute, ast.Subscript, ast.Call))


def _weighed(lines: Sequence[str], parts: list[Part]) -> Code | None:
    """The parts from the first to the last that is code; prose at the edges stays outside."""
    low, high = 0, len(parts)
    while low < high and not parts[low].weight:
        low += 1
    while low < high and not parts[high - 1].weight:
        high -= 1
    if low == high:
        return None
    parts = parts[low:high]
    names: dict[str, None] = {}
    pairs: list[tuple[str, str]] = []
    strong = sum(part.weight == 2 for part in parts)
    if strong < MANY_PARTS:
        for part in parts:
            names_in(part.node, part.weight, names)
    for part in parts:
        pair = pair_of(part.node)
        if pair is None:
            break
        pairs.append(pair)
    last = parts[-1].last
    while last + 1 < len(lines) and CLOSERS.match(lines[last + 1]):
        last += 1
    return Code(
        first=parts[0].first,
        last=last,
        strong=strong,
        parts=sum(part.weight > 0 for part in parts),
        names=tuple(names),
        pairs=tuple(pairs) if len(pairs) == len(parts) else (),
        prose=tuple(line for part in parts if is_note(part) for line in range(part.first, part.last + 1)),
        settings=all(is_setting(part.node) for part in parts),
    )


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
        telling = any(
            isinstance(inner, (ast.Call, ast.comprehension, ast.Compare)) for inner in ast.walk(node)
        )
        return [Part(first, end - 1, 2 if telling else 0, node)]
    items.sort(key=lambda item: item[1])
    parts: list[Part] = []
    for item, low, high in items:
        start, stop = first + low - 2, min(end - 1, first + high - 2)
        weight = weight_of_element(item, lines[stop])
        if not weight and isinstance(item, ast.Constant) and parts and parts[-1].weight == 2:
            weight = 2  # the last of several needs no comma
        parts.append(Part(start, stop, weight, item))
    return parts


def _is_ours(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "_" and node.lineno == 1
