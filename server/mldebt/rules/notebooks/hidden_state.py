"""A notebook uses a name that none of its cells defines.

## Why it is debt

The name lived in somebody's kernel: its cell was edited or deleted after it ran. The
outputs below cannot be had again, and nobody can see how they came about.

## What to do

Bring the definition back, or take out what uses it; then run the notebook from the top
in a fresh kernel.

Silent where a name may come from elsewhere: `from … import *`, `exec`, `%run`, `%load`,
names that Databricks and Colab provide. Where many names are missing the notebook is an
excerpt; that is said once.

## When to leave it

The notebook is a fragment that something else completes, such as parameters injected by
papermill: tag a cell with their defaults, and it is whole.

## Examples

```python
# file: report.ipynb
import pandas as pd

frame = pd.read_csv("train.csv")
# %%
best = scores.idxmax()  # want: no cell defines `scores`
```

```python
# file: report.ipynb
import pandas as pd

frame = pd.read_csv("train.csv")
scores = frame.groupby("user")["score"].mean()
# %%
best = scores.idxmax()
display(best, _)
# %%
def top(n, table=None):
    return (table if table is not None else scores).head(n)
```

## How sure

High. Functions are looked into as well: a missing name there fails when they are called.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.rule import WARNING, Finding, Related, rule
from mldebt.syntax.module import Module
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from mldebt.rules.notebooks._cells import Told
    from mldebt.syntax.cell_names import Use

EXCERPT = 5
# Names missing in one notebook: from here on it is one story, not many. By hand on the corpus, 2026-11.


@rule(severity=WARNING, gated=False)
def check(module: Module) -> Iterator[Finding]:
    if not module.is_notebook:
        return
    from mldebt.rules.notebooks._cells import cells_of, is_given  # most files are no notebooks

    cells = cells_of(module)
    if any(told.anything for told in cells):
        return
    bound = frozenset[str]().union(*(told.bound for told in cells))
    missing: dict[str, tuple[Told, Use]] = {}
    for told in cells:
        for use in (*told.names.needs, *told.names.later):
            if use.name not in bound and not is_given(use.name):
                missing.setdefault(use.name, (told, use))
    places = list(missing.values())
    together = places[1:] if len(places) >= EXCERPT else []
    for told, use in places[: 1 if together else None]:
        more = f", nor {len(together)} more names" if together else ""
        yield Finding(
            told.span(use),
            f"no cell defines `{use.name}`{more}",
            "It lived in somebody's kernel, and the outputs below cannot be had again. Bring the definition back, "
            "or take out what uses it.",
            tuple(Related(other.span(one), f"nor `{one.name}`") for other, one in together[:10]),
            data=(use.name,),
        )
