"""Where a chunk keeps switched-off code: in runs of comments, behind code on its line, in bare strings.

A run is adjacent comments on lines of their own, at one column. It is judged as
a whole by comment_code; what documents (examples, console transcripts, fenced
and PEP 723 blocks, Markdown cells) is blanked before. Whether a block is worth
a finding, and whether deleting it is safe, is for the callers.
"""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from mldebt.syntax.chunks import TOKEN
from mldebt.syntax.comment_code import INNER_COMMENT, Code, code_in, is_prose, may_be_code
from mldebt.syntax.module import Chunk
from mldebt.syntax.views import Comment
from mldebt.text import LINE_END, Span

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
        known = chunk.memo["comment_blocks"] = tuple(sorted(_blocks(chunk), key=lambda block: block.span))
    return known


def _blocks(chunk: Chunk) -> Iterator[CommentBlock]:
    text = chunk.text
    own: set[int] = set()
    beside: list[Comment] = []
    for comment in chunk.comments:
        body = comment.text.lstrip("# \t")
        if comment.own_line:
            if may_be_code(body, "("):
                own.add(comment.span.start)
        elif LITERAL.match(body) or may_be_code(body, "("):
            beside.append(comment)
    if own:
        brackets = _Brackets(text)
        for run in _runs(text, chunk.comments):
            if not own.isdisjoint(comment.span.start for comment in run):
                yield from _run_block(text, run, *brackets.at(run[0].span.start))
    if beside:
        brackets = _Brackets(text)
        for comment in beside:
            yield from _beside_code(text, comment, *brackets.at(comment.span.start))
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


def _run_block(text: str, run: list[Comment], bracket: str, opened: int) -> Iterator[CommentBlock]:
    first = run[0].span.start
    above = text[:first].rstrip()
    if above.endswith("\\"):
        return  # the line above goes on here: without the comment it would go on with code
    lines = bodies(run)
    blank_documentation(lines)
    found = code_in(lines, bracket)
    if not found:
        return
    covered = _with_inner_lines(lines, [at for code in found for at in range(code.first, code.last + 1)])
    filled = [at for at in covered if lines[at].strip()]
    before = next((line.strip() for line in reversed(lines[: found[0].first]) if line.strip(" \t#-=*")), "")
    yield CommentBlock(
        span=Span(run[filled[0]].span.start, run[filled[-1]].span.end),
        head=run[found[0].first].span,
        kind="elements" if bracket else "statements",
        lines=tuple(run[number].span for number in covered),
        bracket=bracket,
        opened=opened,
        before=before,
        leading=not above
        or (above.startswith("#") and all(line.lstrip().startswith("#") for line in above.split("\n"))),
        **_summed(found),
    )


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
    if not line.strip():
        return True
    return NESTED.match(line) is not None and (between or may_be_code(line.lstrip(" \t#"), ""))


NESTED = re.compile(r"[ \t]+#")


def _summed(found: Sequence[Code]) -> dict[str, Any]:
    return {
        "strong": sum(code.strong for code in found),
        "parts": sum(code.parts for code in found),
        "names": tuple(dict.fromkeys(name for code in found for name in code.names)),
        "pairs": tuple(pair for code in found for pair in code.pairs)
        if all(code.pairs for code in found)
        else (),
        "settings": all(code.settings for code in found),
    }


# --- comments behind code ---

NUMBER = r"[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
VALUE = rf"(?:{NUMBER}|None|True|False|\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)|\[[^\[\]\n]*\])"
LITERAL = re.compile(rf"[ \t]*({VALUE}(?:[ \t]*,[ \t]*{VALUE})*)[ \t]*(,?)[ \t]*(?:#.*)?$")
GIVEN = re.compile(rf"(?:^|[(,{{][ \t]*)[\"']?(\w+)[\"']?[ \t]*[=:][ \t]*({VALUE})[ \t]*(,?)$")
NAMED = re.compile(r"(?:^|.*[(,{][ \t]*)[\"']?(\w+)[\"']?[ \t]*[=:](?!=)[ \t]*\S.*$")
DEFINES = re.compile(r"(?:async[ \t]+)?(?:def|class)\b|@")
ASSIGNED = re.compile(r"([^\W\d][\w.]*(?:\[[^\]]*\])*)[ \t]*=(?!=)")
KEYWORD = re.compile(r"(?:return|if|elif|for|while|with|assert)\b")


