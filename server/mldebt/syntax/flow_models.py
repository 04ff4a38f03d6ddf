"""Models and what judges them: which fit stands behind a score, and on which rows it is judged.

A judgement is `model.score(X, y)`, or `model.predict(X)` whose result goes into a
known metric. The fits behind it are those in effect when it runs; a model that is fitted
anew in a loop has all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.knowledge.words import EVALUATE_METHODS, PREDICT_METHODS
from mldebt.syntax.flow_rows import Rows
from mldebt.syntax.flow_values import NONE, Ids, Value
from mldebt.typed import NamedTuple

TASKS = frozenset({"classifier", "regressor", "ranker", "neural"})
SCORES = EVALUATE_METHODS
MAX_STEPS = 40
# Values followed from one prediction to the metrics that judge it.


class Judgement(NamedTuple):
    call: Value
    """The metric, or the scoring method."""
    asked: Value
    """The call that gets the rows: `score` or `predict`."""
    rows: Ids
    models: Ids
    fits: tuple[Value, ...]


def is_model(rows: Rows, type_name: str) -> bool:
    """Whether this type learns a target."""
    knowledge = rows.knowledge
    if not type_name:
        return False
    return (
        knowledge.get(knowledge.estimators, type_name) in TASKS
        or knowledge.get(knowledge.pipelines, type_name) == "steps"
        or knowledge.get(knowledge.cross_validators, type_name) == "search"
    )


def model_fits(rows: Rows) -> Iterator[Value]:
    """Every fit of a known model, in the order they run."""
    flow = rows.flow
    for call in flow.calls("fit", "fit_generator"):
        if any(is_model(rows, receiver.type) for receiver in flow.all(call.slots.get("self", NONE))):
            yield call


def fitted_rows(rows: Rows, fit: Value) -> Ids:
    return rows.flow.arg(fit, 0, "X", "x")


def judgements_of(rows: Rows) -> Iterator[Judgement]:
    """Every judgement of a known model, in the order the rows are given."""
    flow = rows.flow
    for asked in flow.calls(*SCORES, *PREDICT_METHODS):
        models = asked.slots.get("self", NONE)
        if not any(is_model(rows, model.type) for model in flow.all(models)):
            continue
        ids = flow.arg(asked, 0, "X", "x")
        fits = tuple(flow.all(asked.slots.get("state", NONE)))
        if asked.name in SCORES:
            yield Judgement(asked, asked, ids, models, fits)
        elif (metric := metric_of(rows, asked)) is not None:
            yield Judgement(metric, asked, ids, models, fits)


def metric_of(rows: Rows, predicted: Value) -> Value | None:
    """The first metric these predictions go into."""
    flow, knowledge = rows.flow, rows.knowledge
    stack, seen = [predicted], {predicted.id}
    steps = 0
    while stack and steps < MAX_STEPS:
        for user in flow.users(stack.pop(0).id):
            if user.id in seen:
                continue
            steps += 1
            seen.add(user.id)
            if user.kind == "call" and user.target and knowledge.get(knowledge.metrics, user.target):
                return user
            if user.kind in ("index", "attr", "element", "pack", "item", "comp", "mix") or (
                user.kind == "call" and user.name in ("argmax", "round", "rint", "astype", "reshape", "ravel",
                                                      "flatten", "squeeze", "array", "exp", "expm1", "list", "where")
            ):  # fmt: skip
                stack.append(user)
    return None
