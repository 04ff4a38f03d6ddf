"""Whether a cut of rows is an evaluation, and who judges on a part; shared by the leak rules.

Imported after a rule's cheap gate: the flow files are heavy.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from mldebt.syntax.flow_fits import evaluations
from mldebt.syntax.flow_parents import role_of_name
from mldebt.syntax.flow_rows import Rows, Split
from mldebt.syntax.flow_values import Ids, Value


class Evaluations:
    """The calls that judge a model, in order, and what rows each may see; asked one after the other."""

    def __init__(self, rows: Rows) -> None:
        # Not the rows themselves: they are the key under which this is kept, and would live for ever.
        self.known: list[tuple[Value, set[int]]] = []
        self.rest = evaluations(rows.flow, rows.knowledge)

    def of(self, part: Ids, rows: Rows) -> Value | None:
        for call, reach in self.known:
            if not part.isdisjoint(reach):
                return call
        for call, ids in self.rest:
            reach = rows.wide(ids)
            self.known.append((call, reach))
            if not part.isdisjoint(reach):
                return call
        return None


_EVALUATIONS: WeakKeyDictionary[Rows, Evaluations] = WeakKeyDictionary()


def judge_of(rows: Rows, part: Ids) -> Value | None:
    """The first call that judges a model on these values; the evaluations are made once for all rules."""
    found = _EVALUATIONS.get(rows)
    if found is None:
        found = _EVALUATIONS[rows] = Evaluations(rows)
    return found.of(part, rows)


def is_evaluation(rows: Rows, split: Split) -> bool:
    """Whether a cut is more than two slices: a model is fitted on one side or judged on the other."""
    if split.kind != "slices":
        return True
    flow = rows.flow
    if any(role_of_name(flow[id].variable) for id in split.test):
        return True
    return judge_of(rows, split.test) is not None


def is_one_file(rows: Rows, ids: Ids, split: Split) -> bool:
    """Whether these rows are only the train (or test) file of a cut that takes the two apart again."""
    return split.kind == "slices" and rows.is_joined(split.inputs) and not rows.is_joined(ids)


def is_transductive(rows: Rows, ids: Ids, split: Split) -> bool:
    """Whether these rows are a train and a test file put together, to be taken apart again by place or missing label."""
    if rows.is_joined(ids):
        return True
    if split.kind != "slices":
        return False
    flow = rows.flow
    keys = [key for id in (*split.train, *split.test) for key in flow.all(flow[id].slots.get("key", ()))]
    return any(key.name in ("isnull", "isna", "notnull", "notna") for key in keys)