def _beside_code(text: str, comment: Comment, bracket: str, opened: int) -> Iterator[CommentBlock]:
    start = comment.span.start
    code = text[max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1 : start].strip()
    body = comment.text.lstrip("#")
    if DEFINES.match(code) or MAGIC_LINE.match(body):
        return
    kind: Kind = "trailing"
    pairs: tuple[tuple[str, str], ...] = ()
    literal = LITERAL.match(body)
    if literal:
        given = GIVEN.search(code)
        if not given or not _is_alternative(given[2], literal[1]):
            return
        kind, pairs, found = "alternative", ((given[1], literal[1].strip()),), []
    else:
        found = code_in([body], bracket)
        if not found or not found[0].strong:
            return
        named = NAMED.match(code) if bracket else None
        comma = INNER_COMMENT.sub("", body).rstrip().endswith(",")
        if bracket and named and found[0].parts == 1 and not found[0].pairs and comma <= code.endswith(","):
            kind, pairs = "alternative", ((named[1], body.strip()),)
        elif (bracket and not comma and found[0].parts == 1) or (
            not bracket and not _repeats(code, body, found[0])
        ):
            return
    summary = _summed(found) if found else {"strong": 1, "parts": 1, "names": (), "settings": True}
    summary["pairs"] = pairs
    yield CommentBlock(
        span=comment.span, head=comment.span, kind=kind, lines=(comment.span,), bracket=bracket, opened=opened, before="", leading=False,
        **summary,
    )  # fmt: skip


def _is_alternative(value: str, other: str) -> bool:
    """Whether `other`, a literal or several, is of the kind of `value` and does not repeat it."""
    try:
        mine, theirs = literal_eval(value), literal_eval(other)
    except (ValueError, SyntaxError):
        return False
    many = theirs if isinstance(theirs, tuple) and not isinstance(mine, tuple) else (theirs,)
    if mine in many or not many:
        return False  # 1e-3 explained as 0.001, or the list of choices
    if isinstance(mine, bool) or mine is None:
        return False
    kinds = (int, float) if isinstance(mine, (int, float)) else type(mine)
    return all(isinstance(item, kinds) and not isinstance(item, bool) for item in many)


def _repeats(code: str, body: str, found: Code) -> bool:
    """Whether the comment is another version of the statement before it, or a call or check of its own."""
    body = body.strip()
    before, after = ASSIGNED.match(code), ASSIGNED.match(body)
    if after:
        return before is not None and before[1] == after[1]
    keyword = KEYWORD.match(body)
    if keyword and keyword[0] != "assert":
        return code.startswith(keyword[0])
    return found.parts == 1 and not re.match(r"(?:from|import|print)\b[ \t]*[^( \t]", body)


# --- strings that are statements ---

OPENING = re.compile(r"^([ \t]*)[uUrRbB]{0,2}(\"\"\"|''')", re.M)


PRINTS = re.compile(r"[ \t]*print\([\w.]+\)$")
PRESENTS = re.compile(r"#.*:$")
"""The line above a string that shows what the code above it gives."""


def _strings(text: str) -> Iterator[CommentBlock]:
    """Triple-quoted strings that stand alone, are no docstring, and hold nothing but code."""
    brackets = None
    at = 0
    while match := OPENING.search(text, at):
        at = match.end()
        end = text.find(match[2], at)
        if end < 0:
            return
        lines = LINE_END.split(text[at:end])
        at = end + 3
        first = next((line for line in lines if line.strip()), "")
        above = text[: match.start()].rstrip()
        if not may_be_code(first, "") or re.match(r"[ \t]*[^\s#]", text[at : at + 200]):
            continue
        last = INNER_COMMENT.sub("", above[above.rfind("\n") + 1 :]).rstrip()
        if (
            last.endswith((":", "\\", "="))
            or PRINTS.match(last)
            or PRESENTS.search(above[above.rfind("\n") + 1 :])
        ):
            continue
        brackets = brackets or _Brackets(text)
        if brackets.at(match.start(2))[0] or brackets.inside(match.start(2)):
            continue
        found = code_in(lines)
        filled = [
            number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")
        ]
        if len(found) != 1 or not found[0].strong or found[0].first > filled[0] or found[0].last < filled[-1]:
            continue
        span = Span(match.end(1), at)
        yield CommentBlock(
            span=span, head=span, kind="string", lines=(span,), bracket="", opened=-1, before="",
            leading=not above or all(line.lstrip()[:1] in ("#", "") for line in LINE_END.split(above)),
            **_summed(found),
        )  # fmt: skip


