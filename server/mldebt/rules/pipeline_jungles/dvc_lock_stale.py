"""The pipeline has changed since its lock file was written.

## Why it is debt

`dvc.lock` says which code, parameters and data made the outputs everyone uses. When
the code has changed and the pipeline has not been run, the metrics in the repository
belong to code that is gone, and a colleague who runs it gets other numbers.

## What to do

Run `dvc repro` and commit `dvc.lock` together with the change.

## Examples

```yaml
# file: dvc.yaml
stages:
  train:  # want: its command, `train.depth`
    cmd: python train.py --fast
    deps: [train.py]
    params: [train.depth]
    outs: [model.pkl]
  score:  # want: is not in dvc.lock
    cmd: python score.py
    deps: [score.py, model.pkl]
    outs: [scores.csv]
# file: dvc.lock
schema: '2.0'
stages:
  train:
    cmd: python train.py
    deps:
      - path: train.py
        md5: f54d670ac8a4f63206781fc31d1f2651
    params:
      params.yaml:
        train.depth: 6
    outs:
      - path: model.pkl
        md5: 22a1a2931c8370d3aeedd7183606fd7f
# file: params.yaml
train:
  depth: 8
```

Equal commands, dependencies and parameters are up to date, and a pipeline without a
lock file has simply not been run yet.

```yaml
# file: dvc.yaml
stages:
  train:
    cmd: python train.py
    deps: [train.py]
    params: [train.depth]
    outs: [model.pkl]
# file: dvc.lock
schema: '2.0'
stages:
  train:
    cmd: python   train.py
    deps:
      - path: train.py
        md5: f54d670ac8a4f63206781fc31d1f2651
    params:
      params.yaml:
        train.depth: 6.0
    outs:
      - path: model.pkl
        md5: 22a1a2931c8370d3aeedd7183606fd7f
# file: params.yaml
train:
  depth: 6
# file: other/dvc.yaml
stages:
  plot:
    cmd: python plot.py
    deps: [plot.py]
    outs: [plot.csv]
```

## When to leave it

While you are in the middle of a change: the finding goes with the next `dvc repro`.

## How sure

The sums are counted as DVC counts them, of the files on disk (line ends aside), up to
5 MB each; nothing is run. Files that are not there, folders, frozen stages and stages
made from templates are left alone.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from mldebt.facts.stages import Stage
from mldebt.rule import WARNING, Finding, Related, Workspace, rule
from mldebt.rules.pipeline_jungles._stages import ready
from mldebt.text import Span, some_of
from mldebt.typed import Any, NamedTuple

MAX_NAMED = 3
# In the message; the rest is a number.


class Locked(NamedTuple):
    """What dvc.lock remembers of one stage."""

    span: Span
    command: str
    deps: dict[str, tuple[str, Span]]
    """Path as written -> (md5, place)."""
    outs: frozenset[str]
    params: dict[tuple[str, str], tuple[Any, Span]]
    """(file, key) -> (value, place)."""


@rule(severity=WARNING, gated=False, needs=("stage",), kinds=("lock-stage",))
def across(workspace: Workspace) -> Iterator[Finding]:
    locks = _locks(workspace)
    values = {
        path: {key: value for key, kind, value in fact.detail if kind == "value"}
        for path, fact in workspace.facts("parameters")
    }
    for stage in ready(workspace):
        lock = posixpath.join(stage.folder, "dvc.lock")
        locked = locks.get(lock)
        if locked is None or "${" in stage.command:
            continue
        known = locked.get(stage.name)
        if known is None:
            yield Finding(
                stage.span,
                f"stage `{stage.name}` is not in dvc.lock",
                "The lock file was written before this stage was added, so nobody knows what made its "
                "outputs. Run `dvc repro` and commit dvc.lock.",
                path=stage.file,
            )
            continue
        changed = list(_changes(workspace, stage, known, values))
        if changed:
            names = some_of([name for name, _ in changed], MAX_NAMED)
            yield Finding(
                stage.span,
                f"stage `{stage.name}` has changed since dvc.lock was written: {names}",
                "Its outputs were made by something else than what stands here. Run `dvc repro` and commit "
                "dvc.lock together with the change.",
                tuple(Related(span, f"{name} was this then", lock) for name, span in changed),
                path=stage.file,
            )


def _locks(workspace: Workspace) -> dict[str, dict[str, Locked]]:
    found: dict[str, dict[str, Locked]] = {}
    outs: dict[tuple[str, str], set[str]] = {}
    for path, fact in workspace.facts("lock-out"):
        outs.setdefault((path, fact.detail[0]), set()).add(fact.subject)
    for path, fact in workspace.facts("lock-stage"):
        made = frozenset(outs.get((path, fact.subject), ()))
        found.setdefault(path, {})[fact.subject] = Locked(fact.span, fact.detail[0], {}, made, {})
    for path, fact in workspace.facts("lock-dep"):
        locked = found[path].get(fact.detail[0])
        if locked is not None:
            locked.deps[fact.subject] = (fact.detail[1], fact.span)
    for path, fact in workspace.facts("lock-param"):
        locked = found[path].get(fact.detail[0])
        if locked is not None:
            locked.params[(fact.detail[2], fact.subject)] = (fact.detail[1], fact.span)
    return found


def _changes(
    workspace: Workspace, stage: Stage, locked: Locked, values: dict[str, dict[str, Any]]
) -> Iterator[tuple[str, Span]]:
    """(what has changed, where the lock file has it) of one stage."""
    if stage.command.split() != locked.command.split():
        yield "its command", locked.span
    for dep in stage.deps:
        written = posixpath.normpath(dep.written)
        known = locked.deps.get(dep.written) or locked.deps.get(written)
        if known is None:
            if "://" not in dep.written:
                yield f"`{dep.written}` is new", locked.span
            continue
        md5, span = known
        if md5 and not md5.endswith(".dir"):
            sums = workspace.files.md5(dep.path)
            if sums and md5 not in sums:
                yield f"`{dep.written}`", span
    now = {posixpath.normpath(dep.written) for dep in stage.deps}
    for path, (_, span) in locked.deps.items():
        if posixpath.normpath(path) not in now and "://" not in path:
            yield f"`{path}` is gone", span
    for (file, key), (value, span) in locked.params.items():
        known_values = values.get(posixpath.normpath(posixpath.join(stage.base, file)))
        if known_values is not None and key in known_values and known_values[key] != value:
            yield f"`{key}`", span
