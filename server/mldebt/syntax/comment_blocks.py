"""Where a chunk keeps switched-off code: in runs of comments, behind code on its line, in bare strings.

A run is adjacent comments on lines of their own, at one column. It is judged as
a whole by comment_code; what documents (examples, console transcripts, fenced
and PEP 723 blocks, Markdown cells) is blanked before. Whether a block is worth
a finding, and whether deleting it is safe, is for the callers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from operator import itemgetter

from mldebt.syntax.chunks import STRING
from mldebt.syntax.comment_beside import beside_code, is_hopeful_beside
from mldebt.syntax.comment_code import Code, code_in, is_hopeful, may_be_code
from mldebt.syntax.comment_shown import NESTED, blank_documentation
from mldebt.syntax.comment_weight import INNER_COMMENT
from mldebt.syntax.module import Chunk
from mldebt.syntax.views import Comment
from mldebt.text import LINE_END, Span, regex
from mldebt.typed import Literal, NamedTuple

Kind = Literal["statements", "elements", "trailing", "alternative", "string"]


class CommentBlock(NamedTuple):
    """One run's code. Spans count from the chunk."""

    span: Span
    """From the first comment that holds code to the end of the last."""
    head: Span
    """The line of the first statement or element in it."""
    kind: Kind
    """`alternative` is another value behind `name=value` on the same line, `trailing` other code there."""
    lines: tuple[Span, ...]
    """The comments that hold code, each from its `#`; of a string the literal."""
    strong: int
    """Parts that cannot be read as prose."""
    parts: int
    names: tuple[str, ...]
    """Identifiers that the code reads or binds."""
    pairs: tuple[tuple[str, str], ...]
    """(name, value) of every part, when all parts are plain `name=value`."""
    settings: bool
    """Nothing but names given a literal, as option templates do."""
    before: str
    """The nearest prose above the code in its run, without `#`; "" where there is none."""
    bracket: str
    """The innermost open bracket it stands in, or ""."""
    opened: int
    """Offset of that bracket, or -1."""
    leading: bool
    """Nothing but comments stands before it in its chunk."""


def comment_blocks(chunk: Chunk) -> tuple[CommentBlock, ...]:
    """All blocks of a chunk in source order. Pure; remembered with the chunk."""
    known = chunk.memo.get("comment_blocks")
    if known is None:
        found = list(_blocks(chunk))
        found.sort(key=by_span)
        known = chunk.memo["comment_blocks"] = tuple(found)
    return known


by_span = itemgetter(0)


def _blocks(chunk: Chunk) -> Iterator[CommentBlock]:
    text = chunk.text
    own: set[int] = set()
    beside: list[Comment] = []
    for comment in chunk.comments:
        body = comment.text.lstrip("# \t")
        if not body:
            continue
        if comment.own_line:
            if is_hopeful(body):
                own.add(comment.span.start)
        elif is_hopeful(body) or is_hopeful_beside(body):
            beside.append(comment)
    if own:
        brackets = Brackets(text)
        for run in _runs(text, chunk.comments):
            if not own.isdisjoint(comment.span.start for comment in run):
                yield from _run_block(text, run, brackets)
    if beside:
        brackets = Brackets(text)
    for comment in beside:
        yield from _beside(text, comment, brackets)
    if '"""' in text or "'''" in text:
        yield from _strings(text)


# --- comments on lines of their own ---


def _runs(text: str, comments: Sequence[Comment]) -> Iterator[list[Comment]]:
    """Adjacent comments on lines of their own, at one column."""
    run: list[Comment] = []
    for comment in comments:
        if not comment.own_line:
            continue
        if run:
            between = text[run[-1].span.end : comment.span.start]
            adjacent = not between.strip() and (len(LINE_END.findall(between)) == 1 or _is_open(run))
            if not adjacent or comment.column != run[0].column:
                yield run
                run = []
        run.append(comment)
    if run:
        yield run


def _is_open(run: Sequence[Comment]) -> bool:
    """Whether a triple-quoted string of the run goes on behind the blank line below it."""
    return any(sum(comment.text.count(mark) for comment in run) % 2 for mark in ('"""', "'''"))


