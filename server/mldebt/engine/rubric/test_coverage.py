"""Test coverage: would a broken pipeline or a worse model be noticed before it ships?

0  No data or model tests
1  Unit tests on some pipeline code
2  Data quality tests + model evaluation gates

Test files that never touch ML code of the repository are not counted. 2 needs a check
of data (pandera, Great Expectations, own checks in tests) and a place where a bad model
stops: a test that runs the model or its metrics, or a CI step that evaluates.
"""

from __future__ import annotations

from mldebt.engine.rubric.view import Evidence, Judgement, Step, View, counted

TITLE = "Test coverage"
RULES = ("no-data-or-model-tests", "no-evaluation-gate", "unvalidated-training-data")
CHECK_DATA = (
    "check the data a run reads against a schema (pandera, Great Expectations), in a test or in the pipeline"
)
CHECK_MODEL = "let CI evaluate the model and fail below a threshold"


def judge(view: View) -> Judgement:
    if not view.ml_files:
        return Judgement(None, "no code for data or models")
    tests = list(view.tests())
    ml_tests = [path for path, fact in view.workspace.facts("size") if fact.detail[1] and path in set(tests)]
    checks = [*view.practice("validates-data", tests=True), *view.practice("validates-data")]
    model = view.practice("calls-model", tests=True)
    ci = view.practice("ci")
    runs = [(path, fact) for path, fact in ci if fact.detail[0]]
    gates = [(path, fact) for path, fact in ci if fact.detail[1]]
    evidence = [
        *view.shows("`{}` checks data", checks, 3),
        *view.shows("a test runs `{}`", model, 3),
        *view.shows("CI {}", runs, 2),
        *(Evidence("CI evaluates the model", path, fact.span, True) for path, fact in gates[:2]),
    ]
    against = view.against(*RULES, shown=3)
    data_checked = bool(checks)
    model_gated = bool(model or gates) and not view.found("no-evaluation-gate")
    if data_checked and model_gated:
        return Judgement(2, "data is checked and a bad model is noticed", tuple(evidence + against))
    steps = [Step(2, CHECK_DATA)] if not data_checked else []
    steps += [Step(2, CHECK_MODEL)] if not model_gated else []
    if ml_tests or data_checked or model_gated:
        evidence += [Evidence("tests code for data or models", path, good=True) for path in ml_tests[:3]]
        what = counted(len(ml_tests), "test file") + " on ML code" if ml_tests else "checks without tests"
        return Judgement(1, what, tuple(evidence + against), tuple(steps))
    what = f"{counted(len(tests), 'test file')}, none of them about data or models" if tests else "no tests"
    return Judgement(
        0,
        what,
        tuple(evidence + against),
        (Step(1, "test the code that prepares data: a small frame in, the expected frame out"), *steps),
    )
