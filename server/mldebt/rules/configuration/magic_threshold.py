"""A model's score is compared with a number nobody can vouch for.

## Why it is debt

A threshold is right for one model, one calibration and one balance of costs. After the
next training the scores mean something else, and the comparison goes on deciding: who
is alerted, blocked or called. Sculley et al. call it a fixed threshold in a dynamic
system.

## What to do

Keep thresholds together under names, with the validation set, the metric and the date
they were chosen with, and a date from which they must be looked at again. Learn them on
held-out data where possible.

A warning where the score is seen to come from `predict_proba`, `decision_function`, a
sigmoid or a softmax; information where it comes from `predict` or where only its name
says so. The default of 0.5 on a
score seen to come from a model is a hint.

## When to leave it

Cut-offs on measures of a model (accuracy, AUC, loss) are not decisions about a row:
`magic-number` looks at those. Assertions, plots, and comparisons that a comment of a
few words explains stay silent.

## Fix safety

Draft: the value stays the literal it was; the new class asks for a reason and a date,
marked TODO(mldebt).

## Source

Sculley et al. 2015, section 7 (fixed thresholds in dynamic systems).

## Examples

```python
from sklearn.linear_model import LogisticRegression

model = LogisticRegression().fit(X, y)
alerts = model.predict_proba(X_new)[:, 1] > 0.73  # want: 0.73
```

```python fixed
from dataclasses import dataclass
from datetime import date

from sklearn.linear_model import LogisticRegression


@dataclass(frozen=True)
class DecisionThresholds:
    \"""Decision thresholds of this file. TODO(mldebt): dataset, metric and tool they were chosen with.\"""

    predict_proba_threshold: float = 0.73
    # what: bound of `model.predict_proba(X_new)[:, 1]`; why: TODO(mldebt); validated: TODO(mldebt); owner: TODO(mldebt)
    recalibration_required_after: "date | None" = None  # TODO(mldebt)


DECISION_THRESHOLDS = DecisionThresholds()


model = LogisticRegression().fit(X, y)
alerts = model.predict_proba(X_new)[:, 1] > DECISION_THRESHOLDS.predict_proba_threshold
```

Through names, by name alone, in bins, and the default.

```python
import numpy as np
import pandas as pd
import torch


def decide(model, x, frame):
    probability = model.predict_proba(x)[:, 1]
    if probability.max() > 0.5:  # want: 0.5
        frame["band"] = pd.cut(frame["risk_score"], bins=[0, 0.35, 0.8, 1])  # want: 0.35
    keep = torch.sigmoid(model(x)) >= 0.05  # want: 0.05
    return np.where(frame["fraud_score"] > 0.9, "block", "pass")  # want: 0.9
```

Measures, names, reasons and checks.

```python
import numpy as np
from sklearn.metrics import f1_score

CUT_OFF = 0.73
good = accuracy > 0.5
alerts = fraud_score > CUT_OFF
calls = fraud_score > 0.73  # chosen on May data with F2
votes = predicted_labels > 0.5
assert f1_score(y, p) > 0.8 and probability < 0.99
better = f1_score(y, p) > 0.5
flips = np.random.random() < 0.5
half = prob >= 0.5
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.knowledge.numbers import EPSILON
from mldebt.plain import dataclass
from mldebt.rule import HINT, INFORMATION, WARNING, Finding, Fix, rule
from mldebt.rules.configuration._numbers import (
    DRAWS,
    NAME,
    NO_SCORE,
    SCORE_WORD,
    beside,
    flows_from_model,
    is_explained,
    is_only_shown,
    is_score,
    statement_text,
    text_of,
)
from mldebt.syntax.module import Chunk, Module
from mldebt.syntax.views import Call, Number

ORDERED = frozenset({"<", "<=", ">", ">="})
BINNERS = frozenset({"cut", "digitize"})


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    report_default: bool = True
    """Whether 0.5 on a score that certainly comes from a model is a hint."""


@rule(severity=WARNING, options=Options, wakes=("numbers",))
def check(chunk: Chunk, options: Options) -> Iterator[Finding]:
    binned: set[int] = set()
    for number in chunk.numbers:
        value = number.value
        if value.__class__ is not float or not EPSILON < value < 1:
            continue
        if number.kind == "compare":
            if number.op in ORDERED:
                yield from compared(chunk, number, options)
        elif number.kind == "element" and number.call >= 0 and number.call not in binned:
            call = chunk.calls[number.call]
            if call.name in BINNERS and is_score_argument(chunk, call) and not is_explained(chunk, number):
                binned.add(number.call)
                yield finding(chunk, number, "", "bands of a score")


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    from mldebt.fixes.extract_config import THRESHOLDS, extractions

    yield from extractions(module, finding.span.start, THRESHOLDS)


def compared(chunk: Chunk, number: Number, options: Options) -> Iterator[Finding]:
    operand = beside(chunk, number)
    if not is_score(chunk, number, operand):
        return
    statement = statement_text(chunk, number)
    if statement.startswith("assert") or DRAWS.search(statement) or is_only_shown(chunk, number, statement):
        return
    source = flows_from_model(chunk, number)
    if number.value == 0.5 and not (source and options.report_default):
        return
    if not is_explained(chunk, number):
        yield finding(
            chunk, number, source, f"`{number.other}`" if number.other.isidentifier() else "a score"
        )


def is_score_argument(chunk: Chunk, call: Call) -> bool:
    """Whether the first argument of a binning call is a model's score."""
    if not call.args:
        return False
    words = NAME.findall(chunk.text[call.args[0].span.start : call.args[0].span.end])
    return any(SCORE_WORD.search(word) for word in words) and not any(NO_SCORE.search(word) for word in words)


def finding(chunk: Chunk, number: Number, source: str, subject: str) -> Finding:
    literal = text_of(chunk, number)
    severity = None if source not in ("", "predict") else INFORMATION
    if number.value == 0.5:
        severity = HINT
    origin = f", which comes from `{source}`" if source else ""
    return Finding(
        number.span,
        f"`{literal}` decides on {subject}{origin}, and has no name, date or owner",
        help="It is right for one model and one balance of costs; after the next training the scores mean something else.\n"
        "Keep thresholds together under names, with data set, metric and date, and a date for the next look.",
        severity=severity,
    )
