"""Scripts hand files to each other, and nothing says in which order they run.

## Why it is debt

This is the pipeline jungle: the order lives in somebody's head. Whoever retrains the
model guesses it, runs one script too few, and trains on last month's features. Nothing
can tell whether a result is up to date.

## What to do

Describe the order once, as a DAG that can be run: `dvc.yaml`, a Makefile, Airflow,
Prefect, Dagster, Snakemake. The finding prints the order that the reads and writes in
the code imply, and its fix drafts a `dvc.yaml` from them.

## Examples

```python
# file: clean.py
import pandas as pd  # want: clean.py → features.py → train.py → score.py

pd.read_csv("raw.csv").dropna().to_csv("data/clean.csv")
# file: features.py
import pandas as pd

pd.read_csv("data/clean.csv").to_parquet("data/features.parquet")
# file: train.py
import joblib
import pandas as pd
from sklearn.linear_model import Ridge

frame = pd.read_parquet("data/features.parquet")
joblib.dump(Ridge().fit(frame, frame["y"]), "model.joblib")
# file: score.py
import joblib
import pandas as pd

model = joblib.load("model.joblib")
pd.Series(model.predict(X)).to_csv("out/scores.csv")
```

```yaml fixed
# file: dvc.yaml
# TODO(mldebt): drafted from the reads and writes in the code; check each stage before `dvc repro`
stages:
  clean:
    cmd: python clean.py
    deps:
      - clean.py
      - raw.csv
    outs:
      - data/clean.csv
  features:
    cmd: python features.py
    deps:
      - features.py
      - data/clean.csv
    outs:
      - data/features.parquet
  train:
    cmd: python train.py
    deps:
      - train.py
      - data/features.parquet
    outs:
      - model.joblib
  score:
    cmd: python score.py
    deps:
      - score.py
      - model.joblib
    outs:
      - out/scores.csv
```

A Makefile, a shell script or an orchestrator that runs them says the order.

```python
# file: clean.py
import pandas as pd

pd.read_csv("raw.csv").dropna().to_csv("data/clean.csv")
# file: features.py
import pandas as pd

pd.read_csv("data/clean.csv").to_parquet("data/features.parquet")
# file: train.py
import joblib
import pandas as pd
from sklearn.linear_model import Ridge

frame = pd.read_parquet("data/features.parquet")
joblib.dump(Ridge().fit(frame, frame["y"]), "model.joblib")
# file: score.py
import joblib
import pandas as pd

model = joblib.load("model.joblib")
pd.Series(model.predict(X)).to_csv("out/scores.csv")
# file: run.sh
python clean.py
python features.py
python train.py
python score.py
```

## When to leave it

When the order is kept outside of this repository: a scheduler, a managed workflow.

## Fix safety

A draft: it writes a new `dvc.yaml` and nothing else. Paths built at run time are not in
it, and a file that two scripts write is marked, because DVC allows one.

## How sure

Counted are files that are run as they stand (scripts and notebooks), connected by at
least three files that one writes and another reads, both by paths that are plainly
known. Versions of one script that write the same files count once.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from mldebt.plain import dataclass
from mldebt.rule import INFORMATION, Fact, Finding, Fix, Related, Workspace, new_file, rule
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.text import Span, regex
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:  # every file is asked for its facts; what the rest needs is imported there
    from mldebt.facts.lineage import Handoff, Lineage

ORCHESTRATED = frozenset(
    {
        *(
            "dvc.yaml",
            "dvc.yml",
            "Snakefile",
            "MLproject",
            "dagster.yaml",
            "prefect.yaml",
            "zenml.yaml",
            "flow.py",
        ),
        *(
            "nextflow.config",
            "main.nf",
            "pipeline.yaml",
            "pipeline.yml",
            "kedro.yml",
            "catalog.yml",
            "airflow.cfg",
        ),
    }
)
"""Files that are a pipeline's definition by their name."""
KINDS = frozenset({"data", "model", "object", "table", "file"})
RUNS = regex(r"^if __name__|^[A-Za-z_][\w.]*\(|^(?:for|while|with) |^[A-Za-z_][\w, ]* = [\w.]+\(", 8)
"""Code at the top of a file that does something (8: at any line)."""
HEADER = "# TODO(mldebt): drafted from the reads and writes in the code; check each stage before `dvc repro`"


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    min_scripts: int = 4
    """Fewer are remembered."""
    min_handoffs: int = 3
    """Files that one script writes and another reads."""


@rule(
    severity=INFORMATION,
    options=Options,
    needs=("artifact-read", "runs-script", "stage", "role"),
    kinds=("artifact-write",),
)
def across(workspace: Workspace, options: Options) -> Iterator[Finding]:
    if len({path for path, _ in workspace.facts("artifact-write")}) < 2:
        return
    from mldebt.facts.lineage import lineage

    graph = lineage(workspace)
    scripts = {path for path, _ in workspace.facts("is-run")}
    handoffs = [
        one
        for one in graph.handoffs()
        if one.node.kind in KINDS and one.writer in scripts and one.reader in scripts and _is_plain(one)
    ]
    if len({one.path for one in handoffs}) < options.min_handoffs:
        return
    orchestrated = {
        posixpath.dirname(path) for path in workspace.paths if path.rpartition("/")[2] in ORCHESTRATED
    }
    orchestrated |= {
        posixpath.dirname(path) for path, fact in workspace.facts("role") if fact.subject == "pipeline"
    }
    for group in _groups(handoffs):
        if len(group) < options.min_scripts or len(_between(handoffs, group)) < options.min_handoffs:
            continue
        folder = (
            posixpath.commonpath(sorted(posixpath.dirname(file) for file in group))
            if all("/" in file for file in group)
            else ""
        )
        if any(_is_around(other, folder) for other in orchestrated) or _is_run_together(graph, group):
            continue
        yield _finding(graph, group, folder, len(_between(handoffs, group)))


