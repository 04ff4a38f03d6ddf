"""Labels exist only for the cases the model pointed at.

## Why it is debt

What the model does not flag is never looked at, so it never gets a label. The
next model is trained on the suspicions of this one: it learns to agree with its
predecessor, and what both overlook stays invisible, in training and in every
metric.

## What to do

Label a random share of all cases whatever the model says, keep that share out of
the model's hands, and write it down as `holdout_fraction` (or `random_sampling`).
Evaluate on it.

## Fix safety

A draft: it adds the question, and the answer is yours.

## How sure

The record alone is read, as its keys are meant. No public project keeps such a file, so
there is no count of true and false; what is reported is what the record says.

## Examples

The record stands in `labels.yaml`, or as a dict in code.

```yaml
# file: labels.yaml
models:
  fraud_detector_v3:
    label_trigger: model_alert  # want: cases that `model_alert` picked
    label_lag_days: 14
```

```yaml fixed
models:
  fraud_detector_v3:
    label_trigger: model_alert
    label_lag_days: 14
    holdout_fraction: null  # TODO(mldebt): which random share of the cases bypasses the model?
```

```python
label_metadata = {
    "label_trigger": "model_flag",  # want: `label_metadata` learns only from
    "label_lag_days": 14,
}
```

With a random share beside it, the loop is known and measured: the finding only
asks to verify that. A label that comes from the world needs nothing.

```yaml
# file: labels.yaml
models:
  fraud_detector_v3:
    label_trigger: model_alert  # want: verify
    holdout_fraction: 0.02
```

```yaml
# file: labels.yaml
models:
  churn:
    label_trigger: contract_end
    label_lag_days: 14
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mldebt.facts.audits import labels_of
from mldebt.plain import dataclass
from mldebt.rule import ERROR, INFORMATION, Finding, Fix, Workspace, rule
from mldebt.rules.feedback_loops._labels import adding, named, samples_beside
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    triggers: frozenset[str] = frozenset(
        {
            "alert",
            "flag",
            "flagged",
            "model",
            "model_alert",
            "model_decision",
            "model_flag",
            "model_output",
            "model_prediction",
            "model_score",
            "prediction",
            "score_above_threshold",
        }
    )
    """Values of `label_trigger` that mean: the model decides what is labelled."""


@rule(severity=ERROR, options=Options, gated=False, needs=("label-record",), kinds=("label-record",))
def across(workspace: Workspace, options: Options) -> Iterator[Finding]:
    for record in labels_of(workspace):
        trigger = record.get("label_trigger")
        if trigger is None or not isinstance(trigger.value, str):
            continue
        word = trigger.value.strip().lower().replace("-", "_").replace(" ", "_")
        if word not in options.triggers:
            continue
        beside = samples_beside(record)
        if beside:
            yield Finding(
                trigger.span,
                f"{named(record)} learns mostly from cases that `{trigger.value}` picked: "
                f"verify that `{beside}` is really sampled at random",
                "The random share is the only ground truth that the model has not chosen itself. "
                "Check that it is drawn before the model decides, and that evaluation uses it.",
                severity=INFORMATION,
                path=record.path,
                data=(True,),
            )
            continue
        yield Finding(
            trigger.span,
            f"{named(record)} learns only from cases that `{trigger.value}` picked, so it learns to agree with itself",
            "Cases the model passes over are never labelled. Label a random share of all cases whatever "
            "the model says, and write it down as `holdout_fraction`.",
            path=record.path,
            data=(False,),
        )


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding) -> Iterable[Fix]:
    if finding.data == (False,):
        yield from adding(subject, finding, ("holdout_fraction",), "Add `holdout_fraction`, to be answered")
