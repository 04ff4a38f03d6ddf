"""A transformer is fitted on the test part.

## Why it is debt

Scaled, imputed or encoded by its own statistics, the test part is another
feature space than the one the model was trained in: the same value means
something else. The score is wrong in either direction, and production, where rows come
one at a time, cannot do the same.

## What to do

Fit on the train part, and `transform` the test part with the same object.

Reported when a known split made the test part, or when the names say so and a
transformer of the same class is fitted on the train part beside it.

## When to leave it

The test part is only drawn, not judged: a projection for a plot.

## Fix safety

Unsafe: the numbers downstream change. It is offered where the same object was
fitted on the train part before.

## Examples

```python
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.fit_transform(X_test)  # want: fitted on the test part
```

```python fixed
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.transform(X_test)
```

Two files instead of a split; two objects instead of one.

```python
import pandas as pd
from sklearn.impute import SimpleImputer

train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
train[["age"]] = SimpleImputer().fit_transform(train[["age"]])
test[["age"]] = SimpleImputer().fit_transform(test[["age"]])  # want: fitted on the test part
```

```python
from sklearn.manifold import TSNE
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import LabelEncoder, StandardScaler

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
scaler = StandardScaler().fit(X_train)
X_test = scaler.transform(X_test)
drawn = TSNE().fit_transform(X_test)
y_train = LabelEncoder().fit_transform(y_train)
y_test = LabelEncoder().fit_transform(y_test)
train, test = train_test_split(df, random_state=0)
train["target"] = LabelEncoder().fit_transform(train["target"])
test["target"] = LabelEncoder().fit_transform(test["target"])
```

Where a fitted object is given, this one only transforms.

```python
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


class Table:
    def __init__(self, df, scaler=None):
        self.scaler = scaler
        if self.scaler:
            self.rows = self.scaler.transform(df)
        else:
            self.scaler = StandardScaler()
            self.rows = self.scaler.fit_transform(df)


train_df, test_df = train_test_split(pd.read_csv("sales.csv"), random_state=1)
train = Table(train_df)
test = Table(test_df, scaler=train.scaler)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.knowledge import FIT_METHODS
from mldebt.rule import ERROR, UNSAFE, Finding, Fix, Related, rule
from mldebt.syntax.flow_gates import fits_transformer
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, regex
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:  # few files need them: see flow_gates
    from mldebt.syntax.flow_rows import Rows
    from mldebt.syntax.flow_values import Ids, Value

ONLY_DRAWN = frozenset({"TSNE", "MDS", "SpectralEmbedding", "UMAP", "Isomap", "LocallyLinearEmbedding"})
"""Projections one looks at; most have no `transform` for other rows."""
TARGET_ENCODERS = frozenset({"LabelEncoder", "LabelBinarizer", "MultiLabelBinarizer"})
TARGET_NAME = regex(
    r"^y(?:_|$|[A-Z\d])|label|target|outcome|(?:^|_)class(?:es)?(?:_|$)|(?:^|_)y(?:_|$)|^[yY](?:train|test|val)",
    re.I,
)


@rule(severity=ERROR, calls=FIT_METHODS)
def check(module: Module, config: Config) -> Iterator[Finding]:
    knowledge = config.knowledge
    if not fits_transformer(module, knowledge):
        return
    from mldebt.syntax.flow_fits import evaluations, fits_on
    from mldebt.syntax.flow_rows import rows_of
    from mldebt.syntax.flow_values import NONE

    rows = rows_of(module, knowledge)
    fits = list(fits_on(rows.flow, knowledge))
    sides = [side_of(rows, fit.rows) for fit in fits]
    judged: list[tuple[Value, set[int]]] | None = None
    seen: set[Span] = set()
    for fit, (side, certain) in zip(fits, sides, strict=True):
        call = fit.call
        if side != "test" or call.span in seen or fit.owner in ONLY_DRAWN:
            continue
        if fit.owner in TARGET_ENCODERS and is_target(rows, fit.rows):
            continue
        same, like = NONE, None
        for other, (other_side, _) in zip(fits, sides, strict=True):
            if other_side != "train":
                continue
            if not other.call.slots.get("self", NONE).isdisjoint(call.slots.get("self", NONE)):
                same |= {other.call.id}
            elif other.owner == fit.owner:
                like = like or other.call
        train = rows.flow[min(same)] if same else like or transformed_train(rows, call)
        if train is None:
            if not certain:
                continue
            if judged is None:
                judged = [(use, rows.wide(ids)) for use, ids in evaluations(rows.flow, knowledge)]
            if not any(call.id in reach for _, reach in judged):
                continue
        seen.add(call.span)
        if is_only_for_the_first(module, call.span):
            continue
        related = () if train is None else (Related(train.span, "the train part goes through here"),)
        first = bool(same) and min(same) < call.id
        can_fix = first and call.name == "fit_transform" and "1" not in call.slots and "y" not in call.slots
        yield Finding(
            call.span,
            f"`{fit.owner}` is fitted on the test part",
            "Transformed by its own statistics, the test part is in another feature space than "
            "the train part. Fit on the train part, and only `transform` this one.",
            related,
            data=("transform",) if can_fix else (),
        )


def is_only_for_the_first(module: Module, fit: Span) -> bool:
    """Whether the same rows are only transformed where a fitted object is given: `if scaler: … else: … fit …`."""
    from mldebt.syntax.details import details_of

    chunk, start = module.placed_at(fit.start)
    at = fit.start - start
    for branch in details_of(chunk).branches:
        if branch.kind == "if" and branch.span.start <= at < branch.span.end:
            inside = branch.body.start <= at < branch.body.end
            other = branch.orelse if inside else branch.body
            if ".transform(" in chunk.text[other.start : other.end]:
                return True
    return False


def side_of(rows: Rows, ids: Ids) -> tuple[str, bool]:
    """(train or test, whether a split says so) of the rows a fit gets; a name may contradict the split."""
    side = rows.side(ids)
    named = rows.named_side(ids)
    if side and named and side != named:
        return "", False
    return (side, True) if side else (named, False)


def is_target(rows: Rows, ids: Ids) -> bool:
    """Whether a name says so: of a variable, or of the column that is taken."""
    flow = rows.flow
    for id in rows.same(ids):
        value = flow[id]
        keys = flow.all(value.slots.get("key", ())) if value.kind == "index" else ()
        names = [value.variable, *(key.variable or str(key.detail or "") for key in keys)]
        if any(TARGET_NAME.search(name) for name in names):
            return True
    return False


def transformed_train(rows: Rows, fit: Value) -> Value | None:
    """A later `transform` of the train part by what was learned from the test part."""
    for user in rows.flow.users(fit.id):
        is_later = user.name == "transform" and fit.id in user.slots.get("state", frozenset())
        if is_later and side_of(rows, rows.flow.arg(user, 0, "X"))[0] == "train":
            return user
    return None


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    if finding.data != ("transform",):
        return
    call = next((call for call in module.calls("fit_transform") if call.span == finding.span), None)
    if call is not None:
        name = Span(call.func.end - len("fit_transform"), call.func.end)
        yield Fix("Transform with what the train part taught", (Edit(name, "transform"),), UNSAFE)
