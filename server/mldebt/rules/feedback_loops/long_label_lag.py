"""Labels arrive long after the prediction, and no cutoff says which of them count.

## Why it is debt

While the label is on its way the model goes on acting: a case predicted in
January may be labelled by what its predictions did in February. Training data of
one period then carries the traces of later decisions.

## What to do

Write down the cutoff: which labels count, so that none can have been changed by
an action after the prediction (`label_cutoff`).

## Fix safety

A draft: it adds the question, and the answer is yours.

## How sure

The record alone is read, as its keys are meant. No public project keeps such a file, so
there is no count of true and false; what is reported is what the record says.

## Examples

```yaml
# file: labels.yaml
models:
  fraud_detector_v3:
    label_trigger: chargeback
    label_lag_days: 45  # want: labels of `fraud_detector_v3` arrive 45 days late
```

```yaml fixed
models:
  fraud_detector_v3:
    label_trigger: chargeback
    label_lag_days: 45
    label_cutoff: null  # TODO(mldebt): which labels count, so that later actions of the model cannot have changed them?
```

```yaml
# file: labels.yaml
models:
  fraud_detector_v3:
    label_trigger: chargeback
    label_lag_days: 45
    label_cutoff: chargebacks within 30 days of the transaction
  churn:
    label_lag_days: 30
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mldebt.facts.audits import labels_of
from mldebt.plain import dataclass
from mldebt.rule import INFORMATION, Finding, Fix, Workspace, rule
from mldebt.rules.feedback_loops._labels import adding, named
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    label_lag_days: int = 30
    """A lag up to this many days needs no cutoff."""


@rule(severity=INFORMATION, options=Options, gated=False, needs=("label-record",), kinds=("label-record",))
def across(workspace: Workspace, options: Options) -> Iterator[Finding]:
    for record in labels_of(workspace):
        lag = record.get("label_lag_days")
        if lag is None or not isinstance(lag.value, (int, float)) or isinstance(lag.value, bool):
            continue
        if lag.value <= options.label_lag_days or record.has("label_cutoff"):
            continue
        yield Finding(
            lag.span,
            f"labels of {named(record)} arrive {lag.value:g} days late, and no `label_cutoff` says which count",
            "Meanwhile the model acts on the same cases, and its actions reach the labels. Say which labels "
            "count, so that none can have been changed after the prediction.",
            path=record.path,
        )


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding) -> Iterable[Fix]:
    yield from adding(subject, finding, ("label_cutoff",), "Add `label_cutoff`, to be answered")
