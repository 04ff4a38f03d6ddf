"""Feedback loop audit: was it asked whether the model shapes its own labels?

0  Never done
1  Informal awareness
2  Documented audit with mitigation

There is something to audit where predictions leave the repository: a served model, or
predictions that training reads again.
"""

from __future__ import annotations

from mldebt.engine.rubric.view import Evidence, Judgement, Step, View, counted

TITLE = "Feedback loop audit"
RULES = (
    "label-triggered-by-model",
    "outcome-influenced-by-model",
    "long-label-lag",
    "incomplete-label-metadata",
    "feedback-loop-unaudited",
    "predictions-as-training-data",
    "trained-on-own-filter",
    "pseudo-labels-unmarked",
)
LOOPS = ("predictions-as-training-data", "trained-on-own-filter", "pseudo-labels-unmarked")
MODEL_CARDS = ("*model*card*", "*modelcard*", "*feedback*loop*", "*label*audit*")
START = "draft labels.yaml with `mldebt-lsp --init`, and answer for each model: what triggers a label, does the model change the outcome, who looked when"


def judge(view: View) -> Judgement:
    serving, loops = view.role("serve"), view.found(*LOOPS)
    audits = [
        path
        for path in view.files("labels.yaml", "labels.yml")
        if not view.is_aside(path) and is_audit(view, path)
    ]
    if not (serving or loops or audits):
        return Judgement(None, "no prediction leaves this repository")
    against = view.against(*RULES, shown=3)
    evidence = [Evidence("labels and their origin are recorded", path, good=True) for path in audits]
    if audits:
        open_points = view.found(*RULES)
        if not open_points:
            return Judgement(2, "audited, with mitigation", tuple(evidence + against))
        return Judgement(
            1,
            f"an audit with {counted(len(open_points), 'open point')}",
            tuple(evidence + against),
            (Step(2, "settle the points listed: a holdout, counterfactual logging, a date and an owner"),),
        )
    cards = [
        path for path in view.files(*MODEL_CARDS) if path.endswith((".md", ".rst", ".txt", ".yaml", ".yml"))
    ]
    evidence += [Evidence("a document speaks about the model's use", path, good=True) for path in cards[:2]]
    evidence += [
        Evidence("predictions go out here; do they come back as labels?", path, span)
        for path, span in serving[:3]
    ]
    if cards and not loops:
        return Judgement(
            1, "documents about the model, no audit", tuple(evidence + against), (Step(2, START),)
        )
    return Judgement(
        0, "nobody has written down where the labels come from", tuple(evidence + against), (Step(1, START),)
    )


def is_audit(view: View, path: str) -> bool:
    """labels.yaml is a common name; ours lies in `mldebt/`, or a rule or fact has spoken about it."""
    return path.startswith("mldebt/") or "/mldebt/" in path
