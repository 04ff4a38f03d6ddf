"""A transformer is fitted on the data of a request.

## Why it is debt

The scaler, encoder or imputer of the training has learned what is normal. Fitted
anew on one request, or one batch, it maps the same case to other numbers each time:
a single row scales to zeros, an encoder numbers the categories in order of
appearance. The model gets inputs it has never seen the like of.

## What to do

Save the fitted transformer with the model (best as one pipeline), load it in
serving, and call `transform`.

## Fix safety

Unsafe: `fit_transform` becomes `transform`, which is right once the fitted object
is loaded instead of made.

## How sure

Only in functions that answer requests, and what they call in the same file; not
where the same function trains a model or reads a table by a fixed name (then it learns
from that, slowly, but the same each time), and not for `partial_fit`. A Streamlit page
counts as a whole: if it loads a model, reads no data and trains nothing.

An error where the object has been loaded, so that what it knew is thrown away. Where it
is made anew it may learn from something else than the request, and is a hint: on 222
public repositories, a third of which serve a model, 4 of 5 did, which the fixed name now
tells apart, and one was true.

## Examples

```python
import joblib
import pandas as pd
from fastapi import FastAPI
from sklearn.preprocessing import StandardScaler

app = FastAPI()
model = joblib.load("model.joblib")


def prepare(x):
    scaler = StandardScaler()
    return scaler.fit_transform(pd.DataFrame([x]))  # want: `StandardScaler` is fitted on the data of a request


@app.post("/predict")
def predict(x: dict):
    return {"score": float(model.predict(prepare(x))[0])}
```

```python fixed
import joblib
import pandas as pd
from fastapi import FastAPI
from sklearn.preprocessing import StandardScaler

app = FastAPI()
model = joblib.load("model.joblib")


def prepare(x):
    scaler = StandardScaler()
    return scaler.transform(pd.DataFrame([x]))


@app.post("/predict")
def predict(x: dict):
    return {"score": float(model.predict(prepare(x))[0])}
```

```python
import pandas as pd
from flask import Flask, request

app = Flask(__name__)


@app.route("/predict", methods=["POST"])
def predict():
    frame = pd.get_dummies(pd.DataFrame([request.json]))  # want: `get_dummies` makes columns of whatever the request holds
    return {"score": model.predict(frame)[0]}
```

```python
import joblib
import pandas as pd
from flask import Flask, request

app = Flask(__name__)
model = joblib.load("model.joblib")
scaler = joblib.load("scaler.joblib")


@app.route("/predict", methods=["POST"])
def predict():
    frame = scaler.fit_transform(pd.DataFrame([request.json]))  # want: `scaler` is loaded, and fitted again
    return {"score": model.predict(frame)[0]}
```

```python
import joblib
import streamlit as st
from sklearn.preprocessing import StandardScaler

model = joblib.load("model.joblib")
age = st.number_input("Age")
row = StandardScaler().fit_transform([[age]])  # want: `StandardScaler` is fitted on the data of a request
st.write(model.predict(row))
```

What was fitted in training is loaded; a route that trains may fit, and a page that
reads the training data can fit what it needs.

```python
import joblib
import pandas as pd
from fastapi import FastAPI
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

app = FastAPI()
scaler = joblib.load("scaler.joblib")
model = joblib.load("model.joblib")


@app.post("/predict")
def predict(x: dict):
    frame = pd.get_dummies(pd.DataFrame([x])).reindex(columns=COLUMNS, fill_value=0)
    return {"score": float(model.predict(scaler.transform(frame))[0])}


@app.post("/retrain")
def retrain(rows: list):
    X = StandardScaler().fit_transform(rows)
    model = LogisticRegression().fit(X, y)
    joblib.dump(model, "model.joblib")
```

```python
import joblib
import pandas as pd
from flask import Flask, request
from sklearn.feature_extraction.text import CountVectorizer

app = Flask(__name__)


@app.route("/predict", methods=["POST"])
def predict():
    words = CountVectorizer()
    words.fit(pd.read_csv("train.csv")["text"])
    return str(joblib.load("model.joblib").predict(words.transform([request.form["text"]]))[0])
```

```python
import joblib
import pandas as pd
import streamlit as st
from sklearn.preprocessing import StandardScaler

model = joblib.load("model.joblib")
scaler = StandardScaler().fit(pd.read_csv("train.csv")[["age"]])
st.write(model.predict(scaler.transform([[st.number_input("Age")]])))
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mldebt.config import Config
from mldebt.facts.roles import MLSERVER, ROUTES
from mldebt.knowledge.words import PREDICT_METHODS
from mldebt.rule import ERROR, HINT, UNSAFE, Finding, Fix, rule
from mldebt.syntax.module import Module
from mldebt.syntax.views import Call
from mldebt.text import Edit, regex

LOADS_MODEL = regex(r"\b(?:load|load_model|from_pretrained)\(")
READS_DATA = regex(r"\b(?:read_\w+|load_dataset|load_[a-z]+\(\)|make_\w+|fetch_\w+|file_uploader)\(")
NAMED_TABLE = regex(r"""\bread_\w+\(\s*[rfb]*["']|\b(?:load_dataset|fetch_\w+)\(""")
"""What is fitted may be this table rather than the request."""
LOADED = ("joblib.load()", "pickle.load()", "dill.load()", "cloudpickle.load()")
HELP = (
    "It has to be the transformer of the training: fitted anew, it maps the same case to other numbers. "
    "Save it with the model, load it here, and call `transform`."
)


@rule(
    severity=ERROR,
    calls=("fit", "fit_transform", "get_dummies"),
    words=("route", "post", "get", "put", "api", "endpoint", "deployment", "service", "predict_fn", "handler",
           "lambda_handler", "streamlit", "gradio", "input_fn", "output_fn", "serve", "batch", "api_view", "websocket"),
)  # fmt: skip
def check(module: Module, config: Config) -> Iterator[Finding]:
    if NAMED_TABLE.search(module.text):
        return
    answering = _answering(module)
    page = not answering and _is_page(module)
    if not answering and not page:
        return
    knowledge = config.knowledge
    for call in module.calls("fit", "fit_transform", "get_dummies"):
        function = module.qualified_name(call.span.start).rpartition(".")[2]
        if (not page and function not in answering) or _trains(module, function, config, page):
            continue
        if call.target == "pandas.get_dummies":
            if not _fixes_columns(module, call):
                yield Finding(
                    call.func,
                    "`get_dummies` makes columns of whatever the request holds",
                    "In training it has made one column for each category there was. Use the fitted encoder of "
                    "the training, or `reindex` to its columns.",
                    severity=HINT,
                )
            continue
        owner = call.target.rpartition(".")[0].removesuffix("()")
        if call.name == "get_dummies" or not owner:
            continue
        if call.name == "fit_transform" and call.target.startswith(LOADED):
            yield Finding(
                call.func,
                f"`{call.receiver}` is loaded, and fitted again on the data of a request",
                "What it has learned in training is thrown away. Call `transform`.",
                data=(call.name,),
            )
            continue
        if knowledge.get(knowledge.transformers, owner) not in (None, "stateless"):
            yield Finding(
                call.func,
                f"`{owner.rpartition('.')[2]}` is fitted on the data of a request",
                HELP,
                severity=HINT,
                data=(call.name,),
            )


def _answering(module: Module) -> set[str]:
    """Functions that answer requests, and the functions of this file that they call."""
    spans = {}
    found = set()
    for function in module.functions():
        spans[function.name] = function.span
        chains = [decorator.partition("(")[0] for decorator in function.decorators]
        routed = any("." in chain and chain.rpartition(".")[2] in ROUTES for chain in chains)
        if routed or (function.name in MLSERVER and function.name != "model_fn" and function.scope == 0):
            found.add(function.name)
    todo = list(found)
    while todo:
        span = spans[todo.pop()]
        body = module.text[span.start : span.end]
        for name in spans:
            if name not in found and f"{name}(" in body:
                found.add(name)
                todo.append(name)
    return found


def _is_page(module: Module) -> bool:
    """An interactive page that only answers: it loads a model and reads no data to learn from."""
    return (
        module.imports_any("streamlit", "gradio")
        and module.has_call(*PREDICT_METHODS)
        and LOADS_MODEL.search(module.text) is not None
        and READS_DATA.search(module.text) is None
    )


def _trains(module: Module, function: str, config: Config, anywhere: bool) -> bool:
    """Whether the function, or one around it, also fits a model: then it is no prediction path."""
    knowledge = config.knowledge
    for call in module.calls("fit", "train", "fit_predict"):
        owner = call.target.rpartition(".")[0]
        if not anywhere and module.qualified_name(call.span.start).rpartition(".")[2] != function:
            continue
        if not owner or knowledge.get(knowledge.transformers, owner.removesuffix("()")) is None:
            return True
    return False


def _fixes_columns(module: Module, call: Call) -> bool:
    """`get_dummies(…).reindex(columns=…)`, or a frame that is reindexed or aligned later in the function."""
    span = module.placed_at(call.span.start)
    rest = span.chunk.text[call.span.end - span.start :]
    return any(word in rest for word in ("reindex", "align(", "columns]", "columns.difference", "not in"))


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterable[Fix]:
    written = module.text[finding.span.start : finding.span.end]
    if finding.data == ("fit_transform",) and written.endswith("fit_transform"):
        start = finding.span.end - len("fit_transform")
        yield Fix(
            "Only transform here: the fitted object is loaded",
            (Edit(finding.span._replace(start=start), "transform"),),
            UNSAFE,
        )
