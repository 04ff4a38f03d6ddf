"""A model is trained only on rows that a model let through.

## Why it is debt

Rows a score or an alert has selected are not a sample of the world: they are what the last model already
believed. The next one never sees what was missed, and each round is surer of less.

## What to do

Train on a sample that no model has selected: keep a random share of all cases (a holdout), or weigh the selected
rows by how likely they were to be selected. Filter by a score for the report, not for the training.

Reported is a fit whose rows were filtered by a column that a model of this file predicted, or by a
column whose name says that a model has decided (`score_columns`).

## When to leave it

The column is somebody else's measurement that is only called a prediction.

## How sure

Only the column's name or its assignment in the same file can tell. Outlier detectors, which clean data, and
clusters do not count as models here.

A hint: on 222 public repositories it said nothing, and how often it is right is not known.

## Examples

```python
import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier

cases = pd.read_csv("cases.csv")
alerted = cases[cases["model_alert"] == 1]
GradientBoostingClassifier(random_state=0).fit(alerted[["amount"]], alerted["fraud"])  # want: `model_alert`
```

```python
import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier

cases = pd.read_csv("cases.csv")
model = GradientBoostingClassifier(random_state=0).fit(cases[["amount"]], cases["fraud"])
alerted = cases[cases["model_alert"] == 1]
print(model.score(alerted[["amount"]], alerted["fraud"]))
recent = cases[cases["year"] > 2020]
model.fit(recent[["amount"]], recent["fraud"])
```

The column was predicted in the same file.

```python
import pandas as pd
from sklearn.linear_model import LogisticRegression

leads = pd.read_csv("leads.csv")
first = LogisticRegression().fit(leads[["visits"]], leads["bought"])
leads["chance"] = first.predict_proba(leads[["visits"]])[:, 1]
likely = leads[leads["chance"] > 0.5]
LogisticRegression().fit(likely[["visits", "age"]], likely["bought"])  # want: `chance`
```

```python
import pandas as pd
from sklearn.ensemble import IsolationForest
from sklearn.linear_model import LogisticRegression

leads = pd.read_csv("leads.csv")
leads["inlier"] = IsolationForest(random_state=0).fit_predict(leads[["visits"]])
clean = leads[leads["inlier"] == 1]
LogisticRegression().fit(clean[["visits", "age"]], clean["bought"])
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import Config
from mldebt.plain import dataclass
from mldebt.rule import HINT, Finding, Related, rule
from mldebt.syntax.module import Module
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:  # few files need them: see flow_gates
    from mldebt.syntax.flow_rows import Rows
    from mldebt.syntax.flow_values import Value


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    score_columns: frozenset[str] = frozenset(
        {
            "alert",
            "alerted",
            "flagged_by_model",
            "is_alert",
            "model_alert",
            "model_decision",
            "model_flag",
            "model_flagged",
        }
        | {
            "model_output",
            "model_prediction",
            "model_score",
            "predicted_label",
            "predicted_score",
            "prediction_score",
        }
    )
    """Columns that say what a model has decided."""


@rule(severity=HINT, options=Options, calls=("fit",))
def check(module: Module, options: Options, config: Config) -> Iterator[Finding]:
    text = module.text
    predicts = module.has_call("predict", "predict_proba")
    if not module.has_call("fit") or not (predicts or any(name in text for name in options.score_columns)):
        return
    if module.roots.isdisjoint(("pandas", "polars", "cudf", "dask", "sklearn")):
        return
    from mldebt.syntax.flow_models import fitted_rows, model_fits
    from mldebt.syntax.flow_rows import rows_of

    rows = rows_of(module, config.knowledge)
    for fit in model_fits(rows):
        ids = fitted_rows(rows, fit)
        for id in sorted(rows.known(ids)):
            part = rows.flow[id]
            if part.kind != "index":
                continue
            column = deciding_column(rows, part, options)
            if column:
                yield Finding(
                    fit.span,
                    f"The model is trained only on rows chosen by `{column}`, which a model decides",
                    "The next model never sees what the last one missed. Train on a sample no model has selected, for "
                    "instance a random holdout, or weigh the rows by their chance to be selected.",
                    (Related(part.span, "the rows are chosen here"),),
                )
                return


def deciding_column(rows: Rows, part: Value, options: Options) -> str:
    """The column a mask compares, if a model decides it; "" otherwise."""
    flow = rows.flow
    for mask in flow.all(part.slots.get("key", frozenset())):
        if mask.kind == "call":
            if not part.slots.get("self"):
                continue
            tested = list(flow.all(mask.slots.get("self", frozenset())))
        elif mask.kind == "mix" and mask.detail in ("compare", "&", "|"):
            tested = [
                flow[id] for id in flow.back(frozenset({mask.id})) if flow[id].kind in ("index", "attr")
            ]
        else:
            continue
        for column in tested:
            if column.kind not in ("index", "attr"):
                continue
            name = (
                column.detail if column.kind == "attr" else flow.literal(column.slots.get("key", frozenset()))
            )
            if not isinstance(name, str):
                continue
            if name in options.score_columns or is_predicted(rows, column, name):
                return name
    return ""


def is_predicted(rows: Rows, column: Value, name: str) -> bool:
    """Whether this column of its frame was assigned from what a model of this file predicts."""
    from mldebt.syntax.flow_models import is_model

    flow = rows.flow
    for id in rows.same(column.slots.get("self", frozenset())):
        update = flow[id]
        if update.kind != "update" or update.detail != name:
            continue
        for made in flow.back(
            update.slots.get("value", frozenset()), frozenset({"func", "state", "self", "0"})
        ):
            call = flow[made]
            if call.kind == "index":
                call = next(flow.all(call.slots.get("self", frozenset())), call)
            if call.kind == "call" and call.name in ("predict", "predict_proba"):
                return any(
                    is_model(rows, model.type) for model in flow.all(call.slots.get("self", frozenset()))
                )
    return False
