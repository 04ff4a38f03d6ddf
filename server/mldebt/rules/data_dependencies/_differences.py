"""The one place where two computations of the same thing differ, said in words; nothing if there are several.

Forms are those of syntax/forms.py. Two forms that share nothing but a name are two ways to
write something, or two things: that is not for us to judge.
"""

from __future__ import annotations

from mldebt.typed import Any, NamedTuple

STEPS = frozenset(
    """
    fillna dropna ffill bfill clip round abs astype lower upper strip log log1p log10 sqrt exp tz_localize
    tz_convert normalize rank shift diff int float replace nan_to_num title casefold
    """.split()
)
"""Operations that are easily left out on one side, and change the value."""
MAX_SHOWN = 30


class Difference(NamedTuple):
    """What stands on either side; "" where a step is missing."""

    what: str
    first: str
    second: str


def difference(first: Any, second: Any) -> Difference | None:
    """The single difference between two forms; None if they are equal, or differ in several places."""
    while True:
        if first == second or first.__class__ is not tuple or second.__class__ is not tuple:
            return None
        step = _step(first, second)
        if step is not None:
            return step
        kind = first[0] if first and isinstance(first[0], str) else ""
        other = second[0] if second and isinstance(second[0], str) else ""
        if kind != other or len(first) != len(second):
            return None
        if kind == "k":
            return _constants(first[1], second[1], "value")
        if kind == "v":
            return None
        places = [at for at in range(len(first)) if first[at] != second[at]]
        if len(places) != 1:
            return None
        (at,) = places
        if kind in ("c", "m", "o") and at == 1:
            if kind == "o" and {first[1], second[1]} & {"==", "!=", "in", "not in"}:
                return None
            return Difference("function" if kind != "o" else "operator", f"`{first[1]}`", f"`{second[1]}`")
        if kind == "kw" and first[2][0] == second[2][0] == "k":
            return _constants(first[2][1], second[2][1], first[1])
        if kind in ("c", "m") and first[at][:1] == second[at][:1] == ("k",):
            return _constants(first[at][1], second[at][1], f"argument of `{first[1]}`")
        first, second = first[at], second[at]


def _constants(first: Any, second: Any, what: str) -> Difference | None:
    if first == second and first.__class__ is not bool and second.__class__ is not bool:
        return None  # 1 and 1.0
    return Difference(what, f"`{_short(first)}`", f"`{_short(second)}`")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


def _step(first: Any, second: Any) -> Difference | None:
    """One is the other with one more step around it."""
    for outer, inner, swapped in ((first, second, False), (second, first, True)):
        if len(outer) >= 3 and outer[0] in ("c", "m") and outer[1] in STEPS and outer[2] == inner:
            words = (f"`{outer[1]}`", "")
            return Difference("step", *(words[::-1] if swapped else words))
    return None


def said(found: Difference, here: str, there: str) -> str:
    """In words, for two places: `fillna(0)` here and … there."""
    if found.what == "step":
        have, lack = (here, there) if found.first else (there, here)
        return f"{found.first or found.second} is applied {have} and not {lack}"
    name = "" if found.what in ("value", "function", "operator") else f"{found.what} is "
    return f"{name}{found.first} {here} and {found.second} {there}"
