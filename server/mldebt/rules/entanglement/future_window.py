"""A feature is computed from rows that lie in the future.

## Why it is debt

`shift(-1)`, a centred window, a back fill: each row is given values that were not known
when the prediction had to be made. In the evaluation the model looks into the future;
in production there is none, and the score is gone.

## What to do

Look back only: `shift(1)`, `rolling(n)` without `center`, `ffill`. What lies ahead may
be the target, never a feature.

## When to leave it

The rule follows columns stored by name into the first argument of a model's `fit`.
Columns that are the target, are dropped before, or are named after what they are
(`target_next`, `y_future`) are passed over.

## How sure

A hint. The column is followed from where later rows are looked at to the `fit` that
learns from it; names that say target or future are left alone. On 222 public
repositories, some twenty of them about prices, it said nothing: it seldom
speaks, and how often it is right is not known.

## Fix safety

There is none: which past value was meant is not known.

## Source

Kaufman et al., *Leakage in Data Mining* (2012).

## Examples

```python
import pandas as pd
from sklearn.linear_model import LinearRegression

df = pd.read_csv("prices.csv", parse_dates=["day"])
df["smooth"] = df["price"].rolling(5, center=True).mean()  # want: `smooth` is computed from later rows
df["ahead"] = df["price"].shift(-1)
X = df[["smooth", "volume"]]
LinearRegression().fit(X, df["ahead"])
```

What lies ahead is the target, and features look back.

```python
import pandas as pd
from sklearn.linear_model import LinearRegression

df = pd.read_csv("prices.csv", parse_dates=["day"])
df["smooth"] = df["price"].rolling(5).mean()
df["before"] = df["price"].shift(1)
df["ahead"] = df["price"].shift(-1)
LinearRegression().fit(df.drop(columns=["ahead"]), df["ahead"])
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import HINT, Finding, Related, rule
from mldebt.syntax.module import Module
from mldebt.text import Span, regex
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:  # few files need them: see flow_gates
    from mldebt.syntax.flow_values import Flow, Value

AHEAD = regex(
    r"shift\(\s*(?:periods\s*=\s*)?-|center\s*=\s*True|bfill(?<!\wbfill)\(|backfill(?<!\wbackfill)\(|method\s*=\s*[\"'](?:bfill|backfill)|direction\s*=\s*[\"']forward"
)
TARGET = regex(r"target|label|(?:^|_)y(?:_|$)|future|next|fwd|forward|ahead|horizon|outcome|lead", re.I)


@rule(severity=HINT, calls=("shift", "rolling", "bfill", "fillna"))
def check(module: Module, config: Config) -> Iterator[Finding]:
    if not module.has_call("fit") or not AHEAD.search(module.text):
        return
    from mldebt.rules.entanglement._columns import columns_of, made_by, names_in
    from mldebt.syntax.flow import flow_of

    flow = flow_of(module)
    told: set[Span] = set()
    for fit in flow.calls("fit"):
        features = flow.arg(fit, 0, "X")
        target = flow.arg(fit, 1, "y")
        if not target:
            continue
        targets = {column.name for column in columns_of(flow, target, config.knowledge)}
        for id in flow.back(target):
            if flow[id].kind == "index":
                targets |= names_in(flow, flow[id].slots.get("key", frozenset())) or frozenset()
        for column in columns_of(flow, features, config.knowledge):
            if column.name in targets or TARGET.search(column.name) or column.made.span in told:
                continue
            call = next((call for call in made_by(flow, column.value) if is_ahead(flow, call)), None)
            if call is None:
                continue
            told.add(column.made.span)
            yield Finding(
                call.span,
                f"`{column.name}` is computed from later rows, and a model learns from it",
                "When the prediction has to be made these values are not known yet: the evaluation looks into the future.\n"
                "Look back only: shift(1), rolling(n) without center, ffill.",
                related=(Related(fit.span, "the model learns from it here"),),
            )


def is_ahead(flow: Flow, call: Value) -> bool:
    """Whether this call takes values from later rows."""
    slots = call.slots
    name = call.name
    if name in ("bfill", "backfill"):
        return True
    if name == "rolling":
        return flow.literal(slots.get("center", frozenset())) is True
    if name == "shift":
        for value in flow.all(slots.get("0") or slots.get("periods") or frozenset()):
            if value.kind == "mix" and value.detail == "neg":
                return True
            if value.kind == "const" and value.detail.__class__ is int and value.detail < 0:
                return True
    return False
