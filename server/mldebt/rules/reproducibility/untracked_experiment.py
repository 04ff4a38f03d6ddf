"""A model is trained and nothing records the run.

## Why it is debt

Which parameters gave the score on the slide, on which data, from which commit? Without a
record the answer is in somebody's memory, and the best run cannot be had again.

## What to do

Record parameters, data version and metrics of each run: MLflow, Weights & Biases,
Neptune, ClearML, Aim, DVCLive, or TensorBoard with its hyperparameters. `mlflow.autolog()`
is one line.

Judged over the whole workspace and said once, at a script that trains: as soon as any
file tracks anything, or the pipeline declares metrics, or results are written to files of
their own (`metrics.json`, `results.csv`), there is a record. Frameworks that keep one
themselves count (Lightning, the Hugging Face Trainer, Ultralytics). Notebooks are left
alone: their outputs are a record of sorts.

## When to leave it

Code that trains once to show how.

In a template of projects this is only a hint: it is decided in the project that is made from it.

## Examples

```python
import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier

frame = pd.read_csv("train.csv")
model = GradientBoostingClassifier(random_state=0)
model.fit(frame[["amount"]], frame["fraud"])  # want: nothing records
```

```python
import mlflow
import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier

mlflow.autolog()
frame = pd.read_csv("train.csv")
model = GradientBoostingClassifier(random_state=0)
model.fit(frame[["amount"]], frame["fraud"])
```

```python
import json

import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier

frame = pd.read_csv("train.csv")
model = GradientBoostingClassifier(random_state=0)
model.fit(frame[["amount"]], frame["fraud"])
with open("reports/metrics.json", "w") as file:
    json.dump({"score": model.score(X_test, y_test)}, file)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.facts.readme import in_template
from mldebt.facts.roles import with_role
from mldebt.knowledge import BUILTIN
from mldebt.rule import HINT, INFORMATION, Fact, Finding, Related, Workspace, rule
from mldebt.rules.reproducibility._random import last_words
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.text import Span, regex

RECORDING = frozenset(
    "mlflow wandb neptune comet_ml clearml aim tensorboard tensorboardX tensorboard_logger dvclive sacred zenml kedro metaflow "
    "guild polyaxon trackio swanlab lightning pytorch_lightning ultralytics mmengine mmcv mmdet detectron2 azureml sagemaker "
    "catalyst determined stable_baselines3 trl setfit keras_tuner kerastuner optuna hyperopt allennlp fairseq composer "
    "visdom labml mltk modelstore vertexai dagshub autogluon h2o pycaret flaml".split()
)
"""Libraries that track runs, or keep a record of their own."""
RECORD_WORDS = (
    "TrainingArguments", "Trainer(", "SummaryWriter", "CSVLogger", "TensorBoard", "logging.basicConfig",
    "logging.FileHandler", "logging.getLogger", "log_metric", "log_param", "log_experiment", "log_run", "log_result",
)  # fmt: skip
"""Framework objects and functions that keep a record."""
FILE_ENDING = regex(r"\.(?:jsonl?|csv|tsv|ya?ml|txt|md|log)\b")
ENDINGS = frozenset({"json", "jsonl", "csv", "tsv", "yml", "yaml", "txt", "md", "log"})
RESULTS = regex(
    r"(?:metrics?|results?|scores?|history|experiments?|runs?|log|report|evaluation|leaderboard)[\w-]*$",
    re.IGNORECASE,
)
"""How the name of a file of results ends, before its ending."""
MAX_NAME = 60
STAGE_METRICS = regex(r"^\s+metrics:", re.MULTILINE)
MAX_PLACES = 8


@rule(severity=INFORMATION, needs=("role", "template"), kinds=("role",))
def across(workspace: Workspace) -> Iterator[Finding]:
    training = [
        one for one in with_role(workspace, "train", scripts_only=True) if not one[0].endswith(".ipynb")
    ]
    if not training or next(workspace.facts("run-record"), None) is not None:
        return
    training.sort(key=lambda one: ("train" not in one[0].rpartition("/")[2], one[0].count("/"), one[0]))
    path, span = training[0]
    count = f" in any of the {len(training)} scripts that train" if len(training) > 1 else ""
    yield Finding(
        span,
        f"nothing records this training run{count}",
        "Which parameters, on which data, gave which score: nobody will know. Track it (`mlflow.autolog()` is one line).",
        tuple(Related(other, "nor this one", where) for where, other in training[1:MAX_PLACES]),
        severity=HINT if in_template(workspace, path) else None,
        path=path,
    )


@across.facts
def facts(module: Module) -> Iterator[Fact]:
    found = module.roots & RECORDING
    if found:
        view = next(view for view in module.imports if view.module.partition(".")[0] in found)
        yield Fact("run-record", view.module, view.span)
        return
    span = own_record(module)
    if span is not None:
        yield Fact("run-record", module.text[span.start : span.end], span)
        return
    for call in module.calls(*last_words(tuple(BUILTIN.trackers))):
        if BUILTIN.get(BUILTIN.trackers, call.target or call.chain) is not None:
            yield Fact("run-record", call.name, call.span)
            return


def own_record(module: Module) -> Span | None:
    """Where a file of results is named, or a framework that keeps one. Plain searches: files are looked at as one types."""
    text, vocabulary = module.text, module.vocabulary
    for word in RECORD_WORDS:
        if word.rpartition(".")[2].rstrip("(") not in vocabulary:
            continue
        at = text.find(word)
        if at >= 0:
            return Span(at, at + len(word))
    if not module.may_mention(ENDINGS):
        return None
    for match in FILE_ENDING.finditer(text):
        name = RESULTS.search(text[max(0, match.start() - MAX_NAME) : match.start()])
        if name:
            return Span(match.start() - len(name[0]), match.end())
    return None


@across.facts(words=("metrics",))
def in_pipeline(manifest: Manifest) -> Iterator[Fact]:
    if manifest.path.rpartition("/")[2] == "dvc.yaml" and STAGE_METRICS.search(manifest.text):
        yield Fact("run-record", "dvc.yaml", Span(0, 0))
