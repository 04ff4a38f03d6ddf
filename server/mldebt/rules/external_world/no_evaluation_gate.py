"""Continuous integration runs, and no step of it tests or evaluates anything.

## Why it is debt

A pipeline that builds and publishes whatever it is given accumulates models that sort
of work. Whether a change made the model worse is found out in production.

## What to do

Let a step fail: tests of data and model, an evaluation with a bound on the metric,
`dvc metrics diff` against the main branch.

## When to leave it

One finding a project that trains a model, at its first CI file, and only if no command
of any CI file tests, evaluates or validates. A hint in projects whose CI only publishes
pages or labels issues cannot be told apart and is right all the same: nothing gates the
model.

In a template of projects this is only a hint: it is decided in the project that is made from it.

## Source

The article this tool grew out of: evaluation gates as blockers. Breck et al., *The ML
Test Score* (2017).

## Examples

```python
# file: train.py
from sklearn.linear_model import LogisticRegression

model = LogisticRegression()
model.fit(X, y)
# file: .github/workflows/deploy.yml
name: deploy  # want: no step of the continuous integration tests or evaluates
jobs:
  deploy:
    steps:
      - run: docker push registry/model
```

```python
# file: train.py
from sklearn.linear_model import LogisticRegression

model = LogisticRegression()
model.fit(X, y)
# file: .github/workflows/deploy.yml
name: deploy
jobs:
  deploy:
    steps:
      - run: dvc repro && python check_metrics.py --min-auc 0.9
      - run: docker push registry/model
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.readme import in_template
from mldebt.facts.roles import with_role
from mldebt.facts.safeguards import found
from mldebt.rule import HINT, INFORMATION, Finding, Workspace, rule


@rule(severity=INFORMATION, gated=False, needs=("role", "safeguard", "template"), kinds=("safeguard",))
def across(workspace: Workspace) -> Iterator[Finding]:
    checked = found(workspace, "ci")
    if not checked or found(workspace, "gate") or not with_role(workspace, "train"):
        return
    path, span = checked[0]
    yield Finding(
        span,
        "no step of the continuous integration tests or evaluates the model",
        "It builds and publishes whatever it is given, and a worse model is found out in production.\n"
        "Add a step that can fail: tests of data and model, or an evaluation with a bound on the metric.",
        severity=HINT if in_template(workspace, path) else None,
        path=path,
    )
