"""Nothing says which packages this code needs.

## Why it is debt

The versions that trained the model exist on one machine only. When that machine is
gone, or somebody else runs the code, the environment has to be guessed from the
imports, and a guess of the wrong year gives another model or none.

## What to do

Write down what is installed where the code works: `pip freeze`, `uv init` and
`uv add`, or `conda env export --from-history`; keep the exact versions beside it.

## Examples

```python
# file: clean.py
import pandas as pd

pd.read_csv("raw.csv").dropna().to_csv("clean.csv")
# file: train.py
import pandas as pd  # want: no file says which packages
from sklearn.linear_model import Ridge

frame = pd.read_csv("clean.csv")
Ridge(alpha=0.5).fit(frame[["size"]], frame["price"])
```

A file of any kind that declares or installs packages is enough, wherever it lies.

```python
# file: train.py
import pandas as pd
from sklearn.linear_model import Ridge

frame = pd.read_csv("clean.csv")
Ridge(alpha=0.5).fit(frame[["size"]], frame["price"])
# file: docker/Dockerfile
FROM python:3.11
RUN pip install pandas==2.2.3 scikit-learn==1.5.2
```

## Fix safety

A draft: a new `requirements.txt` with the packages that are imported. It names no
versions, because only the machine where the code works knows them.

## When to leave it

When the packages are declared outside the workspace, for instance at the top of a
repository of which only a folder is open.

## How sure

Certain about what the workspace holds. It is said once, at the file that trains (or
at the first that imports a library for data or models), and only as a hint where
there is a single such file. Scripts that carry their own declaration (PEP 723) are
not counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.facts.readme import in_template
from mldebt.knowledge import ML_ROOTS
from mldebt.rule import HINT, WARNING, Fact, Finding, Fix, Workspace, new_file, rule
from mldebt.syntax.manifest import Manifest, manifest_kind
from mldebt.syntax.module import Module
from mldebt.text import Span, regex

DECLARING_KINDS = frozenset({"requirements", "conda", "pipfile", "lock"})
DECLARING_NAMES = frozenset(
    {
        *("setup.py", "pixi.toml", "meta.yaml", "python_env.yaml", "flake.nix", "shell.nix", "default.nix"),
        *(
            "devcontainer.json",
            "apt.txt",
            "postBuild",
            "BUILD.bazel",
            "MODULE.bazel",
            "WORKSPACE",
            "environment.json",
        ),
    }
)
INSTALLS = regex(
    r"\b(?:pip3?|conda|mamba|micromamba|uv|poetry|pipenv|pixi|pdm)\s+(?:pip\s+)?(?:install|add|sync|env\s+create|create)\b"
)
SCRIPT_METADATA = regex(r"^# /// script\s*$", re.MULTILINE)
TRAINING_CALLS = ("fit", "fit_transform", "backward", "train", "fit_one_cycle", "xgb_train")
DISTRIBUTIONS = {
    "cv2": "opencv-python",
    "PIL": "pillow",
    "category_encoders": "category-encoders",
    "faiss": "faiss-cpu",
    "imblearn": "imbalanced-learn",
    "lightning_fabric": "lightning-fabric",
    "pytorch_lightning": "pytorch-lightning",
    "pytorch_tabnet": "pytorch-tabnet",
    "segmentation_models_pytorch": "segmentation-models-pytorch",
    "sentence_transformers": "sentence-transformers",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "skopt": "scikit-optimize",
    "stable_baselines3": "stable-baselines3",
    "surprise": "scikit-surprise",
    "torch_geometric": "torch-geometric",
    "umap": "umap-learn",
}
"""Import names whose distribution is called otherwise."""


@rule(severity=WARNING, gated=False, needs=("template",), kinds=("ml-file",))
def across(workspace: Workspace) -> Iterator[Finding]:
    local = {part.partition(".")[0] for path in workspace.reports for part in path.split("/")}
    files = [
        (path, fact.span, fact.detail[0], needed)
        for path, fact in workspace.facts("ml-file")
        if (needed := set(fact.detail[1:]) - local) and workspace.config.role_of(path) != "test"
    ]
    if not files or any(_declares(path) for path in (*workspace.paths, *workspace.reports)):
        return
    if next(workspace.facts("declares-packages"), None) is not None:
        return
    path, span, *_ = min(
        files, key=lambda file: (not file[2], "train" not in file[0], file[0].count("/"), file[0])
    )
    names = sorted({DISTRIBUTIONS.get(root, root) for *_, needed in files for root in needed})
    count = "one file needs" if len(files) == 1 else f"{len(files)} files need"
    yield Finding(
        span,
        f"no file says which packages this code needs, and {count} some",
        f"Imported here: {', '.join(names)}. Write them down with the versions that work: "
        "requirements.txt, pyproject.toml with a lock file, or environment.yml.",
        severity=HINT if len(files) == 1 or in_template(workspace, path) else None,
        path=path,
        data=tuple(names),
    )


@across.facts
def facts(module: Module) -> Iterator[Fact]:
    if not module.is_ml or ("# /// script" in module.text and SCRIPT_METADATA.search(module.text)):
        return
    first = next(view for view in module.imports if view.module.partition(".")[0] in ML_ROOTS)
    trains = any(call.receiver for call in module.calls(*TRAINING_CALLS))
    yield Fact("ml-file", "", first.span, (trains, *sorted(module.roots & ML_ROOTS)))


@across.facts
def declarations(manifest: Manifest) -> Iterator[Fact]:
    """Files whose name alone does not tell."""
    if manifest.kind in ("pyproject", "setup.cfg"):
        declares = bool(manifest.requirements) or any(
            next(manifest.under(*key), None) for key in (("project",), ("tool", "poetry"), ("tool", "pixi"))
        )
        declares = declares or bool(manifest.error) or manifest.get("options", "install_requires") is not None
    else:
        declares = manifest.kind in ("commands", "yaml") and bool(INSTALLS.search(manifest.text))
    if declares:
        yield Fact("declares-packages", manifest.kind, Span(0, 0))


@across.fixes
def fixes(module: Module, finding: Finding, paths: tuple[str, ...] = ()) -> Iterator[Fix]:
    if "requirements.txt" not in paths:
        text = "".join(f"{name}  # TODO(mldebt): ==the version that works\n" for name in finding.data)
        yield new_file("Draft a requirements.txt from the imports", "requirements.txt", text)


def _declares(path: str) -> bool:
    return manifest_kind(path) in DECLARING_KINDS or path.rpartition("/")[2] in DECLARING_NAMES
