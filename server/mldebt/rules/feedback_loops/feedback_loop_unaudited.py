"""A model is trained and served, and nobody has written down where its labels come from.

## Why it is debt

Teams that have never looked for a feedback loop nearly always have one. The
question is: can our predictions change the data of the next training? It needs an
answer for each model in production, and a new one when a year has passed, because
the use of the model changes and with it the way labels come about.

## What to do

Keep `labels.yaml` (at the root or in `mldebt/`): for each model what triggers a
label, whether a decision changes the outcome, how late the label comes, who owns
it, and the day of the audit as `audited_on`.

## When to leave it

It speaks only where code both trains and serves, once for the whole project; and a
project that keeps none of the audit files gets a hint only.

## Fix safety

A draft: `labels.yaml` with the questions, to be answered.

## How sure

A hint wherever the code does not show that the model acts. Of 42 findings on 222 public
repositories all were of models that are trained and served without a word on labels;
half of them predict what no decision of theirs can change.

## Examples

```python
# file: train.py
from sklearn.linear_model import LogisticRegression

model = LogisticRegression()
model.fit(X, y)  # want: nothing says where its labels come from
# file: serve.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
def predict(x: dict):
    return {"score": model.predict(x)}
```

```yaml
# file: labels.yaml
models:
  churn:
    label_trigger: contract_end
    audited_on: 2024-12-01  # want: the label audit of `churn` is 410 days old
  fraud:
    label_trigger: chargeback
    audited_on: 2025-12-01
```

A project that serves nothing decides nothing, and a fresh audit is good for a year.

```python
# file: train.py
from sklearn.linear_model import LogisticRegression

model = LogisticRegression()
model.fit(X, y)
# file: labels.yaml
models:
  churn:
    label_trigger: contract_end
    audited_on: 2025-10-01
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mldebt.facts.audits import features_of, labels_of, registries_of
from mldebt.facts.columns import project_of
from mldebt.facts.roles import with_role
from mldebt.facts.serving import routes_of
from mldebt.fixes.audit_files import labels_text, place_for
from mldebt.plain import dataclass
from mldebt.rule import HINT, INFORMATION, Finding, Fix, Related, Workspace, new_file, rule
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module

NEEDS = (
    "label-record", "consumer-registry", "feature-record", "role", "route", "response-class", "request",
    "output-use",
)  # fmt: skip


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    audit_max_age: int = 365
    """Days after which an audit is due again."""


@rule(severity=INFORMATION, options=Options, gated=False, needs=NEEDS, kinds=("label-record", "route"))
def across(workspace: Workspace, options: Options) -> Iterator[Finding]:
    records = labels_of(workspace)
    if not records:
        yield from _never(workspace)
        return
    for record in records:
        day = record.get("audited_on")
        if day is None or not day.known or day.date is None:
            continue
        age = (workspace.config.today - day.date).days
        if age > options.audit_max_age:
            yield Finding(
                day.span,
                f"the label audit of `{record.name or 'this model'}` is {age:,} days old",
                "How a model is used changes, and with it the way its labels come about. Ask again whether "
                "its predictions can change the next training data, and write down today's date.",
                path=record.path,
            )
    audited = {record.name for record in records}
    for registry in registries_of(workspace):
        if registry.name and registry.name not in audited:
            yield Finding(
                registry.span,
                f"`{registry.name}` has consumers and no label audit",
                "It is in use, so its predictions can change what it will learn from. Add it to "
                f"`{records[0].path}`.",
                path=registry.path,
            )


def _never(workspace: Workspace) -> Iterator[Finding]:
    serves = [route for route in routes_of(workspace) if route.predicts]
    if not serves:
        return
    # In a collection of projects, the model of one is not what another serves.
    served = {project_of(workspace, route.path): route for route in reversed(serves)}
    trains = [
        (path, span)
        for path, span in (*with_role(workspace, "train", scripts_only=True), *with_role(workspace, "train"))
        if project_of(workspace, path) in served
    ]
    if not trains:
        return
    scripts = {path for path, _ in with_role(workspace, "train", scripts_only=True)}
    path, span = min(
        trains,
        key=lambda one: (
            one[0].endswith(".ipynb"),
            one[0] not in scripts,
            "train" not in one[0],
            one[0].count("/"),
            one,
        ),
    )
    route = served[project_of(workspace, path)]
    keeps = bool(registries_of(workspace) or features_of(workspace))
    yield Finding(
        span,
        "this model is trained and served here, and nothing says where its labels come from",
        "Ask of every model in use: can its predictions change the data it will be trained on next? Write "
        "the answer into `labels.yaml`: what triggers a label, whether a decision changes the outcome, how "
        "late the label comes, who owns it.",
        related=(Related(route.span, "served here", route.path),),
        severity=INFORMATION if keeps else HINT,
        path=path,
        data=(
            place_for("labels.yaml", workspace.paths),
            *(record.name for record in registries_of(workspace) if record.name),
        ),
    )


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding) -> Iterable[Fix]:
    if finding.data:
        path, *models = finding.data
        yield new_file(f"Draft `{path}` with the questions", path, labels_text(models or ["the_model"]))
