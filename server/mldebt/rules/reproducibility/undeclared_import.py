"""A library for data or models is imported and no file declares it.

## Why it is debt

It works where it was written, because something else has installed it. On a fresh machine
the code stops at the import, or runs with whatever version another package brings.

## What to do

Add it to the requirement file of this code, with the version that works.

Looked at are imports at the top of a file, of libraries for data and models that we know
by name. Silent where any requirement file, lock file, Dockerfile, script or notebook
installs it, where a declared package needs it in any case (numpy for all of them, scipy
for scikit-learn), for imports that may fail (`try`, inside a function), in folders of fixtures and benchmarks,
and in a workspace that has a setup.py: what that declares is not read. Only a hint where nothing but
notebooks import it: they often run elsewhere; and in a template of projects (a `cookiecutter.json`, a
README that calls it one), whose packages are chosen when a project is made from it.

## When to leave it

The environment is provided, as on Kaggle or a managed cluster, and its image is pinned.

## Examples

```python
# file: requirements.txt
pandas==2.2.3
scikit-learn==1.5.2
# file: train.py
import lightgbm as lgb  # want: no file declares `lightgbm`
import numpy as np
import pandas as pd
from sklearn.model_selection import KFold
```

```python
# file: requirements.txt
pandas==2.2.3
opencv-python-headless==4.10.0.84
# file: Dockerfile
FROM python:3.11
RUN pip install lightgbm==4.5.0
# file: train.py
import cv2
import lightgbm as lgb
import pandas as pd

try:
    import cudf
except ImportError:
    cudf = None
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.dependencies import normalised
from mldebt.facts.readme import in_template
from mldebt.knowledge import ML_ROOTS
from mldebt.rule import HINT, INFORMATION, Fact, Finding, Related, Workspace, rule
from mldebt.syntax.module import Module
from mldebt.text import Span, regex

NAMES: dict[str, tuple[str, ...]] = {
    "cv2": ("opencv",),
    "PIL": ("pillow",),
    "sklearn": ("scikit-learn", "sklearn"),
    "skimage": ("scikit-image",),
    "skopt": ("scikit-optimize",),
    "imblearn": ("imbalanced-learn", "imblearn"),
    "surprise": ("scikit-surprise", "surprise"),
    "umap": ("umap-learn",),
    "faiss": ("faiss",),
    "tensorflow": ("tensorflow", "tf-nightly", "intel-tensorflow"),
    "keras": ("keras", "tensorflow"),
    "tf_keras": ("tf-keras", "tensorflow"),
    "torch": ("torch", "pytorch"),
    "tensorboard": ("tensorboard", "tensorflow"),
    "great_expectations": ("great-expectations",),
    "iterstrat": ("iterative-stratification",),
    "efficientnet_pytorch": ("efficientnet",),
    "fastai": ("fastai",),
    "gym": ("gym",),
    "ray": ("ray",),
    "dask": ("dask",),
    "pyspark": ("pyspark", "spark", "databricks"),
    "mxnet": ("mxnet",),
    "jax": ("jax",),
    "flax": ("flax",),
    "onnxruntime": ("onnxruntime",),
    "evidently": ("evidently",),
}
"""Import root -> how the names of the distributions begin that bring it."""
BROUGHT: dict[str, frozenset[str]] = {
    "scipy": frozenset(
        "scikit-learn sklearn statsmodels lightgbm xgboost scikit-image seaborn umap-learn gensim librosa".split()
    ),
    "joblib": frozenset("scikit-learn sklearn librosa umap-learn imbalanced-learn nltk".split()),
    "pandas": frozenset(
        "seaborn statsmodels dask geopandas mlxtend catboost datasets evidently feast pandera great-expectations "
        "category-encoders feature-engine shap prophet pandas-profiling ydata-profiling streamlit mlflow darts sktime yfinance".split()
    ),
    "torch": frozenset(
        "torchvision torchaudio torchtext pytorch-lightning lightning timm fastai sentence-transformers accelerate peft trl "
        "ultralytics torchmetrics segmentation-models-pytorch pytorch-tabnet torch-geometric stable-baselines3 openai-whisper".split()
    ),
    "sklearn": frozenset(
        "imbalanced-learn imblearn xgboost lightgbm mlxtend scikit-optimize umap-learn category-encoders feature-engine shap librosa "
        "sentence-transformers mlflow fastai pycaret tpot sktime darts auto-sklearn evidently deepchecks".split()
    ),
    "transformers": frozenset("sentence-transformers peft trl setfit adapters simpletransformers".split()),
    "keras": frozenset({"tensorflow", "tensorflow-gpu", "tensorflow-cpu"}),
    "tensorboard": frozenset({"tensorflow", "tensorflow-gpu", "pytorch-lightning"}),
    "huggingface_hub": frozenset(
        "transformers datasets diffusers accelerate timm sentence-transformers peft".split()
    ),
    "datasets": frozenset({"evaluate", "trl", "setfit"}),
    "accelerate": frozenset({"peft", "trl"}),
    "tokenizers": frozenset({"transformers", "sentence-transformers"}),
    "matplotlib": frozenset({"seaborn", "plotnine", "catboost", "yellowbrick"}),
}
"""Import root -> distributions that install it in any case."""
STANDARD = frozenset({"numpy"})
"""Every library for data brings it."""
ASIDE = regex(r"(?:^|/)(?:fixtures?|benchmarks?|evals?|testdata|corpus|samples?|test_\w+|kernels)/")
"""Folders of code that is looked at, not run in this environment."""
MAX_PLACES = 6


@rule(
    severity=INFORMATION,
    gated=False,
    needs=("package-need", "package-lock", "package-install", "template"),
    kinds=("ml-import",),
)
def across(workspace: Workspace) -> Iterator[Finding]:
    names = {path.rpartition("/")[2] for path in workspace.paths}
    if "setup.py" in names:
        return
    declared = {fact.subject for _, fact in workspace.facts("package-need")}
    if not declared:
        return
    declared |= {name for _, fact in workspace.facts("package-lock") for name, _ in fact.detail}
    declared |= {fact.subject for _, fact in workspace.facts("package-install")}
    declared |= {fact.subject for _, fact in workspace.facts("notebook-install")}
    governed = {path.rpartition("/")[0] for path, _ in workspace.facts("package-need")}
    own = {part.partition(".")[0] for path in workspace.paths for part in path.split("/")}
    places: dict[str, list[tuple[str, Fact]]] = {}
    for path, fact in workspace.facts("ml-import"):
        root = fact.subject
        if ASIDE.search(path):
            continue
        if root not in own and root not in STANDARD and not is_declared(root, declared):
            if workspace.config.role_of(path) not in ("test", "example") and is_governed(path, governed):
                places.setdefault(root, []).append((path, fact))
    for root, found in sorted(places.items()):
        found.sort(key=lambda one: one[0].endswith(".ipynb"))
        path, fact = found[0]
        yield Finding(
            fact.span,
            f"no file declares `{root}`, which is imported here",
            f"A fresh environment has no `{root}`, or has the version that another package brings. Add it to the "
            "requirement file, with the version that works.",
            tuple(Related(other.span, "and here", where) for where, other in found[1:MAX_PLACES]),
            HINT if path.endswith(".ipynb") or in_template(workspace, path) else None,
            path=path,
            data=(root,),
        )


def is_governed(path: str, folders: set[str]) -> bool:
    """Whether a requirement file lies in the file's folder or above it."""
    folder = path.rpartition("/")[0]
    while folder and folder not in folders:
        folder = folder.rpartition("/")[0]
    return folder in folders


def is_declared(root: str, declared: set[str]) -> bool:
    if not BROUGHT.get(root, frozenset()).isdisjoint(declared):
        return True
    starts = NAMES.get(root, (normalised(root),))
    return any(name.startswith(start) or start in name for name in declared for start in starts)


@across.facts
def facts(module: Module) -> Iterator[Fact]:
    seen = set()
    for view in module.imports:
        root = view.module.partition(".")[0]
        if root in ML_ROOTS and root not in seen and view.scope == 0 and at_margin(module.text, view.span):
            seen.add(root)
            yield Fact("ml-import", root, view.span)
    notebook = module.source.notebook
    for magic in notebook.magics if notebook is not None else ():
        if "install" in magic.text:
            for word in magic.text.replace("=", " ").replace("[", " ").split():
                yield Fact(
                    "notebook-install", normalised(word.strip("'\"<>~!")), Span(magic.start, magic.start)
                )


def at_margin(text: str, span: Span) -> bool:
    """Whether the import's line begins at the margin: not in a `try`, an `if` or a function."""
    line = text.rfind("\n", 0, span.start) + 1
    return not text[line : line + 1].isspace()
