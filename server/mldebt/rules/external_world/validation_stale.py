"""Something was last validated a long time ago.

## Why it is debt

A note says when a threshold or model was last checked. That was careful, and it was a
while ago: the data have moved since, and the date now lends the number a confidence
nobody has renewed.

## What to do

Validate it again on recent data and write down the new date, or write down until when
it may be trusted (`recalibration_required_after`), so that it is found in time.

## When to leave it

The date at which something was tuned says where it came from and does not grow old:
`tuning_date` is not meant. A file with a deadline of its own is left to
`recalibration-overdue`. Tests and examples are passed over.

## How sure

A date in the project's own words has passed. Which dates are meant is read from the names
beside them; on 222 public repositories none was.

## Fix safety

*Unsafe*: the fix writes today's date, which is true only if the check was done today.

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015),
section 7: fixed thresholds in dynamic systems.

## Examples

Today is 2026-01-15 in these examples; `max_age_days` is 180.

```yaml
fraud:
  threshold: 0.73
  last_reviewed: 2025-01-17  # want: 363 days ago
```

```yaml fixed
fraud:
  threshold: 0.73
  last_reviewed: 2026-01-15
```

```python
LIMIT = 0.73
# ^ why: precision 0.9 on May data; validated: 2024-05-30  # want: 595 days ago
last_calibrated = "2024-01-01"  # want: `last_calibrated` was 745 days ago
```

Recent checks, origins, and deadlines.

```python
LIMIT = 0.73  # validated: 2025-12-01
tuning_date = "2024-01-15"
```

```yaml
threshold: 0.73
last_reviewed: 2024-01-17
recalibration_required_after: 2027-01-01
```
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from mldebt.config import Config
from mldebt.facts.dates import KIND, names_a_check, names_a_deadline
from mldebt.plain import dataclass
from mldebt.rule import INFORMATION, UNSAFE, Finding, Fix, Workspace, rule
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.text import Edit


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    max_age_days: int = 180
    """So long a check is trusted."""


@rule(severity=INFORMATION, options=Options, gated=False, needs=("dated-name",), kinds=("dated-name",))
def across(workspace: Workspace, options: Options) -> Iterator[Finding]:
    checks = []
    deadlines = set()
    for path, fact in workspace.facts(KIND):
        iso, form = fact.detail
        if form == "due" or (form != "done" and names_a_deadline(fact.subject, form == "manifest")):
            deadlines.add(path)
        elif form == "done" or names_a_check(fact.subject):
            checks.append((path, fact, iso))
    if not checks:
        return
    today = workspace.config.today
    for path, fact, iso in checks:
        days = (today - datetime.date.fromisoformat(iso)).days
        if days <= options.max_age_days or path in deadlines or workspace.config.role_of(path):
            continue
        yield Finding(
            fact.span,
            f"`{fact.subject}` was {days:,} days ago ({iso})",
            "The data have moved since, and the date lends it a confidence nobody has renewed.\n"
            "Validate it again and write down the new date, or until when it may be trusted.",
            path=path,
        )


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding, config: Config) -> Iterable[Fix]:
    from mldebt.fixes.written_date import rewritten

    span = finding.span
    text = rewritten(subject.text[span.start : span.end], config.today)
    if text:
        yield Fix(f"It was checked today: write {config.today}", (Edit(span, text),), UNSAFE)
