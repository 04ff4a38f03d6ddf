"""A label is compared with a word the model never gives.

## Why it is debt

`label == "Fraud"` against a model that answers `FRAUD` is never true, and nothing
fails: the branch is dead, every case is let through. The words of an output are as
much its contract as its fields.

## What to do

Compare with a word of the schema's enum, best with a constant both sides import.
If the schema is behind, bring it up to date.

## Fix safety

Unsafe: the comparison begins to be true. Offered where one word of the enum differs
only by case, separators or a typing error.

## How sure

An error only against words that the registry's schema lists, or a warning against the
words that the one handler of the route gives, where only case or separators differ: both
sides are the project's own. On 222 public repositories, 75 of which serve a model, it said
nothing.

## Examples

```python
# file: consumers.yaml
model_id: fraud_detector_v3
declared_consumers:
  - {service: dashboard, team: risk, fields_used: [label]}
schema: {fraud_score: float, label: "string enum ['FRAUD', 'LEGITIMATE']"}
# file: dashboard.py
import requests

reply = requests.post("http://fraud:8000/predict", json={}).json()
if reply["label"] == "Fraud" and reply["fraud_score"]:  # want: `label` of `fraud_detector_v3` is never `Fraud`
    print("blocked")
```

Without a registry, only where the handler's own words differ by case or separators.

```python
# file: serve.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
def predict(tx: dict):
    label = "FRAUD" if tx else "LEGITIMATE"
    return {"label": label}
# file: client.py
import requests

reply = requests.post("http://fraud:8000/predict", json={}).json()
is_fraud = reply["label"] == "fraud"  # want: `label` is never `fraud`: `/predict` answers `FRAUD` or `LEGITIMATE`
is_open = reply["label"] == "LEGITIMATE"
```

```python
# file: consumers.yaml
model_id: fraud_detector_v3
declared_consumers:
  - {service: dashboard, team: risk, fields_used: [label]}
schema: {fraud_score: float, label: "string enum ['FRAUD', 'LEGITIMATE']"}
# file: dashboard.py
import requests

reply = requests.post("http://fraud:8000/predict", json={}).json()
if reply["label"] == "FRAUD" and reply["fraud_score"]:
    print("blocked")
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mldebt.facts.serving import routes_of, same_route, uses_of
from mldebt.rule import ERROR, UNSAFE, WARNING, Finding, Fix, Related, Workspace, rule
from mldebt.rules.undeclared_consumers._registry import NEEDS, links_of
from mldebt.syntax.module import Module
from mldebt.text import Edit

WHY = "This comparison never holds, and nothing fails: the case it waits for passes by."


@rule(severity=ERROR, gated=False, needs=NEEDS, kinds=("output-use",))
def across(workspace: Workspace) -> Iterator[Finding]:
    judged = set()
    for use, model, certain in links_of(workspace):
        output = model.schema.get(use.field)
        if use.kind != "word" or output is None or not output.words:
            continue
        judged.add((use.path, use.span))
        if use.value in output.words:
            continue
        near = closest(use.value, output.words)
        if not certain and not near:
            continue
        yield Finding(
            use.span,
            f"`{use.field}` of `{model.name}` is never `{use.value}`: it is {listed(output.words)}",
            WHY,
            related=(Related(output.span, "the schema", model.record.path),),
            severity=None if certain else WARNING,
            path=use.path,
            data=(near,),
        )
    for use in uses_of(workspace):
        if use.kind != "word" or use.how != "http" or (use.path, use.span) in judged:
            continue
        routes = [route for route in routes_of(workspace) if same_route(route.route, use.url)]
        if len(routes) != 1 or not routes[0].complete:
            continue
        given = [field for answer in routes[0].answers for field in answer.fields if field.name == use.field]
        words = tuple(sorted({word for field in given for word in field.words}))
        if not given or not all(field.words for field in given) or use.value in words:
            continue
        same = [word for word in words if _plain(word) == _plain(use.value)]
        if len(same) == 1:
            yield Finding(
                use.span,
                f"`{use.field}` is never `{use.value}`: `{routes[0].route}` answers {listed(words)}",
                WHY,
                related=(Related(given[0].span, "answered here", routes[0].answers[0].path),),
                severity=WARNING,
                path=use.path,
                data=(same[0],),
            )


def listed(words: tuple[str, ...]) -> str:
    quoted = [f"`{word}`" for word in words]
    return " or ".join(part for part in (", ".join(quoted[:-1]), quoted[-1]) if part)


def _plain(word: str) -> str:
    return "".join(letter for letter in word.lower() if letter.isalnum())


def closest(word: str, words: tuple[str, ...]) -> str:
    """The one word it was meant to be, or ""."""
    same = [one for one in words if _plain(one) == _plain(word)]
    if len(same) == 1:
        return same[0]
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), [one.lower() for one in words], n=2, cutoff=0.8)
    return next(one for one in words if one.lower() == near[0]) if len(near) == 1 else ""


@across.fixes
def fixes(module: Module, finding: Finding) -> Iterable[Fix]:
    (word,) = finding.data
    if word and '"' not in word and "\\" not in word:
        quote = module.text[finding.span.end - 1]
        if quote not in word:
            edit = Edit(finding.span, f"{quote}{word}{quote}")
            yield Fix(f"Compare with `{word}`", (edit,), UNSAFE)
