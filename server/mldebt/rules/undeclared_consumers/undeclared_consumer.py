"""Code reads a model's output, and the registry does not know about it.

## Why it is debt

Whoever changes the model asks the registry whom it may break. A consumer that is
not in it learns of the change when it fails, and until then it keeps the model
from being changed safely.

## What to do

Register it in `consumers.yaml`: service, team, the fields it uses, its threshold.
Or take the output from a consumer that is registered.

## When to leave it

Tests, evaluation and monitoring of the model itself are not consumers and are not
reported. A file belongs to a declared consumer if one of its folders, or the file
itself, has the service's name, or if the entry's `paths` match it.

## How sure

The registry is the project's own word, and a consumer is code that is seen to read the model's output. No public project keeps such
a file, so there is no count of true and false. Registries drafted by `--init` for 71
public projects that serve a model were checked instead: it reported none, as every caller
that can be seen is in the draft.

## Examples

Without a registry nothing is said here: see `missing-consumer-registry`.

```python
# file: consumers.yaml
model_id: fraud_detector_v3
declared_consumers:
  - service: payment_gateway
    team: payments
    fields_used: [fraud_score]
schema: {fraud_score: float, label: "string enum ['FRAUD', 'LEGITIMATE']"}
# file: serve.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
def predict(tx: dict):
    return {"fraud_score": 0.1, "label": "FRAUD"}
# file: services/pricing/client.py
import requests

reply = requests.post("http://fraud:8000/predict", json={})  # want: `services/pricing` reads `label` of `fraud_detector_v3`
is_fraud = reply.json()["label"] == "FRAUD"
```

A table of predictions is an output too.

```python
# file: consumers.yaml
model_id: churn
declared_consumers:
  - {service: crm, team: crm, fields_used: [risk]}
schema: {risk: float}
# file: score_all.py
import joblib
import pandas as pd

model = joblib.load("model.joblib")
customers = pd.read_parquet("data/customers.parquet")
customers["risk"] = model.predict_proba(customers)[:, 1]
customers.to_parquet("data/predictions.parquet")
# file: crm/push.py
import pandas as pd

frame = pd.read_parquet("data/predictions.parquet")
# file: pricing/discounts.py
import pandas as pd

frame = pd.read_parquet("data/predictions.parquet")  # want: `pricing` reads `data/predictions.parquet` of `churn`
```

A registered service may read it, and other services may be called.

```python
# file: consumers.yaml
model_id: fraud_detector_v3
declared_consumers:
  - service: payment_gateway
    team: payments
    fields_used: [fraud_score]
schema: {fraud_score: float, label: "string enum ['FRAUD', 'LEGITIMATE']"}
# file: serve.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
def predict(tx: dict):
    return {"fraud_score": 0.1, "label": "FRAUD"}
# file: services/payment-gateway/client.py
import requests

score = requests.post("http://fraud:8000/predict", json={}).json()["fraud_score"]
# file: services/weather/client.py
import requests

label = requests.get("https://api.weather.example.com/predict").json()["label"]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.lineage import lineage
from mldebt.facts.roles import roles_of
from mldebt.facts.serving import routes_of
from mldebt.rule import HINT, WARNING, Finding, Related, Workspace, rule
from mldebt.rules.undeclared_consumers._registry import (
    NEEDS,
    Model,
    callers_of,
    consumer_at,
    links_of,
    models_of,
)
from mldebt.text import Span

GRAPH = (
    *(
        "artifact-read",
        "artifact-write",
        "path-constant",
        "runs-script",
        "stage",
        "stage-command",
        "stage-dep",
    ),
    *("stage-out", "stage-param"),
)
"""What the graph of artifacts is made from."""


@rule(severity=WARNING, gated=False, needs=(*NEEDS, *GRAPH), kinds=("consumer-registry",))
def across(workspace: Workspace) -> Iterator[Finding]:
    models = models_of(workspace)
    if not models:
        return
    tables = list(_tables(workspace)) if len(models) == 1 else []
    judges = {path for path, roles in roles_of(workspace).items() if roles & {"evaluate", "monitor"}}
    serving = {route.path for route in routes_of(workspace)}
    for model in models:
        places: dict[str, list[tuple[Span, str]]] = {}
        certain: set[str] = set()
        for path, _, span in callers_of(workspace, model):
            places.setdefault(path, []).append((span, ""))
            certain.add(path)
        for link in links_of(workspace):
            if link.model is model:
                places.setdefault(link.use.path, []).append((link.use.span, link.use.field))
                if link.certain:
                    certain.add(link.use.path)
        for path, span, artifact in tables:
            places.setdefault(path, []).append((span, artifact))
            certain.add(path)
        consumers: dict[str, list[str]] = {}
        for path in sorted(places):
            if path in judges or path in serving or consumer_at(path, model) is not None:
                continue
            folder = path.rpartition("/")[0]
            # A folder that serves too is no service of its own.
            own = folder and all(one.rpartition("/")[0] != folder for one in (*serving, model.record.path))
            consumers.setdefault(folder if own else path, []).append(path)
        for name, paths in consumers.items():
            yield _finding(model, name, paths, places, not certain.isdisjoint(paths))


def _tables(workspace: Workspace) -> Iterator[tuple[str, Span, str]]:
    """(path, place, artifact) of every read of a file or table that predictions have been written to."""
    if next(workspace.facts("artifact-write"), None) is None:
        return
    trains = {path for path, roles in roles_of(workspace).items() if "train" in roles}
    for path, node in lineage(workspace).nodes.items():
        writers = {use.file for use in node.writers}
        if node.is_vague or not node.writers or not all(use.is_predicted for use in node.writers):
            continue
        for use in node.readers:
            # A file that trains on predictions is another debt, and says so.
            if use.file not in writers and use.file not in trains:
                if workspace.config.role_of(use.file) not in ("test", "example"):
                    yield use.file, use.span, path


def _finding(
    model: Model, name: str, paths: list[str], places: dict[str, list[tuple[Span, str]]], certain: bool
) -> Finding:
    named = {name for path in paths for _, name in places[path] if name}
    fields = sorted(name for name in named if name in model.schema or "/" in name or "." in name)
    listed = ", ".join(f"`{field}`" for field in fields) or "the output"
    related = [Related(min(places[path])[0], "and here", path) for path in paths[1:]]
    related.append(Related(model.record.span, f"the registry of `{model.name}`", model.record.path))
    return Finding(
        min(places[paths[0]])[0],
        f"`{name}` reads {listed} of `{model.name}` and is not a declared consumer",
        "A change of the model is announced to the declared consumers only, so this code breaks without "
        "notice. Register it with the fields it uses.",
        related=tuple(related),
        severity=None if certain else HINT,
        path=paths[0],
    )
