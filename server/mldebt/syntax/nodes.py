"""The children of a syntax node: `ast.iter_child_nodes` in a third of the time, without contexts and operators."""

from __future__ import annotations

import ast

from mldebt.typed import Any

PLAIN = frozenset(
    "ctx op ops id attr name kind arg level module asname type_comment conversion simple is_async lineno".split()
)
"""Fields that hold no node, or one without children that says how its parent is used."""
_FIELDS: dict[type, tuple[str, ...]] = {}


def children(node: Any) -> list[Any]:
    """Its child nodes, in the order of its fields."""
    cls = node.__class__
    names = _FIELDS.get(cls)
    if names is None:
        plain = PLAIN - {"name"} if cls.__name__ == "TypeAlias" else PLAIN
        names = _FIELDS[cls] = tuple(name for name in cls._fields if name not in plain)
    found: list[Any] = []
    values = node.__dict__
    for name in names:
        value = values.get(name)
        if value.__class__ is list:
            found += [item for item in value if isinstance(item, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found
