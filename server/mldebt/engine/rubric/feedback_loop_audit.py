"""Feedback loop audit: was it asked whether the model shapes its own labels?

0  Never done
1  Informal awareness
2  Documented audit with mitigation

There is something to audit where predictions leave the repository: a served model, or
predictions that training reads again.
"""

from __future__ import annotations

from mldebt.engine.rubric.view import MAX_SHOWN, Evidence, Judgement, Step, View, counted
from mldebt.facts.audits import labels_of

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
MITIGATION = ("holdout_fraction", "random_sampling", "counterfactual_logging", "mitigation")
LOOPS = ("predictions-as-training-data", "trained-on-own-filter", "pseudo-labels-unmarked")
MODEL_CARDS = ("*model*card*", "*modelcard*", "*feedback*loop*", "*label*audit*")
START = "draft labels.yaml with `mldebt-lsp --init`, and answer for each model: what triggers a label, does the model change the outcome, who looked when"


def judge(view: View) -> Judgement:
    serving, loops = view.role("serve"), view.found(*LOOPS)
    audits = labels_of(view.workspace)
    if not (serving or loops or audits):
        return Judgement(None, "no prediction leaves this repository")
    against = view.against(*RULES, shown=3)
    evidence = [
        Evidence(f"the labels of `{record.name or 'the model'}` are recorded", record.path, record.span, True)
        for record in audits[:MAX_SHOWN]
    ]
    if audits:
        open_points = view.found(*RULES)
        unanswered = [
            record
            for record in audits
            if not record.has("audited_on") or not any(map(record.has, MITIGATION))
        ]
        against += [
            Evidence("audited without a date or a mitigation", record.path, record.span)
            for record in unanswered[:MAX_SHOWN]
        ]
        if not open_points and not unanswered:
            return Judgement(2, "audited, with mitigation", tuple(evidence + against))
        return Judgement(
            1,
            f"an audit with {counted(len(open_points) + len(unanswered), 'open point')}",
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
