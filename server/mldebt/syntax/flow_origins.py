"""Where the values of a column come from: a label that was predicted, a label that was given.

Follows one column through `concat`, `append`, column assignments and the steps that keep rows;
what it does not know is a source of its own.
"""

from __future__ import annotations

from mldebt.syntax.flow_models import is_model
from mldebt.syntax.flow_parents import KEEPS, PARTS, STACKS
from mldebt.syntax.flow_rows import Rows
from mldebt.syntax.flow_values import NONE, Ids, Value
from mldebt.typed import NamedTuple

MAX_STEPS = 200
PREDICTS = frozenset({"predict", "predict_proba", "predict_classes"})


class Origins(NamedTuple):
    predicted: tuple[Value, ...]
    """Calls of models of this file that gave some of the values."""
    given: tuple[Value, ...]
    """Other sources."""
    stacked: Value | None
    """The first call that put rows below each other on the way."""


def origins_of(rows: Rows, ids: Ids) -> Origins:
    flow = rows.flow
    predicted: dict[int, Value] = {}
    given: dict[int, Value] = {}
    stacked: Value | None = None
    stack: list[tuple[int, object]] = [(id, None) for id in ids]
    seen = set(stack)

    def push(more: Ids, key: object) -> None:
        for id in more:
            if (id, key) not in seen:
                seen.add((id, key))
                stack.append((id, key))

    for _ in range(MAX_STEPS):
        if not stack:
            break
        id, key = stack.pop()
        value = flow[id]
        base = value.slots.get("self", NONE)
        if value.kind == "index":
            literal = flow.literal(value.slots.get("key", NONE))
            push(base, literal if isinstance(literal, str) else key)
        elif value.kind == "attr":
            kept = value.detail in ("values", "loc", "iloc", "T")
            push(base, key if kept or key is not None else value.detail)
        elif value.kind == "update" and not value.count:
            if value.detail is not None and value.detail == key:
                push(value.slots.get("value", NONE), None)
            else:
                push(base, key)
        elif value.kind in ("element", "pack", "comp", "update"):
            parents = [parent for parent, _ in rows.parents(value.id)]
            push(frozenset(parents), key)
        elif value.kind == "call":
            if value.name in PREDICTS and any(is_model(rows, model.type) for model in flow.all(base)):
                predicted[value.id] = value
            elif value.name in STACKS:
                members = [parent for parent, relation in rows.parents(value.id) if relation == "more"]
                if len(members) > 1:
                    stacked = stacked or value
                    push(frozenset(members), key)
                else:
                    given[value.id] = value
            elif value.name in KEEPS or value.name in PARTS or value.name == "drop":
                functions = any(flow[one].kind == "global" for one in base)
                push(flow.arg(value, 0, "data") if functions or not base else base, key)
            else:
                given[value.id] = value
        elif value.kind != "const":
            given[value.id] = value
    return Origins(tuple(predicted.values()), tuple(given.values()), stacked)
