"""Another value of a setting is kept in a comment.

## Why it is debt

The comment says that somebody tried, or planned to try, another value, but not
on which data, with what result, or why it lost. The next person tries it again.

## What to do

Delete it, or turn it into a note that says what was tried and how it went. What
is meant to be tried belongs in a search space or an experiment's configuration.

One or two values in a comment are a hint where they stand. Three or more are another
configuration, and information.

## Fix safety

Only the comment is deleted: the call, dict or class stays as it is. It is
*unsafe* beside a value at module level, where the number may be an explanation.

The other fix keeps the value, and what the comment says of it, as a note beside the
value that won: `num_leaves=31,  # tried: 63 (overfits)`. It is a draft: when, on which
data and with what result only you know.

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015),
sections 4 and 6: dead experimental codepaths and configuration debt.

## Examples

```python
from lightgbm import LGBMClassifier

model = LGBMClassifier(
    num_leaves=31,
    # num_leaves=63,  # want: `num_leaves` keeps another value in a comment: 63
    n_estimators=500,
)
```

```python fixed
from lightgbm import LGBMClassifier

model = LGBMClassifier(
    num_leaves=31,
    n_estimators=500,
)
```

```python
from sklearn.feature_extraction.text import TfidfVectorizer

vectorizer = TfidfVectorizer(
    max_features=16000,  # 18000  # want: `max_features` keeps another value in a comment: 18000
)
```

```python fixed
from sklearn.feature_extraction.text import TfidfVectorizer

vectorizer = TfidfVectorizer(
    max_features=16000,
)
```

The same value in other words explains; so does a shape or a unit.

```python
from lightgbm import LGBMClassifier

model = LGBMClassifier(
    learning_rate=1e-3,  # 0.001
    n_estimators=500,  # 5 minutes
    objective="binary",  # "binary" or "multiclass"
)
```

A list of disabled names is not about values: that is `commented-out-code`.

```python
import pandas as pd

columns = [
    "price",
    # "region",
]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import DRAFT, HINT, INFORMATION, SAFE, UNSAFE, Finding, Fix, rule
from mldebt.rules.pipeline_jungles._commented import Commented, commented, is_hyperparameter, siblings
from mldebt.syntax.module import Module
from mldebt.text import Edit

CONFIGURATION = 3
# Settings from which on a comment keeps a way to train rather than a number; see WEIGHTY_LINES of commented-out-code.


@rule(severity=INFORMATION, gated=False, in_tests=True, text=("#", '"""', "'''"))
def check(module: Module, config: Config) -> Iterator[Finding]:
    for item in commented(module):
        if is_hyperparameter(item, config.knowledge):
            yield Finding(
                item.block.span,
                message_of(item),
                "Whether it was tried, and how it went, is not recorded. Delete it or write down the outcome.",
                severity=INFORMATION if len(item.block.pairs) >= CONFIGURATION else HINT,
                unnecessary=True,
            )


@check.fixes
def fixes(module: Module, finding: Finding, config: Config) -> Iterator[Fix]:
    from mldebt.fixes.delete_code import deletion

    settings = [item for item in commented(module) if is_hyperparameter(item, config.knowledge)]
    for item in settings:
        if item.block.span == finding.span:
            values = "value" if len(item.block.pairs) == 1 else "values"
            safety = SAFE if is_sure(item) else UNSAFE
            yield Fix(f"Delete the commented {values}", deletion(module, item.block.lines), safety)
            edits = as_notes(module, item)
            if edits:
                yield Fix(f"Keep the commented {values} as a tuning note", edits, DRAFT)
            break
    if len(settings) > 1:
        lines = tuple(line for item in settings for line in item.block.lines)
        yield Fix(
            f"Delete all {len(settings)} commented values in this file", deletion(module, lines), UNSAFE
        )


def as_notes(module: Module, item: Commented) -> tuple[Edit, ...]:
    from mldebt.fixes.tuning_note import note_beside, notes_above

    block = item.block
    if block.kind == "alternative":
        return note_beside(module, block.span, block.pairs[0][1].rstrip(", \t"))
    return notes_above(module, item.chunk, item.start, block.opened, block.pairs, block.lines)


def is_sure(item: Commented) -> bool:
    """Beside an argument or entry there is no doubt what the comment is about."""
    return bool(item.block.bracket) or item.block.kind != "alternative"


def message_of(item: Commented) -> str:
    name, value = item.block.pairs[0]
    if len(item.block.pairs) > 1:
        return f"`{name}` and {_count(len(item.block.pairs) - 1)} keep values in a comment"
    another = "another" if item.block.kind == "alternative" or name in siblings(item) else "a"
    return f"`{name}` keeps {another} value in a comment: {value}"


def _count(more: int) -> str:
    return "one more setting" if more == 1 else f"{more} more settings"
