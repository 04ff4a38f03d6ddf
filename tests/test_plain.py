"""Our dataclasses do what those of the standard library do, and the standard library knows them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any

import pytest

from mldebt import plain


def shapes(module: Any) -> tuple[Any, Any, Any]:
    @module.dataclass(frozen=True, slots=True)
    class Point:
        x: int
        y: int = 2
        seen: dict[str, int] = module.field(default_factory=dict, compare=False, repr=False)

    @module.dataclass(slots=True, eq=False)
    class Open:
        name: str
        later: int = module.field(init=False)

    @module.dataclass(frozen=True)
    class Loose:
        name: str = "a"
        size: int = module.field(default=1, init=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "size", len(self.name))

    return Point, Open, Loose


@plain.dataclass(frozen=True, slots=True)
class Known:
    name: str
    places: tuple[int, ...] = ()


@pytest.mark.parametrize("module", [plain, dataclasses], ids=["ours", "standard"])
def test_both_do_the_same(module: Any) -> None:
    Point, Open, Loose = shapes(module)
    one, two = Point(1), Point(x=1, y=2, seen={"a": 1})
    assert one == two and hash(one) == hash(two) and one != Point(2) and one != (1, 2)
    assert repr(one).endswith("Point(x=1, y=2)") and one.seen == {} and one.seen is not Point(1).seen
    assert module.replace(two, y=3) == Point(1, 3) and dataclasses.replace(two, y=3).seen == {"a": 1}
    assert [field.name for field in dataclasses.fields(Point)] == ["x", "y", "seen"]
    assert dataclasses.fields(Point)[1].default == 2 and dataclasses.fields(Point)[2].default_factory is dict
    assert dataclasses.is_dataclass(one) and not hasattr(one, "__dict__")
    for wrong in ((), (1, 2, {}, 4)):
        with pytest.raises(TypeError):
            Point(*wrong)
    for named in ({"z": 1}, {"x": 1, "z": 1}):
        with pytest.raises(TypeError):
            Point(**named)
    with pytest.raises(TypeError):
        Point(1, x=1)
    with pytest.raises(AttributeError):
        one.x = 5
    with pytest.raises(AttributeError):
        del one.x
    thing = Open("a")
    assert thing != Open("a") and hash(thing) and not hasattr(thing, "later")
    thing.name, thing.later = "b", 1
    assert (thing.name, thing.later) == ("b", 1)
    assert Loose("abc").size == 3 and Loose() == Loose("a") and Loose.name == "a"
    match one:
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_they_travel() -> None:
    known = Known("a", (1, 2))
    assert pickle.loads(pickle.dumps(known)) == known == copy.copy(known)
