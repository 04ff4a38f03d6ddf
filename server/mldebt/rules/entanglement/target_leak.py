"""The target is among the features, or a feature is computed from it.

## Why it is debt

A model that is given the answer finds it. The score is near perfect, and in production, where the
answer is what one wants to know, the column is missing or empty.

## What to do

Take the target out of the features before the fit: `X = df.drop(columns=["target"])`. Compute features
only from what is known before the outcome. Encode categories by the target inside the
folds (`sklearn.preprocessing.TargetEncoder`), not with a mean over all rows.

Reported are a fit or a split whose features still have the target's column, as far as the columns
are known from literals; a column of the features that was assigned from an
expression over the target alone; and a group's mean of the target that was joined to the rows
before the split.

## When to leave it

The column is a lag of the target in a time series (`shift`, moving windows): that is not reported.

## How sure

Unknown is clean: a column list in a variable, `iloc`, or a step nobody knows ends the search.

## Fix safety

Unsafe: the score will drop. Offered where the frame itself is given as the features.

## Examples

```python
import pandas as pd
from sklearn.linear_model import LogisticRegression

df = pd.read_csv("loans.csv")
y = df["default"]
model = LogisticRegression().fit(df, y)  # want: `default` is among the features
```

```python fixed
import pandas as pd
from sklearn.linear_model import LogisticRegression

df = pd.read_csv("loans.csv")
y = df["default"]
model = LogisticRegression().fit(df.drop(columns=["default"]), y)
```

```python
import pandas as pd
from sklearn.linear_model import LogisticRegression

df = pd.read_csv("loans.csv")
y = df.pop("default")
model = LogisticRegression().fit(df, y)
```

Through a split, and through a feature that is the target in disguise.

```python
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

df = pd.read_csv("loans.csv")
X = df.drop("id", axis=1)
X_train, X_test, y_train, y_test = train_test_split(X, df["default"], random_state=0)
RandomForestClassifier(random_state=0).fit(X_train, y_train)  # want: `default` is among the features

shop = pd.read_csv("shop.csv")
shop["is_big"] = (shop["revenue"] > 100).astype(int)
X = shop[["visits", "is_big"]]
RandomForestClassifier(random_state=0).fit(X, shop["revenue"])  # want: `is_big` is computed from the target
```

```python
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

df = pd.read_csv("loans.csv")
X_train, X_test, y_train, y_test = train_test_split(df, df["default"], random_state=0)
X_train = X_train.drop(columns=["default"])
RandomForestClassifier(random_state=0).fit(X_train, y_train)

shop = pd.read_csv("shop.csv")
shop["is_big"] = (shop["revenue"] > 100).astype(int)
shop["revenue_before"] = shop["revenue"].shift(1)
RandomForestClassifier(random_state=0).fit(shop[["visits", "revenue_before"]], shop["revenue"])
RandomForestClassifier(random_state=0).fit(shop[["visits"]], shop["is_big"])
```

A group's mean of the target.

```python
import pandas as pd
from sklearn.model_selection import train_test_split

df = pd.read_csv("flats.csv")
df["street_price"] = df.groupby("street")["price"].transform("mean")  # want: mean of the target
X_train, X_test, y_train, y_test = train_test_split(df[["street_price"]], df["price"], random_state=0)
```

```python
import pandas as pd
from sklearn.model_selection import train_test_split

df = pd.read_csv("flats.csv")
train, test = train_test_split(df, random_state=0)
means = train.groupby("street")["price"].mean()
train["street_price"] = train["street"].map(means)
test["street_price"] = test["street"].map(means)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import ERROR, UNSAFE, Finding, Fix, Related, rule
from mldebt.syntax.flow_gates import may_leak_target
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:  # few files need them: see flow_gates
    from mldebt.syntax.flow_columns import Column
    from mldebt.syntax.flow_rows import Rows
    from mldebt.syntax.flow_values import Ids, Value


@rule(severity=ERROR, calls=("fit",), tables=("splitters",))
def check(module: Module, config: Config) -> Iterator[Finding]:
    if not may_leak_target(module, config.knowledge):
        return
    from mldebt.syntax.flow_columns import column_of
    from mldebt.syntax.flow_models import fitted_rows, model_fits
    from mldebt.syntax.flow_rows import rows_of

    rows = rows_of(module, config.knowledge)
    seen: set[object] = set()
    for fit in model_fits(rows):
        X, y = fitted_rows(rows, fit), rows.flow.arg(fit, 1, "y")
        target = column_of(rows, y)
        if target is None or not X or is_taken_out(module, target.name):
            continue
        if (finding := given_away(rows, fit, X, target)) and finding.message not in seen:
            seen.add(finding.message)
            yield finding
    for finding in encoded(rows):
        if finding.span not in seen:
            seen.add(finding.span)
            yield finding


def is_taken_out(module: Module, column: str) -> bool:
    """`del df["y"]` and `df.pop("y")` change the frame where no value shows it."""
    return any(
        f"{before}{quote}{column}{quote}" in module.text for quote in "\"'" for before in (".pop(", ".remove(")
    ) or any(f"[{quote}{column}{quote}]" in line for line in module.text.splitlines() if line.lstrip().startswith("del ")
             for quote in "\"'")  # fmt: skip


def given_away(rows: Rows, fit: Value, X: Ids, target: Column) -> Finding | None:
    """The target's column, or one computed from it, among these features."""
    from mldebt.syntax.flow_columns import computed_from, has_column

    help = (
        "A model that is given the answer finds it, and in production the answer is not there yet. Take the "
        "column out of the features before the fit."
    )
    if has_column(rows, X, target.name, target.frame):
        return Finding(
            fit.span,
            f"The target `{target.name}` is among the features",
            help,
            (Related(target.span, "the target is taken here"),),
            data=(target.name,),
        )
    for name, update in computed_from(rows, target):
        if has_column(rows, X, name, update.only):
            return Finding(
                fit.span,
                f"The feature `{name}` is computed from the target `{target.name}`",
                help,
                (
                    Related(update.span, f"`{name}` is computed here"),
                    Related(target.span, "the target is taken here"),
                ),
            )
    return None


def encoded(rows: Rows) -> Iterator[Finding]:
    """A group's statistic of the target among the features."""
    from mldebt.rules.entanglement._statistic_leaks import target_encodings

    for statistic, split, target in target_encodings(rows):
        yield Finding(
            statistic.call.span,
            f"A group's {statistic.name} of the target `{target}` becomes a feature before the split",
            "Each row's own answer is in the number, and so are those of the test part. Encode inside the "
            "folds, with `sklearn.preprocessing.TargetEncoder` in a `Pipeline`, or from the train part alone.",
            (Related(split.call.span, "the rows are divided here"),),
        )


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    if not finding.data:
        return
    column = finding.data[0]
    call = next((call for call in module.calls("fit") if call.span == finding.span), None)
    arg = call.arg("X", 0) if call is not None else None
    title = f"Leave `{column}` out of the features"
    if arg is None or not arg.chain.isidentifier():
        yield Fix(title, (), UNSAFE, disabled="the features are no plain name in this call")
        return
    if any(
        other.chain == arg.chain
        for c in module.calls("predict", "score", "predict_proba")
        for other in c.args
    ):
        yield Fix(
            title,
            (),
            UNSAFE,
            disabled=f"`{arg.chain}` is also given to `predict`: leave the column out there too",
        )
        return
    quoted = '"' + str(column).replace("\\", "\\\\").replace('"', '\\"') + '"'
    yield Fix(title, (Edit(Span(arg.span.end, arg.span.end), f".drop(columns=[{quoted}])"),), UNSAFE)
