"""Code reads a column that the schema it was validated against does not have, or as another type.

## Why it is debt

The schema is there so that a change upstream is caught at the door. What it does
not mention comes in unchecked, and a type that the code corrects behind it says
that one of the two is wrong.

## What to do

Declare the column, with the type the code needs, in the schema.

## How sure

Frames that `schema.validate(df)` has returned (pandera), read by a literal name in
the same function, before anything in it writes that column.

On 222 public repositories it said nothing.

## Examples

```python
# file: load.py
import pandas as pd
import pandera as pa
from pandera import Column, DataFrameSchema

transactions = DataFrameSchema({
    "user_id": Column(str),
    "amount": Column(float),
    "count": Column(str),
})


def load(path):
    df = transactions.validate(pd.read_parquet(path))
    df["amount_eur"] = df["amount"] * df["rate"]  # want: `rate` is not in the schema `transactions`
    df["share"] = df["amount_eur"] / 2
    df["n"] = df["count"].astype(int)  # want: `count` is str in the schema `transactions` and cast to int here
    return df
```

```python
# file: load.py
import pandas as pd
from pandera import Column, DataFrameSchema

transactions = DataFrameSchema({"user_id": Column(str), "amount": Column(float)})


def load(path):
    raw = pd.read_parquet(path)
    print(raw["anything"])
    df = transactions.validate(raw)
    df["amount_log"] = df["amount"].astype("float32")
    return df[["user_id", "amount_log"]]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.rule import WARNING, Fact, Finding, Related, Workspace, rule


@rule(severity=WARNING, gated=False, needs=("frame-schema", "frame-use"), kinds=("frame-use",))
def across(workspace: Workspace) -> Iterator[Finding]:
    schemas: dict[str, list[tuple[str, dict[str, str], Fact]]] = {}
    for path, fact in workspace.facts("frame-schema"):
        schemas.setdefault(fact.subject, []).append((path, dict(fact.detail[0]), fact))
    seen: set[tuple[str, str, str]] = set()
    for path, fact in workspace.facts("frame-use"):
        if workspace.config.role_of(path) in ("test", "example"):
            continue
        schema, cast = fact.detail
        known = schemas.get(schema, [])
        known = [one for one in known if one[0] == path] or known
        if len(known) != 1 or (path, schema, fact.subject) in seen:
            continue
        where, columns, declared = known[0]
        if fact.subject not in columns:
            message = f"`{fact.subject}` is not in the schema `{schema}` that this frame was validated with"
        elif cast and columns[fact.subject] and cast != columns[fact.subject]:
            message = f"`{fact.subject}` is {columns[fact.subject]} in the schema `{schema}` and cast to {cast} here"
        else:
            continue
        seen.add((path, schema, fact.subject))
        yield Finding(
            fact.span,
            message,
            "What the schema does not say is not checked: a change upstream gets through. Declare the column "
            "as the code needs it.",
            related=(Related(declared.span, "the schema", where),),
            path=path,
        )
