"""The test part chooses between models, and then says how good the chosen one is.

## Why it is debt

The best of ten scores on one test part is partly luck with that test part. The more is tried on it,
the more the reported score promises, and the less of it is left in production.

## What to do

Choose on a validation part or by cross-validation, and score the chosen model once on
test rows that had no part in the choice.

Reported once for each test part: several models, or one model with several settings, whose test
scores go into `max`, `argmax`, a sort or a ranking; and early stopping or the best checkpoint watched on the test
part that is scored afterwards. A part that is called validation or dev may choose. So may a test part when
another held-out part is scored as well.

## When to leave it

A comparison that is itself the result, such as a table of baselines, and nothing is chosen from it.

## Source

Yang et al. 2022, "Data leakage in notebooks" (multi-test leakage).

## Examples

```python
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
scores = []
for k in range(1, 30):
    model = KNeighborsClassifier(n_neighbors=k).fit(X_train, y_train)
    scores.append(accuracy_score(y_test, model.predict(X_test)))  # want: chooses
best = max(scores)
```

```python
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
X_train, X_val, y_train, y_val = train_test_split(X_train, y_train, random_state=0)
scores = []
for k in range(1, 30):
    model = KNeighborsClassifier(n_neighbors=k).fit(X_train, y_train)
    scores.append(accuracy_score(y_val, model.predict(X_val)))
best = max(scores)
```

Two models and a ranking; early stopping.

```python
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
linear = LogisticRegression().fit(X_train, y_train)
svm = SVC().fit(X_train, y_train)
linear_score = linear.score(X_test, y_test)  # want: chooses
svm_score = svm.score(X_test, y_test)
table = pd.DataFrame({"model": ["linear", "svm"], "score": [linear_score, svm_score]})
print(table.sort_values("score"))
```

```python
from lightgbm import LGBMClassifier
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = LGBMClassifier()
model.fit(X_train, y_train, eval_set=[(X_test, y_test)], early_stopping_rounds=50)  # want: stops the training
print(model.score(X_test, y_test))
```

One model with several metrics, and a watched part without early stopping.

```python
from lightgbm import LGBMClassifier
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = LGBMClassifier()
model.fit(X_train, y_train, eval_set=[(X_test, y_test)])
predicted = model.predict(X_test)
scores = sorted([accuracy_score(y_test, predicted), f1_score(y_test, predicted)])
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import INFORMATION, Finding, Related, rule
from mldebt.syntax.flow_gates import may_choose
from mldebt.syntax.module import Module
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:  # few files need them: see flow_gates
    from mldebt.syntax.flow_models import Judgement
    from mldebt.syntax.flow_rows import Rows
    from mldebt.syntax.flow_values import Value

CHOICES = (
    "max", "min", "argmax", "argmin", "nanargmax", "nanargmin", "idxmax", "idxmin", "sorted", "sort", "sort_values",
    "nlargest", "nsmallest",
)  # fmt: skip
"""Calls that choose among scores, or rank them."""
STOPPERS = frozenset({"EarlyStopping", "ModelCheckpoint", "early_stopping", "EarlyStoppingCallback"})


@rule(severity=INFORMATION, words=("fit", "fit_generator"))
def check(module: Module, config: Config) -> Iterator[Finding]:
    if not may_choose(module):
        return
    from mldebt.syntax.flow_models import judgements_of
    from mldebt.syntax.flow_rows import rows_of

    rows = rows_of(module, config.knowledge)
    if not any(split.kind in ("pairs", "slices", "parts") for split in rows.splits):
        return
    judged: dict[frozenset[int], list[Judgement]] = {}
    for judgement in judgements_of(rows):
        if rows.side(judgement.rows) == "test":
            judged.setdefault(part_of(rows, judgement.rows), []).append(judgement)
    if len(judged) != 1:
        return  # none, or another held-out part is scored as well
    ((part, judgements),) = judged.items()
    if not part or may_choose_on(rows, part):
        return
    found = chosen(rows, judgements) or stopped(rows, part, judgements)
    if found is not None:
        yield found


def part_of(rows: Rows, ids: frozenset[int]) -> frozenset[int]:
    """The test parts these rows are, as the first values a split gave."""
    return frozenset(id for id in rows.same(ids) if rows.role(id) == "test")


def may_choose_on(rows: Rows, part: frozenset[int]) -> bool:
    """Whether a name says that this part is there to choose."""
    from mldebt.syntax.flow_parents import role_of_name

    return any(role_of_name(rows.flow[id].variable) == "val" for id in part)


def chosen(rows: Rows, judgements: list[Judgement]) -> Finding | None:
    """Scores of several models on the test part that go into one choice."""
    flow = rows.flow
    scores = {judgement.call.id: judgement for judgement in judgements}
    for choice in flow.calls(*CHOICES):
        given = flow.back(flow.all_ids(choice), frozenset({"func", "state", "key"}))
        found = [scores[id] for id in sorted(given) if id in scores]
        if not found:
            continue
        models = {frozenset(judgement.models) for judgement in found}
        if len(models) > 1 or varied(rows, found[0]):
            first = found[0].call
            related = [Related(choice.span, "the best is chosen here")]
            related += [Related(other.call.span, "another score") for other in found[1:6]]
            return Finding(
                first.span,
                "The test part chooses between models",
                "The best of several scores on one test part is partly luck with it. Choose on a validation part or "
                "by cross-validation, and score the chosen model once on the test part.",
                tuple(related),
            )
    return None


def varied(rows: Rows, judgement: Judgement) -> bool:
    """Whether the judged model is another one in each turn of a loop: from a list, or with a setting that varies."""
    flow = rows.flow
    if len(judgement.models) > 1:
        return True
    model = flow[next(iter(judgement.models))]
    if model.kind != "call":
        return model.kind in ("item", "element")
    slots = [ids for name, ids in model.slots.items() if name not in ("func", "self", "state")]
    return any(flow[id].kind == "item" for ids in slots for id in flow.back(ids))


def stopped(rows: Rows, part: frozenset[int], judgements: list[Judgement]) -> Finding | None:
    """A fit that watches the test part to know when to stop, or which state to keep."""
    flow = rows.flow
    for fit in flow.calls("fit", "fit_generator"):
        watched = fit.slots.get("eval_set", frozenset()) | fit.slots.get("validation_data", frozenset())
        if not watched or rows.same(members(rows, watched)).isdisjoint(part) or not stops_early(rows, fit):
            continue
        after = [judgement for judgement in judgements if fit in judgement.fits]
        if after:
            return Finding(
                fit.span,
                "The test part stops the training, and is scored afterwards",
                "Where to stop was chosen to suit the test part, so its score is too good. Give early stopping a "
                "validation part of the train rows.",
                (Related(after[0].call.span, "the score on the same part"),),
            )
    return None


def members(rows: Rows, ids: frozenset[int]) -> set[int]:
    """What is in `[(X_test, y_test)]`."""
    flow = rows.flow
    found: set[int] = set()
    stack = list(ids)
    for _ in range(40):
        if not stack:
            break
        value = flow[stack.pop()]
        if value.kind == "pack":
            stack += [id for slot in value.slots.values() for id in slot]
        else:
            found.add(value.id)
    return found


def stops_early(rows: Rows, fit: Value) -> bool:
    flow = rows.flow
    if "early_stopping_rounds" in fit.slots:
        return flow.literal(fit.slots["early_stopping_rounds"]) is not None
    for model in flow.all(fit.slots.get("self", frozenset())):
        if "early_stopping_rounds" in model.slots:
            return True
    for id in flow.back(fit.slots.get("callbacks", frozenset()), frozenset({"self"})):
        value = flow[id]
        if value.kind != "call" or value.name not in STOPPERS:
            continue
        monitor = flow.literal(value.slots.get("monitor", value.slots.get("0", frozenset())))
        if isinstance(monitor, str) and not monitor.startswith("val"):
            continue
        if (
            value.name != "ModelCheckpoint"
            or flow.literal(value.slots.get("save_best_only", frozenset())) is True
        ):
            return True
    return False
