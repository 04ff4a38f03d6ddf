"""Monitoring: would anybody notice that the served model has become wrong?

0  No production monitoring
1  Infrastructure monitoring only
2  Data + prediction + business metric monitoring

There is something to watch where the repository serves a model.
"""

from __future__ import annotations

from mldebt.engine.rubric.view import Evidence, Judgement, Step, View

TITLE = "Monitoring"
RULES = ("no-drift-monitoring", "recalibration-overdue", "validation-stale", "threshold-without-expiry")
WATCH = "compare what the model is asked and answers with what it was trained on (evidently, whylogs, nannyml), and keep its predictions"


def judge(view: View) -> Judgement:
    serving = view.role("serve")
    if not serving:
        return Judgement(None, "nothing here serves a model")
    data, service = view.practice("watches-data"), view.practice("watches-service")
    monitors = view.role("monitor")
    evidence = [
        *view.shows("`{}` watches data or predictions", data, 3),
        *(
            Evidence("a monitoring library is used", path, span, True)
            for path, span in monitors[:2]
            if not data
        ),
        *view.shows("`{}` watches the service", service, 3),
    ]
    against = view.against(*RULES, shown=3)
    if data or monitors:
        overdue = view.found("recalibration-overdue", "validation-stale")
        if not overdue:
            return Judgement(2, "data and predictions are watched", tuple(evidence + against))
        return Judgement(
            1,
            "watched, but a date to look again has passed",
            tuple(evidence + against),
            (Step(2, "do the reviews that are overdue"),),
        )
    if service:
        return Judgement(
            1, "the service is watched, the model is not", tuple(evidence + against), (Step(2, WATCH),)
        )
    evidence += [Evidence("serves a model that nothing watches", path, span) for path, span in serving[:3]]
    return Judgement(
        0,
        "a model is served and nothing watches it",
        tuple(evidence + against),
        (Step(1, "expose counts, errors and latency of predictions (prometheus_client)"), Step(2, WATCH)),
    )
