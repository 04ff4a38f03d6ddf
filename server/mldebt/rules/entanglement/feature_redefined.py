"""A feature is computed, and computed again in another way before anything reads it.

## Why it is debt

The second definition looks like a small improvement of the first, and it is a new
feature under an old name: its distribution changes, and with it every weight,
hyperparameter and threshold that was tuned with the old one. The first definition is
dead, and the next reader has to find out which of the two counts.

## What to do

Delete the one that lost. Treat the change as a new version of the model: retrain, and
evaluate completely.

Information; a hint in notebooks, where cells try things out.

## When to leave it

A column that is updated from itself (`df["c"] = df["c"].clip(0)`), first set to a
constant, read in between, or set in branches, is passed over.

## Fix safety

*Unsafe*: the fix deletes the first definition, which nothing reads.

## Source

The article on technical debt this tool grew out of, category 1: changing anything
changes everything. Sculley et al. 2015, section 2.

## Examples

```python
import pandas as pd

# Original feature: 7-day mean transaction amount
df["tx_7d"] = df.groupby("user_id")["amount"].transform(lambda x: x.rolling(7).mean())
# "Improvement": switch to median
df["tx_7d"] = df.groupby("user_id")["amount"].transform(lambda x: x.rolling(7).median())  # want: computed a second time
```

Read in between, updated from itself, and set by a condition.

```python
import pandas as pd

df["a"] = df["x"].rolling(7).mean()
df["b"] = df["a"] * 2
df["a"] = df["x"].rolling(7).median()
df["c"] = df["x"].abs()
df["c"] = df["c"].fillna(0)
df["d"] = 0
df["d"] = df["x"].diff()
if long:
    df["e"] = df["x"].rolling(30).mean()
else:
    df["e"] = df["x"].rolling(7).mean()
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.rule import HINT, INFORMATION, UNSAFE, Finding, Fix, Related, rule
from mldebt.syntax.module import Module
from mldebt.text import Span, regex
from mldebt.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mldebt.syntax.detail_views import KeyUse

DATA_ROOTS = ("pandas", "polars", "pyspark", "dask", "modin", "cudf", "sklearn", "numpy")
STORE = regex(r"""\[(?<=\w\[)\s*(["'])([^"'\n]+)\1\s*\]\s*=(?!=)""")
"""Begins with a plain character, and most files assign no column: what stands before the bracket is asked afterwards."""
FRAME = regex(r"[ \t]*(\w+)")


def stores(text: str) -> Iterator[tuple[str, str]]:
    """(frame, column) of each line that begins with `frame["column"] =`."""
    for match in STORE.finditer(text):
        at = match.start()
        before = FRAME.fullmatch(text, text.rfind("\n", 0, at) + 1, at)
        if before is not None:
            yield before[1], match[2]


COMMENT = regex(r"#[^\n]*")
WHOLE_ROW = regex(r"\.(?:apply|assign|pipe|eval|query|iterrows|itertuples)\(")


class Store(NamedTuple):
    """`frame["column"] = value` with absolute offsets."""

    use: KeyUse
    start: int
    """Of the statement."""
    value: str
    end: int
    indent: str


@rule(severity=INFORMATION)
def check(module: Module) -> Iterator[Finding]:
    if not module.imports_any(*DATA_ROOTS):
        return
    counts: dict[tuple[str, str], int] = {}
    for key in stores(module.text):
        counts[key] = counts.get(key, 0) + 1
    repeated = {key for key, count in counts.items() if count > 1}
    if not repeated:
        return
    for first, second in redefinitions(module, repeated):
        frame, column = first.use.owner, first.use.key
        yield Finding(
            second.use.key_span,
            f"`{column}` of `{frame}` is computed a second time, in another way, before anything reads it",
            "The first definition is dead, and the second is a new feature under an old name: what was tuned with the first "
            "may not hold.\nDelete the one that lost, and treat the change as a new version of the model.",
            related=(Related(first.use.key_span, "the first definition"),),
            severity=HINT if module.is_notebook else None,
        )


def redefinitions(module: Module, repeated: set[tuple[str, str]]) -> Iterator[tuple[Store, Store]]:
    from mldebt.syntax.details import details_of

    text = module.text
    last: dict[tuple[str, str], Store] = {}
    columns = {column for _, column in repeated}
    for chunk, start in module.placed:
        if not any(column in chunk.text for column in columns) or not any(stores(chunk.text)):
            continue
        for use in details_of(chunk).keys:
            if use.access != "store" or use.listed or (use.owner, use.key) not in repeated:
                continue
            placed = use._replace(span=use.span.shifted(start), key_span=use.key_span.shifted(start))
            statement, value = use.statement.shifted(start), use.value.shifted(start)
            line = text.rfind("\n", 0, statement.start) + 1
            store = Store(
                placed,
                statement.start,
                text[value.start : value.end],
                value.end,
                text[line : statement.start],
            )
            before = last.get((use.owner, use.key))
            if before is not None and replaces(text, before, store):
                yield before, store
            last[use.owner, use.key] = store


MAX_BETWEEN = 3000
# Characters; further apart they belong to different steps, and something in between has read the frame.


def replaces(text: str, first: Store, second: Store) -> bool:
    """Whether the second store makes the first one dead, by the text between them."""
    if first.indent.strip() or second.indent != first.indent or first.value == second.value:
        return False
    frame, column = re.escape(first.use.owner), re.escape(first.use.key)
    for store in (first, second):
        if not re.search(rf"\b{frame}\b", store.value) or WHOLE_ROW.search(store.value):
            return False
        if re.search(rf"""["']{column}["']|\.{column}\b""", store.value):
            return False
    between = text[first.end : second.start]
    if len(between) > MAX_BETWEEN:
        return False
    lines = [line for line in COMMENT.sub("", between).split("\n")[:-1] if line.strip()]
    if any(not line.startswith(first.indent) for line in lines):
        return False
    code = "\n".join(lines)
    if re.search(
        r"^\s*(?:if|else|elif|for|while|with|try|except|def|class|return|yield|break|continue|raise|del)\b",
        code,
        re.M,
    ):
        return False
    if re.search(rf"""["']{column}["']|\.{column}\b""", code):
        return False
    # Between them the frame may be used by other columns' names only.
    return not re.search(rf"""\b{frame}\b(?!\s*(?:\[\s*["']|\.groupby\(\s*["']))""", code)


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    from mldebt.fixes.remove_branch import without_statements

    first = finding.related[0].span
    start = module.text.rfind("\n", 0, first.start) + 1
    chunk, offset = module.placed_at(first.start)
    from mldebt.syntax.details import details_of

    for use in details_of(chunk).keys:
        if use.key_span.shifted(offset) == first and use.access == "store":
            statement = use.statement.shifted(offset)
            if statement.start >= start:
                edits = without_statements(module, Span(statement.start, statement.end))
                if edits:
                    yield Fix("Delete the first definition", edits, UNSAFE)
            return
