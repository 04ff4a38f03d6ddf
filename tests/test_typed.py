"""Our named tuples do what those of the standard library do."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import Any

import pytest

from mldebt import typed


def shapes(module: Any) -> Any:
    class Found(module.NamedTuple):
        """What was found."""

        rule: str
        line: int = 1
        related: tuple[int, ...] = ()

        @property
        def key(self) -> str:
            return f"{self.rule}:{self.line}"

        def moved(self, by: int) -> Any:
            return self._replace(line=self.line + by)

    return Found


OURS, THEIRS = shapes(typed), shapes(typing)
BOTH = pytest.mark.parametrize("kind", [OURS, THEIRS], ids=["ours", "theirs"])


class Kept(typed.NamedTuple):
    rule: str
    line: int = 1


class Told(Kept):
    """One that derives from another, with nothing of its own but a method."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{self.rule}!"


@BOTH
def test_is_a_tuple_with_names(kind: Any) -> None:
    found = kind("a", related=(3,))
    assert found == ("a", 1, (3,)) and isinstance(found, tuple) and hash(found) == hash(("a", 1, (3,)))
    assert (found.rule, found.line, found.related, found.key) == ("a", 1, (3,), "a:1")
    assert kind._fields == kind.__match_args__ == ("rule", "line", "related")
    assert kind._field_defaults == {"line": 1, "related": ()}
    assert kind.__mro__[1] is tuple and kind.__doc__ == "What was found."
    assert repr(found) == "Found(rule='a', line=1, related=(3,))"
    assert found._asdict() == {"rule": "a", "line": 1, "related": (3,)}
    assert found.moved(2) == ("a", 3, (3,)) and type(found.moved(2)) is kind
    assert kind._make(["b", 2, ()]).rule == "b"
    match found:
        case kind(rule, line):
            assert (rule, line) == ("a", 1)
    assert not hasattr(found, "__dict__")
    assert copy.copy(found) == copy.deepcopy(found) == found


@BOTH
@pytest.mark.parametrize(
    "wrong",
    [
        lambda kind: kind(),
        lambda kind: kind("a", 1, (), 4),
        lambda kind: kind("a", rule="b"),
        lambda kind: kind("a", column=3),
        lambda kind: kind._make(["a"]),
        lambda kind: setattr(kind("a"), "line", 2) or pytest.fail("was set"),
    ],
)
def test_wrong_use_is_refused(kind: Any, wrong: Any) -> None:
    with pytest.raises((TypeError, AttributeError)):
        wrong(kind)


@BOTH
def test_replacing_what_is_not_there_is_refused(kind: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="column"):
        kind("a")._replace(column=3)


def test_the_first_and_the_second_are_made_alike() -> None:
    kind = shapes(typed)
    assert kind("a") == kind("a") == kind(rule="a", line=1)


def test_a_field_without_a_default_follows_none_with_one() -> None:
    with pytest.raises(TypeError, match="default"):

        class Wrong(typed.NamedTuple):
            line: int = 1
            rule: str  # type: ignore[misc]


def test_derived_ones_keep_their_class() -> None:
    assert type(Told("a")) is Told and str(Told("a")) == "a!" and type(Told("a")._replace(line=2)) is Told
    assert pickle.loads(pickle.dumps([Kept("a"), Told("b", 2)])) == [Kept("a"), Told("b", 2)]
    assert type(pickle.loads(pickle.dumps(Told("b")))) is Told
