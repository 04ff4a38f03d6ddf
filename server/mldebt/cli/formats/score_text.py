"""The score for people: the total and its band, then each dimension with its evidence and what would raise it."""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.engine.scorecard import OUT_OF
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from mldebt.cli.output import Screen
    from mldebt.cli.score import Told
    from mldebt.engine.rubric.view import Evidence
    from mldebt.engine.scorecard import Dimension

COLORS = {0: "31;1", 1: "33;1", 2: "32;1"}
MIN_WIDTH, MAX_WIDTH = 60, 110


def render(told: Told, screen: Screen) -> Iterator[str]:
    card = told.card
    band, meaning = card.band
    width = max(MIN_WIDTH, min(screen.width, MAX_WIDTH))
    if card.score is None:
        yield f"No score: {meaning}.\n"
        return
    weight = 2 if card.score >= 16 else 1 if card.score >= 10 else 0
    head = f"{card.score} of {OUT_OF}: {band}"
    yield f"{_paint(head, COLORS[weight], screen)}, {meaning}\n"
    if card.possible < OUT_OF:
        out = [one.title.lower() for one in card.dimensions if one.judgement.mark is None]
        yield from _wrapped(
            f"{card.points} of {card.possible} points, scaled to {OUT_OF}: {', '.join(out)} "
            f"{'does' if len(out) == 1 else 'do'} not apply here.",
            width,
            "",
        )
    yield "\n"
    for one in card.dimensions:
        yield from _row(one, screen)
    for one in card.dimensions:
        if one.judgement.mark is not None and not screen.quiet:
            yield from _dimension(told, one, screen, width)


def _row(one: Dimension, screen: Screen) -> Iterator[str]:
    mark = one.judgement.mark
    shown = "-" if mark is None else str(mark)
    color = COLORS.get(-1 if mark is None else mark, "2")
    yield f"  {_paint(shown, color, screen)}  {one.title:<22} {one.judgement.summary}\n"


def _dimension(told: Told, one: Dimension, screen: Screen, width: int) -> Iterator[str]:
    judgement = one.judgement
    assert judgement.mark is not None
    yield f"\n{_paint(one.title, '1', screen)}: {_paint(str(judgement.mark), COLORS[judgement.mark], screen)} of 2\n"
    for good, sign in ((True, "+"), (False, "-")):
        for item in judgement.evidence:
            if item.good is good:
                yield from _wrapped(f"{sign} {_where(told, item)}{item.message}", width, "  ", "    ")
    for to in (1, 2):
        steps = [step.what for step in judgement.steps if step.to == to]
        if steps:
            yield f"  for a {to}:\n"
            for step in steps:
                yield from _wrapped(f"> {step}", width, "    ", "      ")
    if one.unheard:
        yield from _wrapped(f"(judged without {', '.join(one.unheard)}: turned off)", width, "  ", "  ")


def _where(told: Told, item: Evidence) -> str:
    path, line, _, cell = told.place(item)
    if not path:
        return ""
    return f"{path}{f':cell {cell}' if cell else ''}:{line}: "


def _paint(text: str, code: str, screen: Screen) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if screen.color else text


def _wrapped(text: str, width: int, indent: str, further: str = "") -> Iterator[str]:
    line = indent
    start = True
    for word in text.split():
        if len(line) + len(word) + 1 > width and not start:
            yield line + "\n"
            line, start = further, True
        line += word if start else " " + word
        start = False
    yield line + "\n"
