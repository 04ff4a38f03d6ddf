"""A documented feature is named nowhere in the code.

## Why it is debt

Either the model has lost the feature and its documentation, owner and monitor are
kept for nothing; or it is still there under another name, and nobody knows which.
Legacy features begin like this.

## What to do

Remove the entry if the feature is gone, or give it the name the code uses.

## How sure

Only where the code names at least half of the documented features: a model that
takes whatever columns a table has names none of them. Names that are no identifiers
(`Page views`, `T`) are not judged. A hint, because a name may be put together when the
program runs: of some 600 features drafted from the code of 43 public projects it
reports none, but what it finds where features have really gone is not measured.

## Examples

```python
# file: features.yaml
features:
  tx_mean_7d: {upstream_owner: data-platform, schema_version: "1.2"}
  merchant_risk: {upstream_owner: risk, schema_version: "1.0"}
  fax_number_known: {upstream_owner: crm, schema_version: "1.0"}  # want: `fax_number_known` is documented, and no code names it
# file: train.py
from sklearn.linear_model import LogisticRegression

model = LogisticRegression().fit(df[["tx_mean_7d", "merchant_risk"]], y)
```

```python
# file: features.yaml
features:
  tx_mean_7d: {upstream_owner: data-platform, schema_version: "1.2"}
  merchant_risk: {upstream_owner: risk, schema_version: "1.0"}
# file: train.py
from sklearn.linear_model import LogisticRegression

model = LogisticRegression().fit(df.drop(columns=["target"]), df["target"])
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.audits import features_of
from mldebt.facts.columns import mentioned_in
from mldebt.rule import HINT, Finding, Workspace, rule
from mldebt.text import regex

MIN_SHARE = 0.5
SEEN = regex(r"[A-Za-z_]\w{1,60}")
"""Names that the code's quoted words are searched for; see facts/columns."""


@rule(severity=HINT, gated=False, needs=("feature-record", "mentioned"), kinds=("feature-record",))
def across(workspace: Workspace) -> Iterator[Finding]:
    records = [
        record for record in features_of(workspace) if SEEN.fullmatch(record.name) and not record.in_code
    ]
    if not records:
        return
    mentioned = mentioned_in(workspace)
    orphans = [record for record in records if record.name not in mentioned]
    if len(orphans) > (1 - MIN_SHARE) * len(records):
        return
    for record in orphans:
        yield Finding(
            record.span,
            f"`{record.name}` is documented, and no code names it",
            "If the model no longer has it, remove the entry and what is kept running for it. If it goes by "
            "another name, write that name.",
            path=record.path,
        )
