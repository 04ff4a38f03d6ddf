"""Training and serving install different versions of a library that the model depends on.

## Why it is debt

A pickled model is a picture of the library that made it. Another version of it may refuse
to load the model, or load it and compute something else without a word. Frames and arrays
are read differently as well.

## What to do

Let both sides install from one lock file, or pin the same versions in both.

Compared are the requirement files nearest to the files that train and to the files that
serve, where both pin exact versions; a service belongs to the training nearest to it, and
where that is not clear nothing is said. Another patch version of a library that saves
models is a warning; of the others it is passed over.

## When to leave it

The model crosses over in a format that names no library, such as ONNX; then the pins may
differ.

## How sure

Both versions are pinned in the project's own files. Three findings in one of 222 public
repositories, all true.

## Examples

```text
# file: training/requirements.txt
scikit-learn==1.5.2
pandas==2.2.3
# file: training/train.py
import pandas as pd
from sklearn.linear_model import Ridge

model = Ridge().fit(X, y)
# file: api/requirements.txt
scikit-learn==1.2.0  # want: 1.5.2
fastapi==0.115.0
# file: api/main.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
def predict(size: float):
    return model.predict([[size]])
```

One file for both, or the same versions twice.

```text
# file: training/requirements.txt
scikit-learn==1.5.2
# file: training/train.py
from sklearn.linear_model import Ridge

model = Ridge().fit(X, y)
# file: api/requirements.txt
scikit-learn==1.5.2
fastapi==0.115.0
# file: api/main.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
def predict(size: float):
    return model.predict([[size]])
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mldebt.facts.roles import with_role
from mldebt.rule import ERROR, WARNING, Fact, Finding, Related, Workspace, rule
from mldebt.text import regex

SERIALISED = frozenset(
    "scikit-learn torch tensorflow keras xgboost lightgbm catboost joblib cloudpickle dill skops transformers imbalanced-learn".split()
)
"""Their versions decide whether a saved model can be loaded."""
BESIDES = regex(r"(?:^|[/_.-])(?:tests?|dev|lint|docs?|ci|notebooks?)[/_.-][^/]*$", re.IGNORECASE)
"""Requirement files of something else."""
COMPUTING = frozenset(
    "numpy pandas scipy polars pyarrow category-encoders feature-engine tokenizers nltk spacy".split()
)


Pins = dict[str, tuple[str, Fact]]
"""Package -> (file, what it says there)."""


@rule(severity=ERROR, gated=False, needs=("role", "package-need"), kinds=("package-need",))
def across(workspace: Workspace) -> Iterator[Finding]:
    folders: dict[str, Pins] = {}
    for path, fact in workspace.facts("package-need"):
        if not fact.detail[2] and not BESIDES.search(path):
            folders.setdefault(path.rpartition("/")[0], {}).setdefault(fact.subject, (path, fact))
    if len(folders) < 2:
        return
    training = nearest(folders, [path for path, _ in with_role(workspace, "train")])
    serving = nearest(folders, [path for path, _ in with_role(workspace, "serve")])
    for there in sorted(serving - training):
        here = trained_in(there, training - serving)
        if here is None:
            continue
        for name in sorted(folders[here].keys() & folders[there].keys() & (SERIALISED | COMPUTING)):
            (training_file, trained), (serving_file, served) = folders[here][name], folders[there][name]
            old, new = exact(trained), exact(served)
            if not old or not new or old == new:
                continue
            same_minor = old.split(".")[:2] == new.split(".")[:2]
            if same_minor and name not in SERIALISED:
                continue
            yield Finding(
                served.span,
                f"`{name}` {new} serves what {old} has trained",
                f"A model that was saved with {old} may not load here, or may compute something else. "
                "Install both sides from one lock file.",
                (Related(trained.span, f"training pins {old}", training_file),),
                None if name in SERIALISED and not same_minor else WARNING,
                path=serving_file,
            )


def nearest(folders: Mapping[str, object], paths: list[str]) -> set[str]:
    """For each path its folder, or the nearest above it, that has requirements."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folder = folder.rpartition("/")[0]
        if folder in folders:
            found.add(folder)
    return found


def trained_in(serving: str, training: set[str]) -> str | None:
    """The folder of the training that belongs to this service: the one nearest to it; None in doubt."""
    parts = serving.split("/")

    def shared(folder: str) -> int:
        depth = 0
        for one, other in zip(parts, folder.split("/")):
            if one != other:
                break
            depth += 1
        return depth

    most = max(map(shared, training), default=0)
    near = [folder for folder in training if shared(folder) == most]
    return near[0] if len(near) == 1 else None


def exact(fact: Fact) -> str:
    """The version of `==1.5.2`, without a build (`+cpu`); "" for anything looser."""
    specifier, looseness, _ = fact.detail
    if looseness != "exact" or "*" in specifier or "/" in specifier:
        return ""
    return str(specifier).lstrip("=").strip().partition("+")[0]
