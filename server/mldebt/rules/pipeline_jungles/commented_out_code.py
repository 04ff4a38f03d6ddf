'''Code is switched off by commenting it out.

## Why it is debt

Nobody can tell whether it is an experiment to come back to, a fix that did not
work, or a leftover. It is not run, not tested and not kept in step with the code
around it, so it misleads everyone who reads it, and it stays because deleting it
feels risky. Version control already keeps it.

## What to do

Delete it. If it is an alternative worth keeping, make it a named option with a
test, or write down in a sentence what was tried and how it went.

A block of at least three lines hides an alternative, a step or a whole function, and is
information. One or two lines are leftovers and a hint where they stand, like a longer
block of which nothing but its form says that it is code.

## When to leave it

Comments that show code rather than switch it off: usage examples, doctests,
shapes, formulas, option templates of generated `conf.py` and `settings.py` files.
The rule stays silent on these when it recognises them.

## Fix safety

The fix deletes whole lines of comment and nothing else: the program stays the
same to the last token. It is *safe* when the file still knows a name of the
deleted code, or when the block has at least three statements; otherwise the
block may be an explanation, and the fix is *unsafe*. So is deleting a string
that holds code, and deleting every block of the file at once.

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015),
section 4: dead experimental codepaths.

## Examples

```python
import pandas as pd

df = pd.read_csv("train.csv")
# drop the outliers
# df = df[df["price"] < 1000]  # want: and 1 more line are commented out
# df = df.dropna()
print(df.shape)
```

```python fixed
import pandas as pd

df = pd.read_csv("train.csv")
# drop the outliers
print(df.shape)
```

Prose, shapes and single words are no code, even where Python could read them.

```python
import torch

# batch first
# x: [B, T, D]
# Training
x = torch.zeros(4, 8, 16)  # (B, T, D)
```

Inside a call or a list, an argument or element is code too.

```python
import pandas as pd

columns = [
    "price",
    # "region",  # want: `"region",` is commented out
    # and the target
    "sold",
]
```

```python fixed
import pandas as pd

columns = [
    "price",
    # and the target
    "sold",
]
```

A string that stands alone and holds nothing but statements was code once.

```python
import pandas as pd

df = pd.read_csv("train.csv")
"""  # want: 2 lines
df["age"] = df["age"].fillna(df["age"].median())
df = df.drop(columns=["name"])
"""
```

Another version of a statement on its own line counts; a remark does not.

```python
import torch

device = "cuda:0"  # torch.device(args.device)  # want: `torch.device(args.device)` is commented out
steps = 100  # see the paper
```

An example is there to be read.

```python
import pandas as pd

# Usage:
#   df = clean(pd.read_csv("train.csv"))
def clean(df):
    return df.dropna()
```
'''

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import Config
from mldebt.plain import dataclass
from mldebt.rule import HINT, INFORMATION, SAFE, UNSAFE, Finding, Fix, rule
from mldebt.rules.pipeline_jungles._commented import Commented, commented, is_hyperparameter
from mldebt.syntax.module import Module
from mldebt.text import Span

SHOWN_CHARACTERS = 60
WEIGHTY_LINES = 3
# Read on the 26 development repositories, 2026-11: two thirds of all blocks are one or two lines, a disabled
# print or a tried argument, which nobody asks to change in a review; from three on they are steps and variants.


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    min_lines: int = 1
    """Shorter blocks are not reported."""


@rule(severity=INFORMATION, options=Options, gated=False, in_tests=True, text=("#", '"""', "'''"))
def check(module: Module, options: Options, config: Config) -> Iterator[Finding]:
    for item in commented(module):
        lines = line_count(module, item)
        if lines >= options.min_lines and not is_hyperparameter(item, config.knowledge):
            is_weighty = item.evident and item.block.strong and lines >= WEIGHTY_LINES
            yield Finding(
                item.block.span,
                message_of(module, item),
                "It does not run and nobody keeps it up to date. Delete it: version control remembers it.",
                severity=INFORMATION if is_weighty else HINT,
                unnecessary=True,
            )


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    from mldebt.fixes.delete_code import deletion

    everything = commented(module)
    for item in everything:
        if item.block.span == finding.span:
            sure = item.evident and item.block.strong and item.block.kind != "string"
            yield Fix(
                "Delete the commented-out code", deletion(module, item.block.lines), SAFE if sure else UNSAFE
            )
            break
    if len(everything) > 1:
        lines = tuple(line for item in everything for line in item.block.lines)
        yield Fix(
            f"Delete all {len(everything)} blocks of commented-out code in this file",
            deletion(module, lines),
            UNSAFE,
        )


def line_count(module: Module, item: Commented) -> int:
    """Lines that hold code."""
    if item.block.kind == "string":
        return sum(bool(line.strip(" \t\"'")) for line in text_of(module, item.block.span).splitlines())
    return sum(bool(text_of(module, line).strip("# \t")) for line in item.block.lines)


def message_of(module: Module, item: Commented) -> str:
    lines = line_count(module, item)
    if item.block.kind == "string":
        return (
            f"{lines} lines of code are switched off inside a string"
            if lines > 1
            else "Code is switched off inside a string"
        )
    first = text_of(module, item.block.head).splitlines()[0].lstrip("# \t")
    shown = first if len(first) <= SHOWN_CHARACTERS else first[: SHOWN_CHARACTERS - 1].rstrip() + "…"
    more = f" and {lines - 1} more line{'s' * (lines > 2)}" if lines > 1 else ""
    return f"`{shown}`{more} {'are' if lines > 1 else 'is'} commented out"


def text_of(module: Module, span: Span) -> str:
    return module.text[span.start : span.end]
