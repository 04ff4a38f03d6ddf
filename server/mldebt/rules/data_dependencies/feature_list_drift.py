"""Training and serving keep their own list of features, and the lists differ.

## Why it is debt

A model that gets an array knows its columns by their order only. A list that has
gained, lost or moved a name on one side feeds every later column into the wrong
slot: a score comes out, and it is wrong.

## What to do

Keep the list in one place and import it, or save it with the model and load it in
serving.

## How sure

Two lists written out, with at least four names in common, used as model input, one
in a file that trains and one in a file that serves, of the same project. A
different order counts only where the list makes an array or a frame.

One finding on 222 public repositories, and true.

## Examples

```python
# file: train.py
from sklearn.linear_model import LogisticRegression

FEATURES = ["amount", "age", "tenure", "visits", "region"]
model = LogisticRegression().fit(df[FEATURES], y)
# file: serve.py
import pandas as pd
from fastapi import FastAPI

app = FastAPI()
FEATURES = ["amount", "age", "tenure", "visits"]  # want: `FEATURES` lacks `region`


@app.post("/predict")
def predict(x: dict):
    return model.predict(pd.DataFrame([x])[FEATURES])
```

```python
# file: train.py
from sklearn.linear_model import LogisticRegression

FEATURES = ["amount", "age", "tenure", "visits"]
model = LogisticRegression().fit(df[FEATURES].values, y)
# file: serve.py
from fastapi import FastAPI

app = FastAPI()
FEATURES = ["age", "amount", "tenure", "visits"]  # want: `FEATURES` has another order


@app.post("/predict")
def predict(x: dict):
    return model.predict([[x[name] for name in FEATURES]])
```

One list that both import cannot drift, and a part of the features is another list.

```python
# file: train.py
from sklearn.linear_model import LogisticRegression

from columns import FEATURES

model = LogisticRegression().fit(df[FEATURES], y)
# file: columns.py
FEATURES = ["amount", "age", "tenure", "visits", "region"]
# file: serve.py
from fastapi import FastAPI

from columns import FEATURES

app = FastAPI()
NUMERIC_FEATURES = ["amount", "age", "tenure"]


@app.post("/predict")
def predict(x: dict):
    return model.predict([[x[name] for name in FEATURES]])
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.columns import NameList, lists_of, project_of, sides_of
from mldebt.rule import WARNING, Finding, Related, Workspace, rule
from mldebt.text import some_of

MIN_COMMON = 4
# Fewer names in common and two lists may be about different things.
MIN_SHARE = 0.6
# Of the longer list: two models of one data set share columns too.
MAX_NAMES = 4


@rule(severity=WARNING, gated=False, needs=("feature-list", "imported", "role"), kinds=("feature-list",))
def across(workspace: Workspace) -> Iterator[Finding]:
    sides = sides_of(workspace)
    trains: dict[str, list[NameList]] = {}
    serves: list[NameList] = []
    for one in lists_of(workspace):
        if one.path in sides.serving:
            serves.append(one)
        elif one.path in sides.training:
            trains.setdefault(project_of(workspace, one.path), []).append(one)
    for one in serves:
        others = trains.get(project_of(workspace, one.path), [])
        if any(other.items == one.items for other in others):
            continue
        near = [other for other in others if _alike(one, other)]
        if not near:
            continue
        other = max(near, key=lambda other: len(set(one.items) & set(other.items)))
        problem = _problem(one, other)
        if problem:
            name = f"`{one.name}`" if one.name else "this list of features"
            yield Finding(
                one.span,
                f"{name} {problem} than in training" if "order" in problem else f"{name} {problem}",
                "The model knows its inputs by the list it was trained with. Keep one list and import it, or "
                "save it with the model.",
                related=(Related(other.span, "the list used in training", other.path),),
                path=one.path,
            )


def _alike(one: NameList, other: NameList) -> bool:
    common = set(one.items) & set(other.items)
    return len(common) >= MIN_COMMON and len(common) >= MIN_SHARE * max(len(one.items), len(other.items))


def _problem(one: NameList, other: NameList) -> str:
    lacks = [name for name in other.items if name not in one.items]
    extra = [name for name in one.items if name not in other.items]
    parts = []
    if lacks:
        parts.append(f"lacks {_listed(lacks)}")
    if extra:
        parts.append(f"adds {_listed(extra)}")
    if parts:
        return f"{' and '.join(parts)}, compared with training"
    return "has another order" if {"each", "columns"} & set(one.uses) else ""


def _listed(names: list[str]) -> str:
    return some_of([f"`{name}`" for name in names], MAX_NAMES)
