"""What the handler returns is not what the registry's schema promises.

## Why it is debt

Consumers read the schema, not the handler. A field that is renamed or dropped
breaks them; a field that is added without a word becomes something they rely on
without anybody knowing.

## What to do

Bring handler and schema together. If the change is meant, tell the consumers,
wait as long as the change policy says, and raise `schema_version`.

## When to leave it

Answers that carry an error, and objects that are not written out (`**extra`, a
value from elsewhere), are not compared.

## How sure

The registry is the project's own word, and only answers that are written out are
compared with it. No public project keeps such
a file, so there is no count of true and false. Registries drafted by `--init` for 71
public projects that serve a model were checked instead: one false alarm, of a schema that one
of two handlers kept, which silences it now.

## Examples

```python
# file: consumers.yaml
model_id: fraud_detector_v3
declared_consumers:
  - {service: payment_gateway, team: payments, fields_used: [fraud_score]}
schema: {fraud_score: "float [0.0, 1.0]", label: "string enum ['FRAUD', 'LEGITIMATE']"}
# file: serve.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
def predict(tx: dict):  # want: `/predict` no longer answers `fraud_score`, which `payment_gateway` uses
    if not tx:
        return {"error": "empty"}, 400
    label = "FRAUD" if tx["amount"] else "SUSPICIOUS"
    return {"score": 0.1, "label": label}  # want: `label` can be `SUSPICIOUS`  # want: `score` is not in the schema
```

```python
# file: consumers.yaml
model_id: fraud_detector_v3
declared_consumers:
  - {service: payment_gateway, team: payments, fields_used: [fraud_score]}
schema: {fraud_score: "float [0.0, 1.0]", label: "string enum ['FRAUD', 'LEGITIMATE']"}
# file: serve.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Answer(BaseModel):
    fraud_score: float
    label: str


@app.post("/predict", response_model=Answer)
def predict(tx: dict):
    return score(tx)


@app.get("/health")
def health():
    return {"status": "ok"}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.serving import Answer, Field, Route, routes_of
from mldebt.rule import ERROR, WARNING, Finding, Related, Workspace, rule
from mldebt.rules.undeclared_consumers._registry import (
    ENVELOPE,
    NEEDS,
    Model,
    Output,
    model_of_route,
    models_of,
)


@rule(severity=ERROR, gated=False, needs=NEEDS, kinds=("consumer-registry",))
def across(workspace: Workspace) -> Iterator[Finding]:
    models = models_of(workspace)
    if not models:
        return
    handlers: dict[str, list[list[Finding]]] = {}
    for route in routes_of(workspace):
        model = model_of_route(route, models)
        if model is None or not model.schema:
            continue
        found: list[Finding] = []
        for answer in route.answers:
            fields = {field.name: field for field in answer.fields if field.name not in ENVELOPE}
            if fields and not fields.keys().isdisjoint(model.schema):
                found += _drift(route, model, answer, fields)
        handlers.setdefault(model.name, []).append(found)
    for drifts in handlers.values():
        if all(drifts):  # otherwise the schema is that of the handler which keeps it
            for found in drifts:
                yield from found


def _drift(route: Route, model: Model, answer: Answer, fields: dict[str, Field]) -> Iterator[Finding]:
    related = (Related(model.record.span, f"the schema of `{model.name}`", model.record.path),)
    missing = [name for name in model.schema if name not in fields and name not in ENVELOPE]
    if answer.complete and missing:
        hit = [
            consumer.service for consumer in model.consumers if not set(missing).isdisjoint(consumer.fields)
        ]
        used = f", which {_listed(hit)} use{'s' if len(hit) == 1 else ''}" if hit else ""
        yield Finding(
            route.span,
            f"`{route.route}` no longer answers {_listed(missing)}{used}",
            f"The schema of `{model.name}` promises it. Keep the field, or announce the change as the "
            "policy says and raise `schema_version`.",
            related=related,
            path=route.path,
        )
    for name, field in fields.items():
        output = model.schema.get(name)
        if output is None:
            if answer.complete:
                yield Finding(
                    field.span,
                    f"`{name}` is not in the schema of `{model.name}`",
                    "Whoever finds it in an answer will rely on it. Add it to the schema, or leave it out.",
                    related=related,
                    severity=WARNING,
                    path=answer.path,
                )
        elif problem := _contradiction(field, output):
            yield Finding(
                field.span,
                problem,
                "Consumers rely on what the schema says.",
                related=(Related(output.span, "the schema", model.record.path),),
                path=answer.path,
            )


def _contradiction(field: Field, output: Output) -> str:
    if output.words and field.words:
        strange = [word for word in field.words if word not in output.words]
        if strange:
            return f"`{field.name}` can be {_listed(strange)}, which the schema's enum does not have"
    if field.type and output.type and field.type != output.type:
        if {field.type, output.type} != {"int", "float"}:
            return f"`{field.name}` is {field.type} here and {output.type} in the schema"
    return ""


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
