"""The label audit leaves a question open.

## Why it is debt

Four answers tell whether a model can feed itself: what makes a case get a label,
whether a decision changes the outcome, how late the label comes, and whom to ask.
A record without one of them looks like an audit and is none.

## What to do

Answer the missing keys: `label_trigger`, `model_output_affects_outcome`,
`label_lag_days`, `owner`.

## Fix safety

A draft: it adds the questions, and the answers are yours.

## How sure

The record alone is read, as its keys are meant. No public project keeps such a file, so
there is no count of true and false; what is reported is a key that is not there.

## Examples

```yaml
# file: labels.yaml
models:
  fraud_detector_v3:  # want: `fraud_detector_v3` does not say `label_lag_days` and `owner`
    label_trigger: chargeback
    model_output_affects_outcome: false
```

```yaml fixed
models:
  fraud_detector_v3:
    label_trigger: chargeback
    model_output_affects_outcome: false
    label_lag_days: null  # TODO(mldebt): how many days until the label is known?
    owner: null  # TODO(mldebt): whom to ask
```

```yaml
# file: labels.yaml
models:
  churn: {label_trigger: contract_end, model_output_affects_outcome: false, label_lag_days: 14, owner: crm}
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mldebt.facts.audits import labels_of
from mldebt.rule import HINT, Finding, Fix, Workspace, rule
from mldebt.rules.feedback_loops._labels import adding, named
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module

QUESTIONS = ("label_trigger", "model_output_affects_outcome", "label_lag_days", "owner")


@rule(severity=HINT, gated=False, needs=("label-record",), kinds=("label-record",))
def across(workspace: Workspace) -> Iterator[Finding]:
    for record in labels_of(workspace):
        missing = [key for key in QUESTIONS if not record.has(key)]
        if not missing:
            continue
        listed = " and ".join(
            part for part in (", ".join(f"`{key}`" for key in missing[:-1]), f"`{missing[-1]}`") if part
        )
        yield Finding(
            record.span,
            f"{named(record)} does not say {listed}",
            "Until all four questions are answered nobody knows whether the model's predictions can change "
            "the data it will learn from.",
            path=record.path,
            data=tuple(missing),
        )


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding) -> Iterable[Fix]:
    yield from adding(subject, finding, finding.data, "Add the missing keys, to be answered")
