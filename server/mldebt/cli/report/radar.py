"""The ten marks as a radar: one axis a dimension, 2 outside, 0 near the middle; what does not apply is a dashed axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

SIZE = (440, 372)
CENTRE = (220, 186)
RADIUS = 118
INNER = 0.14
# Where a 0 lies: a shape of zeros should still be a shape.


def radar(marks: Sequence[tuple[str, int | None]]) -> str:
    """An SVG of (title, mark) pairs, clockwise from the top."""
    n = len(marks)
    told = ", ".join(
        f"{title} {'not applicable' if mark is None else f'{mark} of 2'}" for title, mark in marks
    )
    parts = [
        f'<svg viewBox="0 0 {SIZE[0]} {SIZE[1]}" width="{SIZE[0]}" height="{SIZE[1]}" role="img" '
        f'aria-label="{escape(told)}">'
    ]
    for value in (0, 1, 2):
        ring = " ".join(_point(at, n, value) for at in range(n))
        parts.append(f'<polygon class="web" points="{ring}"/>')
    for at, (title, mark) in enumerate(marks):
        x, y = _xy(at, n, 2)
        none = " none" if mark is None else ""
        parts.append(
            f'<line class="axis{none}" x1="{CENTRE[0]}" y1="{CENTRE[1]}" x2="{x:.1f}" y2="{y:.1f}"/>'
        )
        parts.append(_label(at, n, title, mark))
    shape = [(at, mark) for at, (_, mark) in enumerate(marks) if mark is not None]
    if shape:
        parts.append(
            f'<polygon class="area" points="{" ".join(_point(at, n, mark) for at, mark in shape)}"/>'
        )
    for at, mark in shape:
        x, y = _xy(at, n, mark)
        parts.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>')
    return "".join([*parts, "</svg>"])


def _xy(at: int, n: int, value: float) -> tuple[float, float]:
    radius = RADIUS * (INNER + (1 - INNER) * value / 2)
    angle = 2 * math.pi * at / n - math.pi / 2
    return CENTRE[0] + radius * math.cos(angle), CENTRE[1] + radius * math.sin(angle)


def _point(at: int, n: int, value: float) -> str:
    x, y = _xy(at, n, value)
    return f"{x:.1f},{y:.1f}"


def _label(at: int, n: int, title: str, mark: int | None) -> str:
    x, y = _xy(at, n, 2)
    dx, dy = x - CENTRE[0], y - CENTRE[1]
    x, y = x + dx * 0.1, y + dy * 0.12
    anchor = "middle" if abs(dx) < 12 else "start" if dx > 0 else "end"
    words = title.split()
    lines = (
        [title]
        if len(title) < 13
        else [" ".join(words[:1]), " ".join(words[1:])]
        if len(words) > 1
        else words
    )
    first = y + 4 - 14 * (len(lines) - 1) * (0 if dy > 60 else 1 if dy < -60 else 0.5)
    none = " none" if mark is None else ""
    spans = "".join(
        f'<tspan x="{x:.1f}" y="{first + 14 * number:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text class="label{none}" text-anchor="{anchor}">{spans}</text>'
