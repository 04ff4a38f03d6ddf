"""A stage runs a script that is not among its dependencies.

## Why it is debt

DVC runs a stage again when one of its `deps` changes. A script it runs and does
not list may change as much as it likes: `dvc repro` says that everything is up to
date, and the model in the lock file is not the one this code makes.

## What to do

List the script under `deps` of the stage.

## Examples

```yaml
# file: dvc.yaml
stages:
  train:
    cmd: python src/train.py data/clean.csv  # want: `src/train.py`
    deps:
      - data/clean.csv
    outs:
      - model.pkl
# file: src/train.py
import pandas as pd
```

```yaml fixed
stages:
  train:
    cmd: python src/train.py data/clean.csv
    deps:
      - data/clean.csv
      - src/train.py
    outs:
      - model.pkl
```

A script below a folder that is listed is tracked, and so is one in the stage's own
working folder.

```yaml
# file: dvc.yaml
stages:
  prepare:
    cmd: python src/prepare.py
    deps:
      - src
      - data/raw.csv
    outs: [data/clean.csv]
  train:
    wdir: ml
    cmd: python -m train
    deps: [train.py, ../data/clean.csv]
    outs: [model.pkl]
# file: src/prepare.py
import pandas as pd
# file: ml/train.py
import pandas as pd
```

## When to leave it

A stage that must not run again when its script changes is `frozen: true`; frozen
stages are not reported.

## Fix safety

The fix adds the script to `deps`. The next `dvc repro` runs the stage again, which is
what was missing, but may take long.

## How sure

Certain: the script is a file of this workspace, and the stage does not name it.
Stages made from templates (`foreach`, `${…}` in paths) are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.fixes.yaml_list import added_items
from mldebt.rule import UNSAFE, WARNING, Finding, Fix, Related, Workspace, rule
from mldebt.rules.pipeline_jungles._stages import NEEDS, ready, scripts_of, shown
from mldebt.syntax.manifest import Manifest
from mldebt.text import Span


@rule(severity=WARNING, gated=False, needs=NEEDS, kinds=("stage",))
def across(workspace: Workspace) -> Iterator[Finding]:
    scripts = scripts_of(workspace)
    for stage in ready(workspace):
        deps = [place.path for place in stage.deps]
        for script in dict(scripts.get((stage.file, stage.name), ())):
            if any(dep in (script, "") or script.startswith(dep + "/") for dep in deps):
                continue
            if script.endswith(".sh") and not stage.deps and not stage.outs:
                continue  # a stage that only does something, tracked by nothing
            name = shown(stage, script)
            yield Finding(
                stage.command_span,
                f"stage `{stage.name}` runs `{name}`, which is not among its dependencies",
                "When the script changes, `dvc repro` takes the stage for up to date. List it under `deps`.",
                (Related(Span(0, 0), "this script", script),),
                path=stage.file,
                data=(stage.name, name),
            )


@across.fixes
def fixes(manifest: Manifest, finding: Finding) -> Iterator[Fix]:
    stage, script = finding.data
    edit = added_items(manifest, ("stages", stage), "deps", [script])
    if edit is not None:
        yield Fix(f"Add `{script}` to the stage's dependencies", (edit,), UNSAFE)
