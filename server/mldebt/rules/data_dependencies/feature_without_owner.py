"""Nobody is named who answers for a feature.

## Why it is debt

A feature is computed upstream, by a pipeline that changes for reasons of its own.
Without an owner nobody announces the change, and nobody can be asked when the
distribution moves.

## What to do

Write down the team or person whose pipeline computes it as `upstream_owner`.

## Fix safety

A draft: it adds the question, and the answer is yours.

## How sure

The record alone is read: an answer is there or not. Where most features of a file leave
this open, the first carries the weight and the others are hints: the list is not filled
in yet. No public project keeps such a file, so there is no count of true and false.

## Examples

The record stands in `features.yaml`, or as a dict in code.

```yaml
# file: features.yaml
features:
  tx_mean_7d:
    upstream_owner: data-platform
    schema_version: "1.2"
  merchant_risk:  # want: `merchant_risk` has no owner upstream
    schema_version: "1.0"
```

```yaml fixed
features:
  tx_mean_7d:
    upstream_owner: data-platform
    schema_version: "1.2"
  merchant_risk:
    schema_version: "1.0"
    upstream_owner: null  # TODO(mldebt): whose pipeline computes it?
```

```python
feature_metadata = {
    "merchant_risk": {"upstream_owner": None, "schema_version": "1.0"},  # want: `merchant_risk` has no owner
    "tx_mean_7d": {"upstream_owner": "data-platform", "schema_version": "1.2"},
}
```

A report that is computed is no metadata.

```python
rows.append({"upstream_owner": meta.get("upstream_owner"), "schema_version": meta.get("schema_version")})
```

```yaml
# file: features.yaml
features:
  tx_mean_7d: {upstream_owner: data-platform, schema_version: "1.2"}
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
        span = missing_at(record, "upstream_owner", "owner")
        if span is not None:
            found.append(
                Finding(
                    span,
                    f"{named(record)} has no owner upstream",
                    "When the pipeline that computes it changes, nobody tells you, and nobody can be asked. Write "
                    "down the team as `upstream_owner`.",
                    path=record.path,
                )
            )
    yield from weighed(found, records)


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding) -> Iterable[Fix]:
    yield from adding(subject, finding, "upstream_owner")
