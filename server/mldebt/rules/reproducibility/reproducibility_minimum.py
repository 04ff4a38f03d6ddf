"""Several steps of a reproducible training run are missing.

## Why it is debt

A run can be had again with four steps: check out the code, pull the data, install the
environment, start the training with its configuration. If two of them are missing, nobody
can debug the model, audit it, or retrain it safely.

## What to do

Write the missing steps down, the cheapest first:

    git checkout <commit>                       # exact code
    dvc pull                                    # exact data
    uv sync --frozen                            # exact libraries
    python train.py --config configs/run.yaml   # exact parameters

Said once, at the file that trains, where at least two steps are missing. What counts: for
the data DVC, Git LFS, or data files beside the code; for the libraries a lock file, or a
requirement file that pins each line; for the start a pipeline file, a Makefile, a script,
CI, or a settings file. A library (setup.py at the top) trains only to show that it can.

## When to leave it

Code that is read rather than run: a tutorial, the appendix of a paper.

In a template of projects this is only a hint: it is decided in the project that is made from it.

## Source

"Minimum viable reproducibility", the article's first priority of remediation.

## Examples

```python
# file: requirements.txt
pandas
scikit-learn
# file: train.py
import pandas as pd
from sklearn.linear_model import Ridge

frame = pd.read_csv("sales.csv")
Ridge().fit(frame[["size"]], frame["price"])  # want: 3 of its steps
```

```python
# file: requirements.txt
pandas==2.2.3
scikit-learn==1.5.2
# file: Makefile
train:
        python train.py
# file: train.py
import pandas as pd
from sklearn.linear_model import Ridge

frame = pd.read_csv("sales.csv")
Ridge().fit(frame[["size"]], frame["price"])
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.facts.readme import in_template
from mldebt.facts.roles import with_role
from mldebt.rule import HINT, INFORMATION, Finding, Workspace, rule
from mldebt.text import regex

DATA = regex(
    r"(?:^|/)(?:[^/]+\.dvc|dvc\.(?:yaml|lock)|\.gitattributes|\.lakefs_ref\.yaml|lakectl\.yaml"
    r"|[^/]+\.(?:csv|tsv|parquet|feather|jsonl|arff|xlsx?|npz|npy|h5|csv\.gz|sqlite|db))$",
    re.IGNORECASE,
)
START = regex(
    r"(?:^|/)(?:dvc\.yaml|MLproject|(?:GNU)?[Mm]akefile|[Jj]ustfile|Snakefile|[^/]+\.(?:sh|smk|nf|sbatch|slurm)|Taskfile\.ya?ml"
    r"|\.github/workflows/[^/]+|\.gitlab-ci\.ya?ml|azure-pipelines[^/]*|(?:params|config|settings)[\w.-]*\.(?:ya?ml|toml|json)"
    r"|(?:conf|configs?|cfg|params)/(?:[^/]+/)*[^/]+\.(?:ya?ml|toml|json|py)|tox\.ini|noxfile\.py|pyproject\.toml|Dockerfile[^/]*)$"
)
ENOUGH = 2
# One missing step has its own rule; two are a habit.


@rule(
    severity=INFORMATION,
    gated=False,
    needs=("role", "package-need", "package-lock", "template"),
    kinds=("role",),
)
def across(workspace: Workspace) -> Iterator[Finding]:
    training = with_role(workspace, "train", scripts_only=True)
    if not training or "setup.py" in workspace.paths:
        return
    missing = []
    if not is_locked(workspace):
        missing.append("the libraries (a lock file, or each version pinned)")
    if not any(DATA.search(path) for path in workspace.paths):
        missing.append("the data (DVC, Git LFS, checksums)")
    if not any(START.search(path) for path in workspace.paths):
        missing.append("the command with its parameters (dvc.yaml, a Makefile, a script)")
    if len(missing) < ENOUGH:
        return
    path, span = min(training, key=lambda one: ("train" not in one[0], one[0].count("/"), one[0]))
    yield Finding(
        span,
        f"this training run cannot be repeated: {len(missing)} of its steps are written down nowhere",
        f"Missing: {'; '.join(missing)}. Whoever wants this model again needs them.",
        severity=HINT if in_template(workspace, path) else None,
        path=path,
    )


def is_locked(workspace: Workspace) -> bool:
    if next(workspace.facts("package-lock"), None) is not None:
        return True
    by_file: dict[str, list[str]] = {}
    for path, fact in workspace.facts("package-need"):
        if not fact.detail[2]:
            by_file.setdefault(path, []).append(fact.detail[1])
    return any(all(looseness in ("exact", "near") for looseness in own) for own in by_file.values())
