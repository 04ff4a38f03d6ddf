"""Commented-out or dead code -> nothing.

Deletes whole lines, or a comment behind code, and the blank lines that would be
left over. Never touches a line of code, so the syntax tree stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from mldebt.syntax.module import Module
from mldebt.text import Edit, LineIndex, Span


def deletion(module: Module, spans: Iterable[Span]) -> tuple[Edit, ...]:
    """Edits that delete the comments (or strings) at `spans` with the lines that they leave empty."""
    text, lines = module.text, module.lines
    whole: list[tuple[int, int]] = []
    edits: list[Edit] = []
    for span in sorted(set(spans)):
        first, last = lines.line_of(span.start), lines.line_of(max(span.start, span.end - 1))
        before = text[lines.starts[first] : span.start]
        if before.strip():
            edits.append(
                Edit(Span(span.start - len(before) + len(before.rstrip()), _end_of(text, span.end)), "")
            )
        elif whole and whole[-1][1] >= first:
            whole[-1] = (whole[-1][0], last + 1)
        else:
            whole.append((first, last + 1))
    for begin, end in _parts(module):
        own = [lines_ for lines_ in whole if begin <= lines.starts[lines_[0]] < max(end, begin + 1)]
        edits += _line_edits(text, lines, own, begin, end, bool(module.source.notebook))
    return tuple(sorted(edits))


def _end_of(text: str, at: int) -> int:
    """The end of the line that holds `at`, its line end excluded."""
    while at < len(text) and text[at] not in "\r\n":
        at += 1
    return at


def _parts(module: Module) -> Iterator[tuple[int, int]]:
    """(start, end) of the file, or of each cell without the line end that joins it to the next."""
    if module.source.notebook is None:
        yield 0, len(module.text)
    else:
        for cell in module.source.notebook.cells:
            yield cell.start, cell.end


def _line_edits(
    text: str, lines: LineIndex, ranges: list[tuple[int, int]], begin: int, end: int, is_cell: bool
) -> Iterator[Edit]:
    """Delete line ranges of the part from `begin` to `end`, and what they leave of blank lines around them."""
    if not ranges:
        return
    low = lines.line_of(begin)
    high = lines.line_of(end) + 1 if end > begin else low + 1
    if not is_cell and high > low + 1 and lines.starts[high - 1] == end:
        high -= 1  # the empty line behind the last line end is no line

    def is_blank(number: int) -> bool:
        return not text[lines.starts[number] : min(end, lines.line_span(number).end)].strip()

    for first, last in _joined(ranges, is_blank):
        above = first
        while above > low and is_blank(above - 1):
            above -= 1
        below = last
        while below < high and is_blank(below):
            below += 1
        n_above, n_below = first - above, below - last
        if (
            above == low
            or below == high
            or (not n_above and _opens(text[lines.starts[above - 1] : lines.starts[above]]))
        ):
            keep = 0
        else:
            keep = max(n_above, n_below)
        # Blank lines above stay first, so that an edit is as small as it can be.
        kept_above = min(n_above, keep)
        kept_below = keep - kept_above
        start = lines.starts[above + kept_above]
        stop = lines.starts[below - kept_below] if below - kept_below < high else end
        if stop > end:
            stop = end
        if stop == end and is_cell and start > begin:
            start = _before_line_end(text, start)
        yield Edit(Span(start, stop), "")


def _joined(ranges: list[tuple[int, int]], is_blank: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """Ranges between which nothing but blank lines stands become one; those blank lines go too."""
    first, last = ranges[0]
    for following, end in ranges[1:]:
        if all(is_blank(number) for number in range(last, following)):
            last = end
        else:
            yield first, last
            first, last = following, end
    yield first, last


def _opens(line: str) -> bool:
    """Whether the line opens a block or a bracket, so that no blank line is wanted below it."""
    return line.split("#")[0].rstrip().endswith((":", "(", "[", "{"))


def _before_line_end(text: str, at: int) -> int:
    return at - 2 if text[at - 2 : at] == "\r\n" else at - 1
