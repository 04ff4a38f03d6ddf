"""Which named columns a model is given, and what each was computed from.

    for column in columns_of(flow, ids, knowledge): column.name, column.value, column.made

Follows a frame back through selections, `drop`, copies, splits and stored columns.
Where a selection or a drop is not literal the frame is followed no further: unknown
columns are no columns. A column stored again hides what it was before.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.knowledge import Knowledge
from mldebt.syntax.flow_values import NONE, Flow, Ids, Value
from mldebt.typed import NamedTuple

KEEPS = frozenset(
    "copy reset_index fillna dropna sort_values sort_index astype to_numpy reindex set_index head sample query drop_duplicates "
    "interpolate ffill round clip replace convert_dtypes infer_objects DataFrame".split()
)
"""Methods that leave the other columns what they are."""
MAX_STEPS = 400


class Column(NamedTuple):
    """A stored column that reaches the model."""

    name: str
    value: Ids
    """What was stored."""
    made: Value
    """The `update` that stored it."""


def columns_of(flow: Flow, ids: Ids, knowledge: Knowledge) -> Iterator[Column]:
    """Every column stored by name that is in these rows, the newest definition of each."""
    seen: set[tuple[int, frozenset[str] | None, frozenset[str]]] = set()
    told: set[int] = set()
    stack: list[tuple[int, frozenset[str] | None, frozenset[str]]] = [(id, None, frozenset()) for id in ids]
    while stack and len(seen) < MAX_STEPS:
        state = stack.pop()
        if state in seen:
            continue
        seen.add(state)
        id, asked, hidden = state
        value = flow[id]
        if value.kind == "update" and value.detail.__class__ is str and not value.count:
            name = value.detail
            if name not in hidden and (asked is None or name in asked) and id not in told:
                told.add(id)
                yield Column(name, value.slots.get("value", NONE), value)
            stack += [(below, asked, hidden | {name}) for below in value.slots.get("self", NONE)]
        elif value.kind == "index":
            names = names_in(flow, value.slots.get("key", NONE))
            if names is None:
                continue
            asked = names if asked is None else asked & names
            stack += [(below, asked, hidden) for below in value.slots.get("self", NONE)]
        elif value.kind == "element":
            for call in flow.all(value.slots.get("self", NONE)):
                if call.kind == "call" and knowledge.get(knowledge.splitters, call.target) is not None:
                    given = flow.args(call)
                    if value.detail.__class__ is int and value.detail // 2 < len(given):
                        stack += [(below, asked, hidden) for below in given[value.detail // 2]]
        elif value.kind == "attr" and value.detail in ("values", "T"):
            stack += [(below, asked, hidden) for below in value.slots.get("self", NONE)]
        elif value.kind == "call":
            if value.name == "drop":
                gone = names_in(flow, value.slots.get("columns") or value.slots.get("0") or NONE)
                if gone is not None:
                    stack += [(below, asked, hidden | gone) for below in value.slots.get("self", NONE)]
            elif value.name in ("fit_transform", "transform", "array", "asarray"):
                stack += [(below, asked, hidden) for below in value.slots.get("0", NONE)]
            elif value.name in KEEPS:
                stack += [(below, asked, hidden) for below in value.slots.get("self", NONE)]


def names_in(flow: Flow, ids: Ids) -> frozenset[str] | None:
    """The literal column names these values are, or None."""
    found: set[str] = set()
    if not ids:
        return None
    for value in flow.all(ids):
        if value.kind == "const" and value.detail.__class__ is str:
            found.add(value.detail)
        elif value.kind == "pack" and value.detail in ("list", "tuple"):
            for item in flow.all(flow.all_ids(value)):
                if item.kind != "const" or item.detail.__class__ is not str:
                    return None
                found.add(item.detail)
        else:
            return None
    return frozenset(found)


def made_by(flow: Flow, ids: Ids) -> Iterator[Value]:
    """The calls whose result these values are, up to selections, attributes, arithmetic and methods on it."""
    seen: set[int] = set()
    stack = list(ids)
    while stack and len(seen) < MAX_STEPS:
        id = stack.pop()
        if id in seen:
            continue
        seen.add(id)
        value = flow[id]
        if value.kind == "call":
            yield value
            stack += value.slots.get("self", NONE)
        elif value.kind in ("index", "attr", "element"):
            stack += value.slots.get("self", NONE)
        elif value.kind == "mix":
            for slot in value.slots.values():
                stack += slot
