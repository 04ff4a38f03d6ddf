"""A model is served, and nothing says who reads its output.

## Why it is debt

An endpoint that works is used: by a report, a pricing rule, a tool a contractor
left behind. None of them asks first. When the output has to change, each of them
is found by breaking it.

## What to do

Keep `consumers.yaml` (at the root or in `mldebt/`): for each model the schema of
its output, its version, the change policy, and every consumer with its team and
the fields it uses. Make registering the condition for access.

## When to leave it

Once for the whole project, at the first route that predicts. It is a hint, and an
information where callers of the route are in the same workspace, or the project
keeps other audit files.

## Fix safety

A draft: `consumers.yaml` with the fields of the handlers found here.

## How sure

Of 50 read among 75 findings on 222 public repositories, 7 of them information, one was false: a page
whose route is named like a prediction.

## Examples

```python
# file: serve.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
def predict(x: dict):  # want: `/predict` serves a model, and no registry says who reads it
    return {"score": float(model.predict(x)), "label": "A"}
```

```python
# file: serve.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
def predict(x: dict):
    return {"score": float(model.predict(x))}


@app.get("/health")
def health():
    return {"status": "ok"}
# file: consumers.yaml
declared_consumers: []
schema: {score: float}
schema_version: 1
schema_change_policy: 30 days notice
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mldebt.facts.audits import features_of, labels_of
from mldebt.facts.columns import project_of
from mldebt.facts.serving import Route, requests_of, routes_of, same_route
from mldebt.fixes.audit_files import consumers_text, place_for
from mldebt.rule import HINT, INFORMATION, Finding, Fix, Related, Workspace, new_file, rule
from mldebt.rules.undeclared_consumers._registry import NEEDS, models_of
from mldebt.syntax.module import Module
from mldebt.text import Span


@rule(severity=INFORMATION, gated=False, needs=(*NEEDS, "label-record", "feature-record"), kinds=("route",))
def across(workspace: Workspace) -> Iterator[Finding]:
    routes = [route for route in routes_of(workspace) if route.predicts]
    if not routes or models_of(workspace):
        return
    serving = {route.path for route in routes}
    requests = [one for one in requests_of(workspace) if one[0] not in serving]

    def called(route: Route) -> list[tuple[str, Span]]:
        project = project_of(workspace, route.path)
        return [
            (path, span)
            for path, url, span in requests
            if same_route(route.route, url) and project_of(workspace, path) == project
        ]

    first = min(
        routes,
        key=lambda route: (-route.predicts, not called(route), not route.complete, route.path, route.span),
    )
    callers = called(first)
    fields = tuple(
        dict.fromkeys(
            (field.name, field.type, field.words) for answer in first.answers for field in answer.fields
        )
    )
    keeps = bool(callers or labels_of(workspace) or features_of(workspace))
    yield Finding(
        first.span,
        f"`{first.route}` serves a model, and no registry says who reads it",
        "Without one, consumers are found by breaking them. Write down the output's fields, its version, the "
        "change policy and every consumer in `consumers.yaml`.",
        related=tuple(Related(span, "called here", path) for path, span in callers[:5]),
        severity=INFORMATION if keeps else HINT,
        path=first.path,
        data=(place_for("consumers.yaml", workspace.paths), first.route, fields, tuple(_names(callers))),
    )


def _names(callers: list[tuple[str, Span]]) -> Iterator[str]:
    """What to call each caller: its folder, or the file where there is none."""
    known = set()
    for path, _ in callers:
        *folders, name = path.split("/")
        word = folders[-1] if folders else name.rpartition(".")[0]
        if word not in known:
            known.add(word)
            yield word


@across.fixes
def fixes(module: Module, finding: Finding) -> Iterable[Fix]:
    path, route, fields, callers = finding.data
    yield new_file(
        f"Draft `{path}` from what the handler answers",
        path,
        consumers_text("the_model", fields, route, callers),
    )
