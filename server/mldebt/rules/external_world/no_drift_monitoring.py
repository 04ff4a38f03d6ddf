"""A model answers requests, and nothing in the project watches what it is asked or what it says.

## Why it is debt

The world a model was trained on changes: prices, users, upstream data. A service whose
inputs and predictions nobody looks at goes wrong without a sound, and somebody finds
out weeks later from its consequences.

## What to do

Log inputs and predictions, compare their distributions with those of the training
data (Evidently, whylogs, NannyML, Alibi Detect, a KS test of your own), and alert on it.
Metrics of the service alone say that it answers, not that it answers well.

## When to leave it

One finding a project, at the first file that serves, and only where nothing at all
speaks of monitoring: no library for it, no word of drift or of logged predictions, no
Prometheus or Grafana in the configuration. A hint where the only thing that serves is
a demo page (Streamlit, Gradio) or nothing says that it is deployed. Monitoring that
lives in another repository cannot be seen: turn the rule off there.

In a template of projects this is only a hint: it is decided in the project that is made from it.

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015),
section 7; Breck et al., *The ML Test Score* (2017), monitoring.

## Examples

```python
# file: service/app.py
import joblib
from fastapi import FastAPI

app = FastAPI()
model = joblib.load("model.pkl")


@app.post("/predict")
def predict(row: dict):  # want: nothing in the project watches
    return {"score": model.predict([list(row.values())])[0]}
# file: Dockerfile
FROM python:3.12
CMD ["uvicorn", "service.app:app"]
```

The predictions are kept, so that they can be compared.

```python
# file: service/app.py
import joblib
from fastapi import FastAPI

app = FastAPI()
model = joblib.load("model.pkl")


@app.post("/predict")
def predict(row: dict):
    score = model.predict([list(row.values())])[0]
    log_prediction(row, score)
    return {"score": score}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.readme import in_template
from mldebt.facts.roles import with_role
from mldebt.facts.safeguards import found
from mldebt.rule import HINT, INFORMATION, Finding, Workspace, rule
from mldebt.text import regex

DEPLOYED = regex(
    r"(?:^|/)(?:\w*\.?Dockerfile[\w.-]*|docker-compose[\w.-]*\.ya?ml|compose\.ya?ml|Procfile|Chart\.yaml|serverless\.ya?ml|bentofile\.ya?ml|skaffold\.yaml|app\.yaml)$"
    r"|(?:^|/)(?:k8s|kubernetes|helm|deploy|deployment|terraform)/"
)


@rule(severity=INFORMATION, gated=False, needs=("role", "safeguard", "template"), kinds=("role",))
def across(workspace: Workspace) -> Iterator[Finding]:
    serving = with_role(workspace, "serve")
    if not serving or found(workspace, "monitor") or with_role(workspace, "monitor"):
        return
    pages = {path for path, _ in found(workspace, "page")}
    models = {path for path, _ in found(workspace, "model")}
    serving = [place for place in serving if place[0] in models]
    services = [place for place in serving if place[0] not in pages]
    if not serving:
        return
    path, span = (services or serving)[0]
    deployed = any(DEPLOYED.search(other) for other in workspace.paths)
    yield Finding(
        span,
        "a model answers requests here, and nothing in the project watches its inputs or its predictions",
        "The world it was trained on changes, and it goes wrong without a sound.\n"
        "Log inputs and predictions and compare them with the training data; alert on the difference.",
        severity=None if services and deployed and not in_template(workspace, path) else HINT,
        path=path,
    )
