"""A notebook's cells were run in another order than they stand.

## Why it is debt

The outputs come from a sequence that nobody has written down. Run from the top, the
notebook may show other numbers than the ones that were believed.

## What to do

Restart the kernel, run all cells, and save.

Judged by the execution counts that the notebook stores (in an editor also by those of
the session). Cells that never ran are passed over.

## When to leave it

While exploring. Before others read it, run it once from the top.

## How sure

The execution counts are in the file. Of 40 read among 441 findings on 222 public
repositories, all were true; most notebooks are like that, so it is a hint.

## Examples

```python
# file: report.ipynb
# %% [1]
import pandas as pd
# %% [7]
frame = pd.read_csv("train.csv")
# %% [3]
frame.describe()  # want: ran as [3]
```

```python
# file: report.ipynb
# %% [4]
import pandas as pd
# %%
frame = pd.read_csv("train.csv")
# %% [6]
frame.describe()
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mldebt.rule import HINT, Finding, Related, rule
from mldebt.syntax.module import Module
from mldebt.text import Span


@rule(severity=HINT, gated=False)
def check(module: Module) -> Iterator[Finding]:
    notebook = module.source.notebook
    if notebook is None:
        return
    ran = [cell for cell in notebook.cells if cell.count and module.text[cell.start : cell.end].strip()]
    for before, cell in pairwise(ran):
        if cell.count < before.count:
            first = (
                cell.start
                + len(module.text[cell.start : cell.end])
                - len(module.text[cell.start : cell.end].lstrip())
            )
            yield Finding(
                line_at(module, first),
                f"this cell ran as [{cell.count}], before the one above it ran as [{before.count}]",
                "The outputs come from an order that nobody has written down. Restart the kernel, run all cells, and save.",
                (Related(line_at(module, before.start), f"ran as [{before.count}]"),),
            )
            return


def line_at(module: Module, start: int) -> Span:
    end = module.text.find("\n", start)
    return Span(start, end if end >= 0 else len(module.text))
