"""A hard-coded path as it is written, and the pathlib expression that says the same.

Reads a literal, an f-string, a sum, an `os.path.join` or a `Path(...)` chain that
starts with the path into one list of components, and writes such a list back.
Which folder the new path starts from is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mldebt.syntax.expressions import Around, Expression, around, expression
from mldebt.syntax.module import Chunk
from mldebt.text import Span, regex
from mldebt.typed import NamedTuple

SIMPLE_HOLE = regex(r"[A-Za-z_][\w.]*(?:\(\)|\[[\w.]*\])*")
"""Code that may stand in an f-string of any Python version and quote style."""
ATOMS = frozenset({"name", "call", "str", "fstring"})


class Part(NamedTuple):
    text: str
    """A piece of text, or code."""
    role: str
    """`text`; `hole`: a replacement field's source; `code`: an expression that is a string."""


class Component(NamedTuple):
    """What stands between two separators, or one operand of a join."""

    parts: tuple[Part, ...]

    @property
    def constant(self) -> str | None:
        """Its text if nothing in it is computed."""
        if all(part.role == "text" for part in self.parts):
            return "".join(part.text for part in self.parts)
        return None

    @property
    def starts_open(self) -> bool:
        """Whether a computed value stands first, which may itself be an absolute path."""
        return bool(self.parts) and self.parts[0].role != "text"


class PathExpression(NamedTuple):
    """The largest expression that only builds the path."""

    span: Span
    components: tuple[Component, ...]
    """Of `/home/ann/a.csv` the constants "", "home", "ann", "a.csv"; of a drive `C:` first."""
    trailing: bool
    """Whether it ends with a separator."""
    is_path: bool
    """Whether it is a `Path` already."""
    is_bytes: bool
    quote: str
    around: tuple[Around, ...]
    """What encloses the whole."""


def read(chunk: Chunk, span: Span) -> PathExpression | None:
    """The path expression that starts with the literal at `span`; None if it is not understood or holds a comment."""
    enclosing = around(chunk, span)
    literal = expression(chunk, span)
    if literal is None or not enclosing:
        return None
    source = chunk.text[span.start : span.end]
    is_bytes = literal.kind == "bytes"
    parts = _parts(chunk, literal)
    if parts is None:
        return None
    whole, depth, is_path = span, 0, False
    operands: list[Component] = []
    while depth < len(enclosing):
        outer = enclosing[depth]
        more: list[Component] | None = None
        if (
            outer.kind == "binop"
            and outer.op == "+"
            and outer.role == "left"
            and not operands
            and not is_path
        ):
            added = expression(chunk, outer.span)
            more_parts = (
                _parts(chunk, added.items[1]) if added is not None and len(added.items) == 2 else None
            )
            if more_parts is None:
                break
            parts, more = [*parts, *more_parts], []
        elif outer.kind == "binop" and outer.op == "/" and outer.role == "left" and is_path:
            divided = expression(chunk, outer.span)
            more = _operands(chunk, divided.items[1:]) if divided is not None else None
        elif outer.kind == "call" and outer.place == 0 and outer.role == "args":
            target = _target(chunk, outer.span)
            call = expression(chunk, outer.span)
            joins = target == "pathlib.Path" or (target == "os.path.join" and not is_path and not is_bytes)
            expands = target == "os.path.expanduser" and not is_path and not is_bytes
            if call is None or not (joins or (expands and parts[0].text.startswith("~"))):
                break
            more = _operands(chunk, call.items[1:])
            is_path = is_path or (more is not None and target == "pathlib.Path")
        elif (
            outer.kind == "attribute"
            and outer.name == "expanduser"
            and is_path
            and parts[0].text.startswith("~")
        ):
            depth += 1
            more = []
            if depth == len(enclosing) or enclosing[depth].kind != "call":
                return None
            outer = enclosing[depth]
        if more is None:
            break
        operands += more
        whole = outer.span
        depth += 1
    text = chunk.text[whole.start : whole.end]
    if "#" in text and any(whole.start <= comment.span.start < whole.end for comment in chunk.comments):
        return None
    head = _split(parts)
    trailing = bool(head) and not operands and head[-1].constant == ""
    if head and head[-1].constant == "":
        head.pop()
    quote = "'" if source.lstrip("rRbBfFuU").startswith("'") else '"'
    return PathExpression(whole, (*head, *operands), trailing, is_path, is_bytes, quote, enclosing[depth:])


