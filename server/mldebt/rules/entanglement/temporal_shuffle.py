"""Rows whose features look back in time are shuffled into train and test.

## Why it is debt

A lag or a rolling mean of a test row is made of its neighbours' values, and the
neighbours are in the training part. The model is judged on days it has practically seen;
in production it never sees the day after. The score is too good, and grows with the
window.

## What to do

Split by time: `shuffle=False` on rows sorted by date, a cut-off date, or
`TimeSeriesSplit`.

## When to leave it

The rule wants all three: a split that shuffles (`train_test_split` without `shuffle=False`
or groups; `KFold(shuffle=True)` or `ShuffleSplit`, in a loop or in `cross_val_score`), a stored column made by `shift`, `rolling`,
`diff`, `ewm`, `expanding` or `pct_change` among the rows that are split, and a sign of time
(rows sorted or indexed by a date, parsed dates). Information, for panels of
independent series may be split by series on purpose.

## Fix safety

*Unsafe*: `shuffle=False` is right if the rows are in order of time, which the fix
only offers where they are sorted by a date.

## Source

Bergmeir and Benítez, *On the use of cross-validation for time series predictor
evaluation* (2012).

## Examples

```python
import pandas as pd
from sklearn.model_selection import train_test_split

df = pd.read_csv("sales.csv", parse_dates=["date"])
df = df.sort_values("date")
df["week_mean"] = df["sales"].rolling(7).mean()
X = df.drop(columns=["sales"])
X_train, X_test, y_train, y_test = train_test_split(X, df["sales"], test_size=0.2, random_state=0)  # want: `week_mean` looks back in time
```

```python fixed
import pandas as pd
from sklearn.model_selection import train_test_split

df = pd.read_csv("sales.csv", parse_dates=["date"])
df = df.sort_values("date")
df["week_mean"] = df["sales"].rolling(7).mean()
X = df.drop(columns=["sales"])
X_train, X_test, y_train, y_test = train_test_split(X, df["sales"], test_size=0.2, shuffle=False)
```

Folds that shuffle.

```python
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold, TimeSeriesSplit, cross_val_score

df = pd.read_csv("sales.csv", parse_dates=["date"])
df["before"] = df["sales"].shift(1)
X = df[["before"]]
scores = cross_val_score(Ridge(), X, df["sales"], cv=KFold(5, shuffle=True))  # want: `before` looks back in time
right = cross_val_score(Ridge(), X, df["sales"], cv=TimeSeriesSplit(5))
```

In order, without time, and with the column dropped.

```python
import pandas as pd
from sklearn.model_selection import train_test_split

df = pd.read_csv("sales.csv", parse_dates=["date"])
df["week_mean"] = df["sales"].rolling(7).mean()
X = df.drop(columns=["sales"])
train, test = train_test_split(X, shuffle=False)
train, test = train_test_split(df.drop(columns=["week_mean"]), random_state=0)

rows = pd.read_csv("signal.csv")
rows["step"] = rows["v"].diff()
train, test = train_test_split(rows, random_state=0)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import INFORMATION, UNSAFE, Finding, Fix, Related, rule
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, regex
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:  # few files need them: see flow_gates
    from mldebt.syntax.flow_values import Flow, Ids, Value

BACKWARD = frozenset({"shift", "rolling", "diff", "ewm", "expanding", "pct_change"})
TIME = regex(r"date|time|(?:^|_)(?:day|month|week|year|hour|ts|dt)(?:$|_)", re.I)
TIME_COLUMN = regex(r"(?:\w+[_ ])?(?:date|datetime|timestamp)(?:[_ ]\w+)?", re.I)
TIMES = frozenset({"date_range", "to_datetime", "resample", "asfreq"})


@rule(
    severity=INFORMATION,
    calls=("train_test_split", "KFold", "StratifiedKFold", "ShuffleSplit", "RepeatedKFold"),
)
def check(module: Module, config: Config) -> Iterator[Finding]:
    if not module.has_call(*BACKWARD):
        return
    from mldebt.rules.entanglement._columns import columns_of, made_by
    from mldebt.syntax.flow import flow_of

    flow = flow_of(module)
    told: set[Span] = set()
    for call, ids in shuffled(flow):
        if call.span in told:
            continue
        column = next(
            (
                column
                for column in columns_of(flow, ids, config.knowledge)
                if any(
                    made.name in BACKWARD and "axis" not in made.slots for made in made_by(flow, column.value)
                )
            ),
            None,
        )
        if column is None:
            continue
        sign, is_sorted = time_in(flow, ids)
        if not sign:
            continue
        told.add(call.span)
        yield Finding(
            call.span,
            f"`{column.name}` looks back in time, and these rows are shuffled into train and test",
            "A test row's feature is made of its neighbours' values, and they are in the training part: the score is too good.\n"
            "Split by time: shuffle=False on sorted rows, a cut-off date, or TimeSeriesSplit.",
            related=(Related(column.made.span, f"`{column.name}` is computed here"),),
            data=("sorted",) if is_sorted and call.name == "train_test_split" else (),
        )


def shuffled(flow: Flow) -> Iterator[tuple[Value, Ids]]:
    """Calls that divide rows at random, with the rows."""
    for split in flow.calls("train_test_split"):
        slots = split.slots
        if not split.target or "**" in slots or {"stratify", "groups"} & slots.keys():
            continue
        if "shuffle" not in slots or flow.literal(slots["shuffle"]) is True:
            yield split, slots.get("0", frozenset())
    for use in flow.calls("cross_val_score", "cross_validate", "cross_val_predict"):
        if "groups" not in use.slots and any(
            shuffles(flow, cv) for cv in flow.all(use.slots.get("cv", frozenset()))
        ):
            yield use, flow.arg(use, 1, "X")
    for use in flow.calls("split"):
        if "groups" not in use.slots and any(
            shuffles(flow, cv) for cv in flow.all(use.slots.get("self", frozenset()))
        ):
            yield use, flow.arg(use, 0, "X")


def shuffles(flow: Flow, cv: Value) -> bool:
    """Whether a value is a splitter that divides rows at random."""
    if cv.kind != "call" or not cv.target.startswith("sklearn."):
        return False
    if cv.name in ("KFold", "StratifiedKFold"):
        return flow.literal(cv.slots.get("shuffle", frozenset())) is True
    return cv.name in ("ShuffleSplit", "RepeatedKFold")


def time_in(flow: Flow, ids: Ids) -> tuple[bool, bool]:
    """(whether anything these rows were made of speaks of time, whether they were sorted by it)."""
    sign = is_sorted = False
    for id in flow.back(ids):
        value = flow[id]
        if value.kind == "const":
            sign = sign or (value.detail.__class__ is str and TIME_COLUMN.fullmatch(value.detail) is not None)
        elif value.kind == "attr":
            sign = sign or value.detail == "dt"
        elif value.kind == "call":
            if value.name == "sort_values":
                is_sorted = is_sorted or any(
                    item.kind == "const" and item.detail.__class__ is str and TIME.search(item.detail)
                    for item in flow.all(
                        flow.back(flow.all_ids(value) - value.slots.get("self", frozenset()))
                    )
                )
            sign = sign or value.name in TIMES or "parse_dates" in value.slots
    return sign or is_sorted, is_sorted


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    from mldebt.fixes.arguments import added_argument

    if not finding.data:
        return
    call = next(
        (
            call
            for call in module.calls("train_test_split")
            if call.span.end >= finding.span.end and call.span.start <= finding.span.start
        ),
        None,
    )
    if call is None or call.arg("shuffle") is not None:
        return
    seed = call.arg("random_state")
    text = module.text
    if seed is None:
        yield Fix("Split in order of time", (added_argument(text, call, "shuffle=False"),), UNSAFE)
        return
    start = text.rfind("random_state", call.span.start, seed.span.start)
    if start >= 0:
        edit = Edit(Span(start, seed.span.end), "shuffle=False")
        yield Fix("Split in order of time", (edit,), UNSAFE)
