"""A model learns from the predictions of another model.

## Why it is debt

The second model corrects the first. From then on the first cannot be improved without
making the second worse: it has learned the old mistakes. Each such layer makes the
whole harder to change, until nobody retrains any of it.

## What to do

Give the first model the features that let it learn the correction itself. If two models
are meant, retrain and evaluate them together, as one: with out-of-fold predictions and a
`StackingClassifier`, so that the second never sees what the first knew by heart.

## When to leave it

Stacking and calibration by design (out-of-fold predictions, classes made for it), clusters,
outlier scores and embeddings as features, and predictions used as labels are passed over. Predictions
for the very rows the first model was fitted on are a mistake of their own: `in-sample-stacking`. The
column has to be stored by name and seen to reach the second model's `fit`.

## How sure

A hint. One model's output is followed into the features of the other. On 222 public
repositories it said nothing; how often it is right is not known.

## Fix safety

There is none: the way out is a decision about the system.

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015), section 2:
correction cascades.

## Examples

```python
import pandas as pd
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LinearRegression

before, df = pd.read_csv("demand_2023.csv"), pd.read_csv("demand.csv")
base = LinearRegression().fit(before[["price"]], before["demand"])
df["expected"] = base.predict(df[["price"]])
X = df[["expected", "weekday"]]
model = RandomForestRegressor()
model.fit(X, df["demand"])  # want: learns from `expected`, which `LinearRegression` predicted
```

Clusters, a column that is dropped, and predictions that are only kept.

```python
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LinearRegression

before, df = pd.read_csv("demand_2023.csv"), pd.read_csv("demand.csv")
df["group"] = KMeans(8).fit(df[["price"]]).predict(df[["price"]])
base = LinearRegression().fit(before[["price"]], before["demand"])
df["expected"] = base.predict(df[["price"]])
model = RandomForestRegressor()
model.fit(df[["price", "group"]], df["demand"])
model.fit(df.drop(columns=["expected", "demand"]), df["demand"])
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.knowledge import Knowledge, method_of
from mldebt.rule import HINT, Finding, Related, rule
from mldebt.syntax.module import Module
from mldebt.text import Span, regex

PREDICTS = frozenset({"predict", "predict_proba", "decision_function"})
SUPERVISED = frozenset({"classifier", "regressor", "ranker", "neural", "forecaster"})
STORES = regex(r"""\[\s*["'][^"'\n]+["']\s*\]\s*=(?!=)""")
BY_DESIGN = regex(r"oof|stack|meta|blend|calibrat|ensemble|level_?[12]|teacher|student|distill|pseudo", re.I)


@rule(severity=HINT, calls=("predict", "predict_proba", "decision_function"))
def check(module: Module, config: Config) -> Iterator[Finding]:
    knowledge = config.knowledge
    if sum(1 for _ in module.calls("fit")) < 2 or not STORES.search(module.text):
        return
    from mldebt.rules.entanglement._columns import columns_of, made_by
    from mldebt.rules.entanglement._stacked import remembered_fit
    from mldebt.syntax.flow import flow_of
    from mldebt.syntax.flow_rows import rows_of

    flow = flow_of(module)
    told: set[Span] = set()
    for fit in flow.calls("fit"):
        owner = owner_of(flow.targets(fit), SUPERVISED, knowledge)
        if not owner or fit.span in told or BY_DESIGN.search(owner):
            continue
        for column in columns_of(flow, flow.arg(fit, 0, "X"), knowledge):
            first = next((call for call in made_by(flow, column.value) if call.name in PREDICTS), None)
            if first is None or BY_DESIGN.search(column.name):
                continue
            other = owner_of(flow.targets(first), SUPERVISED, knowledge)
            same = not first.slots.get("self", frozenset()).isdisjoint(fit.slots.get("self", frozenset()))
            if not other or same or remembered_fit(rows_of(module, knowledge), first) is not None:
                continue
            told.add(fit.span)
            yield Finding(
                fit.span,
                f"`{owner}` learns from `{column.name}`, which `{other}` predicted",
                "The first model cannot be improved any more without making this one worse.\n"
                "Give the first the features it lacks, or retrain and evaluate both as one, with out-of-fold predictions.",
                related=(Related(first.span, f"predicted by `{other}` here"),),
                severity=HINT if module.is_notebook else None,
            )
            break


def owner_of(targets: set[str], kinds: frozenset[str], knowledge: Knowledge) -> str:
    """The last word of the class these methods belong to, if it is an estimator of one of these kinds."""
    table = knowledge.estimators
    for target in targets:
        owner = (method_of(target) or ("",))[0]
        if owner and knowledge.get(table, owner) in kinds:
            return owner.rpartition(".")[2]
    return ""
