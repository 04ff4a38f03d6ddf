"""A commented-out value -> a note beside the value that won: `num_leaves=31,  # tried: 63 (overfits)`.

The other value stays, and so does what the comment said of it; what goes is code that nobody
runs. Only comments change. Nothing is offered where the value that won cannot be found on a
line of its own: for a note without its setting would be worse than the comment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mldebt.fixes.delete_code import deletion
from mldebt.syntax.chunks import STRING, TOKEN
from mldebt.syntax.module import Chunk, Module
from mldebt.text import Edit, Span, regex

PAIR = regex(r"[\"']?(\w+)[\"']?[ \t]*(?::[^=,]*)?[=:](?!=)[ \t]*\S")
QUIET = regex(STRING + r"|\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
"""What may hold a comma that ends nothing; innermost first."""
REASON = regex(r"[^#]*#[ \t]*(.*\S)")


def note(value: str, reason: str) -> str:
    return f"tried: {value} ({reason})" if reason else f"tried: {value}"


def note_beside(module: Module, comment: Span, value: str) -> tuple[Edit, ...]:
    """`16000,  # 18000` with its comment turned into a note."""
    text, start = module.text, comment.start
    while text[start - 1 : start] in (" ", "\t"):
        start -= 1
    return (Edit(Span(start, comment.end), f"  # {note(value, _reason(text, comment))}"),)


def notes_above(
    module: Module,
    chunk: Chunk,
    start: int,
    opened: int,
    pairs: Iterable[tuple[str, str]],
    lines: Iterable[Span],
) -> tuple[Edit, ...]:
    """Notes for (name, value) pairs, each in a comment of `lines`, beside the settings of those names; then no comment.

    `opened` is the bracket around them counted from the chunk, which starts at `start`, or -1 for a class
    body. () where some setting has no line of its own, or the comments are not one a pair.
    """
    text, pairs, lines = module.text, tuple(pairs), tuple(lines)
    if len(pairs) != len(lines) or len({name for name, _ in pairs}) < len(pairs):
        return ()
    ends = dict(_of_bracket(text, start + opened) if opened >= 0 else _of_class(module, chunk))
    edits = []
    for (name, value), line in zip(pairs, lines):
        end = ends.get(name)
        if end is None:
            return ()
        more = note(value, _reason(text, line))
        rest = text[end : _line_end(text, end)]
        edits.append(Edit(Span(end, end), f"  # {more}") if not rest.strip() else _added(end, rest, more))
    return tuple(sorted((*edits, *deletion(module, lines))))


def _added(end: int, rest: str, more: str) -> Edit:
    """Behind a comment that is there already."""
    at = end + len(rest.rstrip())
    return Edit(Span(at, at), f"; {more}")


def _reason(text: str, comment: Span) -> str:
    """What a comment says behind the value it keeps."""
    found = REASON.match(text[comment.start : comment.end].lstrip("# \t"))
    return found[1] if found else ""


def _line_end(text: str, at: int) -> int:
    while at < len(text) and text[at] not in "\r\n":
        at += 1
    return at


def _of_bracket(text: str, opened: int) -> Iterator[tuple[str, int]]:
    """(name, where its code ends) of each setting that has a line of a bracket to itself."""
    depth, line, clean, comment = 0, -1, False, -1
    for token in TOKEN.finditer(text, opened):
        mark, at = token[0], token.start()
        if mark in ("(", "[", "{"):
            depth += 1
        elif mark in (")", "]", "}"):
            depth -= 1
            clean = clean and depth > 0
            if not depth:
                return
        elif mark[0] == "#":
            comment = at
        elif mark[-1] in "\r\n":
            if clean and depth == 1 and line >= 0:
                code = text[line : comment if comment >= line else at].rstrip()
                found = PAIR.match(code.lstrip())
                if found and not _is_shared(code):
                    yield found[1], line + len(code)
            line, clean, comment = token.end(), depth == 1, -1
        elif "\n" in mark or "\r" in mark:  # a string over several lines
            clean = False


def _is_shared(code: str) -> bool:
    """Whether a line holds more than one setting."""
    before = ""
    while code != before:
        before, code = code, QUIET.sub("_", code)
    return "," in code.rstrip(", \t") or not code.rstrip().endswith(",")


def _of_class(module: Module, chunk: Chunk) -> Iterator[tuple[str, int]]:
    """The same for the fields of the class body that a chunk is a part of."""
    for other, start in module.placed:
        if other is not chunk and (not chunk.owner or other.owner != chunk.owner):
            continue
        for view in other.assignments:
            span = view.span.shifted(start)
            rest = module.text[span.end : _line_end(module.text, span.end)].strip()
            if module.lines.line_of(span.start) == module.lines.line_of(span.end) and rest[:1] in ("", "#"):
                yield view.name, span.end