def _run_block(text: str, run: list[Comment], brackets: Brackets) -> Iterator[CommentBlock]:
    first = run[0].span.start
    line_start = first - run[0].column
    above = text[text.rfind("\n", 0, max(0, line_start - 1)) + 1 : line_start].rstrip()
    if above.endswith("\\"):
        return  # the line above goes on here: without the comment it would go on with code
    lines = bodies(run)
    bracket, opened = brackets.at(first)
    found = _levels(lines, bracket)
    if not found:
        return
    has_prose = found[0].first > 0 or found[-1].last < len(lines) - 1 or len(found) > 1
    if blank_documentation(lines, has_prose):
        found = _levels(lines, bracket)
        if not found:
            return
    notes = {line for code in found for line in code.prose}
    covered = [at for code in found for at in range(code.first, code.last + 1) if at not in notes]
    covered = _with_inner_lines(lines, covered)
    filled = [at for at in covered if lines[at].strip()]
    before = next((line.strip() for line in reversed(lines[: found[0].first]) if line.strip(" \t#-=*")), "")
    yield CommentBlock(
        span=Span(run[filled[0]].span.start, run[filled[-1]].span.end),
        head=run[found[0].first].span,
        kind="elements" if bracket else "statements",
        lines=tuple(run[number].span for number in covered),
        strong=sum(code.strong for code in found),
        parts=sum(code.parts for code in found),
        names=tuple(dict.fromkeys(name for code in found for name in code.names)),
        pairs=tuple(pair for code in found for pair in code.pairs)
        if all(code.pairs for code in found)
        else (),
        settings=all(code.settings for code in found),
        before=before,
        bracket=bracket,
        opened=opened,
        leading=False,
    )


def _levels(lines: list[str], bracket: str) -> list[Code]:
    """The code of a run, also where single lines of it are commented out twice."""
    found = code_in(lines, bracket)
    if any(NESTED.match(line) for line in lines):
        taken = {at for code in found for at in range(code.first, code.last + 1)}
        inner = [line.lstrip()[1:] if NESTED.match(line) else None for line in lines]
        at = 0
        while at < len(lines):
            group = list(takewhile(lambda line: line is not None, inner[at:]))
            if group and at not in taken:
                found += [code.shifted(at) for code in code_in([line or "" for line in group], bracket)]
            at += len(group) + 1
        found.sort()
    return found


def bodies(run: Sequence[Comment]) -> list[str]:
    """What stands behind the `#` of each line; one level of them where the whole run is doubly commented."""
    lines = [comment.text[1:] for comment in run]
    while lines and all(line.lstrip()[:1] == "#" for line in lines):
        lines = [line.lstrip()[1:] for line in lines]
    return lines


def _with_inner_lines(lines: Sequence[str], covered: list[int]) -> list[int]:
    """The covered lines; empty ones beside them; comments of the switched-off code itself, if they lie between."""
    known = set(covered)
    for step in (-1, 1):
        for at in covered:
            at += step
            while (
                0 <= at < len(lines)
                and at not in known
                and _goes_along(lines[at], covered[0] < at < covered[-1])
            ):
                known.add(at)
                at += step
    return sorted(known)


def _goes_along(line: str, between: bool) -> bool:
    return not line.strip() or (between and NESTED.match(line) is not None)


def _beside(text: str, comment: Comment, brackets: Brackets) -> Iterator[CommentBlock]:
    """The comment behind code on its line."""
    start = comment.span.start
    code = text[start - comment.column : start].strip()
    bracket, opened = brackets.at(start)
    found = beside_code(code, comment.text.lstrip("#"), bracket)
    if found:
        yield _single(found.kind, comment.span, found.code, bracket, opened)._replace(pairs=found.pairs)


def _single(kind: Kind, span: Span, code: Code | None, bracket: str = "", opened: int = -1) -> CommentBlock:
    """A block of one comment or string; without `code` it is a plain literal."""
    code = code or Code(0, 0, 1, 1, (), (), (), True)
    return CommentBlock(
        span,
        span,
        kind,
        (span,),
        code.strong,
        code.parts,
        code.names,
        code.pairs,
        code.settings,
        "",
        bracket,
        opened,
        False,
    )


# --- strings that are statements ---

