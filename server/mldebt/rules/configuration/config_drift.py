"""The same setting has one value where the model is made and another where it is used.

## Why it is debt

`THRESHOLD = 0.73` was chosen with the evaluation, and the service decides with
`THRESHOLD = 0.5`: what was measured is not what runs. Copies of a number drift apart
one edit at a time, and no error says so.

## What to do

Keep the value in one place that training and service both import or load.

## When to leave it

Compared are constants in capitals with the same name, which is a hyperparameter, a
threshold or a window, between a file that trains, evaluates or computes features and a file
that serves. Constants of two experiments beside each other are not compared, nor are
tests, examples and notebooks.

## How sure

Both constants are the project's own, have the same name, and are written on the two
sides of one model. On 222 public repositories it said nothing.

## Fix safety

There is none: which of the two values is right is not known.

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015), section 6:
it should be hard to make configuration mistakes, and easy to see the difference.

## Examples

```python
# file: train.py
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

FRAUD_THRESHOLD = 0.73
model = LogisticRegression()
model.fit(X, y)
print(f1_score(y, model.predict_proba(X)[:, 1] > FRAUD_THRESHOLD))
# file: app.py
from fastapi import FastAPI

app = FastAPI()
FRAUD_THRESHOLD = 0.5  # want: `FRAUD_THRESHOLD` is 0.5 here and 0.73 in train.py


@app.post("/score")
def score(row: dict):
    return model.predict_proba([row])[0][1] > FRAUD_THRESHOLD
```

The same value, another setting, and another experiment.

```python
# file: train.py
from sklearn.linear_model import LogisticRegression

FRAUD_THRESHOLD = 0.73
BATCH_SIZE = 64
model = LogisticRegression()
model.fit(X, y)
# file: train_b.py
from sklearn.linear_model import LogisticRegression

FRAUD_THRESHOLD = 0.8
model = LogisticRegression()
model.fit(X, y)
# file: app.py
from fastapi import FastAPI

app = FastAPI()
FRAUD_THRESHOLD = 0.73
BATCH_SIZE = 1


@app.post("/score")
def score(row: dict):
    return model.predict_proba([row])[0][1] > FRAUD_THRESHOLD
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.roles import roles_of
from mldebt.knowledge import BUILTIN
from mldebt.rule import WARNING, Fact, Finding, Related, Workspace, rule
from mldebt.syntax.module import Module
from mldebt.text import regex

KIND = "tuned-constant"
NAMED = regex(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$")
COMPARED = regex(
    r"THRESHOLD|CUT_?OFF|WINDOW|LOOKBACK|HORIZON|N_LAGS|SEQ(?:UENCE)?_LEN|MAX_LEN|VOCAB|_DIM$|HIDDEN_SIZE|N_FEATURES|IMG_SIZE|IMAGE_SIZE|NUM_CLASSES|N_CLASSES"
)
AT_HOME = regex(r"BATCH|EPOCH|^LR$|LEARNING_RATE|PATIENCE|WORKERS|DROPOUT")
"""What training decides for itself and a service never needs to share."""
MAKING = frozenset({"train", "evaluate", "feature"})


@rule(severity=WARNING, gated=False, needs=("role",), kinds=(KIND,))
def across(workspace: Workspace) -> Iterator[Finding]:
    by_name: dict[str, list[tuple[str, Fact]]] = {}
    for path, fact in workspace.facts(KIND):
        if path.endswith(".py") and not workspace.config.role_of(path):
            by_name.setdefault(fact.subject, []).append((path, fact))
    shared = {name: places for name, places in by_name.items() if len({path for path, _ in places}) > 1}
    if not shared:
        return
    roles = roles_of(workspace)
    for name, places in shared.items():
        made = [
            place
            for place in places
            if roles.get(place[0], frozenset()) & MAKING and "serve" not in roles[place[0]]
        ]
        used = [place for place in places if "serve" in roles.get(place[0], frozenset())]
        values = {fact.detail[0] for _, fact in made}
        if len(values) != 1:
            continue  # no value was agreed on, or nobody made one
        for path, fact in used:
            if fact.detail[0] not in values:
                where, origin = made[0]
                yield Finding(
                    fact.span,
                    f"`{name}` is {fact.detail[1]} here and {origin.detail[1]} in {where}",
                    "What was measured is not what runs.\nKeep the value in one place that both import or load.",
                    related=(Related(origin.span, f"{origin.detail[1]} here", where),),
                    path=path,
                )


@across.facts
def in_module(module: Module) -> Iterator[Fact]:
    for chunk, start in module.placed:
        if chunk.owner:
            continue
        for view in chunk.assignments:
            if view.scope or view.value.__class__ not in (int, float) or not NAMED.match(view.name):
                continue
            known = COMPARED.search(view.name) or BUILTIN.is_hyperparameter(view.name.lower())
            if known and not AT_HOME.search(view.name):
                literal = chunk.text[view.value_span.start : view.value_span.end]
                yield Fact(KIND, view.name, view.name_span.shifted(start), (view.value, literal))
