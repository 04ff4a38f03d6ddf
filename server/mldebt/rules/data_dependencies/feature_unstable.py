"""A feature that may change without notice has no fallback.

## Why it is debt

Its owner has said so: `is_stable: false`. The day it changes, the model reads
something it has never seen, and its scores move without an error anywhere.

## What to do

Agree on a stable version, or say what is used instead when it is missing or has
changed (`fallback`), and test that the model can do without it.

## Fix safety

A draft: it adds the question, and the answer is yours.

## How sure

The record alone is read, as its keys are meant. No public project keeps such a file, so
there is no count of true and false; what is reported is what the record says.

## Examples

```yaml
# file: features.yaml
features:
  merchant_risk:
    upstream_owner: risk
    is_stable: false  # want: `merchant_risk` may change without notice, and nothing stands in for it
```

```yaml fixed
features:
  merchant_risk:
    upstream_owner: risk
    is_stable: false
    fallback: null  # TODO(mldebt): what is used when it is missing or has changed?
```

```yaml
# file: features.yaml
features:
  merchant_risk: {upstream_owner: risk, is_stable: false, fallback: median of the last 30 days}
  tx_mean_7d: {upstream_owner: data-platform, is_stable: true}
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mldebt.facts.audits import features_of
from mldebt.rule import WARNING, Finding, Fix, Workspace, rule
from mldebt.rules.data_dependencies._features import adding, named
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module


@rule(severity=WARNING, gated=False, needs=("feature-record",), kinds=("feature-record",))
def across(workspace: Workspace) -> Iterator[Finding]:
    for record in features_of(workspace):
        stable = record.get("is_stable")
        if stable is None or stable.value is not False or record.has("fallback"):
            continue
        yield Finding(
            stable.span,
            f"{named(record)} may change without notice, and nothing stands in for it",
            "Its owner marks it as subject to change. Agree on a stable version, or say what is used instead "
            "(`fallback`) and test the model without it.",
            path=record.path,
        )


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding) -> Iterable[Fix]:
    yield from adding(subject, finding, "fallback")
