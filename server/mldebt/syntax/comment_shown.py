"""Comments that show code rather than switch it off: examples, transcripts, fenced and PEP 723 blocks, directives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.knowledge.kinds import words
from mldebt.syntax.comment_code import is_prose, may_be_code
from mldebt.text import regex

PROSE = "a line of prose"
FENCE = regex(r"[ \t]*(?:```|~~~)")
SCRIPT_OPEN = regex(r"[ \t]*/// \w[\w-]*[ \t]*$")
SCRIPT_CLOSE = regex(r"[ \t]*///[ \t]*$")
MARKDOWN_CELL = regex(r"[ \t]*%%.*\[(?:markdown|md|raw|rst)\]", re.I)
CONSOLE = regex(r"[ \t]*(?:>>>|\.\.\.[ \t]|In[ \t]?\[\d*\]:|Out\[\d*\]:|\$[ \t])")
INTRODUCES = regex(
    r"\b(?:examples?|usages?|e\.g\b|i\.e\b|instance|such as|like|same as|equivalent|analogous|similar|identical|corresponds?"
    r"|should|formula|outputs?|results?|returns?|prints?|snippet|pseudo-?code|instead of|rather than|other words|means?"
    r"|meaning|following|original)\b[^.]*$",
    re.I,
)
"""In the last sentence of a line that ends with a colon: it presents what follows, rather than switching it off."""
LAST_WORDS = words("example examples usage usages e.g eg i.e ie pseudocode")
LAST_PHRASES = (
    "for instance",
    "such as",
    "equivalent to",
    "same as",
    "similar to",
    "identical to",
    "looks like",
)
DIRECTIVE = regex(
    r"[ \t]*(?:-\*-|(?:en)?coding[ \t]*[:=]|vim?:|MAGIC\b|COMMAND\b|DBTITLE\b|%|!|@(?:param|title|markdown|author)\b"
    r"|type:|mypy:|pyright:|pyre-\w+|pyrefly:|ty:|ruff:|pylint:|noqa|fmt:|yapf:|isort:|nosec|pragma:|flake8:|mldebt:|codespell:"
    r"|region\b|endregion\b|cython:|distutils:|https?:)",
    re.I,
)
NOQA = regex(r"\bnoqa:.*\b(?:ERA001|E800)\b")
SHELL = regex(r"[ \t]*[!%][ \t]?[A-Za-z]")
SETUP_LINES = 6
# A shell or magic line among so few makes them steps for the reader to run once
# (download, install, mount); in a longer run it is one line of a switched-off cell.
MARKED = regex(
    r"[ \t]*(?:```|~~~|///|>>>|\.\.\.[ \t]|In[ \t]?\[|Out\[|\$[ \t]|[%!@]|-\*|[A-Za-z][\w-]*[ \t]*:|noqa|nosec"
    r"|(?:en)?coding|MAGIC|COMMAND|DBTITLE|(?:end)?region)",
    re.I,
)
"""Starts every line that one of the patterns above may match; most lines start otherwise."""
NESTED = regex(r"[ \t]+#")


def blank_documentation(lines: list[str], has_prose: bool) -> bool:
    """Overwrite the lines of a run of comments (without their `#`) that show code; say whether there were any.

    Without prose nothing can present an example.
    """
    before = list(lines)
    if any(MARKED.match(line) for line in lines):
        for number in list(_blocks(lines)):
            lines[number] = PROSE
        if len(lines) <= SETUP_LINES and any(SHELL.match(line) for line in lines):
            lines[:] = [PROSE] * len(lines)
        lines[:] = [PROSE if DIRECTIVE.match(line) else line for line in lines]
    lines[:] = [PROSE if "noqa" in line and NOQA.search(line) else line for line in lines]
    if has_prose:
        _blank_examples(lines)
    return lines != before


def introduces(line: str) -> bool:
    """Whether a line presents what follows it: "Usage:", "which is the same as"."""
    tail = line.rstrip(" \t.,").lower()
    if tail[-1:] == ":":
        return INTRODUCES.search(tail.rstrip(":. ")) is not None
    return tail.endswith(LAST_PHRASES) or tail[tail.rfind(" ") + 1 :] in LAST_WORDS


def _blocks(lines: list[str]) -> Iterator[int]:
    """Lines of Markdown cells, of fenced and PEP 723 blocks, and of console transcripts with their output."""
    if MARKDOWN_CELL.match(lines[0]):
        yield from range(len(lines))
        return
    fenced, ends = False, 0
    for number, line in enumerate(lines):
        if FENCE.match(line):
            fenced = not fenced
        if fenced or number < ends or FENCE.match(line):
            yield number
        elif SCRIPT_OPEN.match(line):
            closing = [at for at in range(number + 1, len(lines)) if SCRIPT_CLOSE.match(lines[at])]
            ends = closing[-1] + 1 if closing else 0
            yield number
        elif CONSOLE.match(line):
            # What follows a prompt is its output, up to the next empty line.
            ends = next((at for at in range(number, len(lines)) if not lines[at].strip()), len(lines))
            yield number


def _blank_examples(lines: list[str]) -> None:
    """Blank what a line presents: all up to the next empty line, or what is indented below a colon."""
    shown = False
    margin = -1
    above = ""
    for number, line in enumerate(lines):
        if line == PROSE:
            continue
        if not line.strip():
            shown = shown and introduces(above)
            continue
        indent = len(line) - len(line.lstrip())
        if shown or indent > margin >= 0:
            lines[number] = PROSE
        elif not NESTED.match(line) and (is_prose(line) or not may_be_code(line, "")):
            shown = introduces(line)
            margin = indent if line.rstrip().endswith(":") else -1
        else:
            margin = -1
        above = line
