"""For people: each finding with its code, the span underlined, why it matters and what to do."""

from __future__ import annotations

from mldebt.engine.rows import SEVERITY_WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mldebt.cli.output import Screen
    from mldebt.engine.result import Result
    from mldebt.engine.rows import Row

COLORS = {4: "31;1", 3: "33;1", 2: "34;1", 1: "36;1"}
MIN_WIDTH, MAX_WIDTH = 40, 100


def render(result: Result, screen: Screen) -> Iterator[str]:
    paint = _paint if screen.color else _plain
    width = max(MIN_WIDTH, min(screen.width, MAX_WIDTH))
    for row in result.rows:
        yield from _finding(row, paint, width)
    if not screen.quiet:
        yield summary(result)


def _finding(row: Row, paint: Painter, width: int) -> Iterator[str]:
    if not (row.path + row.message + row.help).replace("\n", "").isprintable():
        row = row._replace(path=_visible(row.path), message=_lines(row.message), help=_lines(row.help))
    word = paint(SEVERITY_WORDS[row.severity], COLORS[row.severity])
    cell = f":cell {row.cell}" if row.cell else ""
    where = paint(f"{row.path}{cell}:{row.line}:{row.column}", "1")
    yield f"{where}: {word} {paint(row.rule, '2')}\n"
    for line in _wrapped(row.message, width, "  "):
        yield paint(line, "1") + "\n"
    yield from _code(row, paint, width)
    for line in _wrapped(row.help, width, "  "):
        yield line + "\n"
    for path, at, column, _, _, in_cell, message in row.related:
        cell = f":cell {in_cell}" if in_cell else ""
        place = (
            f"{path}{cell}:{at}:{column}"
            if path != row.path
            else f"line {at}{f', cell {in_cell}' if in_cell else ''}"
        )
        yield f"    {paint(_visible(place), '2')}  {_visible(message)}\n"
    yield "\n"


def _code(row: Row, paint: Painter, width: int) -> Iterator[str]:
    """The code lines with their numbers; the span is underlined where it lies on one line."""
    if not row.code or not any(line.strip() for line in row.code):
        return
    n_lines = row.end_line - row.line + 1
    margin = len(str(row.line + len(row.code) - 1))
    room = width - margin - 5
    one_line = n_lines <= 1
    cut = 0
    if one_line and row.column > room // 2 and len(row.code[0]) > room:
        cut = max(0, min(row.column - room // 2, len(row.code[0]) - room))
    shown = row.code[:1] if one_line else row.code[: n_lines if row.end_column > 1 else n_lines - 1]
    for number, line in enumerate(shown, row.line):
        text = line[cut:].expandtabs(1)
        if cut:
            text = "…" + text[1:]
        if len(text) > room:
            text = text[: room - 1] + "…"
        yield f"  {paint(str(number).rjust(margin), '2')} {paint('|', '2')} {_visible(text)}\n"
    if one_line:
        start = row.column - 1 - cut
        length = max(1, row.end_column - row.column)
        before = "".join(_columns(row.code[0][cut : cut + start], " "))
        marks = "".join(_columns(row.code[0][cut + start : cut + start + length], "^")) or "^"
        marks = marks[: max(1, room - len(before))]
        yield f"  {' ' * margin} {paint('|', '2')} {before}{paint(marks, COLORS[row.severity])}\n"
    elif n_lines > len(shown):
        more = n_lines - len(shown) - (row.end_column == 1)
        if more > 0:
            yield f"  {' ' * margin} {paint('|', '2')} … {more} more line{'s' if more > 1 else ''}\n"


def _columns(text: str, mark: str) -> Iterator[str]:
    """One mark for each terminal column: East Asian characters take two, combining ones none."""
    if text.isascii():
        yield mark * len(text)
        return
    from unicodedata import combining, east_asian_width

    for character in text:
        yield "" if combining(character) else mark * 2 if east_asian_width(character) in "WF" else mark


def _visible(text: str) -> str:
    """Without characters that would steer the terminal."""
    return (
        text
        if text.isprintable()
        else "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    )


def _lines(text: str) -> str:
    return "\n".join(map(_visible, text.split("\n")))


def _wrapped(text: str, width: int, indent: str) -> Iterator[str]:
    for paragraph in text.split("\n"):
        line = indent
        for word in paragraph.split():
            if len(line) + len(word) + 1 > width and line != indent:
                yield line
                line = indent
            line += word if line == indent else " " + word
        if line != indent:
            yield line


def summary(result: Result) -> str:
    """`Found 3 findings (1 error, 2 hints) in 2 of 14 files.`"""
    files = f"{result.n_files} file{'' if result.n_files == 1 else 's'}"
    if not result.rows:
        return f"No findings in {files}.\n"
    counts = [0] * len(SEVERITY_WORDS)
    for row in result.rows:
        counts[row.severity] += 1
    told = ", ".join(
        f"{counts[weight]} {SEVERITY_WORDS[weight] if counts[weight] == 1 or weight == 2 else SEVERITY_WORDS[weight] + 's'}"
        for weight in (4, 3, 2, 1)
        if counts[weight]
    )
    total = len(result.rows)
    hit = len({row.path for row in result.rows})
    return f"{total} finding{'' if total == 1 else 's'} ({told}) in {hit} of {files}.\n"


def _plain(text: str, code: str) -> str:
    return text


def _paint(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


if TYPE_CHECKING:
    from collections.abc import Callable

    Painter = Callable[[str, str], str]
