"""The project has tests, and none of them touches data or a model.

## Why it is debt

Code that is tested line by line still trains a wrong model on data that changed. The
tests give a green light for what matters least.

## What to do

Test what the pipeline promises: the schema and ranges of its input, that a model
trained on a small sample beats a baseline, that predictions do not change for a fixed
set of rows.

## When to leave it

One finding a project that trains a model and has tests, at its first test file, and
only if no test file mentions data frames, schemas, models, predictions or metrics.

In a template of projects this is only a hint: it is decided in the project that is made from it.

## Source

The article this tool grew out of, the row *test coverage* of its rubric. Breck et al.,
*The ML Test Score* (2017), sections on data and model tests.

## Examples

```python
# file: train.py
from sklearn.linear_model import LogisticRegression

model = LogisticRegression()
model.fit(X, y)
# file: tests/test_paths.py
from paths import slug


def test_slug():  # want: none of the tests touches data or a model
    assert slug("A b") == "a-b"
```

```python
# file: train.py
from sklearn.linear_model import LogisticRegression

model = LogisticRegression()
model.fit(X, y)
# file: tests/test_quality.py
from train import model


def test_better_than_a_coin():
    assert model.score(X, y) > 0.6
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
    tests = found(workspace, "test")
    if not tests or found(workspace, "model-test") or not with_role(workspace, "train"):
        return
    path, span = tests[0]
    yield Finding(
        span,
        "none of the tests touches data or a model",
        "They stay green while a wrong model is trained on data that changed.\n"
        "Test the input's schema, a metric on a small sample against a baseline, and predictions for fixed rows.",
        severity=HINT if in_template(workspace, path) else None,
        path=path,
    )
