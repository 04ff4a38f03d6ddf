"""Acting on a prediction changes the outcome that becomes its label.

## Why it is debt

A declined applicant builds no credit history, a recommended video gets the views:
the label tells what the decision has done, not what would have happened. The next
model takes the effect of this one for a property of the world.

## What to do

Let a random holdout group bypass the decision (`holdout_fraction`), or log every
decision with its alternative (`counterfactual_logging: true`) and evaluate both.

## Fix safety

A draft: it adds the questions, and the answers are yours.

## How sure

The record alone is read, as its keys are meant. No public project keeps such a file, so
there is no count of true and false; what is reported is what the record says.

## Examples

```yaml
# file: labels.yaml
models:
  loan_approval:
    label_trigger: repayment
    model_output_affects_outcome: true  # want: decisions of `loan_approval` change what becomes its label
```

```yaml fixed
models:
  loan_approval:
    label_trigger: repayment
    model_output_affects_outcome: true
    holdout_fraction: null  # TODO(mldebt): which random share of the cases bypasses the model?
    counterfactual_logging: null  # TODO(mldebt): is each decision stored with its alternative? true or false
```

```python
audit_label_source({"label_trigger": "repayment", "model_output_affects_outcome": True})  # want: change what becomes
```

A holdout group or the logged alternative answers it.

```yaml
# file: labels.yaml
models:
  loan_approval:
    label_trigger: repayment
    model_output_affects_outcome: true
    counterfactual_logging: true
  reporting:
    label_trigger: month_end
    model_output_affects_outcome: false
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mldebt.facts.audits import labels_of
from mldebt.rule import WARNING, Finding, Fix, Workspace, rule
from mldebt.rules.feedback_loops._labels import adding, named, samples_beside
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module


@rule(severity=WARNING, gated=False, needs=("label-record",), kinds=("label-record",))
def across(workspace: Workspace) -> Iterator[Finding]:
    for record in labels_of(workspace):
        affects = record.get("model_output_affects_outcome")
        if affects is None or affects.value is not True:
            continue
        logged = record.get("counterfactual_logging")
        if samples_beside(record) or (logged is not None and (not logged.known or logged.value)):
            continue
        yield Finding(
            affects.span,
            f"decisions of {named(record)} change what becomes its label, and nothing measures by how much",
            "Without cases that bypass the model its next version learns the effect of this one. Keep a "
            "random `holdout_fraction`, or log each decision with its alternative (`counterfactual_logging`).",
            path=record.path,
        )


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding) -> Iterable[Fix]:
    keys = ("holdout_fraction", "counterfactual_logging")
    yield from adding(
        subject, finding, keys, "Add `holdout_fraction` and `counterfactual_logging`, to be answered"
    )
