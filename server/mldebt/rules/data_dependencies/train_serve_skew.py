"""Training and serving compute the same feature differently.

## Why it is debt

The model has learned from one definition and is asked about another. Nothing fails
and no test compares the two: a time zone mended on one side, another fill value, a
median for a mean. In production the metric is worse than offline, and nobody knows
why.

## What to do

Keep one definition that both import, or a feature store that serves both. Until
then bring the two together and test that they give the same for the same rows.

## How sure

Two definitions are compared only if both are understood to the last operation, and
reported only if they are the same but for one thing: a constant, a function, a step
left out. Two different ways to write something are not judged. Training and serving
are told apart by what the code does; both files must belong to the same project.

A hint: on 222 public repositories, 75 of which serve a model, it said nothing, and how
often it is right is not known.

## Examples

```python
# file: features.py
import numpy as np
import pandas as pd


def add_features(df):
    df["amount_log"] = np.log1p(df["amount"].fillna(0))
    return df
# file: train.py
from sklearn.linear_model import LogisticRegression

from features import add_features

model = LogisticRegression().fit(add_features(df), y)
# file: serve.py
import math

from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
def predict(tx: dict):
    features = {"amount_log": math.log1p(tx.get("amount", -1)), "hour": tx["ts"].hour}  # want: `amount_log` is computed differently in training: argument of `fillna` is `-1` here and `0` in `features.py`
    return model.predict([list(features.values())])
```

```python
# file: train.py
import re

from sklearn.linear_model import LogisticRegression


def clean_text(text):
    text = re.sub("[^a-z ]", " ", text.lower())
    return text.strip()


model = LogisticRegression().fit(docs.map(clean_text), y)
# file: app.py
import re

from flask import Flask

app = Flask(__name__)


def clean_text(text):  # want: `clean_text` differs from the one in training: `lower` is applied in `train.py` and not here
    text = re.sub("[^a-z ]", " ", text)
    return text.strip()


@app.route("/predict")
def predict():
    return {"label": model.predict([clean_text(request.args["q"])])[0]}
```

The same computation may be written in two ways, and a shared function is the cure.

```python
# file: train.py
import numpy as np
from sklearn.linear_model import LogisticRegression

df["amount_log"] = np.log1p(df["amount"].fillna(0))
model = LogisticRegression().fit(df[["amount_log"]], y)
# file: serve.py
import math

from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
def predict(tx: dict):
    amount = tx.get("amount", 0)
    features = {"amount_log": math.log1p(float(amount)), "hour": tx["ts"].hour}
    return model.predict([list(features.values())])
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.columns import Computed, Sides, computed_of, project_of, sides_of
from mldebt.rule import HINT, Fact, Finding, Related, Workspace, rule
from mldebt.rules.data_dependencies._differences import difference, said

NEEDS = ("column", "feature-function", "imported", "role")
HELP = (
    "The model is asked about another thing than it has learned. Keep one definition that training and "
    "serving import, and test that both give the same for the same rows."
)


@rule(severity=HINT, gated=False, needs=NEEDS, kinds=("column", "feature-function"))
def across(workspace: Workspace) -> Iterator[Finding]:
    sides = sides_of(workspace)
    if sides.serving and sides.training:
        yield from _columns(workspace, sides)
        yield from _functions(workspace, sides)


def _columns(workspace: Workspace, sides: Sides) -> Iterator[Finding]:
    offline: dict[tuple[str, str], list[Computed]] = {}
    for one in computed_of(workspace):
        if one.kind == "store" and one.path in sides.training:
            offline.setdefault((project_of(workspace, one.path), one.column), []).append(one)
    for one in computed_of(workspace):
        if one.path not in sides.serving:
            continue
        others = offline.get((project_of(workspace, one.path), one.column), [])
        if not others or any(other.form == one.form for other in others):
            continue
        for other in others:
            found = difference(one.form, other.form)
            if found is None:
                continue
            where = other.path.rpartition("/")[2]
            yield Finding(
                one.span,
                f"`{one.column}` is computed differently in training: {said(found, 'here', f'in `{where}`')}",
                HELP,
                related=(Related(other.value, "the definition the model has learned from", other.path),),
                path=one.path,
            )
            break


def _functions(workspace: Workspace, sides: Sides) -> Iterator[Finding]:
    offline: dict[tuple[str, str], list[tuple[str, Fact]]] = {}
    for path, fact in workspace.facts("feature-function"):
        if path in sides.training and workspace.config.role_of(path) not in ("test", "example"):
            offline.setdefault((project_of(workspace, path), fact.subject), []).append((path, fact))
    for path, fact in workspace.facts("feature-function"):
        if path not in sides.serving:
            continue
        others = offline.get((project_of(workspace, path), fact.subject), [])
        if any(other.detail == fact.detail for _, other in others):
            continue
        for where, other in others:
            found = difference(fact.detail[0], other.detail[0])
            if found is None:
                continue
            name = where.rpartition("/")[2]
            yield Finding(
                fact.span,
                f"`{fact.subject}` differs from the one in training: {said(found, 'here', f'in `{name}`')}",
                HELP,
                related=(Related(other.span, "the one used in training", where),),
                path=path,
            )
            break