def write(base: str, components: Iterable[Component], quote: str) -> str:
    """`base / "data" / f"{name}.csv"`."""
    return " / ".join([base, *(written(component, quote) for component in components)])


def written(component: Component, quote: str) -> str:
    """One component as an operand of `/`."""
    parts = component.parts
    constant = component.constant
    if constant is not None:
        return f"{quote}{escaped(constant, quote)}{quote}"
    if len(parts) == 1 and parts[0].role == "code":
        return parts[0].text
    if all(part.role != "code" or SIMPLE_HOLE.fullmatch(part.text) for part in parts):
        body = "".join(
            escaped(part.text, quote).replace("{", "{{").replace("}", "}}")
            if part.role == "text"
            else f"{{{part.text}}}"
            for part in parts
        )
        return f"f{quote}{body}{quote}"
    summands = [
        f"{quote}{escaped(part.text, quote)}{quote}"
        if part.role == "text"
        else part.text
        if part.role == "code"
        else f"f{quote}{{{part.text}}}{quote}"
        for part in parts
    ]
    return f"({' + '.join(summands)})"


def escaped(text: str, quote: str) -> str:
    """`text` as the body of a literal in these quotes."""
    # With both quotes in it repr() delimits by ' and escapes it, so the rest is in one known form.
    body = repr(text + "'\"")[1:-4]
    return body.replace("\\'", "'").replace(quote, "\\" + quote)


def _target(chunk: Chunk, span: Span) -> str:
    return next((call.target for call in chunk.calls if call.span == span), "")


def _parts(chunk: Chunk, part: Expression) -> list[Part] | None:
    """Texts and holes of one summand."""
    if part.kind == "str":
        return [Part(part.value, "text")]
    if part.kind == "bytes":
        try:
            return [Part(part.value.decode("ascii"), "text")]
        except UnicodeDecodeError:
            return None
    if part.kind == "fstring":
        return [Part(item.value, "text" if item.kind == "text" else "hole") for item in part.items]
    code = chunk.text[part.span.start : part.span.end]
    return [Part(code if part.kind in ATOMS else f"({code})", "code")]


def _operands(chunk: Chunk, items: Sequence[Expression]) -> list[Component] | None:
    """The further arguments of a join; None if one may be absolute, is empty, or is spread."""
    found: list[Component] = []
    for item in items:
        if item.name:
            return None
        if item.kind == "str":
            texts = item.value.split("/")
            if not item.value or not texts[0] or "\\" in item.value:
                return None
            if not texts[-1]:
                return None
            found += [Component((Part(text, "text"),)) for text in texts]
            continue
        code = chunk.text[item.span.start : item.span.end]
        found.append(Component((Part(code if item.kind in ATOMS else f"({code})", "code"),)))
    return found


def _split(parts: list[Part]) -> list[Component]:
    """Parts cut at the separators in their texts; the last component is "" where a separator ends them."""
    components: list[list[Part]] = [[]]
    for part in parts:
        if part.role != "text":
            components[-1].append(part)
            continue
        first, *others = re.split(r"[/\\]", part.text)
        if first:
            components[-1].append(Part(first, "text"))
        for text in others:
            components.append([Part(text, "text")] if text else [])
    return [
        Component(tuple(component) or (Part("", "text"),))
        for index, component in enumerate(components)
        if component or index in (0, len(components) - 1)
    ]
