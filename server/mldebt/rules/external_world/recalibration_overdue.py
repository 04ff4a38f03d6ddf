"""A date by which something had to be recalibrated, reviewed or removed has passed.

## Why it is debt

Somebody knew that a threshold, a model or a workaround would be right for a
while only, and wrote down until when. The world went on, the date passed, and
nothing told anyone: the number is still used as if it had been checked.

## What to do

Do what the date asks for (recalibrate, review, retrain, remove), and then write
down the next date. If it is no longer needed, delete the date with its reason.

## When to leave it

Dates that are data are not meant: the rule asks for names such as
`recalibration_required_after`, `revalidate_by`, `next_review`, `valid_until`,
`remove_by`, and not for `expire_date` in a table of memberships. Tests are
passed over. Add names of your own with the option `names`.

## Fix safety

The fix says that the work was done today and writes the next date, which is
true only if it was: it is *unsafe*, and there is none for what has to be removed.

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015),
section 7: fixed thresholds in dynamic systems.

## Examples

Error 90 days after the date (`grace_days`), warning before that, and a hint in
the last 30 days (`notice_days`). Today is 2026-01-15 in these examples.

```python
from dataclasses import dataclass, field
from datetime import date

@dataclass(frozen=True)
class FraudThreshold:
    value: float = 0.73
    recalibration_required_after: date = field(
        default_factory=lambda: date(2024, 7, 15)  # want: passed 549 days ago
    )
```

```python fixed
from dataclasses import dataclass, field
from datetime import date

@dataclass(frozen=True)
class FraudThreshold:
    value: float = 0.73
    recalibration_required_after: date = field(
        default_factory=lambda: date(2026, 7, 14)
    )
```

```python
THRESHOLD = {"value": 0.73, "valid_until": "2026-01-31"}  # want: due in 16 days
clip = 3.5  # revalidate by 2025-12-24  # want: passed 22 days ago
limit = 7  # TODO: remove this after 2025-03-01  # want: passed 320 days ago
```

```yaml
fraud:
  threshold: 0.73
  next_review: 2025-12-31  # want: passed 15 days ago
  # recalibrate by 2027-01-01
```

A date in the future, a date that tells what was done, and dates in data are no debt.

```python
from datetime import date

VALID_UNTIL = date(2027, 1, 1)
last_recalibration = date(2024, 1, 1)
row = {"membership_expire_date": "2017-02-15", "review_date": "2015-08-31"}
download = {"url": "/reports/7", "expires_at": "2024-04-05T00:00:00Z"}
# remove rows after 2020-01-01
```
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from mldebt.config import Config
from mldebt.facts.dates import KIND, names_a_deadline
from mldebt.plain import dataclass
from mldebt.rule import ERROR, HINT, UNSAFE, WARNING, Finding, Fix, Workspace, rule
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.text import Edit


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    grace_days: int = 90
    """So long after the date it is a warning, then an error."""
    notice_days: int = 30
    """So long before the date it is a hint."""
    interval_days: int = 180
    """What the fix adds to today for the next date."""
    names: frozenset[str] = frozenset()
    """Further names of fields and keys that hold such a date."""


@rule(severity=WARNING, options=Options, gated=False, needs=("dated-name",), kinds=("dated-name",))
def across(workspace: Workspace, options: Options) -> Iterator[Finding]:
    today = workspace.config.today
    for path, fact in workspace.facts(KIND):
        name, form = fact.subject, fact.detail[1]
        if not (is_deadline(name, form) or name in options.names) or workspace.config.role_of(path) == "test":
            continue
        days = (today - datetime.date.fromisoformat(fact.detail[0])).days
        if days < -options.notice_days:
            continue
        yield Finding(
            fact.span,
            f"`{name}` {when(days)} ({fact.detail[0]})",
            f"{PURPOSE[purpose_of(name)]}",
            severity=ERROR if days > options.grace_days else WARNING if days > 0 else HINT,
            path=path,
            data=(name,),
        )


def is_deadline(name: str, form: str) -> bool:
    return form == "due" or (form != "done" and names_a_deadline(name, in_manifest=form == "manifest"))


def when(days: int) -> str:
    if not days:
        return "is due today"
    count = f"{abs(days):,} day{'s' * (abs(days) > 1)}"
    return f"passed {count} ago" if days > 0 else f"is due in {count}"


# --- what a name asks for ---


def purpose_of(name: str) -> str:
    lower = name.lower()
    return next((verb for word, verb in VERBS if word in lower), "reviewed")


VERBS = (
    ("recalib", "recalibrated"),
    ("calib", "recalibrated"),
    ("train", "retrained"),
    ("remove", "removed"),
    ("delete", "removed"),
    ("retire", "removed"),
    ("sunset", "removed"),
    ("valid", "revalidated"),
    ("expir", "revalidated"),
)
PURPOSE = {
    "recalibrated": "It was calibrated for the data of its time. Recalibrate it, then write down the next date.",
    "retrained": "It learned from the data of its time. Retrain it, then write down the next date.",
    "revalidated": "Nobody has confirmed that it still holds. Validate it again, then write down the next date.",
    "reviewed": "Nobody has looked at it since. Review it, then write down the next date.",
    "removed": "It was meant to be gone by now. Remove it, or decide again and say until when.",
}


# --- the next date ---


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding, options: Options, config: Config) -> Iterable[Fix]:
    from mldebt.fixes.written_date import rewritten

    work = purpose_of(finding.data[0])
    if work == "removed":
        return
    following = config.today + datetime.timedelta(days=options.interval_days)
    title = f"It was {work} today: the next date is {following} ({options.interval_days} days)"
    span = finding.span
    text = rewritten(subject.text[span.start : span.end], following)
    if text:
        yield Fix(title, (Edit(span, text),), UNSAFE)
