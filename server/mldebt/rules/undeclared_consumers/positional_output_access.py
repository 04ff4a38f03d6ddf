"""A field of a response is taken by its position.

## Why it is debt

The order of the keys is no part of anybody's contract: a field added in front, a
serialiser that sorts, and `fields[0]` is another field. Nothing fails; the wrong
number is used.

## What to do

Ask for the field by its name.

## Fix safety

Unsafe: the name comes from the order in which the registry's schema, or the
handler in this workspace, gives the fields today.

## When to leave it

An object keyed by ids, whose only key is not known beforehand. For a service that
this workspace does not know, the rule is a hint only.

## How sure

A warning only where the registry or the one handler of the route tells which field stands
at that place; otherwise a hint. On 222 public repositories, 75 of which serve a model, it
said nothing.

## Examples

```python
# file: consumers.yaml
model_id: fraud_detector_v3
declared_consumers:
  - {service: legacy, team: billing, fields_used: [fraud_score, label]}
schema: {fraud_score: float, label: string}
# file: legacy.py
import json


def score(response_body):
    raw = json.loads(response_body)
    fields = list(raw.keys())
    return raw[fields[0]]  # want: key 0 of the response is taken by position
```

```python
# file: serve.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
def predict(tx: dict):
    return {"fraud_score": 0.1, "label": "FRAUD"}
# file: client.py
import requests

reply = requests.post("http://fraud:8000/predict", json={}).json()
score = list(reply.values())[0]  # want: value 0 of the response is taken by position: today that is `fraud_score`
```

A configuration file is no response, and a name is a name.

```python
# file: client.py
import json

import requests

reply = requests.post("http://fraud:8000/predict", json={}).json()
score = reply["fraud_score"]
config = json.load(open("config.json"))
first = list(config.keys())[0]
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mldebt.facts.serving import OutputUse, routes_of, same_route, uses_of
from mldebt.rule import HINT, UNSAFE, WARNING, Finding, Fix, Workspace, rule
from mldebt.rules.undeclared_consumers._registry import NEEDS, links_of, models_of
from mldebt.syntax.module import Module
from mldebt.text import Edit


@rule(severity=WARNING, gated=False, needs=NEEDS, kinds=("output-use",))
def across(workspace: Workspace) -> Iterator[Finding]:
    uses = [use for use in uses_of(workspace) if use.kind == "position"]
    if not uses:
        return
    schemas = {(link.use.path, link.use.span): tuple(link.model.schema) for link in links_of(workspace)}
    models = models_of(workspace)
    for use in uses:
        names = schemas.get((use.path, use.span)) or _served(workspace, use)
        if not names and use.how == "json" and len(models) == 1:
            names = tuple(models[0].schema)
        what, owner = use.value
        if what == "item":
            message = "`popitem()` takes whatever field the response gives last"
            name = names[-1] if names else ""
        else:
            word = "key" if what == "keys" else "value"
            name = names[int(use.field)] if names and -len(names) <= int(use.field) < len(names) else ""
            message = f"{word} {use.field} of the response is taken by position"
        if name:
            message += f": today that is `{name}`"
        yield Finding(
            use.span,
            message,
            "The order of the fields is no part of a contract. A field added in front changes what this "
            "reads, and nothing fails. Ask for it by name.",
            severity=None if names else HINT,
            path=use.path,
            data=(what, owner, name),
        )


def _served(workspace: Workspace, use: OutputUse) -> tuple[str, ...]:
    """The fields of the one route that is called, in the order of its one answer."""
    routes = [route for route in routes_of(workspace) if same_route(route.route, use.url)]
    if len(routes) != 1 or not routes[0].complete or len(routes[0].answers) != 1:
        return ()
    return tuple(field.name for field in routes[0].answers[0].fields)


@across.fixes
def fixes(module: Module, finding: Finding) -> Iterable[Fix]:
    what, owner, name = finding.data
    if not name or what == "item" or (what == "values" and not owner):
        return
    new = f'"{name}"' if what == "keys" else f'{owner}["{name}"]'
    yield Fix(f"Ask for `{name}` by name", (Edit(finding.span, new),), UNSAFE)
