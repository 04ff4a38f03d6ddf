"""A model learns from predictions for rows that the predicting model was fitted on.

## Why it is debt

The first model knows these rows by heart: on them its predictions are better than they will ever
be again. The second model learns to trust them accordingly, and in production, where every row is
new, it trusts predictions that are worse than those it learned from. The score of the training rows
is fine, and that of new rows is worse than without the second model.

## What to do

Let the first model predict each row by a fit that has not seen it: `cross_val_predict`, a loop over
folds, a part of the rows kept apart (blending), or `StackingClassifier` and `StackingRegressor`,
which do it themselves. Calibrate on rows kept apart, or with `CalibratedClassifierCV`.

## When to leave it

The first model cannot remember rows: a line through two columns of many thousand rows.

## How sure

A hint: one finding is too few to know how often it is right. Only what is seen to be the same rows is
reported, and only predictions that are seen to be a column of the second model's features. Predictions as
labels (distillation), embeddings, clusters and residuals that a second model corrects are other things. In
249 public repositories it spoke once, and was right: stacking by hand is rare in what is published, and
most of that goes through folds.

## Fix safety

A draft: it fits the model some times more, and how to divide the rows (by group, by time) is left to
you. Offered where model, rows and labels are names.

## Source

Wolpert, *Stacked generalization* (1992): the level-1 data come from the rows that were left out.

## Examples

```python
import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression

forest = RandomForestClassifier(random_state=0)
forest.fit(X_train, y_train)
first = forest.predict_proba(X_train)
features = np.hstack([X_train, first])
meta = LogisticRegression()
meta.fit(features, y_train)  # want: `meta` learns from what `forest` predicted
```

```python fixed
import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

forest = RandomForestClassifier(random_state=0)
forest.fit(X_train, y_train)
first = cross_val_predict(forest, X_train, y_train, method="predict_proba")  # TODO(mldebt): which folds?
features = np.hstack([X_train, first])
meta = LogisticRegression()
meta.fit(features, y_train)
```

Rows that were kept apart, and folds.

```python
import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, train_test_split

X_base, X_blend, y_base, y_blend = train_test_split(X_train, y_train, random_state=0)
forest = RandomForestClassifier(random_state=0).fit(X_base, y_base)
meta = LogisticRegression().fit(np.hstack([X_blend, forest.predict_proba(X_blend)]), y_blend)

first = np.zeros(len(X_train))
for fold, rest in KFold(5).split(X_train):
    forest.fit(X_train[fold], y_train[fold])
    first[rest] = forest.predict(X_train[rest])
LogisticRegression().fit(np.column_stack([X_train, first]), y_train)
```

In a column of a frame; a column that is only kept.

```python
import pandas as pd
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor

df = pd.read_csv("demand.csv")
base = RandomForestRegressor(random_state=0)
base.fit(df[["price"]], df["demand"])
df["expected"] = base.predict(df[["price"]])
model = GradientBoostingRegressor(random_state=0)
model.fit(df[["expected", "weekday"]], df["demand"])  # want: `model` learns from what `base`
```

```python
import pandas as pd
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor

df = pd.read_csv("demand.csv")
base = RandomForestRegressor(random_state=0)
base.fit(df[["price"]], df["demand"])
df["expected"] = base.predict(df[["price"]])
model = GradientBoostingRegressor(random_state=0)
model.fit(df[["price", "weekday"]], df["demand"])
```

Several models at a time, and labels of a smaller model made by a large one.

```python
import numpy as np
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier

columns = []
for model in (RandomForestClassifier(random_state=0), ExtraTreesClassifier(random_state=0)):
    model.fit(X_train, y_train)
    columns.append(model.predict(X_train))
meta = LogisticRegression()
meta.fit(np.column_stack(columns), y_train)  # want: `meta` learns
```

```python
from sklearn.ensemble import RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier

forest = RandomForestClassifier(random_state=0).fit(X_train, y_train)
shown = DecisionTreeClassifier(random_state=0).fit(X_train, forest.predict(X_train))
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import DRAFT, HINT, Finding, Fix, Related, rule
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, regex
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from mldebt.syntax.flow_values import Value

SKLEARN_LIKE = frozenset({"sklearn", "lightgbm", "xgboost", "catboost"})
"""Packages whose models `cross_val_predict` takes."""
NAME = regex(r"[A-Za-z_]\w*(?:\.\w+)*\Z")


@rule(severity=HINT, calls=("predict", "predict_proba", "predict_log_proba", "decision_function"))
def check(module: Module, config: Config) -> Iterator[Finding]:
    if sum(1 for _ in module.calls("fit")) < 2:
        return
    from mldebt.rules.entanglement._stacked import (
        PREDICTS,
        learns_target,
        models_of,
        predictions_in,
        remembered_fit,
    )  # fmt: skip
    from mldebt.syntax.flow_models import fitted_rows
    from mldebt.syntax.flow_rows import rows_of

    rows = rows_of(module, config.knowledge)
    flow = rows.flow
    remembered = {call.id: fit for call in flow.calls(*PREDICTS) if (fit := remembered_fit(rows, call))}
    if not remembered:
        return
    told: set[Span] = set()
    for fit in flow.calls("fit"):
        learners = models_of(rows, fit)
        if fit.span in told or not learners or not learns_target(rows, fit):
            continue
        for call in predictions_in(rows, fitted_rows(rows, fit)):
            first = remembered.get(call.id)
            if first is None or not call.slots["self"].isdisjoint(fit.slots["self"]):
                continue
            told.add(fit.span)
            models = models_of(rows, call)
            learner, other = (named(one) for one in (learners, models))
            yield Finding(
                fit.span,
                f"{learner} learns from what {other if other != learner else 'another model'} "
                "predicted for the rows it was fitted on",
                "On rows it has seen a model is better than it will ever be again, and the second model learns to trust "
                "that.\nPredict each row by a fit that has not seen it: `cross_val_predict`, folds, or `StackingClassifier`.",
                (
                    Related(first.span, f"{other} is fitted on the rows here"),
                    Related(call.span, "and predicts for them here"),
                ),
                data=("fix",) if any(root_of(one) in SKLEARN_LIKE for one in models) else (),
            )
            break


def named(models: list[Value]) -> str:
    """The first model by the name it has here, or by its class."""
    word = next((one.variable.partition("@")[0] for one in models if one.variable), "")
    word = word or next((one.type.removesuffix("()").rpartition(".")[2] for one in models if one.type), "")
    return f"`{word}`" if word else "a model"


def root_of(model: Value) -> str:
    return model.type.partition(".")[0]


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    """Where the model is a name, fitted on two names, and predicts for the first of them."""
    from mldebt.fixes.imports import bound_name, import_edit

    spans = [related.span for related in finding.related]
    fit, predict = (next((call for call in module.calls() if call.span == span), None) for span in spans)
    if fit is None or predict is None or not finding.data or len(fit.args) != 2 or len(predict.args) != 1:
        return
    text = module.text
    X, y, asked = (text[arg.span.start : arg.span.end] for arg in (*fit.args, *predict.args))
    plain = not any(arg.name for arg in (*fit.args, *predict.args)) and all(
        NAME.match(name) for name in (X, y, fit.receiver)
    )
    if not plain or asked != X or predict.receiver != fit.receiver:
        return
    method = "" if predict.name == "predict" else f', method="{predict.name}"'
    name = bound_name(module, "sklearn.model_selection", "cross_val_predict")
    edits = [Edit(predict.span, f"{name}({fit.receiver}, {X}, {y}{method})")]
    stop = LINE_END.search(text, predict.span.end)
    at = stop.start() if stop else len(text)
    if any(mark in text[predict.span.end : at] for mark in "#'\"\\"):
        return
    edits.append(Edit(Span(at, at), "  # TODO(mldebt): which folds?"))
    added = import_edit(module, "sklearn.model_selection", "cross_val_predict")
    yield Fix("Predict each row by a fit that has not seen it", (*([added] if added else ()), *edits), DRAFT)


LINE_END = regex(r"\r\n|\r|\n")
