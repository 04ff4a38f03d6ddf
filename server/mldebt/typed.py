"""What our code takes from `typing`, made in a twentieth of the time and without its import.

    class Found(NamedTuple):
        rule: str
        line: int = 1

A named tuple of the standard library compiles its `__new__` and checks each annotation when its
module is imported; with a hundred of them that is half of what a check of one small file costs. Here
`__new__` is compiled when more than a few have been made. Type checkers see the real thing.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any as Any
    from typing import AnyStr as AnyStr
    from typing import Literal as Literal
    from typing import NamedTuple as NamedTuple
    from typing import Protocol as Protocol
    from typing import TypeVar as TypeVar
    from typing import cast as cast
    from typing import overload as overload
else:
    from _collections import _tuplegetter

    FEW = 5
    # Compiling costs as much as making a hundred.

    class _Name:
        """Stands in annotations and aliases, and is never asked."""

        def __init__(self, name, *_, **bound):
            self.__name__ = name

        def __getitem__(self, _):
            return self

        def __or__(self, _):
            return self

        __ror__ = __or__

        def __repr__(self):
            return self.__name__

    Any, AnyStr, Literal = map(_Name, ("Any", "AnyStr", "Literal"))
    TypeVar = _Name
    Protocol = object

    def cast(_, value):
        return value

    def overload(one):
        return one

    class _NamedTupleBase:
        """What `class X(NamedTuple)` derives from while it is made; X itself derives from `tuple` alone."""

        def __mro_entries__(self, bases):
            return (_Maker,)

    NamedTuple = _NamedTupleBase()

    class _Metaclass(type):
        def __new__(meta, name, bases, body):
            return _made(name, body) if bases else type.__new__(meta, name, bases, body)

    class _Maker(metaclass=_Metaclass):
        """Its metaclass turns what derives from it into a tuple."""

    def _made(name, body):
        names = tuple(body.get("__annotations__", ()))
        defaults = {one: body[one] for one in names if one in body}
        given = [one in defaults for one in names]
        if given != sorted(given):
            raise TypeError(f"{name}: a field without a default follows one with a default")
        body.update(
            __slots__=(),
            __match_args__=names,
            _fields=names,
            _field_defaults=defaults,
            _make=classmethod(_make),
            _replace=_replace,
            _asdict=_asdict,
            __getnewargs__=_values,
        )
        body.setdefault("__repr__", _repr)
        body.pop("__orig_bases__", None)
        for at, one in enumerate(names):
            body[one] = _tuplegetter(at, None)

        left = FEW

        def first(cls, /, *values, **named):
            nonlocal left
            left -= 1
            if left and len(values) == len(names) and not named:
                return tuple.__new__(cls, values)
            arguments = "".join(f"{one}, " for one in names)
            new = eval(f"lambda _cls, {arguments}: _new(_cls, ({arguments}))", {"_new": tuple.__new__})
            new.__name__, new.__qualname__ = "__new__", f"{name}.__new__"
            new.__defaults__ = tuple(defaults.values())
            made.__new__ = staticmethod(new)
            return new(cls, *values, **named)

        made = type(name, (tuple,), {**body, "__new__": first})
        return made

    def _make(cls, values):
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"{cls.__name__} takes {len(cls._fields)} values, not {len(made)}")
        return made

    def _replace(self, /, **changes):
        made = tuple.__new__(self.__class__, map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"{self.__class__.__name__} has no {', '.join(map(repr, changes))}")
        return made

    def _values(self):
        return tuple(self)

    def _asdict(self):
        return dict(zip(self._fields, self))

    def _repr(self):
        values = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self))
        return f"{self.__class__.__name__}({values})"
