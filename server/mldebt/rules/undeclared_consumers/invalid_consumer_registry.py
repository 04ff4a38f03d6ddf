"""The consumer registry leaves out or contradicts what consumers rely on.

## Why it is debt

A registry is read when something is about to change, in a hurry. An entry without a
team cannot be told, a field that the schema lacks cannot be kept, a registry
without a change policy promises nothing.

## What to do

Give every registry its consumers, schema, schema version and change policy, and
every consumer a service, a team, the fields it uses and the day it registered.

## Fix safety

A draft: missing keys are added with their questions.

## How sure

The registry alone is read: a key is there or not, a field is in the schema or not. In
drafts by `--init` for 71 public projects it reported what the drafts leave open, and
nothing else.

## Examples

```yaml
# file: consumers.yaml
models:
  fraud_detector_v3:  # want: `fraud_detector_v3` has no `schema_change_policy`
    schema_version: "2.1"
    schema: {fraud_score: float, label: string}
    declared_consumers:
      - service: payment_gateway  # want: `payment_gateway` names no `team`
        fields_used: [fraud_score, score]  # want: `payment_gateway` uses `score`, which the schema does not have
        registered_date: 2024-13-01  # want: `2024-13-01` is no date
      - service: payment_gateway  # want: `payment_gateway` is declared twice
        team: payments
        fields_used: [fraud_score]
```

```yaml fixed
models:
  fraud_detector_v3:
    schema_version: "2.1"
    schema: {fraud_score: float, label: string}
    declared_consumers:
      - service: payment_gateway
        fields_used: [fraud_score, score]
        registered_date: 2024-13-01
      - service: payment_gateway
        team: payments
        fields_used: [fraud_score]
    schema_change_policy: null  # TODO(mldebt): how many days before a breaking change are the consumers told, and how?
```

```python
registry = {
    "model_id": "fraud_detector_v3",
    "declared_consumers": [
        {"service": "payment_gateway", "team": "payments", "fields_used": ["fraud_score"],
         "threshold_dependency": 0.85, "registered_date": "2024-01-15"},
    ],
    "schema_version": "2.1",
    "schema": {"fraud_score": "float [0.0, 1.0]"},
    "schema_change_policy": "30 days notice via registered contacts before any breaking change",
}
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mldebt.facts.audits import CONSUMERS, Field, Record, record_at
from mldebt.fixes.add_keys import NewKey, add_keys
from mldebt.rule import DRAFT, WARNING, Finding, Fix, Workspace, rule
from mldebt.rules.undeclared_consumers._registry import Model, models_of
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module

QUESTIONS = {
    "declared_consumers": "who reads the output?",
    "schema_version": "the version of the output schema",
    "schema": "each field of the output and what it holds",
    "schema_change_policy": "how many days before a breaking change are the consumers told, and how?",
}
CONSUMER_KEYS = ("team", "fields_used")


@rule(severity=WARNING, gated=False, needs=("consumer-registry",), kinds=("consumer-registry",))
def across(workspace: Workspace) -> Iterator[Finding]:
    for model in models_of(workspace):
        record = model.record
        missing = tuple(key for key in QUESTIONS if not record.has(key) and not record.children(key))
        if missing:
            listed = " and ".join(f"`{key}`" for key in missing)
            yield Finding(
                record.span,
                f"`{model.name}` has no {listed}",
                "Without it the registry does not say what consumers may rely on, or who they are.",
                path=record.path,
                data=missing,
            )
        yield from _consumers(workspace, model, record)


def _consumers(workspace: Workspace, model: Model, record: Record) -> Iterator[Finding]:
    def said(field: Field, message: str, help_: str) -> Finding:
        return Finding(field.span, message, help_, path=record.path)

    seen: set[str] = set()
    for item in record.children("declared_consumers"):
        service = record.get(*item.key, "service")
        if item.known and isinstance(item.value, str):
            service = item
        if service is None or not service.known or service.value is None:
            if service is None and not item.known and record.children(*item.key):
                yield said(
                    item, "a consumer without a `service`", "Nobody can tell whose code this entry means."
                )
            continue
        name = str(service.value)
        if name in seen:
            yield said(service, f"`{name}` is declared twice", "Of two entries, one will be kept up to date.")
        seen.add(name)
        missing = [
            key
            for key in CONSUMER_KEYS
            if not record.has(*item.key, key) and not record.children(*item.key, key)
        ]
        if missing:
            listed = " and ".join(f"`{key}`" for key in missing)
            yield said(
                service,
                f"`{name}` names no {listed}",
                "Before a change one must know whom to tell and which fields to keep.",
            )
        for field in record.values(*item.key, "fields_used"):
            if model.schema and isinstance(field.value, str) and field.value not in model.schema:
                yield said(
                    field,
                    f"`{name}` uses `{field.value}`, which the schema does not have",
                    f"The schema of `{model.name}` has {', '.join(f'`{key}`' for key in model.schema)}.",
                )
        day = record.get(*item.key, "registered_date")
        if day is not None and day.known and day.value is not None:
            if day.date is None:
                yield said(day, f"`{day.value}` is no date", "Write it as YYYY-MM-DD.")
            elif day.date > workspace.config.today:
                yield said(
                    day, f"`{name}` registers in the future, on {day.date}", "Write the day of registration."
                )
        limit = record.get(*item.key, "threshold_dependency")
        if limit is not None and limit.known and not isinstance(limit.value, (int, float, type(None))):
            yield said(
                limit,
                f"the threshold of `{name}` is no number",
                "Write the number it compares with, or null.",
            )


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding) -> Iterable[Fix]:
    record = record_at(subject, CONSUMERS, finding.span) if finding.data else None
    if record is None:
        return
    new: list[NewKey] = [(key, "", QUESTIONS[key]) for key in finding.data if record.get(key) is None]
    children = [(field.key_span, field.span) for field in record.children()]
    edit = add_keys(subject.text, record.span, children, new, record.in_code) if new else None
    if edit is not None:
        yield Fix("Add the missing keys, to be answered", (edit,), DRAFT)
