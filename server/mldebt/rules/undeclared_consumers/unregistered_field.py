"""A declared consumer reads a field it has not registered, or one the schema does not have.

## Why it is debt

The registry is the list of who breaks when a field changes. A field that is read
and not registered can be renamed or dropped in good faith.

## What to do

Add the field to the consumer's `fields_used`, or stop reading it. A field that the
schema lacks is either a mistake here or missing there.

## How sure

The registry is the project's own word, and the field is read by its name. No public project keeps such
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
schema: {fraud_score: float, label: string}
# file: payment_gateway/client.py
import requests

reply = requests.post("http://fraud:8000/predict", json={}).json()
score = reply["fraud_score"]
label = reply["label"]  # want: `payment_gateway` reads `label` of `fraud_detector_v3` and has registered only `fraud_score`
reason = reply.get("reason_code")  # want: `reason_code`, which the schema of `fraud_detector_v3` does not have
```

```python
# file: consumers.yaml
model_id: fraud_detector_v3
declared_consumers:
  - service: payment_gateway
    team: payments
    fields_used: [fraud_score, label]
schema: {fraud_score: float, label: string}
# file: payment_gateway/client.py
import requests

reply = requests.post("http://fraud:8000/predict", json={}).json()
score = reply["fraud_score"]
label = reply["label"]
if "error" in reply or reply.get("error"):
    raise RuntimeError(reply.get("detail"))
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.rule import WARNING, Finding, Related, Workspace, rule
from mldebt.rules.undeclared_consumers._registry import ENVELOPE, NEEDS, consumer_at, links_of


@rule(severity=WARNING, gated=False, needs=NEEDS, kinds=("output-use",))
def across(workspace: Workspace) -> Iterator[Finding]:
    seen: set[tuple[str, str, str]] = set()
    for use, model, certain in links_of(workspace):
        if use.kind != "read" or not certain or not model.schema:
            continue
        consumer = consumer_at(use.path, model)
        if consumer is None or use.field in ENVELOPE or (use.path, model.name, use.field) in seen:
            continue
        seen.add((use.path, model.name, use.field))
        related = (Related(consumer.span, "registered here", model.record.path),)
        if use.field not in model.schema:
            yield Finding(
                use.span,
                f"`{consumer.service}` reads `{use.field}`, which the schema of `{model.name}` does not have",
                f"The schema has {_listed(tuple(model.schema))}. Either this is a mistake, or the schema is "
                "out of date and nobody will announce a change of this field.",
                related=related,
                path=use.path,
            )
        elif consumer.fields and use.field not in consumer.fields:
            yield Finding(
                use.span,
                f"`{consumer.service}` reads `{use.field}` of `{model.name}` and has registered only "
                f"{_listed(consumer.fields)}",
                "Whoever changes this field does not know that it is used here. Add it to `fields_used`.",
                related=related,
                path=use.path,
            )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
