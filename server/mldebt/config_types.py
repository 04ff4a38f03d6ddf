"""A rule's options from TOML: values typed by the annotations of the rule's Options dataclass.

`kebab-case` in TOML is `snake_case` in Python. Only types that TOML can say are
supported; another one is an error of ours and shows in the tests of every rule.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Collection, Mapping, Sequence, Set
from functools import partial
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from mldebt.config_settings import Wrong, said, within
from mldebt.knowledge.extension import nearest
from mldebt.text import regex

SCALARS: dict[Any, str] = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}
JSON_TYPES: dict[Any, str] = {bool: "boolean", int: "integer", float: "number", str: "string"}
LISTS = (tuple, list, frozenset, set, Sequence, Set, Collection)
TABLES = (dict, Mapping)
DESCRIPTION = regex(r'^    (\w+):[^\n]*(?:\n(?!    \w+:|    """|\S)[^\n]*)*?\n    """(.*?)"""', re.M | re.S)


def hints_of(options: type[Any]) -> dict[str, Any]:
    return get_type_hints(options)


def options_from(options: type[Any], raw: Any) -> Any:
    """An instance of the dataclass from a TOML table. Raises Wrong."""
    if not isinstance(raw, dict):
        raise Wrong(f"this must be a table of options, not {said(raw)}")
    hints = hints_of(options)
    known = {name.replace("_", "-"): name for name in hints}
    given = {}
    for key, value in raw.items():
        if key not in known:
            raise Wrong(f"there is no option `{key}`.{nearest(key, tuple(known))}", key)
        name = known[key]
        given[name] = within(key, partial(converted, hint=hints[name]), value)
    try:
        return options(**given)
    except (ValueError, TypeError) as error:
        raise Wrong(str(error)) from None


def converted(value: Any, hint: Any) -> Any:
    """`value` as the annotation wants it. Raises Wrong."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint in SCALARS:
        right = type(value) is hint or (hint is float and type(value) is int)
        if not right:
            raise Wrong(f"this must be {SCALARS[hint]}, not {said(value)}")
        return value
    if hint is Any:
        return value
    if origin is Literal:
        if value not in inner:
            words = tuple(str(one) for one in inner)
            raise Wrong(
                f"there is no choice {value!r}.{nearest(str(value), words)} It has {', '.join(words)}."
            )
        return value
    if origin in (Union, types.UnionType):
        return _one_of(value, inner)
    if origin in LISTS or hint in LISTS:
        return _several(value, origin or hint, inner)
    if origin in TABLES or hint in TABLES:
        if not isinstance(value, dict):
            raise Wrong(f"this must be a table, not {said(value)}")
        item = inner[1] if inner else Any
        return {key: within(key, partial(converted, hint=item), part) for key, part in value.items()}
    raise TypeError(f"no TOML value can be {hint}")


def _one_of(value: Any, hints: tuple[Any, ...]) -> Any:
    first: Wrong | None = None
    for hint in hints:
        if hint is type(None):
            continue
        try:
            return converted(value, hint)
        except Wrong as wrong:
            first = first or wrong
    assert first is not None
    raise first


def _several(value: Any, kind: Any, inner: tuple[Any, ...]) -> Any:
    if not isinstance(value, list):
        raise Wrong(f"this must be a list, not {said(value)}")
    fixed = kind is tuple and len(inner) > 0 and inner[-1] is not Ellipsis
    if fixed and len(value) != len(inner):
        raise Wrong(f"this must be a list of {len(inner)}, not of {len(value)}")
    hint = inner[0] if inner else Any
    items = [
        within(index, partial(converted, hint=inner[index] if fixed else hint), item)
        for index, item in enumerate(value)
    ]
    if kind in (frozenset, set, Set):
        return frozenset(items)
    return items if kind is list else tuple(items)


def schema_of(hint: Any) -> dict[str, Any]:
    """The JSON schema of what `converted` takes for this annotation."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint in JSON_TYPES:
        return {"type": JSON_TYPES[hint]}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(one) for one in inner if one is not type(None)]}
    if origin in LISTS or hint in LISTS:
        if origin is tuple and inner and inner[-1] is not Ellipsis:
            return {"type": "array", "prefixItems": [schema_of(one) for one in inner], "items": False}
        return {"type": "array", "items": schema_of(inner[0]) if inner else {}}
    if origin in TABLES or hint in TABLES:
        return {"type": "object", "additionalProperties": schema_of(inner[1]) if inner else {}}
    return {}


def plain_default(value: Any) -> Any:
    """A default as JSON and TOML would say it."""
    if isinstance(value, (set, frozenset)):
        return sorted((plain_default(item) for item in value), key=lambda item: (str(type(item)), item))
    if isinstance(value, (tuple, list)):
        return [plain_default(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain_default(item) for key, item in value.items()}
    return value


def defaults_of(options: type[Any]) -> dict[str, Any]:
    """Option as TOML writes it -> its default."""
    made = options()
    return {field.name.replace("_", "-"): getattr(made, field.name) for field in dataclasses.fields(options)}


def descriptions_of(options: type[Any]) -> dict[str, str]:
    """Option -> the docstring below it. Read from the source, as Python does not keep it."""
    import inspect

    try:
        source = inspect.getsource(options)
    except (OSError, TypeError):
        return {}
    return {name.replace("_", "-"): " ".join(text.split()) for name, text in DESCRIPTION.findall(source)}
