"""Predictions among a model's features, and whether the rows they were made for had trained the predicting model.

Imported after a rule's cheap gate: the flow files are heavy.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.rules.entanglement._columns import KEEPS, names_in
from mldebt.syntax.flow_models import fitted_rows, is_model
from mldebt.syntax.flow_parents import STACKS, role_of_name
from mldebt.syntax.flow_rows import Rows
from mldebt.syntax.flow_values import NONE, Ids, Value

PREDICTS = frozenset({"predict", "predict_proba", "predict_log_proba", "decision_function"})
JOINS = STACKS | {"hstack", "column_stack", "dstack", "stack", "join", "merge"}
"""What puts columns beside each other. (`concat` and `vstack` do with an axis or a `.T`.)"""
PASSES = frozenset(
    "reshape ravel flatten squeeze astype array asarray csr_matrix round expand_dims to_numpy values transpose log "
    "tolist list Series to_frame fit_transform transform rank clip".split()
)
"""What leaves a prediction a prediction, or the features the features."""
TABLES = frozenset({"DataFrame", "Series"})
MAX_STEPS = 400

State = tuple[int, frozenset[str] | None, frozenset[str]]


def remembered_fit(rows: Rows, predicted: Value) -> Value | None:
    """The fit of the model that predicts here, if every fit in effect saw the very rows it predicts for."""
    flow = rows.flow
    models = models_of(rows, predicted)
    asked = flow.arg(predicted, 0, "X", "x")
    if not models or not asked:
        return None
    fits = list(flow.all(predicted.slots.get("state", NONE))) or earlier_fits(rows, models, predicted)
    if any(role_of_name(one.variable) in ("test", "val") for one in flow.all(asked)):
        return None  # called rows kept apart: a mask that nobody can follow may have kept them so
    same = rows.same(asked)
    for fit in fits:
        given = fitted_rows(rows, fit)
        if not given or same.isdisjoint(rows.exact(given)) or not learns_target(rows, fit):
            return None
    if not fits or not all(one.type or learns_target(rows, fits[0]) for one in models):
        return None
    return fits[0]


def models_of(rows: Rows, call: Value) -> list[Value]:
    """The models a method is called on, those of a dict in a loop over it included; none if one learns no target."""
    flow = rows.flow
    found: list[Value] = []
    for receiver in flow.all(call.slots.get("self", NONE)):
        inside = [] if receiver.type else members_of(rows, receiver)
        found += inside or [receiver]
    return found if all(is_model(rows, one.type) for one in found if one.type) else []


def members_of(rows: Rows, element: Value) -> list[Value]:
    """What `model` may be in `for name, model in models.items()`, where the dict is written in this file."""
    flow = rows.flow
    values = flow.all(element.slots.get("self", NONE)) if element.kind == "element" else iter((element,))
    wanted = "items" if element.kind == "element" else "values"
    found = NONE
    for item in values:
        for call in flow.all(item.slots.get("self", NONE)) if item.kind == "item" else ():
            for pack in flow.all(call.slots.get("self", NONE)) if call.name == wanted else ():
                if pack.kind != "pack" or pack.detail != "dict":
                    return []
                found |= flow.all_ids(pack)
    return list(flow.all(found))


def earlier_fits(rows: Rows, models: list[Value], predicted: Value) -> list[Value]:
    """The fits of models that were taken from a dict, by their own names; none if one of them is not fitted."""
    found: list[Value] = []
    for model in models:
        fits = [
            user
            for user in rows.flow.users(model.id)
            if user.name == "fit" and user.id < predicted.id and model.id in user.slots.get("self", NONE)
        ]
        if not fits:
            return []
        found += fits
    return found


def learns_target(rows: Rows, fit: Value) -> bool:
    """Whether the fit is given a target, and not the features again as an autoencoder is."""
    target = rows.flow.arg(fit, 1, "y")
    return bool(target) and target.isdisjoint(fitted_rows(rows, fit))


def predictions_in(rows: Rows, ids: Ids) -> Iterator[Value]:
    """Every prediction that is a column of these features, as far as the columns are known."""
    flow = rows.flow
    seen: set[State] = set()
    stack: list[State] = [(id, None, frozenset()) for id in ids]

    def push(more: Ids, asked: frozenset[str] | None = None, hidden: frozenset[str] = frozenset()) -> None:
        stack.extend((id, asked, hidden) for id in more)

    while stack and len(seen) < MAX_STEPS:
        state = stack.pop()
        if state in seen:
            continue
        seen.add(state)
        id, asked, hidden = state
        value = flow[id]
        base = value.slots.get("self", NONE)
        if value.kind == "update":
            written = value.slots.get("value", NONE)
            if value.detail.__class__ is not str:
                push(written | base, asked, hidden)
            else:
                if value.detail not in hidden and (asked is None or value.detail in asked):
                    push(written)
                push(base, asked, hidden | {value.detail})
        elif value.kind == "index":
            names = names_in(flow, value.slots.get("key", NONE))
            if names is not None:
                push(base, names if asked is None else asked & names, hidden)
            elif any(flow[one].kind == "attr" and flow[one].detail == "c_" for one in base):
                push(value.slots.get("key", NONE))  # np.c_[a, b]
            elif any(relation == "part" for _, relation in rows.parents(id)) or keeps_columns(rows, value):
                push(base, asked, hidden)
        elif value.kind == "attr":
            if value.detail in ("values", "T", "loc", "iloc"):
                push(base, asked, hidden)
        elif value.kind == "element":
            push(split_input(rows, value), asked, hidden)
        elif value.kind == "pack":
            if value.detail == "dict":
                for name, slot in value.slots.items():
                    if name not in hidden and (asked is None or name in asked):
                        push(slot)
            else:
                push(flow.all_ids(value), asked, hidden)
        elif value.kind == "comp":
            push(value.slots.get("value", NONE), asked, hidden)
        elif value.kind == "mix":
            if value.detail in ("+", "-", "*", "/", "**"):
                push(flow.all_ids(value), asked, hidden)
        elif value.kind == "call":
            if value.name in PREDICTS:
                yield value
            elif value.name == "drop":
                gone = names_in(flow, value.slots.get("columns") or value.slots.get("0") or NONE)
                if gone is not None:
                    push(base, asked, hidden | gone)
            elif value.name == "assign":
                named = {name: slot for name, slot in value.slots.items() if name not in ("self", "func")}
                for name, slot in named.items():
                    if name not in hidden and (asked is None or name in asked):
                        push(slot)
                push(base, asked, hidden | named.keys())
            elif value.name in JOINS or value.name in TABLES or value.name in PASSES or value.name in KEEPS:
                push(base | flow.arg(value, 0, "data", "objs", "arrays", "tup", "X"), asked, hidden)
                if value.name in ("append", "join", "merge"):
                    push(value.slots.get("1", NONE))


def keeps_columns(rows: Rows, value: Value) -> bool:
    """`p[:, 1]` and `p[:, None]` of a prediction or of an array."""
    keys = list(rows.flow.all(value.slots.get("key", NONE)))
    return bool(keys) and all(key.kind == "pack" and key.detail == "tuple" for key in keys)


def split_input(rows: Rows, part: Value) -> Ids:
    """What a splitter took this part from."""
    flow, found = rows.flow, NONE
    for call in flow.all(part.slots.get("self", NONE)):
        if call.kind == "call" and rows.splitter_of(call) == "pairs" and part.detail.__class__ is int:
            found |= call.slots.get(str(part.detail // 2), NONE)
    return found