def _is_plain(handoff: Handoff) -> bool:
    uses = [use for use in handoff.node.writers if use.file == handoff.writer]
    uses += [use for use in handoff.node.readers if use.file == handoff.reader]
    inside = not handoff.path.startswith(("/", "table:")) and "://" not in handoff.path
    return inside and "*" not in handoff.path and all(use.is_certain for use in uses)


def _groups(handoffs: list[Handoff]) -> list[set[str]]:
    """Files that are connected, one set for each pipeline; of several writers of one file the first by name stands."""
    writer: dict[str, str] = {}
    for one in handoffs:
        writer[one.path] = min(writer.get(one.path, one.writer), one.writer)
    groups: dict[str, set[str]] = {}
    for one in handoffs:
        if one.writer != writer[one.path]:
            continue
        joined = groups.get(one.writer, {one.writer}) | groups.get(one.reader, {one.reader})
        for file in joined:
            groups[file] = joined
    return list({min(group): group for group in groups.values()}.values())


def _between(handoffs: list[Handoff], group: set[str]) -> set[str]:
    return {one.path for one in handoffs if one.writer in group and one.reader in group}


def _is_around(other: str, folder: str) -> bool:
    """Whether a definition in one folder speaks of scripts in the other."""
    return (
        other == folder
        or not other
        or folder.startswith(other + "/")
        or other.startswith(folder + "/" if folder else "")
    )


def _is_run_together(graph: Lineage, group: set[str]) -> bool:
    """Whether one file runs at least two of them."""
    owners = [
        owner for file in group for owner in graph.runs.get(file, ()) if not owner.endswith("Dockerfile")
    ]
    return any(owners.count(owner) > 1 for owner in owners)


def _finding(graph: Lineage, group: set[str], folder: str, n_files: int) -> Finding:
    order = graph.order(group)
    names = [posixpath.relpath(file, folder or ".") for file in order]
    shown = " → ".join(names[:8]) + (" → …" if len(names) > 8 else "")
    return Finding(
        Span(0, 0),
        f"{len(order)} scripts hand {n_files} files to each other, and nothing says in which order they run",
        f"The code implies {shown}. Describe the order once, so that it can be run and checked; the draft "
        "of a dvc.yaml is a start.",
        tuple(
            Related(Span(0, 0), f"number {at} in the order", file) for at, file in enumerate(order[1:8], 2)
        ),
        path=order[0],
        data=(posixpath.join(folder, "dvc.yaml"), drafted(graph, order, folder)),
    )


def drafted(graph: Lineage, order: list[str], folder: str) -> str:
    """The text of a dvc.yaml in `folder` with one stage for each script."""
    from mldebt.fixes.yaml_list import quoted

    lines = [HEADER, "stages:"]
    made: dict[str, str] = {}
    names: dict[str, int] = {}
    for file in order:
        deps, outs, start = _io(graph, file)
        stem = posixpath.splitext(posixpath.basename(file))[0]
        stem = regex(r"\W+").sub("_", stem).strip("_") or "stage"
        names[stem] = names.get(stem, 0) + 1
        name = stem if names[stem] == 1 else f"{stem}_{names[stem]}"

        def seen(path: str, base: str = start) -> str:
            return quoted(posixpath.relpath(path, base or ".") if base else path)

        lines.append(f"  {name}:")
        if start != folder:
            lines.append(f"    wdir: {quoted(posixpath.relpath(start or '.', folder or '.'))}")
        lines += [
            f"    cmd: {_command(posixpath.relpath(file, start or '.'))}",
            "    deps:",
            f"      - {seen(file)}",
        ]
        lines += [f"      - {seen(path)}" for path in deps if path not in outs]
        mine = [path for path in outs if path not in made]
        if mine:
            lines.append("    outs:")
        for path in mine:
            made[path] = name
            note = "  # TODO(mldebt): this script reads it, too" if path in deps else ""
            lines.append(f"      - {seen(path)}{note}")
        lines += [
            f"    # TODO(mldebt): also writes {seen(path)}, which is an output of {made[path]}"
            for path in outs
            if path not in mine
        ]
    return "\n".join(lines) + "\n"


def _io(graph: Lineage, file: str) -> tuple[list[str], list[str], str]:
    """(what it reads, what it writes, the folder it is started in), as far as plainly known."""
    deps: list[str] = []
    outs: list[str] = []
    starts: list[str] = []
    for node, use in graph.of_file(file):
        if "*" in node.path or node.path.startswith(("/", "table:", "..")) or "://" in node.path:
            continue
        (outs if use.writes else deps).append(node.path)
        starts.append(use.start)
    start = max(sorted(set(starts)), key=starts.count) if starts else ""
    return list(dict.fromkeys(deps)), list(dict.fromkeys(outs)), start


def _command(path: str) -> str:
    shown = path if regex(r"[\w./-]+").fullmatch(path) else f"'{path}'"
    if path.endswith(".ipynb"):
        return f"jupyter nbconvert --to notebook --execute --inplace {shown}"
    return f"python {shown}"


@across.facts
def facts(module: Module) -> Iterator[Fact]:
    """Whether the file does something when it is run."""
    text = module.text
    if module.is_notebook or "\nif __name__" in text or RUNS.search(text):
        yield Fact("is-run", "", Span(0, 0))


@across.fixes
def fixes(module: Module | Manifest, finding: Finding) -> Iterator[Fix]:
    path, text = finding.data
    yield new_file("Draft a dvc.yaml from what the scripts read and write", path, text)
