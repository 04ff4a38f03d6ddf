"""Nobody has looked at the pipeline of a feature for half a year.

## Why it is debt

Pipelines upstream drift in small steps: a time zone mended, a join made cheaper.
Each is harmless there and changes the feature here. A review that was never made,
or is long past, means that nobody knows whether training and production still see
the same.

## What to do

Compare the feature in production with the one in training, read what has changed
upstream, and write down the day as `last_pipeline_review`.

## Fix safety

Unsafe: "reviewed today" is a statement only you can make. A missing date is added
as a question.

## How sure

The record alone is read: a date that has passed, or none. Where most features of a file
have never been reviewed, the first carries the weight and the others are hints. No public
project keeps such a file, so there is no count of true and false.

## Examples

```yaml
# file: features.yaml
features:
  tx_mean_7d:
    upstream_owner: data-platform
    last_pipeline_review: 2025-05-01  # want: the pipeline of `tx_mean_7d` was last reviewed 259 days ago
  merchant_risk:
    upstream_owner: risk
    last_pipeline_review_days: 200  # want: the pipeline of `merchant_risk` was last reviewed 200 days ago
  device_age:  # want: `device_age` has no review on record
    upstream_owner: devices
```

```yaml
# file: features.yaml
features:
  tx_mean_7d: {upstream_owner: data-platform, last_pipeline_review: 2025-11-03}
  merchant_risk: {upstream_owner: risk, last_pipeline_review_days: 180}
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mldebt.config import Config
from mldebt.facts.audits import features_of
from mldebt.plain import dataclass
from mldebt.rule import INFORMATION, UNSAFE, Finding, Fix, Workspace, rule
from mldebt.rules.data_dependencies._features import adding, missing_at, named, weighed
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.text import Edit

DATES = ("last_pipeline_review", "last_reviewed", "reviewed_on")
DAYS = "last_pipeline_review_days"
HELP = (
    "What has changed upstream since then? Compare the feature in training and production, and write down "
    "the day as `last_pipeline_review`."
)


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    max_age_days: int = 180
    """A review is good for so many days."""


@rule(
    severity=INFORMATION, options=Options, gated=False, needs=("feature-record",), kinds=("feature-record",)
)
def across(workspace: Workspace, options: Options) -> Iterator[Finding]:
    records = features_of(workspace)
    never: list[Finding] = []
    passed: list[Finding] = []
    for record in records:
        count = record.get(DAYS)
        date = next((field for key in DATES if (field := record.get(key)) is not None and field.date), None)
        age: float | None = None
        span = missing_at(record, DAYS, *DATES)
        if date is not None and date.date is not None:
            age, span = (workspace.config.today - date.date).days, date.span
        elif count is not None and isinstance(count.value, (int, float)):
            age, span = count.value, count.span
        if span is None or (age is not None and age <= options.max_age_days):
            continue
        message = (
            f"{named(record)} has no review on record"
            if age is None
            else f"the pipeline of {named(record)} was last reviewed {age:,.0f} days ago"
        )
        kind = "missing" if age is None else "date" if date is not None else "count"
        (never if age is None else passed).append(
            Finding(span, message, HELP, path=record.path, data=(kind,))
        )
    yield from weighed(never, records)
    yield from passed


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding, config: Config) -> Iterable[Fix]:
    (kind,) = finding.data
    if kind == "missing":
        yield from adding(subject, finding, "last_pipeline_review")
        return
    written = subject.text[finding.span.start : finding.span.end]
    quote = written[:1] if written[:1] in "\"'" else ""
    new = f"{quote}{config.today.isoformat()}{quote}" if kind == "date" else "0"
    yield Fix(f"It was reviewed today, {config.today.isoformat()}", (Edit(finding.span, new),), UNSAFE)
