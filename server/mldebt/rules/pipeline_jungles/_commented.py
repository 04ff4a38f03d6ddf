"""What the two rules about commented-out code share: which blocks count, and which of the two reports a block.

A block that only repeats a setting with another value (`# max_depth=8,` inside a
call, `16000,  # 18000` beside one) is a commented hyperparameter, every other one
is commented-out code; so no line is reported twice.
"""

from __future__ import annotations

import re
from weakref import WeakKeyDictionary

from mldebt.knowledge import Knowledge
from mldebt.knowledge.kinds import words
from mldebt.syntax.chunks import TOKEN
from mldebt.syntax.comment_blocks import CommentBlock, comment_blocks
from mldebt.syntax.comment_code import MANY_PARTS
from mldebt.syntax.module import Chunk, Module
from mldebt.text import Span, regex
from mldebt.typed import NamedTuple

KNOWN_WORDS = words(
    ") ] } pass break continue return try print len range open sorted list dict set tuple zip map filter enumerate exit quit display breakpoint help exec"
)
TEMPLATE_FILE = regex(r"(?:^|/)(?:\w*conf|settings|\w+_config|gunicorn\w*)\.py$")
GENERATED = regex(r"@generated|\bDO NOT (?:EDIT|MODIFY)\b", re.I)
HEAD_CHARACTERS = 600
"""Where a generator leaves its notice."""


class Commented(NamedTuple):
    """A block that counts, with absolute spans."""

    block: CommentBlock
    chunk: Chunk
    start: int
    """Offset of its chunk."""
    evident: bool
    """The file knows one of its names, or it is too long to be anything but code."""


_KNOWN: WeakKeyDictionary[Module, tuple[Commented, ...]] = WeakKeyDictionary()


def commented(module: Module) -> tuple[Commented, ...]:
    """Every block of commented-out code in a module, in source order. Remembered for both rules and their fixes."""
    known = _KNOWN.get(module)
    if known is None:
        known = _KNOWN[module] = _commented(module)
    return known


def _commented(module: Module) -> tuple[Commented, ...]:
    found: list[Commented] = []
    known: dict[str, bool] = {}
    for index, (chunk, start) in enumerate(module.placed):
        if not chunk.comments and '"""' not in chunk.text and "'''" not in chunk.text:
            continue
        for block in comment_blocks(chunk):
            if block.kind == "string" and block.leading and not index and not module.is_notebook:
                continue  # the module's docstring
            placed = block._replace(
                span=block.span.shifted(start),
                head=block.head.shifted(start),
                lines=tuple(line.shifted(start) for line in block.lines),
            )
            found.append(Commented(placed, chunk, start, is_evident(module, placed, known)))
    kept = [
        item
        for index, item in enumerate(found)
        if item.evident or item.block.strong or goes_on(module, found, index)
    ]
    if kept and GENERATED.search(module.text, 0, HEAD_CHARACTERS):
        return ()
    if kept and TEMPLATE_FILE.search(module.path):
        kept = [item for item in kept if not is_template(item.block)]
    return tuple(kept)


def goes_on(module: Module, found: list[Commented], index: int) -> bool:
    """Whether only blank lines separate a doubtful block from certain code above it."""
    if not index or not (found[index - 1].evident or found[index - 1].block.strong):
        return False
    return not module.text[found[index - 1].block.span.end : found[index].block.span.start].strip()


def is_template(block: CommentBlock) -> bool:
    """In a generated settings file: an option with its default, or a step that the line above explains."""
    return block.settings or bool(block.before)


def is_evident(module: Module, block: CommentBlock, known: dict[str, bool]) -> bool:
    """`known` remembers what was asked of this module before."""
    if block.strong >= MANY_PARTS or (block.bracket and block.strong):
        return True
    if block.kind == "string":  # its own text must not count
        known = {}
    for name in block.names:
        if name not in known:
            known[name] = name in KNOWN_WORDS or known_in(module.text, name, block.span)
        if known[name]:
            return True
    return False


def known_in(text: str, name: str, beside: Span) -> bool:
    """Whether `name` stands somewhere in the text outside comments, one-line strings and `beside`."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        before, after = text[at - 1 : at], text[end : end + 1]
        if not (before.isalnum() or before == "_" or after.isalnum() or after == "_"):
            line = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
            above = text[line:at]
            quoted = above.count('"') % 2 or above.count("'") % 2
            if "#" not in above and not quoted and not beside.start <= at < beside.end:
                return True
        at = text.find(name, end)
    return False


GIVEN = regex(r"(?:^|[(,{\n])[ \t]*[\"']?([^\W\d]\w*)[\"']?[ \t]*[=:](?!=)")


def is_hyperparameter(item: Commented, knowledge: Knowledge) -> bool:
    """Whether the block only gives settings of the call, dict or class body around it other values."""
    block = item.block
    if block.kind == "alternative":
        return True
    if not block.pairs or block.kind in ("trailing", "string") or block.bracket == "[":
        return False
    known = knowledge.hyperparameter_names
    if any(name in known for name, _ in block.pairs):
        return bool(block.bracket) or in_class_body(item)
    if block.bracket:
        return not siblings(item).isdisjoint(name for name, _ in block.pairs) or in_signature(item, knowledge)
    return in_class_body(item) and not class_fields(item).isdisjoint(name for name, _ in block.pairs)


def siblings(item: Commented) -> set[str]:
    """Keywords and keys that the bracket around the block already gives, comments left out."""
    opened = item.block.opened
    if opened < 0:
        return class_fields(item)
    key = ("siblings", opened)
    known = item.chunk.memo.get(key)
    if known is None:
        known = item.chunk.memo[key] = _siblings(item.chunk.text, opened)
    return known


def _siblings(text: str, opened: int) -> set[str]:
    depth, end = 0, len(text)
    for match in TOKEN.finditer(text, opened):
        mark = text[match.start()]
        if mark in "([{":
            depth += 1
        elif mark in ")]}":
            depth -= 1
            if not depth:
                end = match.start()
                break
    body = "\n".join(line for line in text[opened:end].splitlines() if not line.lstrip().startswith("#"))
    return set(GIVEN.findall(body))


def in_signature(item: Commented, knowledge: Knowledge) -> bool:
    """Whether the call around the block is known to take all these names."""
    at = item.block.span.start - item.start
    around = [call for call in item.chunk.calls if call.func.end <= at < call.span.end]
    if not around:
        return False
    call = max(around, key=lambda call: call.span.start)
    signature = knowledge.signature(call.target)
    return signature is not None and all(name in signature.defaults for name, _ in item.block.pairs)


def in_class_body(item: Commented) -> bool:
    at = item.block.span.start - item.start
    inner = [scope for scope in item.chunk.scopes[1:] if scope.span.start <= at < scope.span.end]
    if not inner:
        return bool(item.chunk.owner) or ends_class(item, at)
    return min(inner, key=lambda scope: scope.span.end - scope.span.start).kind == "class"


def ends_class(item: Commented, at: int) -> bool:
    """Whether a comment stands, indented, behind the last field of its chunk's class: the next one is a chunk of its own."""
    scopes = item.chunk.scopes
    line = max(item.chunk.text.rfind("\n", 0, at), item.chunk.text.rfind("\r", 0, at)) + 1
    return len(scopes) == 2 and scopes[1].kind == "class" and scopes[1].span.end <= at and line < at


def class_fields(item: Commented) -> set[str]:
    return {view.name for view in item.chunk.assignments}
