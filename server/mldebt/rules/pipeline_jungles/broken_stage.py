"""A stage of the pipeline cannot run.

## Why it is debt

`dvc repro` stops with an error, or has not been run since something was renamed. From
then on the numbers in the lock file are from a pipeline that no longer exists, and
nobody can make them again.

## What to do

Correct the path, bring back the file, or delete the stage.

## Examples

```yaml
# file: dvc.yaml
stages:
  prepare:
    cmd: python src/prepare_data.py  # want: runs `src/prepare_data.py`, which does not exist
    deps:
      - data/raw.csv  # want: `data/raw.csv`, which nobody makes
    outs:
      - data/clean.csv
      - data/extra.csv
  train:
    cmd: python src/train.py
    deps:
      - src/train.py
      - data/clean.csv
    params:
      - train.depth
      - train.rate  # want: `train.rate` is not in `params.yaml`
    outs:
      - data/extra.csv  # want: stage `prepare` makes it too
# file: src/train.py
import pandas as pd
# file: src/prepare.py
import pandas as pd
# file: params.yaml
train:
  depth: 6
```

What another stage makes, what a `.dvc` file brings, and what is built from templates
is there or may be.

```yaml
# file: dvc.yaml
stages:
  prepare:
    cmd: python src/prepare.py ${input}
    deps:
      - src/prepare.py
      - data/raw.csv
      - https://example.org/more.csv
    outs:
      - data/clean
  train:
    cmd: python src/train.py
    deps:
      - data/clean/train.csv
    params:
      - train
    outs:
      - model.pkl
# file: data/raw.csv.dvc
outs:
  - md5: 22a1a2931c8370d3aeedd7183606fd7f
    path: raw.csv
# file: src/train.py
import pandas as pd
# file: src/prepare.py
import pandas as pd
# file: params.yaml
train:
  depth: 6
```

Stages that wait for each other never run:

```yaml
# file: dvc.yaml
stages:
  first:  # want: waits for itself
    cmd: python a.py
    deps: [a.py, b.csv]
    outs: [a.csv]
  second:
    cmd: python b.py
    deps: [b.py, a.csv]
    outs: [b.csv]
# file: a.py
import pandas as pd
# file: b.py
import pandas as pd
```

## When to leave it

Data that everyone gets by hand can be named in a `.dvc` file (`dvc import-url`), so
that DVC knows where it comes from.

## How sure

Certain, as far as files are concerned: a path counts as missing only if it is neither
in the workspace nor, ignored by git, on the disk. A missing data file is
only a warning: it may be waiting on somebody's other machine. On 51 public
repositories with a pipeline, 6 findings, 6 true.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.commands import scripts_run
from mldebt.facts.stages import Place, Stage
from mldebt.rule import ERROR, WARNING, Finding, Related, Severity, Workspace, rule
from mldebt.rules.pipeline_jungles._stages import NEEDS, covers, has_templates, is_there, produced, ready


@rule(severity=ERROR, gated=False, needs=NEEDS, kinds=("stage",))
def across(workspace: Workspace) -> Iterator[Finding]:
    made = produced(workspace)
    anything = has_templates(workspace)
    waiting = list(ready(workspace))
    scripts: set[tuple[str, str, str]] = set()
    yield from _missing_scripts(workspace, made, scripts)
    for stage in waiting:
        if not anything:
            yield from _missing_deps(workspace, stage, made, scripts)
        yield from _missing_params(workspace, stage)
    yield from _made_twice(waiting)
    yield from _cycles(waiting)


def _missing_scripts(
    workspace: Workspace, made: set[str], told: set[tuple[str, str, str]]
) -> Iterator[Finding]:
    known = {id(fact) for runs in scripts_run(workspace).values() for _, fact in runs}
    by_name = {(stage.file, stage.name): stage for stage in ready(workspace)}
    for owner, fact in workspace.facts("runs-script"):
        stage = by_name.get((owner, fact.detail[1]))
        path = fact.subject
        if stage is None or id(fact) in known or fact.detail[0] != "file" or "*" in path or ".." in path:
            continue
        if is_there(workspace, path) or covers(made, path) or "$" in fact.detail[3]:
            continue
        told.add((owner, stage.name, path))
        yield Finding(
            fact.span,
            f"stage `{stage.name}` runs `{fact.detail[3]}`, which does not exist",
            "`dvc repro` stops here. Correct the path, or delete the stage.",
            path=owner,
        )


def _missing_deps(
    workspace: Workspace, stage: Stage, made: set[str], told: set[tuple[str, str, str]]
) -> Iterator[Finding]:
    for dep in stage.deps:
        path = dep.path
        if "://" in path or path[:1] in ("/", "~") or path.startswith("..") or "*" in path or ":" in path:
            continue
        if covers(made, path) or is_there(workspace, path) or (stage.file, stage.name, path) in told:
            continue
        yield Finding(
            dep.span,
            f"stage `{stage.name}` needs `{dep.written}`, which nobody makes and which is not there",
            "`dvc repro` stops here. Correct the path, or let DVC know where the file comes from "
            "(`dvc import-url`, `dvc add`).",
            severity=severity_of(path),
            path=stage.file,
        )


def severity_of(path: str) -> Severity:
    """Code that is missing is an error; data may lie on another machine."""
    return ERROR if path.endswith((".py", ".ipynb", ".sh", ".yaml", ".yml", ".toml", ".R")) else WARNING


def _missing_params(workspace: Workspace, stage: Stage) -> Iterator[Finding]:
    files = {path: {row[0] for row in fact.detail} for path, fact in workspace.facts("parameters")}
    for param in stage.params:
        keys = files.get(param.kind)
        if keys is None or not param.path or param.path in keys or "[" in param.path or "$" in param.path:
            continue
        yield Finding(
            param.span,
            f"stage `{stage.name}` depends on the parameter `{param.path}`, but `{param.path}` is not in `{param.kind}`",
            "`dvc repro` stops here: missing parameters. Correct the key, or take it out.",
            path=stage.file,
        )


def _made_twice(waiting: list[Stage]) -> Iterator[Finding]:
    first: dict[str, tuple[Stage, Place]] = {}
    for stage in sorted(waiting, key=lambda stage: (stage.file, stage.span)):
        for out in stage.outs:
            before = first.setdefault(out.path, (stage, out))
            if before[0] is not stage:
                yield Finding(
                    out.span,
                    f"stage `{stage.name}` makes `{out.written}`, but stage `{before[0].name}` makes it too",
                    "DVC refuses two stages with the same output. Give one of them another path.",
                    (Related(before[1].span, f"`{before[0].name}` makes it here", before[0].file),),
                    path=stage.file,
                )


def _cycles(waiting: list[Stage]) -> Iterator[Finding]:
    """One finding for each set of stages that wait for each other, at the first of them."""
    after: dict[int, list[int]] = {}
    for at, stage in enumerate(waiting):
        for other, maker in enumerate(waiting):
            outs = [out.path for out in maker.outs]
            if any(dep.path == out or dep.path.startswith(out + "/") for dep in stage.deps for out in outs):
                after.setdefault(at, []).append(other)
    done: set[int] = set()
    for at, stage in enumerate(waiting):
        if at in done:
            continue
        trail = _way_back(at, after)
        if trail:
            done.update(trail)
            names = " → ".join(waiting[one].name for one in [*trail, at])
            yield Finding(
                stage.span,
                f"stage `{stage.name}` waits for itself: {names}",
                "DVC refuses pipelines with a cycle. Split a stage, or give one of the outputs another path.",
                tuple(
                    Related(waiting[one].span, "waits for the next", waiting[one].file) for one in trail[1:]
                ),
                path=stage.file,
            )


def _way_back(start: int, after: dict[int, list[int]]) -> list[int]:
    """The shortest way from a stage over what it waits for back to itself; [] if there is none."""
    trails = [[start]]
    seen: set[int] = set()
    while trails:
        trail = trails.pop(0)
        for other in after.get(trail[-1], ()):
            if other == start:
                return trail
            if other not in seen:
                seen.add(other)
                trails.append([*trail, other])
    return []
