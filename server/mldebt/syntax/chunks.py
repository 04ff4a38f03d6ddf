"""Where a text may be cut: paragraphs of top-level statements and of class members.

`pieces` is a pure function of the text, so an edit may re-cut any part of it and
get what a fresh cut would give. It is lexical (it needs no parse and so never
fails); where the whole text does parse, `pieces_of_tree` finds the same cuts
from the statements' lines, which is faster. A test holds the two equal.

Why cutting is sound: if A and B each parse, A ends with a newline and B starts a
statement at the same level, then A+B parses to A's statements followed by B's.

A piece starts at a statement at column 0 (or at a class body's indentation) that
opens a block, follows a blank line or a comment, or is picked by a checksum of
its line, so that a long run of plain statements is cut as well. A decorator
stays with what it decorates, and a class keeps its first member.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from zlib import crc32

from mldebt.text import regex
from mldebt.typed import NamedTuple

STRING = (
    r'"""[^\\"]*(?:(?:\\[\s\S]|"(?!""))[^\\"]*)*(?:"""|\\?\Z)'
    r"|'''[^\\']*(?:(?:\\[\s\S]|'(?!''))[^\\']*)*(?:'''|\\?\Z)"
    r'|"[^\\"\r\n]*(?:\\(?:\r\n|[\s\S])[^\\"\r\n]*)*"'
    r"|'[^\\'\r\n]*(?:\\(?:\r\n|[\s\S])[^\\'\r\n]*)*'"
)
"""A string literal without its prefix. An open triple quote reaches to the end of the text: were it
to end earlier, text far below could change the cuts above it. An open single quote matches nothing."""

TOKEN = regex(STRING + r"|\#[^\r\n]*|[()\[\]{}]|\\?(?:\r\n|\r|\n)")
INDENT = regex(r"(?:[ \t\f]*\f)?([ \t]*)")
CONTINUES = regex(r"(?:else|elif|except|finally)\b|[)\]}]")
LINE = regex(r"[^\r\n]*")
OPENS_BLOCK = regex(r"@|(?:def|class|async|if|for|while|with|try)\b")
CLASS = regex(r"class\s+(\w+)")
ONLY_STATEMENT = regex(
    r"[ \t]*(?:def|class|import|return|while|with|try|raise|del|pass|assert|global|nonlocal|break|continue)\b"
    r"(?![ \t]*[=,)\]}:.])"
    r"|[ \t]*(?:else|try|finally):|[ \t]*async[ \t]+(?:def|with)\b"
)
"""Starts a line only outside brackets: there an unclosed bracket above it ends."""

CUT_MASK = 15
# One plain statement in sixteen starts a piece of its own: pieces of generated
# scripts without blank lines stay near 16 lines, at 25 us of parsing each.


class Piece(NamedTuple):
    start: int
    end: int
    owner: str
    """Name of the class whose members these are, or ""."""
    indent: str


def indent_at(text: str, line: int) -> tuple[str, int]:
    """(indentation, first character) of the line that starts at `line`; a form feed starts its column anew."""
    match = INDENT.match(text, line)
    assert match is not None
    return match[1], match.end()


def logical_lines(text: str, start: int) -> Iterator[tuple[int, str, int]]:
    """(line start, indentation, first character) of each logical line from `start`, a place outside brackets.

    Blank and comment-only lines are passed over.
    """
    length = len(text)
    depth = 0
    indent, first = indent_at(text, start)
    if first < length and text[first] not in "#\r\n\\":
        yield start, indent, first
    for token in TOKEN.finditer(text, start):
        kind = text[token.start()]
        if kind in "([{":
            depth += 1
        elif kind in ")]}":
            depth = max(0, depth - 1)
        elif kind in "\r\n":
            line = token.end()
            if depth:
                if not ONLY_STATEMENT.match(text, line):
                    continue
                depth = 0
            indent, first = indent_at(text, line)
            if first < length and text[first] not in "#\r\n\\":
                yield line, indent, first


def starts_piece(text: str, line: int, first: int) -> bool:
    """Whether a statement whose line starts at `line` opens a piece; looks at its line and the one above."""
    above = line - 1
    if above > 0 and text[above] == "\n" and text[above - 1] == "\r":
        above -= 1
    previous = text[max(text.rfind("\n", 0, above), text.rfind("\r", 0, above)) + 1 : above].strip()
    if previous == "\\":
        return False  # the line above goes on here
    if not previous or previous[0] == "#" or OPENS_BLOCK.match(text, first):
        return True
    match = LINE.match(text, first)
    line_text = match[0] if match else ""
    return crc32(line_text.encode("utf-8", "replace")) & CUT_MASK == 0


