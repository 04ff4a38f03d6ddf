"""A notebook uses a name before the cell that defines it.

## Why it is debt

The notebook ran once because its cells were run in another order. From top to bottom,
as everybody else runs it and as every scheduler does, it stops here, or worse: goes on
with a value that an earlier experiment left behind.

## What to do

Move the definition up, and run the notebook from the top in a fresh kernel.

Names are followed through imports, assignments, loops and `with`; what functions need is
looked for only when they are called, so a function may stand above what it uses. Silent
after `from … import *`, `exec`, `%run` and their like: any name may come from there.

## When to leave it

Never: the notebook does not run.

## Examples

```python
# file: report.ipynb
import pandas as pd
# %%
clean = frame.dropna()  # want: defined in cell 3
# %%
frame = pd.read_csv("train.csv")
```

A function may mention what comes later; a loop binds its name; magics may bind too.

```python
# file: report.ipynb
def report():
    return frame.describe()
# %%
import pandas as pd

frame = pd.read_csv("train.csv")
for column in frame:
    print(column, [row for row in frame[column]])
# %%
report()
# %%
from helpers import *
# %%
plot(frame)
```

## How sure

A cell that does not parse may bind every word in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.rule import WARNING, Finding, Related, rule
from mldebt.syntax.module import Module
from mldebt.text import Span


@rule(severity=WARNING, gated=False)
def check(module: Module) -> Iterator[Finding]:
    if not module.is_notebook:
        return
    from mldebt.rules.notebooks._cells import cells_of, is_given  # most files are no notebooks

    cells = cells_of(module)
    bound: set[str] = set()
    said: set[str] = set()
    for at, told in enumerate(cells):
        if told.anything:
            # What this cell brings is known to nobody; what stands above has been judged.
            return
        for use in told.names.needs:
            if use.name in bound or use.name in said or use.name in told.masked or is_given(use.name):
                continue
            later = next((other for other in cells[at:] if use.name in other.bound), None)
            if later is None:
                continue
            said.add(use.name)
            here = later.cell.number == told.cell.number
            where = "later in this cell" if here else f"in cell {later.cell.number}"
            related = (
                ()
                if here
                else (Related(first_line(module, later.cell.start), f"`{use.name}` is defined here"),)
            )
            yield Finding(
                told.span(use),
                f"`{use.name}` is used here and defined {where}",
                "From top to bottom the notebook stops here. Move the definition up, and run it once in a fresh kernel.",
                related,
                data=(use.name,),
            )
        bound |= told.bound


def first_line(module: Module, start: int) -> Span:
    end = module.text.find("\n", start)
    return Span(start, end if end >= 0 else len(module.text))
