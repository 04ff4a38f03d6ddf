"""A stage's script reads or writes a file that the stage does not declare.

## Why it is debt

What a stage reads and does not declare may change without the stage being run again;
what it writes and does not declare is not versioned, not restored by `dvc checkout`,
and other stages cannot depend on it. The pipeline looks reproducible and is not.

## What to do

Add what is read to `deps` (values of a parameter file to `params`) and what is
written to `outs`, `metrics` or `plots` of the stage.

## Examples

```yaml
# file: dvc.yaml
stages:
  train:  # want: reads `data/costs.csv` and `data/weights.csv` # want: writes `reports/errors.csv`
    cmd: python src/train.py
    deps:
      - src/train.py
      - data/clean.csv
    outs:
      - model.pkl
# file: src/train.py
import joblib
import pandas as pd

frame = pd.read_csv("data/clean.csv")
weights = pd.read_csv("data/weights.csv")
costs = pd.read_csv("data/costs.csv")
joblib.dump(model, "model.pkl")
errors.to_csv("reports/errors.csv")
```

```yaml fixed
stages:
  train:
    cmd: python src/train.py
    deps:
      - src/train.py
      - data/clean.csv
      - data/costs.csv
      - data/weights.csv
    outs:
      - model.pkl
```

Folders cover what is in them, parameters cover their file, and logs, temporary files
and paths that are not known are left alone.

```yaml
# file: dvc.yaml
stages:
  train:
    cmd: python src/train.py data/clean.csv
    deps: [src/train.py, data]
    params: [train.depth]
    outs: [models]
# file: src/train.py
import sys

import joblib
import pandas as pd
import yaml

params = yaml.safe_load(open("params.yaml"))
frame = pd.read_csv(sys.argv[1])
other = pd.read_csv("data/weights.csv")
joblib.dump(model, "models/model.pkl")
open("logs/train.log", "w").write("done")
frame.to_csv(f"out/{name}.csv")
```

## When to leave it

When the file says nothing about the result: a note for people, a cache.

## Fix safety

The fix adds the paths to `deps` or `outs`. DVC then tracks it: an `outs` file that git
tracks already must be taken out of git first (`git rm --cached`).

## How sure

Only what the stage's own script does with a path that is plainly known counts: what
imported modules do, and paths from defaults and command lines of several stages, do not.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from mldebt.facts.artifacts import Artifact, artifacts
from mldebt.facts.stages import Stage
from mldebt.fixes.yaml_list import added_items
from mldebt.rule import UNSAFE, WARNING, Finding, Fix, Related, Workspace, rule
from mldebt.rules.pipeline_jungles._stages import NEEDS, covers, declared, ready, scripts_of, shown
from mldebt.syntax.manifest import Manifest
from mldebt.text import regex

PASSING = regex(
    r"(?i)(?:^|/)(?:\.?te?mp|logs?|\.cache|cache|mlruns|wandb|runs|lightning_logs|__pycache__)(?:/|$)|\.(?:log|lock|env|tmp)$|(?:^|/)\.env"
)
"""Logs, caches and what experiment trackers leave: not part of a result."""
MAX_NAMED = 3
SIDE = frozenset({"report"})
"""Read for people: README, prompts."""


@rule(severity=WARNING, gated=False, needs=(*NEEDS, "artifact-read"), kinds=("stage",))
def across(workspace: Workspace) -> Iterator[Finding]:
    scripts = scripts_of(workspace)
    by_file: dict[str, list[Artifact]] = {}
    for artifact in artifacts(workspace):
        by_file.setdefault(artifact.file, []).append(artifact)
    users: dict[str, int] = {}
    for found in scripts.values():
        for script in {script for script, _ in found}:
            users[script] = users.get(script, 0) + 1
    for stage in ready(workspace):
        known = declared(workspace, stage)
        uses: dict[bool, dict[str, Artifact]] = {False: {}, True: {}}
        for script in dict.fromkeys(script for script, _ in scripts.get((stage.file, stage.name), ())):
            if users[script] > 1:
                continue  # it does different things for different stages
            for artifact in by_file.get(script, ()):
                path = place_of(artifact, stage)
                if path and not covers(known, path):
                    uses[artifact.writes].setdefault(path, artifact)
        # What it makes itself it may read again.
        reads = {path: one for path, one in uses[False].items() if path not in uses[True]}
        if reads:
            yield _finding(stage, reads, False)
        if uses[True]:
            yield _finding(stage, uses[True], True)


def place_of(artifact: Artifact, stage: Stage) -> str:
    """The workspace path that is read or written when the stage runs; "" where it does not count."""
    path = artifact.path
    if not artifact.is_certain or "*" in path or artifact.base not in ("root", "cwd"):
        return ""
    if artifact.base == "cwd":
        path = posixpath.normpath(posixpath.join(stage.base, path))
    if path.startswith("..") or PASSING.search(path) or path.endswith(".py"):
        return ""
    if artifact.kind in SIDE and not artifact.writes:
        return ""
    return path


def _finding(stage: Stage, found: dict[str, Artifact], writes: bool) -> Finding:
    """One finding for everything a stage reads, or everything it writes."""
    names = {shown(stage, path): artifact for path, artifact in sorted(found.items())}
    verb, section = ("writes", "outs") if writes else ("reads", "deps")
    help = (
        "It is not versioned, and no other stage can depend on it. "
        "Add it to `outs`, `metrics` or `plots` of the stage."
        if writes
        else "When it changes, `dvc repro` takes the stage for up to date. Add it to `deps` of the stage."
    )
    return Finding(
        stage.span,
        f"stage `{stage.name}` {verb} {listed(list(names))}, which it does not declare",
        help,
        tuple(Related(one.span, f"it {verb} `{name}` here", one.file) for name, one in names.items()),
        path=stage.file,
        data=(stage.name, section, *names),
    )


def listed(names: list[str]) -> str:
    """The first few, and how many more."""
    if len(names) > MAX_NAMED + 1:
        return ", ".join(f"`{name}`" for name in names[:MAX_NAMED]) + f" and {len(names) - MAX_NAMED} more"
    *most, last = [f"`{name}`" for name in names]
    return f"{', '.join(most)} and {last}" if most else last


@across.fixes
def fixes(manifest: Manifest, finding: Finding) -> Iterator[Fix]:
    stage, section, *names = finding.data
    edit = added_items(manifest, ("stages", stage), section, names)
    if edit is not None:
        yield Fix(f"Add {listed(names)} to `{section}` of the stage", (edit,), UNSAFE)
