"""A stage makes something that nobody uses.

## Why it is debt

An intermediate result without a reader is computed, stored and pushed with every run,
and whoever reads the pipeline looks for what it is for. Often its reader was deleted,
or reads another file by mistake.

## What to do

Delete the output (and the stage, if it makes nothing else), or list it under `deps`
of the stage that reads it.

## Examples

```yaml
# file: dvc.yaml
stages:
  prepare:
    cmd: python prepare.py
    deps: [prepare.py]
    outs:
      - data/clean.csv
      - data/clean_old.csv  # want: `data/clean_old.csv`
  train:
    cmd: python train.py
    deps: [train.py, data/clean.csv]
    outs: [model.pkl]
```

Models, figures, metrics and what the last stage makes are results; an output that
some code reads has a reader.

```yaml
# file: dvc.yaml
stages:
  prepare:
    cmd: python prepare.py
    deps: [prepare.py]
    outs: [data/clean.csv, data/sample.csv, encoder.pkl]
  train:
    cmd: python train.py
    deps: [train.py, data/clean.csv]
    outs: [model.pkl, predictions.csv]
    plots: [roc.csv]
# file: notebook.py
import pandas as pd

pd.read_csv("data/sample.csv")
```

## When to leave it

When people or other repositories read it: `dvc import` leaves no trace here.

## How sure

Only data made by a stage whose other outputs are used counts, so that the results of a
pipeline are left alone. A hint, because a reader may live elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.lineage import lineage
from mldebt.facts.stages import Place, Stage, top_outputs
from mldebt.knowledge.artifacts import ending_of, kind_of, words_of
from mldebt.rule import HINT, Finding, Workspace, rule
from mldebt.rules.pipeline_jungles._stages import NEEDS, has_templates, ready

RESULTS = frozenset(
    "model models figure figures plot plots report reports prediction predictions submission submissions output "
    "outputs result results metrics metric eval evaluation history log logs artifacts deploy docs".split()
)
"""Words in a path that say it is made for people, or for use elsewhere."""


@rule(severity=HINT, gated=False, needs=(*NEEDS, "artifact-read"), kinds=("stage-dep",))
def across(workspace: Workspace) -> Iterator[Finding]:
    if has_templates(workspace):
        return
    waiting = list(ready(workspace))
    wanted = {dep.path for stage in waiting for dep in stage.deps}
    read = {path for path, node in lineage(workspace).nodes.items() if node.readers}
    for stage in waiting:
        idle = [out for out in stage.outs if not _is_used(out, wanted)]
        if len(idle) == len(stage.outs):
            continue  # what the pipeline is for
        for out in idle:
            if out.kind == "outs" and is_intermediate(out.path) and not _is_read(workspace, stage, out, read):
                yield Finding(
                    out.span,
                    f"nobody uses `{out.written}` of stage `{stage.name}`",
                    "No stage depends on it and no code here reads it. Delete it, or list it under `deps` "
                    "of the stage that needs it.",
                    path=stage.file,
                )


def _is_used(out: Place, wanted: set[str]) -> bool:
    return any(
        dep == out.path or dep.startswith(out.path + "/") or out.path.startswith(dep + "/") for dep in wanted
    )


def _is_read(workspace: Workspace, stage: Stage, out: Place, read: set[str]) -> bool:
    if out.path in top_outputs(workspace, stage.file):
        return True
    return any(
        path == out.path or path.startswith(out.path + "/") or ("*" in path and path[-4:] == out.path[-4:])
        for path in read
    )


def is_intermediate(path: str) -> bool:
    """Data by its ending, and no result by its words."""
    ending = ending_of(path)
    return (
        bool(ending)
        and kind_of(path, "", "") == "data"
        and not RESULTS & {word for part in path.split("/") for word in words_of(part)}
    )
