"""Steps of the project are chained by starting Python again for each.

## Why it is debt

The script that starts the others is the only place that knows their order, and it knows
nothing else: what a step reads and writes, whether it has to run again, and what its
failure means are told to nobody. Values go from step to step through files and command
lines, without types, and an exit code that is not looked at lets the next step train on
old data.

## What to do

Import the steps and call their functions, where one process will do. Where steps are to
be run alone, or on other machines, declare them: stages in `dvc.yaml`, a Makefile, a flow
of Airflow or Prefect.

## When to leave it

Files of an orchestrator (Airflow, Prefect, Dagster, …) are left alone, as are tests,
examples, and a file that starts a single script: a launcher of workers or of a service.

## Examples

```python
# file: run_all.py
import subprocess
import sys

subprocess.run([sys.executable, "prepare.py"])  # want: starts 2 steps of the project as processes of their own: prepare.py and train.py
subprocess.run([sys.executable, "train.py", "--epochs", "20"])
# file: prepare.py
import pandas as pd

pd.read_csv("raw.csv").dropna().to_csv("clean.csv")
# file: train.py
import pandas as pd

frame = pd.read_csv("clean.csv")
```

A single script, and tools that are no steps of the project.

```python
# file: launch.py
import subprocess

subprocess.run(["python", "serve.py"])
subprocess.run(["black", "."])
# file: serve.py
import pandas as pd
```

```python
# file: dags/daily.py
from airflow import DAG
from airflow.operators.bash import BashOperator

prepare = BashOperator(task_id="prepare", bash_command="python prepare.py")
train = BashOperator(task_id="train", bash_command="python train.py")
# file: prepare.py
import pandas as pd
# file: train.py
import pandas as pd
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.commands import scripts_run
from mldebt.facts.roles import roles_of
from mldebt.rule import HINT, Finding, Related, Workspace, rule
from mldebt.text import Span, some_of

MIN_STEPS = 2
MAX_NAMES = 3
# Steps named in the message; the others are counted.


@rule(severity=HINT, gated=False, needs=("runs-script", "role"), kinds=("runs-script",))
def across(workspace: Workspace) -> Iterator[Finding]:
    starts: dict[str, list[tuple[Span, str]]] = {}
    for script, runners in scripts_run(workspace).items():
        for owner, fact in runners:
            if owner != script and script.endswith(".py") and owner.endswith((".py", ".ipynb")):
                starts.setdefault(owner, []).append((fact.span, script))
    roles = roles_of(workspace)
    for owner, found in sorted(starts.items()):
        found.sort()
        steps = list(dict.fromkeys(script for _, script in found))
        if len(steps) < MIN_STEPS or "pipeline" in roles.get(owner, ()):
            continue
        if workspace.config.role_of(owner) in ("test", "example"):
            continue
        yield Finding(
            found[0][0],
            f"starts {len(steps)} steps of the project as processes of their own: {named(steps)}",
            "Only this script knows their order, and nobody knows what each reads, writes and returns.\n"
            "Import them and call their functions, or declare them as stages of a pipeline tool.",
            path=owner,
            related=tuple(Related(span, f"starts `{script}`") for span, script in found[1:]),
        )


def named(steps: list[str]) -> str:
    names = [step.rpartition("/")[2] for step in steps]
    if len(names) > MAX_NAMES:
        return some_of(names, MAX_NAMES)
    return f"{', '.join(names[:-1])} and {names[-1]}"
