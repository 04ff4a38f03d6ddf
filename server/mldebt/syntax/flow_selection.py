"""Columns that are chosen by their correlation with the target.

`df[df.corr()["price"].abs().nlargest(10).index]` looks at the target as `SelectKBest` does. Followed from
`corr` forward: its one column for the target, a filter, and the subscript or `drop` that takes the columns.
A correlation that is looked at, drawn, or only orders the columns is no choice.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.knowledge.kinds import words
from mldebt.syntax.flow_rows import Rows
from mldebt.syntax.flow_values import NONE, Value
from mldebt.typed import NamedTuple

PASSES = words(
    """
    abs apply sort_values dropna round to_frame reset_index index tolist to_list keys list set sorted map drop fillna
    copy values loc iloc T squeeze rename to_numpy union difference intersection tuple Series
    """
)
"""Attributes, methods and functions through which it is still the correlations, or names of columns."""
FILTERS = words("head tail nlargest nsmallest query where")
"""Methods that take some of them."""
MAX_STEPS = 80
# Values followed from one `corr`; those that are drawn in a loop leave through a hundred doors.


class Selection(NamedTuple):
    call: Value
    """The `corr`."""
    target: str
    """The column it is a correlation with."""
    used: Value
    """The subscript or `drop` that takes the columns."""


class Step(NamedTuple):
    value: Value
    target: str
    filtered: bool


def selections_of(rows: Rows) -> Iterator[Selection]:
    """Every choice of columns by their correlation with one of them, in the order they run."""
    flow = rows.flow
    for call in flow.calls("corr"):
        receivers = call.slots.get("self", NONE)
        if not receivers or ("0" in call.slots and flow.literal(call.slots["0"]).__class__ is not str):
            continue  # of two columns
        held = rows.exact(receivers)
        seen = {call.id}
        stack = [Step(call, "", False)]
        while stack and len(seen) < MAX_STEPS:
            step = stack.pop()
            for user in flow.users(step.value.id):
                entered = [slot for slot, ids in user.slots.items() if step.value.id in ids]
                if step.target and step.filtered and _chooses(rows, user, entered, held):
                    yield Selection(call, step.target, user)
                    continue
                after = _after(rows, step, user, entered)
                if after is not None and user.id not in seen:
                    seen.add(user.id)
                    stack.append(after)


def _chooses(rows: Rows, user: Value, entered: list[str], held: set[int]) -> bool:
    """Whether these names take columns of the rows that were correlated."""
    base = user.slots.get("self", NONE)
    if user.kind == "index":
        chooses = entered == ["key"]
    else:
        chooses = user.kind == "call" and user.name == "drop" and "self" not in entered
    return chooses and not rows.known(base).isdisjoint(held)


def _after(rows: Rows, step: Step, user: Value, entered: list[str]) -> Step | None:
    """What `user` makes of the correlations; None if it is something else."""
    flow, (_, target, filtered) = rows.flow, step
    if user.kind == "index" and "self" in entered:
        keys = list(flow.all(user.slots.get("key", NONE)))
        if len(keys) == 1 and keys[0].kind == "const" and isinstance(keys[0].detail, str):
            return Step(user, target or keys[0].detail, filtered)
        cuts = any(key.kind == "slice" or (key.kind == "mix" and key.detail in COMPARES) for key in keys)
        return Step(user, target, filtered or cuts)
    if user.kind == "index":
        return None
    if user.kind == "attr":
        if user.detail in PASSES:
            return Step(user, target, filtered)
        named = not target and step.value.name == "corr"
        return Step(user, str(user.detail), filtered) if named else None
    if user.kind == "mix":
        return Step(user, target, filtered) if user.detail != "text" else None
    if user.kind == "comp":
        return Step(user, target, filtered or bool(user.detail))
    if user.kind == "pack":
        return Step(user, target, filtered) if user.detail in ("list", "set", "tuple") else None
    if user.kind == "call" and user.name in PASSES | FILTERS:
        return Step(user, target, filtered or user.name in FILTERS)
    return None


COMPARES = frozenset({"compare", "&", "|", "not"})
