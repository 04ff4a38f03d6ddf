"""Decision thresholds have no date by which they must be looked at again.

## Why it is debt

A threshold is right for one calibration and one balance of costs. Without a date
nothing ever asks whether it still is: the next person who looks at it will be the one
who investigates why it was wrong.

## What to do

Give the class or section that holds the thresholds a date
(`recalibration_required_after`), and let `recalibration-overdue` remind you.

## When to leave it

Thresholds of algorithms (`iou_threshold`, `tolerance`) and single constants are left
alone: the rule asks for classes named after thresholds, or with two fields that are,
with a value between 0 and 1. A field or note that holds any date to come, or asks for
one, is enough. Tests and examples are passed over.

## How sure

A hint. Of 14 findings on 222 public repositories 10 were of health checks, feature
selection and fairness policies; their words are left out since, and the 4 that remain are
decisions on scores. Whether a decision needs a date is the project's own question.

## Fix safety

Draft: the fix adds the field without a date, marked TODO(mldebt).

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015), section 7.

## Examples

```python
from dataclasses import dataclass


@dataclass
class DecisionThresholds:  # want: `DecisionThresholds` has no date
    high_risk: float = 0.73
    medium_risk: float = 0.41
```

```python fixed
from dataclasses import dataclass


@dataclass
class DecisionThresholds:
    high_risk: float = 0.73
    medium_risk: float = 0.41
    recalibration_required_after: "date | None" = None  # TODO(mldebt)
```

With a date, and of an algorithm.

```python
from dataclasses import dataclass, field
from datetime import date


@dataclass
class DecisionThresholds:
    high_risk: float = 0.73
    medium_risk: float = 0.41
    recalibration_required_after: date = field(default_factory=lambda: date(2026, 7, 15))


@dataclass
class MatcherConfig:
    iou_threshold: float = 0.5
    nms_threshold: float = 0.7
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import DRAFT, HINT, Finding, Fix, Related, rule
from mldebt.rules.configuration._settings import Setting, settings
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, newline_of, regex

WORDS = ("threshold", "cutoff", "cut_off")
WORTH = regex(
    r"^[ \t]*class\b[^\n]*[Tt]hreshold|^[ \t]+\w*(?:threshold|cutoff|cut_off)\w*[ \t]*[:=]", re.M | re.I
)
FIELD = regex(r"threshold|cut_?off|(?:^|_)(?:high|medium|low)_risk$", re.I)
ALGORITHM = regex(
    r"iou|nms|overlap|match|loss|grad|clip|norm|epsilon|tol|mask|binary|edge|pixel|distance|dist_|early|patience|image|drift|alert|monitor|cpu|disk|memory"
    r"|health|lag|error|missing|share|parity|odds|impact|variance|correl|sparsity|importance|recall|precision|floor|calibrat",
    re.I,
)
DATED = regex(r"recalibrat|re_?validat|re_?view|valid_until|expir|next_|until|_by\b|_after\b", re.I)


@rule(severity=HINT, gated=False)
def check(module: Module, config: Config) -> Iterator[Finding]:
    text = module.text
    if "class" not in text or not any(word in module.lower_vocabulary for word in WORDS):
        return
    lines = text.split("\n")
    if not any(WORTH.match(line) for line in lines if any(word in line.lower() for word in WORDS)):
        return
    if config.role_of(module.path) == "example":
        return
    for owner, fields in thresholds(module).items():
        view = next((view for view in module.classes() if view.name == owner), None)
        if view is not None:
            yield Finding(
                view.name_span,
                f"`{owner}` has no date by which its thresholds must be looked at again",
                "Nothing will ever ask whether they still are right.\n"
                "Add `recalibration_required_after` with a date; you are told when it has passed.",
                related=tuple(Related(field.span, f"`{field.name}` is {field.literal}") for field in fields),
                data=(owner,),
            )


def thresholds(module: Module) -> dict[str, list[Setting]]:
    """Class -> its thresholds, for classes of thresholds without a date to come."""
    fields: dict[str, list[Setting]] = {}
    for setting in settings(module, (float,)):
        owner = setting.owner.rpartition(".")[2]
        named = "threshold" in owner.lower() or FIELD.search(setting.name)
        if owner and named and 0 < setting.value < 1 and not ALGORITHM.search(setting.name + owner):
            fields.setdefault(owner, []).append(setting)
    found = {owner: own for owner, own in fields.items() if len(own) > 1 or "threshold" in owner.lower()}
    if not found:
        return {}
    for chunk, _ in module.placed:
        owner = chunk.owner.rpartition(".")[2] or (chunk.classes[0].name if chunk.classes else "")
        if owner in found and DATED.search(chunk.text):
            del found[owner]
    return found


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    last = thresholds(module)[finding.data[0]][-1]
    text = module.text
    start = text.rfind("\n", 0, last.span.start) + 1
    indent = text[start : last.span.start]
    if indent.strip() or "\n" in text[last.value_span.start : last.value_span.end]:
        return
    end = text.find("\n", last.value_span.end)
    newline = newline_of(text)
    line = f'{indent}recalibration_required_after: "date | None" = None  # TODO(mldebt)'
    at = len(text) if end < 0 else end + 1
    inserted = f"{line}{newline}" if end >= 0 else f"{newline}{line}"
    yield Fix("Add a date to be recalibrated by", (Edit(Span(at, at), inserted),), DRAFT)
