"""A feature has no schema version: nobody has promised what it is.

## Why it is debt

A renamed field, another time window, a normalisation more: without a versioned
contract such a change is nobody's mistake and reaches the model in silence.

## What to do

Agree on a schema with the owner (name, type, unit, window, nulls) and write down
its version as `schema_version`.

## Fix safety

A draft: it adds the question, and the answer is yours.

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
from mldebt.rules.data_dependencies._features import adding, missing_at, named
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module


@rule(severity=WARNING, gated=False, needs=("feature-record",), kinds=("feature-record",))
def across(workspace: Workspace) -> Iterator[Finding]:
    for record in features_of(workspace):
        span = missing_at(record, "schema_version")
        if span is not None:
            yield Finding(
                span,
                f"{named(record)} has no schema version: its contract is whatever arrives",
                "Agree with its owner on name, type, unit and window, and write down the version of that.",
                path=record.path,
            )


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding) -> Iterable[Fix]:
    yield from adding(subject, finding, "schema_version")
