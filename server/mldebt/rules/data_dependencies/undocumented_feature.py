"""The model uses features that the feature audit does not know.

## Why it is debt

A feature nobody has written down has no owner, no contract and no reason. Later it
cannot be told from one that is essential: it stays, or it is removed and something
breaks.

## What to do

Add it to `features.yaml` with owner, schema version and why the model has it, in
the same change that adds it to the model.

## How sure

Only in a project that keeps a feature audit, for lists of columns that are model
input; one finding a list.

## Examples

```python
# file: features.yaml
features:
  tx_mean_7d: {upstream_owner: data-platform, schema_version: "1.2"}
  merchant_risk: {upstream_owner: risk, schema_version: "1.0"}
# file: train.py
from sklearn.linear_model import LogisticRegression

FEATURES = ["tx_mean_7d", "merchant_risk", "device_age"]  # want: `device_age` is model input and not in the feature audit
model = LogisticRegression().fit(df[FEATURES], y)
```

```python
# file: features.yaml
features:
  tx_mean_7d: {upstream_owner: data-platform, schema_version: "1.2"}
  merchant_risk: {upstream_owner: risk, schema_version: "1.0"}
# file: train.py
from sklearn.linear_model import LogisticRegression

FEATURES = ["tx_mean_7d", "merchant_risk"]
model = LogisticRegression().fit(df[FEATURES], y)
PLOT_COLORS = ["red", "green"]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.audits import features_of
from mldebt.facts.columns import lists_of
from mldebt.rule import HINT, Finding, Related, Workspace, rule
from mldebt.text import some_of

MAX_NAMES = 5


@rule(severity=HINT, gated=False, needs=("feature-record", "feature-list"), kinds=("feature-record",))
def across(workspace: Workspace) -> Iterator[Finding]:
    records = features_of(workspace)
    if not records:
        return
    documented = {record.name for record in records}
    told: set[str] = set()
    for one in lists_of(workspace):
        if documented.isdisjoint(one.items):
            continue  # of another model, or no features at all
        unknown = [name for name in one.items if name not in documented and name not in told]
        if not unknown:
            continue
        told.update(unknown)
        names = some_of([f"`{name}`" for name in unknown], MAX_NAMES)
        are = "is" if len(unknown) == 1 else "are"
        yield Finding(
            one.spans[one.items.index(unknown[0])],
            f"{names} {are} model input and not in the feature audit",
            f"Write down owner, schema version and why the model has it in `{records[0].path}`; later nobody "
            "can tell whether it may go.",
            related=(Related(records[0].span, "the feature audit", records[0].path),),
            path=one.path,
        )
