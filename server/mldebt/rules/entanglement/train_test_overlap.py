"""A model is judged on rows it was trained on.

## Why it is debt

A score on rows the model has seen says how well it remembers, not what it will do
tomorrow. The number looks fine, and nothing in it can warn.

## What to do

Fit on the train part alone, and score rows that had no part in the fit: `train_test_split`,
`df.drop(train.index)` beside `df.sample(…)`, slices that do not overlap, or cross-validation.

Reported as errors are models that were fitted on all rows when a test part of those rows
judges them, slices that overlap, two random samples of one frame used as train and test
part, and a test frame read from the training file. A file whose only scores are of the very
rows the model was fitted on is reported as information.

## When to leave it

A learning curve, or a check that a model can overfit: the score of the train part is meant.

## How sure

Only what is seen to be the same rows is reported. A fit in a loop counts only when every fit that may be in effect
saw the test rows. A last fit on all rows after the score is no finding.

## Examples

```python
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = LogisticRegression()
model.fit(X, y)
print(model.score(X_test, y_test))  # want: fitted on
```

```python
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = LogisticRegression()
model.fit(X_train, y_train)
print(model.score(X_test, y_test), model.score(X_train, y_train))
model.fit(X, y)
```

Slices that overlap, samples drawn twice, and the same file read twice.

```python
import pandas as pd
from sklearn.ensemble import RandomForestRegressor

df = pd.read_csv("sales.csv")
train = df[:800]  # want: overlap
test = df[700:]
RandomForestRegressor().fit(train[["a"]], train["y"]).score(test[["a"]], test["y"])

train_rows = pd.read_csv("day1/train.csv")
test_rows = pd.read_csv("day1/train.csv")  # want: same file
```

```python
import pandas as pd

other = pd.read_csv("other.csv")
other_train = other.sample(frac=0.8, random_state=1)  # want: drawn
other_test = other.sample(frac=0.2, random_state=2)
```

```python
import pandas as pd

df = pd.read_csv("sales.csv")
train, test = df[:800], df[800:]
other_train = df.sample(frac=0.8, random_state=1)
other_test = df.drop(other_train.index)
train_rows = pd.read_csv("day1/train.csv")
test_rows = pd.read_csv("day1/test.csv")
```

The only score is of the rows the model was fitted on; with a cross-validation beside it that is a
detail, and rows that are called training rows promise nothing.

```python
from sklearn.metrics import accuracy_score
from sklearn.tree import DecisionTreeClassifier

tree = DecisionTreeClassifier(random_state=0).fit(X, y)
print(accuracy_score(y, tree.predict(X)))  # want: only of the rows
```

```python
from sklearn.metrics import accuracy_score
from sklearn.model_selection import cross_val_score
from sklearn.tree import DecisionTreeClassifier

tree = DecisionTreeClassifier(random_state=0).fit(X, y)
print(accuracy_score(y, tree.predict(X)), cross_val_score(tree, X, y))
```

```python
from sklearn.metrics import accuracy_score
from sklearn.tree import DecisionTreeClassifier

tree = DecisionTreeClassifier(random_state=0).fit(X_train, y_train)
print(accuracy_score(y_train, tree.predict(X_train)))
```

How far a feature follows from the others is asked of the very rows it is about.

```python
from sklearn.linear_model import LinearRegression


def inflation(df, name):
    others = df.drop(columns=[name])
    model = LinearRegression().fit(others, df[name])
    explained = model.score(others, df[name])
    return 1 / (1 - explained)
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from mldebt.config import Config
from mldebt.rule import ERROR, INFORMATION, Finding, Related, rule
from mldebt.syntax.flow_gates import may_overlap
from mldebt.syntax.module import Module
from mldebt.text import Span
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:  # few files need them: see flow_gates
    from mldebt.syntax.flow_models import Judgement
    from mldebt.syntax.flow_rows import Rows, Split
    from mldebt.syntax.flow_values import Value


READERS = ("read_csv", "read_parquet", "read_pickle", "read_feather", "read_excel")


@rule(severity=ERROR, words=("fit", "sample", *READERS))
def check(module: Module, config: Config) -> Iterator[Finding]:
    if not may_overlap(module):
        return
    from mldebt.syntax.flow_rows import rows_of

    rows = rows_of(module, config.knowledge)
    yield from same_file(rows)
    cuts = (found for split in rows.splits if split.kind == "slices" for found in overlapping(rows, split))
    # Features and labels are cut the same way: one cause, one finding.
    yield from islice(cuts, 1)
    if not module.has_call("fit"):
        return
    from mldebt.syntax.flow_models import judgements_of

    judgements = list(judgements_of(rows))
    seen: set[Span] = set()
    for judgement in judgements:
        found = seen_before(rows, judgement)
        if found is not None and judgement.call.span not in seen:
            seen.add(judgement.call.span)
            yield found
    if not seen:
        yield from only_remembered(module, rows, judgements)


def seen_before(rows: Rows, judgement: Judgement) -> Finding | None:
    """A test part judges a model whose every fit in effect saw the rows it was cut from."""
    from mldebt.syntax.flow_models import fitted_rows

    if not judgement.fits or rows.side(judgement.rows) != "test":
        return None
    judged = rows.same(judgement.rows)
    for split in rows.splits:
        if split.kind == "folds" or judged.isdisjoint(split.test):
            continue
        whole = rows.together(split.inputs)
        for fit in judgement.fits:
            ids = fitted_rows(rows, fit)
            if not ids or rows.side(ids) or rows.exact(ids).isdisjoint(whole):
                return None
        return Finding(
            judgement.call.span,
            "The test part judges a model that was fitted on it",
            "The model was fitted on all rows, so the score says how well it remembers them. Fit it on the "
            "train part alone.",
            (
                Related(judgement.fits[0].span, "the model is fitted on all rows here"),
                Related(split.call.span, "the rows are divided here"),
            ),
        )
    return None


def only_remembered(module: Module, rows: Rows, judgements: list[Judgement]) -> Iterator[Finding]:
    """The file's only scores are of the very rows the model was fitted on."""
    from mldebt.syntax.flow_folds import validations_of
    from mldebt.syntax.flow_models import fitted_rows

    judgements = [one for one in judgements if not tells_of_features(rows, one)]
    if not judgements or rows.splits or any(True for _ in validations_of(rows)):
        return
    for judgement in judgements:
        known = rows.flow.all(judgement.models)
        if any(
            rows.knowledge.get(rows.knowledge.cross_validators, model.type) for model in known if model.type
        ):
            return
        if len(judgement.fits) != 1:
            return
        given = fitted_rows(rows, judgement.fits[0])
        if len(given) != 1 or len(judgement.rows) != 1 or rows.roots(given) != rows.roots(judgement.rows):
            return
    first = judgements[0]
    if any(says_train(module, one) for one in judgements):
        return  # said to be a training score: a step of a pipeline whose test rows are another file's
    yield Finding(
        first.call.span,
        "The score is only of the rows the model was fitted on",
        "It says how well the model remembers, not how it does on new rows. Keep rows apart for the score, or "
        "cross-validate.",
        (Related(first.fits[0].span, "the model is fitted on the same rows here"),),
        INFORMATION,
    )