PREFIX = regex(r"[ \t]*[uUrRbB]{0,2}$")
PRINTS = regex(r"[ \t]*print\([\w.]+\)$")
"""What a string below it shows is the output."""


def _strings(text: str) -> Iterator[CommentBlock]:
    """Triple-quoted strings that stand alone, are no docstring, and hold nothing but code."""
    double, single = text.find('"""'), text.find("'''")
    at = 0
    while True:
        if 0 <= double < at:
            double = text.find('"""', at)
        if 0 <= single < at:
            single = text.find("'''", at)
        start = double if single < 0 or 0 <= double < single else single
        if start < 0:
            return
        end = text.find(text[start : start + 3], start + 3)
        if end < 0:
            return
        at = end + 3
        line_start = text.rfind("\n", 0, start) + 1
        if PREFIX.match(text, line_start, start) and _stands_alone(text, line_start, at):
            body = LINE_END.split(text[start + 3 : end])
            first = next((line for line in body if line.strip()), "")
            code = _whole_code(body) if may_be_code(first, "") else None
            if code and not Brackets(text).at(line_start)[0] and not _is_inside(text, line_start):
                span = Span(
                    line_start + len(text[line_start:start]) - len(text[line_start:start].lstrip()), at
                )
                above = text[:line_start].strip()
                leading = not above or all(line.lstrip()[:1] in ("#", "") for line in LINE_END.split(above))
                yield _single("string", span, code)._replace(leading=leading)


def _stands_alone(text: str, line_start: int, end: int) -> bool:
    """Whether a string is a statement, but neither the first of its block nor the output of the one above."""
    above = text[:line_start].rstrip()
    last = above[above.rfind("\n") + 1 :]
    if above[-1:] in (":", "\\", "=") and "#" not in last:
        return False
    presents = (
        last.lstrip().startswith("#") and last.endswith(":") and not may_be_code(last.lstrip("# \t"), "")
    )
    while last.lstrip().startswith("#"):
        above = above[: len(above) - len(last)].rstrip()
        last = above[above.rfind("\n") + 1 :]
    last = INNER_COMMENT.sub("", last).rstrip()
    if presents or last.endswith((":", "\\", "=")) or PRINTS.match(last):
        return False
    rest = end
    while rest < len(text) and text[rest] in " \t":
        rest += 1
    return rest >= len(text) or text[rest] in "#\r\n"


def _whole_code(lines: list[str]) -> Code | None:
    """The code of a string that holds nothing else but comments."""
    found = code_in(lines)
    filled = [at for at, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")]
    if len(found) != 1 or not found[0].strong or found[0].first > filled[0] or found[0].last < filled[-1]:
        return None
    return found[0]


# --- brackets ---

MARKS = regex(rf"{STRING}|#[^\r\n]*|[()\[\]{{}}]")


class Brackets:
    """Which bracket is open at an offset; asked in ascending order, so that the text is read once.

    Where openings and closings are equal in number nothing is taken to be open; that
    is wrong only where a string or comment makes up for an open bracket.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked = 0
        self.balance = [0, 0, 0]
        self.marks: Iterator[re.Match[str]] | None = None
        self.next: re.Match[str] | None = None
        self.stack: list[tuple[str, int]] = []

    def at(self, offset: int) -> tuple[str, int]:
        """(bracket, its offset), or ("", -1)."""
        count, text = self.text.count, self.text
        for kind, (one, other) in enumerate((("(", ")"), ("[", "]"), ("{", "}"))):
            self.balance[kind] += count(one, self.asked, offset) - count(other, self.asked, offset)
        self.asked = offset
        if not any(self.balance):
            return "", -1
        if self.marks is None:
            self.marks = MARKS.finditer(text)
            self.next = next(self.marks, None)
        while self.next is not None and self.next.start() < offset:
            start = self.next.start()
            mark = text[start]
            if mark in "([{":
                self.stack.append((mark, start))
            elif mark in ")]}" and self.stack:
                self.stack.pop()
            self.next = next(self.marks, None)
        return self.stack[-1] if self.stack else ("", -1)


def _is_inside(text: str, offset: int) -> bool:
    """Whether `offset` lies within a string or comment that starts before it."""
    return any(match.start() < offset < match.end() for match in MARKS.finditer(text))
