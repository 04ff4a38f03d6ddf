"""Which transformers are fitted on which rows, and where what they learned is used.

A fit is a call of a fitting method on a known transformer (or on a pipeline of
transformers only). Models are no transformers: their fit is training. `uses`
gives what comes out of a fit: its own value for `fit_transform`, and every later
call on the same object while this fit is in effect.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.knowledge import Knowledge
from mldebt.knowledge.preprocessing import FUNCTIONS
from mldebt.knowledge.words import EVALUATE_METHODS, FIT_METHODS, PREDICT_METHODS
from mldebt.syntax.flow_values import NONE, Flow, Ids, Value
from mldebt.typed import NamedTuple

STRENGTH = ("stateless", "settled", "encoder", "vocabulary", "unsupervised", "supervised")
"""Kinds of transformers, from harmless to worst."""

CATEGORY_ARGUMENTS = ("handle_unknown", "handle_missing", "**")
"""Arguments that say what an unseen category becomes, or may."""


class Fit(NamedTuple):
    call: Value
    owner: str
    """The transformer's class, without its package: `StandardScaler`."""
    kind: str
    """As in `knowledge.transformers`."""
    rows: Ids


def fits_of(flow: Flow, knowledge: Knowledge) -> Iterator[Fit]:
    """Every fit of a transformer that learns something that matters, in the order they run."""
    return (fit for fit in fits_on(flow, knowledge) if fit.kind not in ("stateless", "settled"))


def fits_on(flow: Flow, knowledge: Knowledge) -> Iterator[Fit]:
    """Every fit of a transformer but the stateless ones; a settled encoder has kind "settled"."""
    for call in flow.calls(*FIT_METHODS, *(name.rpartition(".")[2] for name in FUNCTIONS)):
        if call.target in FUNCTIONS:
            yield Fit(call, call.name, FUNCTIONS[call.target], flow.arg(call, 0, "X"))
            continue
        rows = flow.arg(call, 0, "X", "raw_documents", "texts", "data", "y")
        if not rows or call.name not in FIT_METHODS:
            continue
        best: Fit | None = None
        for receiver in flow.all(call.slots.get("self", NONE)):
            kind = kind_of(flow, knowledge, receiver, call)
            if kind and (best is None or STRENGTH.index(kind) > STRENGTH.index(best.kind)):
                best = Fit(call, owner_of(receiver.type), kind, rows)
        if best is not None and best.kind != "stateless":
            yield best


def owner_of(type_name: str) -> str:
    return type_name.removesuffix("()").rpartition(".")[2]


def kind_of(flow: Flow, knowledge: Knowledge, receiver: Value, call: Value) -> str:
    """What fitting this object on rows learns from them; "" if it is no transformer."""
    kind = knowledge.get(knowledge.transformers, receiver.type) if receiver.type else None
    if kind == "encoder":
        if flow.literal(receiver.slots.get("categories", NONE)) != "auto" and "categories" in receiver.slots:
            return "stateless"
        return "settled" if _is_settled(flow, receiver) else "encoder"
    if kind is not None:
        return kind
    if receiver.type and knowledge.get(knowledge.pipelines, receiver.type):
        return _pipeline_kind(flow, knowledge, receiver, call)
    return ""


def _is_settled(flow: Flow, encoder: Value) -> bool:
    """Label encoders name classes; others are settled by `categories=` or `handle_unknown=`."""
    if owner_of(encoder.type) in ("LabelEncoder", "LabelBinarizer", "MultiLabelBinarizer"):
        return True
    return any(name in encoder.slots for name in CATEGORY_ARGUMENTS)


def _pipeline_kind(flow: Flow, knowledge: Knowledge, pipeline: Value, call: Value) -> str:
    """The worst of its members' kinds; "" if a model is among them, or if nothing is known of them."""
    found = ""
    for id in flow.back(flow.all_ids(pipeline), frozenset({"func", "state"})):
        member = flow[id]
        if member.kind != "call" or not member.type:
            continue
        if knowledge.get(knowledge.estimators, member.type) and member.type == member.target + "()":
            return ""
        kind = knowledge.get(knowledge.transformers, member.type) or ""
        if kind == "encoder" and _is_settled(flow, member):
            kind = "settled"
        if kind and (not found or STRENGTH.index(kind) > STRENGTH.index(found)):
            found = kind
    return found


def uses(flow: Flow, fit: Fit) -> list[Value]:
    """What carries what this fit learned: its own value, and later calls on the fitted object."""
    found = [] if fit.call.name in ("fit", "partial_fit", "adapt", "fit_on_texts") else [fit.call]
    id = fit.call.id
    for user in flow.users(id):
        # Some libraries give the fitted object back as a new one: `scaler.fit(df).transform(df)` in pyspark.
        if id in user.slots.get("state", NONE) or (
            user.kind in ("attr", "call") and id in user.slots.get("self", NONE)
        ):
            found.append(user)
    return found


def evaluations(flow: Flow, knowledge: Knowledge) -> Iterator[tuple[Value, Ids]]:
    """Calls that predict for or score rows, with those rows."""
    for call in flow.calls():
        if call.name in PREDICT_METHODS or call.name in EVALUATE_METHODS:
            if call.slots.get("self"):
                yield call, flow.arg(call, 0, "X", "x")
        elif "validation_data" in call.slots or "eval_set" in call.slots:
            yield call, call.slots.get("validation_data", NONE) | call.slots.get("eval_set", NONE)
        elif call.target and knowledge.get(knowledge.metrics, call.target):
            yield call, call.slots.get("0", NONE) | call.slots.get("1", NONE)
