"""A pipeline runs a notebook.

## Why it is debt

A notebook has no tests, no imports that a tool can follow, and outputs that change with
every run; a review of it shows JSON. What a pipeline depends on should be code that can
be read, tested and diffed.

## What to do

Move the code into a module, call it from a short script, and let the notebook import it
for looking.

Found where papermill, nbconvert, `jupyter execute` or an operator for notebooks is asked
for one: in dvc.yaml, CI, Makefiles, shell scripts, Dockerfiles, and in Python. Examples,
documentation, and runs that only test notebooks (`nbmake`, `nbval`) are left alone.

## When to leave it

The notebook is a report: its output is read by people and by nothing else.

## How sure

A hint. That the notebook is run is written in the project's own commands; whether a
project has better reasons than ours is not. On 222 public repositories it said nothing.

## Examples

```yaml
# file: dvc.yaml
stages:
  train:
    cmd: papermill notebooks/train.ipynb out.ipynb  # want: notebooks/train.ipynb
    deps: [notebooks/train.ipynb]
```

```python
import papermill as pm

pm.execute_notebook("notebooks/score.ipynb", "out/score.ipynb")  # want: notebooks/score.ipynb
```

A script is run; documentation is built; notebooks are tested.

```yaml
# file: dvc.yaml
stages:
  train:
    cmd: python src/train.py
```

```text
# file: Makefile
docs:
        jupyter nbconvert --to html --execute docs/tutorial.ipynb
test:
        pytest --nbmake notebooks/train.ipynb
clean:
        jupyter nbconvert --clear-output notebooks/train.ipynb
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import role_by_name
from mldebt.rule import HINT, Fact, Finding, Workspace, rule
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.text import Span, regex

RUNS = regex(
    r"\b(?:papermill\s+(?:-\S+\s+|--\S+\s+)*|jupyter[ -](?:execute|run)\s+(?:-\S+\s+)*"
    r"|(?:jupyter[ -])?nbconvert\b(?=[^\n]*--execute)(?:\s+-{1,2}\S+(?:\s+(?!\S*\.ipynb)[^-\s]\S*)?)*\s+|runipy\s+)"
    r"[\"']?(?P<path>[\w./${}-]+\.ipynb)"
)
CALLS = {
    "papermill.execute_notebook": 0,
    "papermill.execute.execute_notebook": 0,
    "scrapbook.execute_notebook": 0,
    "ploomber.tasks.NotebookRunner": 0,
}
OPERATORS = {"PapermillOperator": "input_nb", "NotebookOperator": "notebook_path"}


@rule(severity=HINT, gated=False, kinds=("runs-notebook",))
def across(workspace: Workspace) -> Iterator[Finding]:
    said = set()
    for path, fact in workspace.facts("runs-notebook"):
        role = workspace.config.role_of(path)
        if role in ("test", "example") or role_by_name(fact.subject) or fact.subject in said:
            continue
        said.add(fact.subject)
        yield Finding(
            fact.span,
            f"the notebook `{fact.subject}` is run here as part of a pipeline",
            "It cannot be tested or reviewed as code. Move what it does into a module, and let the notebook import it.",
            path=path,
        )


@across.facts(words=("ipynb",))
def in_manifest(manifest: Manifest) -> Iterator[Fact]:
    for match in RUNS.finditer(manifest.text):
        line = manifest.text.rfind("\n", 0, match.start()) + 1
        if "#" not in manifest.text[line : match.start()]:
            yield Fact("runs-notebook", match["path"], Span(*match.span("path")))


@across.facts(
    words=("ipynb",), calls=("execute_notebook", "NotebookRunner", "PapermillOperator", "NotebookOperator")
)
def in_module(module: Module) -> Iterator[Fact]:
    for call in module.calls("execute_notebook", "NotebookRunner", *OPERATORS):
        given = call.arg("input_path", 0) if call.target in CALLS else call.arg(OPERATORS.get(call.name, ""))
        if given is not None and given.value.__class__ is str and given.value.endswith(".ipynb"):
            yield Fact("runs-notebook", given.value, given.span)