def pieces(text: str, start: int = 0, owner: str = "", indent: str = "") -> Iterator[Piece]:
    """Cut `text` from `start` to its end; `owner` and `indent` are those of the piece that starts there."""
    here = Piece(start, start, owner, indent)
    decorated = False
    opened_class = ""
    for line, column, first in logical_lines(text, start):
        if opened_class:
            if column:
                owner, indent, opened_class = opened_class, column, ""
                decorated = text[first] == "@"
                continue
            opened_class = ""
        if not column:
            owner = indent = ""
        elif not owner or column != indent:
            continue
        if CONTINUES.match(text, first):
            continue
        leaves_class = bool(here.indent) and not column
        if line > here.start and not decorated and (leaves_class or starts_piece(text, line, first)):
            yield here._replace(end=line)
            here = Piece(line, line, owner, indent)
        decorated = text[first] == "@"
        if not column and (match := CLASS.match(text, first)):
            opened_class = match[1]
    if here.start < len(text) or not start:
        yield here._replace(end=len(text))


PLAIN = regex(r"[^\r\n\\\"'#()\[\]{}\f]*")
"""Text that opens, closes or ends nothing."""
NO_NEIGHBOURS = "\r\\\"'"
"""What plain text may part or join: three quotes, an escape."""


def keeps_cuts(old: str, new: str, piece: int, level: tuple[str, str], edit: tuple[int, int, str]) -> bool:
    """Whether an edit inside the piece that starts at `piece` is certain to cut nothing anew. False: it may.

    True for plain text inside a line that is deeper than the piece's own statements, is not the piece's
    first, and whose first word is complete. A class header cuts where its members stand, so it never keeps.
    """
    start, end, text = edit
    if not PLAIN.fullmatch(text) or not PLAIN.fullmatch(old, start, end):
        return False
    line = old.rfind("\n", piece, start) + 1
    if not line or new.startswith(("class", "@"), piece):
        return False
    indent, first = indent_at(old, line)
    if not indent or indent == level[1] or first >= start or old[first] in "#\r\f":
        return False
    if old[start - 1] in NO_NEIGHBOURS or old[end : end + 1] in NO_NEIGHBOURS:
        return False
    return bool(ONLY_STATEMENT.match(old, line)) == bool(ONLY_STATEMENT.match(new, line))


def first_line(node: ast.stmt) -> int:
    """1-based line where the statement starts, its decorators included."""
    decorators = getattr(node, "decorator_list", None)
    return min(node.lineno, decorators[0].lineno) if decorators else node.lineno


def pieces_of_tree(text: str, starts: list[int], tree: ast.Module) -> list[tuple[Piece, list[ast.stmt]]]:
    """The cuts of a text that parses, each with its statements.

    A class header's piece holds the class itself, its body shortened to the
    members inside that piece: the tree is changed in place.
    """
    cuts = [Piece(0, 0, "", "")]
    groups: list[list[ast.stmt]] = [[]]
    last = 0
    for node in tree.body:
        number = first_line(node)
        if number > last:
            line = starts[number - 1]
            indent, first = indent_at(text, line)
            if line and not indent and (cuts[-1].indent or starts_piece(text, line, first)):
                cuts.append(Piece(line, line, "", ""))
                groups.append([])
        groups[-1].append(node)
        last = node.end_lineno or number
        if node.__class__ is ast.ClassDef:
            _cut_members(text, starts, node, cuts, groups)
    ends = [cut.start for cut in cuts[1:]] + [len(text)]
    return [
        (Piece(start, end, owner, indent), nodes)
        for (start, _, owner, indent), end, nodes in zip(cuts, ends, groups, strict=True)
    ]


def _cut_members(
    text: str, starts: list[int], node: ast.ClassDef, cuts: list[Piece], groups: list[list[ast.stmt]]
) -> None:
    """Cut a class after its first member; later pieces hold their members."""
    head = first_line(node.body[0])
    indent = indent_at(text, starts[head - 1])[0]
    if head <= node.lineno or not indent:
        return
    last = node.body[0].end_lineno or head
    for place, member in enumerate(node.body):
        number = first_line(member)
        if number > last:
            line = starts[number - 1]
            column, first = indent_at(text, line)
            if column == indent and starts_piece(text, line, first):
                if not cuts[-1].indent or cuts[-1].owner != node.name or groups[-1][-1:] == [node]:
                    kept = node.body[:place]
                cuts.append(Piece(line, line, node.name, indent))
                groups.append([])
        if groups[-1][-1:] != [node]:
            groups[-1].append(member)
        last = max(last, member.end_lineno or number)
    if groups[-1][-1:] != [node]:
        node.body = kept
        node.end_lineno, node.end_col_offset = kept[-1].end_lineno, kept[-1].end_col_offset
