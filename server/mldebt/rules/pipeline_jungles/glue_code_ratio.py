"""Nearly all of the code carries data to the model and results away from it.

## Why it is debt

A mature system may well be a twentieth model and the rest glue; that is not the debt.
It is debt when the glue is scripts: each reads, converts and writes in its own way,
nobody tests it, and a change of one format is a change of all of them. Sculley et al.
name it as the most common pattern of machine-learning systems, and the article this
tool grew out of says when to look: at four fifths.

## What to do

Look at the file this points to and at the largest share it names. Reading: one module
that loads and checks each input. Conversion: one schema that the code before and after
it shares. Commands and services: a pipeline tool (DVC, Airflow, Prefect) that orders the
steps, so that the scripts lose their plumbing.

## How sure

Off by default: it is a measure to watch, not a place to mend. Turn it on with
`extend-select = ["glue-code-ratio"]`. Counted are lines of code outside tests and
examples that name a library or a method whose purpose is known (`knowledge` settings
add to it), with the lines between them; the rest of the code says nothing and is left
out. On 94 public ML
repositories of a thousand lines or more the share is 0.78 at the median: most teams are
near the line, so watch how yours moves.

One finding a project that trains a model, at the file with most glue, from
`min-lines` lines of code and `max-percent` percent of glue.

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015), section 4.

## Examples

```python
# options: min-lines = 8
# file: collect.py
import json  # want: 6 of 7 lines whose purpose shows carry data and results, 1 is about a model
import os
import subprocess

import requests

for page in range(3):
    rows = requests.get(URL, params={"page": page}).json()
    with open(os.path.join("raw", f"{page}.json"), "w") as out:
        json.dump(rows, out)
    subprocess.run(["gzip", out.name])
    os.chmod(out.name, 0o444)
# file: train.py
from sklearn.linear_model import LogisticRegression

LogisticRegression().fit(X, y)
```

A model is most of what there is.

```python
# options: min-lines = 8
# file: collect.py
import requests

rows = requests.get(URL).json()
# file: model.py
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(16, 32)
        self.out = nn.Linear(32, 1)

    def forward(self, x):
        return self.out(torch.relu(self.hidden(x)))


def train(net, optimizer, loader):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(net(x), y).backward()
        optimizer.step()
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.glue import Split, splits
from mldebt.facts.roles import with_role
from mldebt.plain import dataclass
from mldebt.rule import INFORMATION, Finding, Related, Workspace, rule
from mldebt.text import Span

START = Span(0, 0)
MAX_FILES = 5
# Named in the finding.


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    min_lines: int = 1000
    """Smaller projects are left alone: lines of code outside tests and examples."""
    max_percent: int = 80
    """Of the lines that tell what they are for; the article's four fifths."""


@rule(
    severity=INFORMATION,
    options=Options,
    gated=False,
    default=False,
    needs=("code-split", "role"),
    kinds=("role",),
)
def across(workspace: Workspace, options: Options) -> Iterator[Finding]:
    files = splits(workspace)
    whole = (
        Split(*map(sum, zip(*(split for _, split in files), strict=True))) if files else Split(0, 0, 0, 0, 0)
    )
    if sum(whole) < options.min_lines or whole.share() * 100 <= options.max_percent:
        return
    if not with_role(workspace, "train"):
        return
    files.sort(key=lambda one: (-one[1].glue, one[0]))
    (path, _), *others = files
    yield Finding(
        START,
        f"{whole.glue:,} of {whole.glue + whole.model:,} lines whose purpose shows carry data and results, "
        f"{whole.model:,} {'is' if whole.model == 1 else 'are'} about a model",
        f"Reading {whole.reading:,}, conversion {whole.converting:,}, commands and services {whole.plumbing:,} "
        f"lines; {whole.other:,} further lines tell nothing.\n"
        "Glue in scripts is tested by nobody, and each change of a format is a change of all of them.\n"
        "Start with the files named here: one module that loads and checks, one schema, a pipeline tool for the order.",
        path=path,
        related=tuple(
            Related(START, f"{split.glue:,} lines that carry data and results", other)
            for other, split in others[: MAX_FILES - 1]
            if split.glue
        ),
    )
