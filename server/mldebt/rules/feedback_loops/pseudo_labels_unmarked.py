"""A model is trained on labels that a model predicted, and nothing says so.

## Why it is debt

Predicted labels carry the first model's mistakes into the second one as if they
were observed. Once they are in one column with the real labels nobody can tell them apart,
weigh them, or measure what they do.

## What to do

Say it in the code: a column that tells predicted from observed labels, a name (`pseudo_labels`), a threshold
of confidence, a smaller `sample_weight`. Score on observed labels only. scikit-learn's
`SelfTrainingClassifier` does the book-keeping.

Reported is a fit whose labels are real ones and predictions of a model of the same file put below
each other. A file that speaks of pseudo labels, weak labels, distillation or
self-training has marked them.

## When to leave it

The predictions replace labels in an active-learning loop where a person has confirmed them.

## How sure

A hint. Predicted and given labels are followed into one `fit`; a file that says what it
does (`pseudo`, `self_train`, `teacher`, …) is left alone, and on 222 public repositories,
14 of which have pseudo-labels, all said so. How often it is right is not known.

## Examples

```python
import numpy as np
from sklearn.linear_model import LogisticRegression

model = LogisticRegression().fit(X_known, y_known)
guessed = model.predict(X_unknown)
X_all = np.vstack([X_known, X_unknown])
y_all = np.concatenate([y_known, guessed])
final = LogisticRegression().fit(X_all, y_all)  # want: predicted
```

```python
import numpy as np
from sklearn.linear_model import LogisticRegression

model = LogisticRegression().fit(X_known, y_known)
pseudo_labels = model.predict(X_unknown)
X_all = np.vstack([X_known, X_unknown])
y_all = np.concatenate([y_known, pseudo_labels])
final = LogisticRegression().fit(X_all, y_all)
```

In a column of a frame; predictions that are only judged.

```python
import pandas as pd
from sklearn.ensemble import RandomForestClassifier

train, new = pd.read_csv("train.csv"), pd.read_csv("new.csv")
model = RandomForestClassifier(random_state=0).fit(train[["a", "b"]], train["label"])
new["label"] = model.predict(new[["a", "b"]])
both = pd.concat([train, new])
again = RandomForestClassifier(random_state=1)
again.fit(both[["a", "b"]], both["label"])  # want: predicted
```

```python
import pandas as pd
from sklearn.ensemble import RandomForestClassifier

train, new = pd.read_csv("train.csv"), pd.read_csv("new.csv")
model = RandomForestClassifier(random_state=0).fit(train[["a", "b"]], train["label"])
new["guess"] = model.predict(new[["a", "b"]])
both = pd.concat([train, new])
known = both.dropna(subset=["label"])
RandomForestClassifier(random_state=1).fit(known[["a", "b"]], known["label"])
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import HINT, Finding, Related, rule
from mldebt.syntax.flow_gates import may_follow_itself
from mldebt.syntax.module import Module

MARKS = (
    *("pseudo", "distil", "teacher"),
    *(f"weak{joint}label" for joint in ("", "_", " ", "-")),
    *(f"self{joint}train" for joint in ("", "_", " ", "-")),
    *(f"semi{joint}super" for joint in ("", "_", " ", "-")),
    *(f"co{joint}training" for joint in ("", "_", " ", "-")),
)
"""In lower case; whoever writes one of them knows what these labels are."""


@rule(severity=HINT, calls=("fit",), words=("predict", "predict_proba", "predict_classes"))
def check(module: Module, config: Config) -> Iterator[Finding]:
    if not may_follow_itself(module) or not stacks(module) or is_marked(module.text):
        return
    from mldebt.syntax.flow_models import model_fits
    from mldebt.syntax.flow_origins import origins_of
    from mldebt.syntax.flow_rows import rows_of

    rows = rows_of(module, config.knowledge)
    for fit in model_fits(rows):
        labels = rows.flow.arg(fit, 1, "y")
        if not labels:
            continue
        origins = origins_of(rows, labels)
        if origins.stacked is None or not origins.predicted or not origins.given:
            continue
        first = origins.predicted[0]
        if first.id > fit.id:
            continue
        yield Finding(
            fit.span,
            "The model is trained on predicted labels beside real ones",
            "Predicted labels carry the first model's mistakes on, and in one column with the real ones nobody can "
            "tell them apart. Mark them, weigh them less, and score on real labels only.",
            (
                Related(first.span, "these labels are predicted"),
                Related(origins.stacked.span, "they are put to the others here"),
            ),
        )
        return


def is_marked(text: str) -> bool:
    lower = text.lower()
    return any(mark in lower for mark in MARKS)


def stacks(module: Module) -> bool:
    return any(word in module.text for word in ("concat", "append", "stack", "r_["))
