"""A feature has no schema version: nobody has promised what it is.

## Why it is debt

A renamed field, another time window, a normalisation more: without a versioned
contract such a change is nobody's mistake and reaches the model in silence.

## What to do

Agree on a schema with the owner (name, type, unit, window, nulls) and write down
its version as `schema_version`.

## Fix safety

A draft: it adds the question, and the answer is yours.

## How sure

The record alone is read: an answer is there or not. Where most features of a file leave
this open, the first carries the weight and the others are hints: the list is not filled
in yet. No public project keeps such a file, so there is no count of true and false.

## Examples

```yaml
# file: features.yaml
features:
  tx_mean_7d:
    upstream_owner: data-platform
    schema_version: null  # want: `tx_mean_7d` has no schema version
  merchant_risk:  # want: `merchant_risk` has no schema version
    upstream_owner: risk
```

```yaml
# file: features.yaml
features:
  tx_mean_7d: {upstream_owner: data-platform, schema_version: 3}
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mldebt.facts.audits import features_of
from mldebt.rule import WARNING, Finding, Fix, Workspace, rule
from mldebt.rules.data_dependencies._features import adding, missing_at, named, weighed
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module


@rule(severity=WARNING, gated=False, needs=("feature-record",), kinds=("feature-record",))
def across(workspace: Workspace) -> Iterator[Finding]:
    records = features_of(workspace)
    found = []
    for record in records:
        span = missing_at(record, "schema_version")
        if span is not None:
            found.append(
                Finding(
                    span,
                    f"{named(record)} has no schema version: its contract is whatever arrives",
                    "Agree with its owner on name, type, unit and window, and write down the version of that.",
                    path=record.path,
                )
            )
    yield from weighed(found, records)


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding) -> Iterable[Fix]:
    yield from adding(subject, finding, "schema_version")