def tells_of_features(rows: Rows, judgement: Judgement) -> bool:
    """`1 / (1 - model.score(X, x))`: how far one feature follows from the others, and no model is judged."""
    flow = rows.flow
    return any(
        rest.kind == "mix" and rest.detail == "-" and any(user.detail == "/" for user in flow.users(rest.id))
        for rest in flow.users(judgement.call.id)
    )


def says_train(module: Module, judgement: Judgement) -> bool:
    """Whether the call that scores names the rows so: `r2_score(y_train, fitted)`."""
    return "train" in module.text[judgement.call.span.start : judgement.call.span.end].lower()


def overlapping(rows: Rows, split: Split) -> Iterator[Finding]:
    """`df[:800]` and `df[700:]`; `df.sample(frac=0.8)` and `df.sample(frac=0.2)`. Both sides must be named."""
    from mldebt.syntax.flow_parents import role_of_name

    flow = rows.flow
    trains = [part for part in flow.all(split.train) if role_of_name(part.variable) == "train"]
    tests = [part for part in flow.all(split.test) if role_of_name(part.variable) in ("test", "val")]
    for test in tests:
        shared = [train for train in trains if shares(rows, train, test)]
        # Another train part that leaves these rows out is the one they judge.
        alike = [train for train in trains if train.slots.get("self") == test.slots.get("self")]
        if not shared or len(shared) < len(alike):
            continue
        train = shared[0]
        if train.kind == "index":
            yield Finding(
                train.span,
                "The train and the test part overlap",
                "Rows of both slices train the model and judge it. Let one slice end where the other begins.",
                (Related(test.span, "the test part"),),
            )
        else:
            yield Finding(
                train.span,
                "Train and test part are drawn from the same rows",
                "Two random samples of one frame share rows. Use `df.drop(train.index)` for the test part, or "
                "`train_test_split`.",
                (Related(test.span, "the test part"),),
            )
        return


def shares(rows: Rows, train: Value, test: Value) -> bool:
    """Whether two parts of the same rows have rows in common for certain, or by chance."""
    if train.slots.get("self") != test.slots.get("self") or train.kind != test.kind:
        return False
    if train.kind == "index":
        some, others = bounds(rows, train), bounds(rows, test)
        return bool(some and others and some[0] < others[1] and others[0] < some[1])
    return train.name == test.name == "sample" and train is not test


def bounds(rows: Rows, part: Value) -> tuple[float, float] | None:
    """The rows a slice with literal bounds takes; None if a bound is not a number from the start."""
    cut = rows.row_slice(part)
    if cut is None or "step" in cut.slots:
        return None
    found = []
    for side, default in (("lower", 0.0), ("upper", float("inf"))):
        value = rows.flow.literal(cut.slots[side]) if side in cut.slots else default
        if value.__class__ not in (int, float) or value < 0:
            return None
        found.append(float(value))
    return found[0], found[1]


def same_file(rows: Rows) -> Iterator[Finding]:
    """`train` and `test` are read from one path that says train."""
    from mldebt.syntax.flow_parents import role_of_name

    read: dict[str, Value] = {}
    for call in rows.flow.calls(*READERS):
        path = rows.flow.literal(call.slots.get("0", frozenset()))
        if not isinstance(path, str) or set(call.slots) - {"0", "func"}:
            continue
        role = role_of_name(call.variable)
        if role == "train":
            read.setdefault(path, call)
        elif role == "test" and path in read and role_of_name(path.replace("/", "_")) == "train":
            yield Finding(
                call.span,
                f"`{call.variable}` is read from the same file as `{read[path].variable}`",
                "The model is judged on the rows it was trained on. Read the file of the test rows.",
                (Related(read[path].span, "the train rows are read here"),),
            )