# --- what documents ---

PROSE = "a line of prose"
FENCE = re.compile(r"[ \t]*(?:```|~~~)")
SCRIPT_OPEN = re.compile(r"[ \t]*/// \w[\w-]*[ \t]*$")
SCRIPT_CLOSE = re.compile(r"[ \t]*///[ \t]*$")
MARKDOWN_CELL = re.compile(r"[ \t]*%%.*\[(?:markdown|md|raw|rst)\]", re.I)
CONSOLE = re.compile(r"[ \t]*(?:>>>|\.\.\.[ \t]|In[ \t]?\[\d*\]:|Out\[\d*\]:|\$[ \t])")
INTRODUCES = re.compile(
    r"\b(?:(?:examples?|usages?|e\.?g\.?|i\.e\.?|for instance|such as|equivalent to|same as|similar to|identical to"
    r"|pseudo-?code|looks? like|should (?:be|look)|in other words)[ \t]*[:.,]?"
    r"|(?:examples?|usages?|e\.g\.?|i\.e\.|equivalent|analogous|corresponds?|formula|outputs?|results?|returns?|prints?|snippet"
    r"|instead of|rather than|means?|meaning|following|original)\b[^.]*:)[ \t]*$",
    re.I,
)
"""The last words of a line that presents what follows it, rather than switching it off."""
MAGIC_LINE = re.compile(
    r"[ \t]*(?:-\*-|(?:en)?coding[ \t]*[:=]|vim?:|MAGIC\b|COMMAND\b|DBTITLE\b|%|!|@(?:param|title|markdown|author)\b"
    r"|type:|mypy:|pyright:|pyre-\w+|pyrefly:|ty:|ruff:|pylint:|noqa|fmt:|yapf:|isort:|nosec|pragma:|flake8:|mldebt:|codespell:"
    r"|.*\bnoqa:.*\b(?:ERA001|E800)\b|region\b|endregion\b|cython:|distutils:|https?:)",
    re.I,
)


def blank_documentation(lines: list[str]) -> None:
    """Overwrite the lines of a run that show code instead of switching it off."""
    if lines and MARKDOWN_CELL.match(lines[0]):
        lines[:] = [PROSE] * len(lines)
        return
    fenced, script_ends = False, 0
    for number, line in enumerate(lines):
        if number < script_ends or MAGIC_LINE.match(line):
            lines[number] = PROSE
        elif FENCE.match(line):
            fenced = not fenced
            lines[number] = PROSE
        elif fenced:
            lines[number] = PROSE
        elif SCRIPT_OPEN.match(line):
            closing = [at for at in range(number + 1, len(lines)) if SCRIPT_CLOSE.match(lines[at])]
            script_ends = closing[-1] + 1 if closing else 0
            lines[number] = PROSE
        elif CONSOLE.match(line):
            # What follows a prompt is its output, up to the next empty line.
            for at in range(number, len(lines)):
                if not lines[at].strip():
                    break
                lines[at] = PROSE
    shown = False
    for number, line in enumerate(lines):
        if line == PROSE:
            continue
        if not line.strip():
            shown = shown and bool(number and INTRODUCES.search(lines[number - 1]))
        elif shown:
            lines[number] = PROSE
        elif not NESTED.match(line) and (is_prose(line) or not may_be_code(line, "")):
            shown = bool(INTRODUCES.search(line))


class _Brackets:
    """Which bracket is open at an offset; one pass over the text, in order of the questions."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = TOKEN.finditer(text)
        self.stack: list[tuple[str, int]] = []
        self.next: tuple[int, str] | None = None
        self.end = self.next_end = 0
        """End of the last token that started before the last question."""

    def at(self, offset: int) -> tuple[str, int]:
        """(bracket, its offset) around `offset`, or ("", -1). Offsets must not decrease."""
        while True:
            if self.next is None:
                match = next(self.tokens, None)
                if match is None:
                    break
                self.next = (match.start(), self.text[match.start()])
                self.next_end = match.end()
            if self.next[0] >= offset:
                break
            where, mark = self.next
            self.next = None
            self.end = self.next_end
            if mark in "([{":
                self.stack.append((mark, where))
            elif mark in ")]}" and self.stack:
                self.stack.pop()
        return self.stack[-1] if self.stack else ("", -1)

    def inside(self, offset: int) -> bool:
        """Whether `offset`, the last one asked for, lies within a string or comment that started before it."""
        return self.end > offset
