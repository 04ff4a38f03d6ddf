"""Where rows are divided again and again: cross-validation, searches by folds, loops over folds.

Only calls whose rows are known to go through folds: `cross_val_score(model, X, y)`,
`GridSearchCV(…).fit(X, y)`, `for train, test in KFold().split(X)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.syntax.flow_rows import Rows
from mldebt.syntax.flow_values import NONE, Ids, Value
from mldebt.typed import NamedTuple


class Validation(NamedTuple):
    kind: str
    """score, predict or curve (functions), search (an object's `fit`), or folds (a loop)."""
    call: Value
    rows: Ids


def validations_of(rows: Rows) -> Iterator[Validation]:
    """Every place where rows go through folds, functions first."""
    flow, table = rows.flow, rows.knowledge.cross_validators
    for call in flow.calls(
        "cross_val_score", "cross_val_predict", "cross_validate", "learning_curve", "validation_curve",
        "permutation_test_score",
    ):  # fmt: skip
        kind = rows.knowledge.get(table, call.target) if call.target else None
        if kind in ("score", "predict", "curve"):
            yield Validation(kind, call, flow.arg(call, 1, "X"))
    for call in flow.calls("fit"):
        for receiver in flow.all(call.slots.get("self", NONE)):
            if receiver.type and rows.knowledge.get(table, receiver.type) == "search":
                yield Validation("search", call, flow.arg(call, 0, "X"))
                break
    for split in rows.splits:
        if split.kind == "folds":
            yield Validation("folds", split.call, split.inputs)
