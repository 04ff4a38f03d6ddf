"""Dataclasses, made in a twentieth of the time: those of the standard library compile their methods at every start.

    @dataclass(frozen=True, slots=True)
    class Fix: ...

The methods here are general and written once. Type checkers see the real thing, and
so does `dataclasses`: its `fields` and `replace` take these classes too. Left out is what
nobody here uses: order, keyword-only and class variables.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
else:
    MISSING = object()

    class FrozenInstanceError(AttributeError):
        """As the standard library's, which is not worth its import."""

    class Field:
        """What `field` says of an attribute."""

        __slots__ = ("compare", "default", "default_factory", "init", "repr")

        def __init__(self, default, default_factory, init, repr, compare):
            self.default, self.default_factory = default, default_factory
            self.init, self.repr, self.compare = init, repr, compare

    def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, compare=True):
        return Field(default, default_factory, init, repr, compare)

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True):
        def decorate(cls):
            return _made(cls, frozen, slots, eq)

        return decorate if cls is None else decorate(cls)

    def replace(changed, /, **changes):
        """A copy with some attributes changed."""
        cls = changed.__class__
        fields = cls.__plain__
        if (
            cls.__then__ is None
            and len(cls.__match_args__) == len(fields)
            and fields.keys() >= changes.keys()
        ):
            # What __init__ would do, without asking which attributes are given.
            copy, put = object.__new__(cls), object.__setattr__
            for name in fields:
                put(copy, name, changes[name] if name in changes else getattr(changed, name))
            return copy
        given = {name: getattr(changed, name) for name, one in changed.__plain__.items() if one.init}
        return changed.__class__(**{**given, **changes})

    def _made(cls, frozen, slots, eq):
        own = cls.__annotations__
        fields = dict(getattr(cls, "__plain__", ()))
        body = dict(cls.__dict__)
        for name in own:
            default = body.get(name, MISSING)
            if isinstance(default, Field):
                fields[name] = default
                if default.default is MISSING:
                    del body[name]
                else:
                    body[name] = default.default
            else:
                fields[name] = Field(default, MISSING, True, True, True)
        body.update(
            __plain__=fields,
            __dataclass_fields__=_StandardFields(),
            __then__=body.get("__post_init__"),
            __match_args__=tuple(name for name, one in fields.items() if one.init),
        )
        for method in (_init, _repr) + (_eq,) * eq:
            body.setdefault(f"_{method.__name__}__", method)
        if slots:
            for name in own:
                body.pop(name, None)
            body["__slots__"] = tuple(own)
            body["__reduce__"] = _reduce
        if frozen:
            body["__setattr__"] = body["__delattr__"] = _refuse
        if eq and "__hash__" not in cls.__dict__:
            body["__hash__"] = _hash if frozen else None
        body.pop("__dict__", None)
        body.pop("__weakref__", None)
        return type(cls)(cls.__name__, cls.__bases__, body)

    def _init(self, /, *values, **named):
        put = object.__setattr__
        fields = self.__plain__
        if len(values) > len(self.__match_args__):
            raise TypeError(
                f"{type(self).__name__} takes {len(self.__match_args__)} values, not {len(values)}"
            )
        for name, value in zip(self.__match_args__, values):
            if name in named:
                raise TypeError(f"{type(self).__name__} is given {name!r} twice")
            put(self, name, value)
        given = len(values)
        at = 0
        for name, one in fields.items():
            if one.init:
                at += 1
                if at <= given:
                    continue
                if name in named:
                    put(self, name, named.pop(name))
                    continue
            if one.default is not MISSING:
                put(self, name, one.default)
            elif one.default_factory is not MISSING:
                put(self, name, one.default_factory())
            elif one.init:
                raise TypeError(f"{type(self).__name__} needs {name!r}")
        if named:
            raise TypeError(f"{type(self).__name__} has no {', '.join(map(repr, named))}")
        if self.__then__ is not None:
            self.__then__()

    def _repr(self):
        parts = [f"{name}={getattr(self, name)!r}" for name, one in self.__plain__.items() if one.repr]
        return f"{type(self).__qualname__}({', '.join(parts)})"

    def _compared(one):
        return tuple([getattr(one, name) for name, about in one.__plain__.items() if about.compare])

    def _eq(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        return _compared(self) == _compared(other)

    def _hash(self):
        return hash(_compared(self))

    def _refuse(self, name, *value):
        raise FrozenInstanceError(f"{type(self).__name__}.{name} cannot be changed")

    def _reduce(self):
        return type(self), tuple([getattr(self, name) for name in self.__match_args__])

    class _StandardFields:
        """`__dataclass_fields__`, made when the standard library asks for it."""

        def __get__(self, instance, owner):
            import dataclasses

            found = {}
            for name, one in owner.__plain__.items():
                standard = dataclasses.field(init=one.init, repr=one.repr, compare=one.compare)
                if one.default is not MISSING:
                    standard.default = one.default
                if one.default_factory is not MISSING:
                    standard.default_factory = one.default_factory
                standard.name, standard.type = name, owner.__annotations__.get(name)
                standard._field_type = dataclasses._FIELD
                found[name] = standard
            return found
