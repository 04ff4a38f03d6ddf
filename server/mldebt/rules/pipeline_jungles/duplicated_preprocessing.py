"""The same preprocessing is written out in several files.

## Why it is debt

The copies drift: one gets the new category, the other the new unit, and training and
serving no longer see the same feature. Nobody who mends one of them knows of the others.

## What to do

Move the function to a module that both import.

## Examples

```python
# file: train.py
import pandas as pd


def clean(frame):
    frame = frame.drop_duplicates()
    frame["amount"] = frame["amount"].fillna(0)
    frame["age"] = frame["age"].clip(18, 90)
    frame["city"] = frame["city"].astype("category")
    frame = frame.merge(rates, on="city")
    return frame
# file: score.py
import pandas as pd


def prepare(data):  # want: `prepare` stands in `train.py`, too
    data = data.drop_duplicates()
    data["amount"] = data["amount"].fillna(0)
    data["age"] = data["age"].clip(18, 95)
    data["city"] = data["city"].astype("category")
    data = data.merge(rates, on="city")
    return data
```

Functions that do something else to the data, short ones, and copies in numbered folders
of a course are no copies that drift.

```python
# file: train.py
import pandas as pd


def clean(frame):
    frame = frame.drop_duplicates()
    frame["amount"] = frame["amount"].fillna(0)
    frame["age"] = frame["age"].clip(18, 90)
    frame["city"] = frame["city"].astype("category")
    frame = frame.merge(rates, on="city")
    return frame
# file: score.py
import pandas as pd


def clean(frame):
    frame = frame.drop_duplicates()
    frame["amount"] = frame["amount"].fillna(0)
    frame["age"] = frame["age"].round()
    frame["city"] = frame["city"].astype("category")
    frame = frame.merge(rates, on="city")
    return frame
```

## When to leave it

When the two must be able to differ, and a comment says so.

## How sure

Two functions count as the same if they do the same operations in the same order on
variables and constants of whatever name and value, at least six statements long, with
at least two operations on data. Reported once for each file that
is the first by name, with all functions it shares. Tests, examples, vendored code and versions of one script (see
`script-variant-cluster`) are left alone.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from mldebt.plain import dataclass
from mldebt.rule import INFORMATION, Fact, Finding, Related, Workspace, rule
from mldebt.syntax.fingerprints import shapes_of
from mldebt.syntax.module import Chunk, Module
from mldebt.text import Span, identifiers, regex, some_of

KIND = "function-shape"
DATA_WORDS = frozenset(
    "agg aggregate apply applymap assign astype bfill clip concat cut cumsum diff drop drop_duplicates dropna encode "
    "explode factorize ffill fillna filter fit_transform get_dummies groupby interpolate isin isna isnull join log1p "
    "map melt merge notnull pct_change pivot pivot_table qcut query rank rename replace resample reset_index resize "
    "rolling round sample set_index shift sort_values stack to_datetime to_numeric tokenize transform unstack "
    "value_counts normalize pad_sequences word_tokenize lower split_words stem lemmatize cvtColor crop pad strip".split()
)
FOREIGN = regex(
    r"(?i)(?:^|/)(?:third[_-]?party|vendor(?:ed)?|external|extern|site-packages|submodules?|legacy|archive|old|backup)(?:/|$)"
)
FOLDER_NUMBER = regex(r"\d+")
MAX_NAMED = 3
MAX_RELATED = 20


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    min_statements: int = 6
    """Shorter functions are alike by chance."""
    min_data_words: int = 2
    """How many different operations on data it must have."""


@rule(severity=INFORMATION, options=Options, kinds=(KIND,))
def across(workspace: Workspace, options: Options) -> Iterator[Finding]:
    sites: dict[int, list[tuple[str, Fact]]] = {}
    for path, fact in workspace.facts(KIND):
        value, n_statements, n_words = fact.detail
        if n_statements < options.min_statements or n_words < options.min_data_words:
            continue
        if workspace.config.role_of(path) not in ("test", "example") and not FOREIGN.search(path):
            sites.setdefault(value, []).append((path, fact))
    shared: dict[str, list[list[tuple[str, Fact]]]] = {}
    for found in sites.values():
        kept = _independent(found)
        if len(kept) > 1:
            shared.setdefault(kept[0][0], []).append(kept)
    for functions in shared.values():
        yield _finding(functions)


def _independent(found: list[tuple[str, Fact]]) -> list[tuple[str, Fact]]:
    """One site for each file, without versions of a script and the parts of a series."""
    kept: list[tuple[str, Fact]] = []
    for path, fact in sorted(found, key=lambda site: (site[0], site[1].span)):
        if not any(path == other or are_versions(path, other) for other, _ in kept):
            kept.append((path, fact))
    return kept


def are_versions(one: str, other: str) -> bool:
    """Whether two files are the same thing at another time: `week_1/data.py` and `week_2/data.py`, `train` and `train_v2`."""
    if FOLDER_NUMBER.sub("", one) == FOLDER_NUMBER.sub("", other):
        return True
    if posixpath.dirname(one) != posixpath.dirname(other):
        return posixpath.basename(one) == posixpath.basename(other)
    first, second = sorted((_stem(one), _stem(other)), key=len)
    alike = len(posixpath.commonprefix([first, second]))
    return alike >= max(4, 0.6 * len(first))


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0].lower()


def _finding(functions: list[list[tuple[str, Fact]]]) -> Finding:
    """One finding for everything that the first file of its name shares with others."""
    functions.sort(key=lambda sites: sites[0][1].span)
    path, first = functions[0][0]
    names = list(dict.fromkeys(sites[0][1].subject for sites in functions))
    shown = some_of([f"`{name}`" for name in names], MAX_NAMED)
    verb = "stands" if len(names) == 1 else "stand"
    files = sorted({other for sites in functions for other, _ in sites[1:]})
    where = f"`{files[0].rpartition('/')[2]}`" if len(files) == 1 else f"{len(files)} more files"
    related = [
        Related(fact.span, f"the same steps as `{sites[0][1].subject}`", other)
        for sites in functions
        for other, fact in sites[1:]
    ]
    return Finding(
        first.span,
        f"{shown} {verb} in {where}, too",
        "The copies drift, and training and serving no longer see the same feature. Move it to a module that "
        "both import.",
        tuple(related[:MAX_RELATED]),
        path=path,
    )


@across.facts(words=tuple(sorted(DATA_WORDS)))
def facts(module: Module) -> Iterator[Fact]:
    if "def " not in module.text or "@generated" in module.text:
        return
    here = module.mentioned(DATA_WORDS)
    for chunk, start in module.placed:
        known: tuple[Fact, ...] | None = chunk.memo.get(KIND)
        if known is None:
            text = chunk.text
            worth = "def " in text and any(word in text for word in here)
            known = chunk.memo[KIND] = tuple(_of_chunk(chunk)) if worth else ()
        for fact in known:
            yield fact._replace(span=fact.span.shifted(start))


def _of_chunk(chunk: Chunk) -> Iterator[Fact]:
    if DATA_WORDS.isdisjoint(identifiers(chunk.text)):
        return
    for shape in shapes_of(chunk):
        n_words = len(shape.words & DATA_WORDS)
        if n_words and shape.n_statements > 3 and shape.name[:2] != "__" and shape.span != Span(0, 0):
            yield Fact(KIND, shape.name, shape.span, (shape.value, shape.n_statements, n_words))
