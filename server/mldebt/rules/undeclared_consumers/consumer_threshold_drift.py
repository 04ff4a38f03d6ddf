"""A consumer compares the score with another number than the registry says.

## Why it is debt

The registered `threshold_dependency` is what a recalibration is checked against.
If the consumer's code has moved on, the check is made with the wrong number, and
the consumer's decisions change without anybody having looked.

## What to do

Write down the number that is in force; whoever changes it tells the model's owner.

## Fix safety

Unsafe: it changes the registry to what the code does, never the code.

## How sure

The registry is the project's own word, and the number is compared with that
field in the consumer's code. No public project keeps such
a file, so there is no count of true and false. Registries drafted by `--init` for 71
public projects that serve a model were checked instead: it reported none.

## Examples

```python
# file: consumers.yaml
model_id: fraud_detector_v3
declared_consumers:
  - service: payment_gateway
    team: payments
    fields_used: [fraud_score]
    threshold_dependency: 0.85  # want: `payment_gateway` compares `fraud_score` with 0.8, registered is 0.85
schema: {fraud_score: float, label: string}
# file: payment_gateway/decide.py
import requests

reply = requests.post("http://fraud:8000/predict", json={}).json()
if reply["fraud_score"] > 0.8:
    print("blocked")
```

```python
# file: consumers.yaml
model_id: fraud_detector_v3
declared_consumers:
  - service: payment_gateway
    team: payments
    fields_used: [fraud_score]
    threshold_dependency: 0.85
schema: {fraud_score: float, label: string}
# file: payment_gateway/decide.py
import requests

LIMIT = 0.85
reply = requests.post("http://fraud:8000/predict", json={}).json()
if reply["fraud_score"] > LIMIT:
    print("blocked")
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mldebt.facts.serving import OutputUse
from mldebt.rule import INFORMATION, UNSAFE, Finding, Fix, Related, Workspace, rule
from mldebt.rules.undeclared_consumers._registry import NEEDS, Consumer, Model, consumer_at, links_of
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.text import Edit


@rule(severity=INFORMATION, gated=False, needs=NEEDS, kinds=("output-use",))
def across(workspace: Workspace) -> Iterator[Finding]:
    used: dict[tuple[str, str], tuple[Model, Consumer, list[OutputUse]]] = {}
    for use, model, certain in links_of(workspace):
        # Bounds of a range check (0 < score <= 1) are no decision.
        if use.kind != "number" or not certain or use.value in (0, 1):
            continue
        consumer = consumer_at(use.path, model)
        if consumer is not None:
            used.setdefault((model.name, consumer.service), (model, consumer, []))[2].append(use)
    for model, consumer, uses in used.values():
        limit = consumer.threshold
        numbers = {use.value for use in uses}
        if limit is None or not isinstance(limit.value, (int, float)) or limit.value in numbers:
            continue
        use = uses[0]
        yield Finding(
            limit.span,
            f"`{consumer.service}` compares `{use.field}` with {use.value}, registered is {limit.value}",
            "A recalibration is checked against the registered number. Write down the one in force.",
            related=tuple(Related(one.span, "compared here", one.path) for one in uses),
            path=model.record.path,
            data=(repr(use.value) if len(numbers) == 1 else "",),
        )


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding) -> Iterable[Fix]:
    (number,) = finding.data
    if number:
        yield Fix(f"Register {number}, as the code has it", (Edit(finding.span, number),), UNSAFE)
