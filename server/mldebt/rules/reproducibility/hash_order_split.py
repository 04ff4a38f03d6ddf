"""The order of a set, or Python's `hash`, decides which rows train or which columns come first.

## Why it is debt

Python salts the hash of text anew in every process. `hash(user) % 10` puts a user
into another part tomorrow, and a set of names has another order in every run, whatever
seed is set. Test rows wander into training, and a saved model gets its columns shuffled.

## What to do

Sort before you divide: `sorted(set(users))`. Take a hash that stays: `zlib.crc32(user.encode())`, or
`hashlib.md5`. Keep the list of features with the model.

Reported are a remainder of the `hash` of text (an error when a fold or a choice of rows is made of
it, else a warning: the bucket is another one in every process), a set that is cut, drawn from or divided, and
a set of column names that chooses the columns of the features.

## Fix safety

Unsafe: other rows land in other parts than in the last run; that is also what happens without it.

## When to leave it

The values are whole numbers, whose hash is the number itself, and `PYTHONHASHSEED` does not matter.

## Examples

```python
import pandas as pd

df = pd.read_csv("visits.csv")
users = list(set(df["user"]))  # want: a set
train_users, test_users = users[:800], users[800:]
```

```python fixed
import pandas as pd

df = pd.read_csv("visits.csv")
users = sorted(set(df["user"]))
train_users, test_users = users[:800], users[800:]
```

```python
import pandas as pd

df = pd.read_csv("visits.csv")
users = sorted(set(df["user"]))
train_users, test_users = users[:800], users[800:]
print(len(set(df["user"])), list(set(df["shop"])))
```

A hash of text that decides, and one that does not.

```python
import pandas as pd

df = pd.read_csv("visits.csv")
df["fold"] = df["user"].apply(lambda user: hash(str(user)) % 5)  # want: `hash`
train = df[df["fold"] != 0]
test = df[df["fold"] == 0]
```

```python
import zlib

import pandas as pd

df = pd.read_csv("visits.csv")
df["fold"] = df["user"].apply(lambda user: zlib.crc32(str(user).encode()) % 5)
train = df[df["fold"] != 0]
cache = {hash(str(key)): key for key in df["user"]}
print(f"visitor {hash(str(df)) % 9000 + 1000}")
number_fold = hash(7) % 5
```

Columns in the order of a set.

```python
import pandas as pd
from sklearn.linear_model import LogisticRegression

df = pd.read_csv("visits.csv")
columns = list(set(df.columns) - {"bought"})  # want: a set
LogisticRegression().fit(df[columns], df["bought"])
```

```python
import pandas as pd
from sklearn.linear_model import LogisticRegression

df = pd.read_csv("visits.csv")
columns = [name for name in df.columns if name not in {"bought"}]
missing = list(set(columns) - set(df.columns))
LogisticRegression().fit(df[columns], df["bought"])
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import ERROR, UNSAFE, WARNING, Finding, Fix, Related, rule
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, regex
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from mldebt.syntax.flow_rows import Rows
    from mldebt.syntax.flow_values import Ids, Value

PART = regex(
    r"fold|split|bucket|(?:^|_)(?:is|in)_(?:train|test|val)|train|test|holdout|(?:^|_)val(?:_|$)|partition",
    re.I,
)
DRAWS = frozenset({"sample", "choice", "train_test_split", "random_split", "permutation"})
MAX_STEPS = 60
# Values followed from one hash or set; who gets further is no split any more.


@rule(severity=ERROR, words=("hash", "set", "frozenset"))
def check(module: Module, config: Config) -> Iterator[Finding]:
    text = module.text
    hashes = HASH.search(text) is not None
    if not hashes and (SET.search(text) is None or not ("list(" in text or "tuple(" in text)):
        return
    from mldebt.syntax.flow_rows import rows_of

    rows = rows_of(module, config.knowledge)
    seen: set[Span] = set()
    for finding in (*by_hash(rows, text), *by_set(rows)):
        if finding.span not in seen:
            seen.add(finding.span)
            yield finding


# The lookbehind stands behind the word, so that `re` has plain characters to skip to.
HASH = regex(r"hash\((?<![\w.]hash\()")
SET = regex(r"set\((?:(?<![\w.]set\()|(?<=frozenset\()(?<![\w.]frozenset\())")


def by_hash(rows: Rows, text: str) -> Iterator[Finding]:
    """`hash(text) % n` that becomes a fold, a choice of rows, or any bucket."""
    flow = rows.flow
    for call in flow.calls("hash"):
        if call.target != "hash" or not is_text(rows, call.slots.get("0", frozenset()), text):
            continue
        use, decides = divides(rows, call)
        if use is None:
            continue
        yield Finding(
            call.span,
            f"`hash` of text gives another {'split' if decides else 'bucket'} in every run",
            "Python salts it anew in each process. Take `zlib.crc32(text.encode())`, or `hashlib.md5`.",
            (Related(use.span, "it decides here"),) if decides and use is not call else (),
            None if decides else WARNING,
        )


def is_text(rows: Rows, ids: Ids, text: str) -> bool:
    """Whether these values are surely text; a parameter is, when its annotation says so."""
    flow = rows.flow
    values = list(flow.all(ids))
    return bool(values) and all(
        (value.kind == "const" and isinstance(value.detail, (str, bytes)))
        or (
            value.kind == "param"
            and re.search(rf"\b{re.escape(value.variable)}\s*:\s*str\b", text) is not None
        )
        or (value.kind == "mix" and value.detail == "text")
        or (
            value.kind == "call"
            and value.name in ("str", "lower", "upper", "strip", "encode", "format", "join")
        )
        or (
            value.kind == "mix"
            and value.detail == "+"
            and any(is_text(rows, slot, text) for slot in value.slots.values())
        )
        for value in values
    )


def is_named_str(rows: Rows, ids: Ids) -> bool:
    return bool(ids) and all(value.target == "str" or value.detail == "str" for value in rows.flow.all(ids))


def divides(rows: Rows, call: Value) -> tuple[Value | None, bool]:
    """Where a number made from this hash becomes a part, by name or by choosing rows; else the first remainder,
    unless all that is done with it is to show it."""
    flow = rows.flow
    stack, seen = [(call, False)], {call.id}
    bucket: Value | None = None
    is_shown = is_used = False
    for _ in range(MAX_STEPS):
        if not stack:
            break
        value, modulo = stack.pop()
        if modulo and PART.search(value.variable):
            return value, True
        users = list(flow.users(value.id))
        is_used |= modulo and not users
        for user in users:
            if user.id in seen:
                continue
            if modulo and user.kind == "update" and isinstance(user.detail, str) and PART.search(user.detail):
                return user, True
            if modulo and user.kind == "index" and value.id in user.slots.get("key", frozenset()):
                return user, True
            remainder = user.kind == "mix" and user.detail == "%"
            if remainder and bucket is None:
                bucket = user
            shown = user.kind == "mix" and user.detail == "text"
            if (user.kind in ("mix", "comp", "pack", "item") and not shown) or (
                user.kind == "call"
                and user.name in ("abs", "int", "float", "apply", "map", "array", "Series", "astype")
            ):
                seen.add(user.id)
                stack.append((user, modulo or remainder))
            elif modulo:
                is_shown |= shown
                is_used |= not shown
    return (None if is_shown and not is_used else bucket), False


def by_set(rows: Rows) -> Iterator[Finding]:
    """`list(set(x))` that is cut, drawn from, or chooses the columns of the features."""
    flow = rows.flow
    for call in flow.calls("list", "tuple"):
        given = list(flow.all(call.slots.get("0", frozenset())))
        if call.target not in ("list", "tuple") or len(given) != 1 or not is_set(rows, given[0]):
            continue
        if is_numbers(rows, given[0]):
            continue
        columns = any(
            value.kind == "attr" and value.detail == "columns"
            for value in (flow[id] for id in flow.back(frozenset({given[0].id})))
        )
        use = chooses_columns(rows, call) if columns else cut(rows, call)
        if use is None:
            continue
        what = "The columns are in the order of a set, another in every run"
        if not columns:
            what = "The order of a set decides the split, another in every run"
        yield Finding(
            call.span,
            what,
            "Text is hashed with a new salt in each process, whatever the seed. Sort it: `sorted(set(…))`.",
            (Related(use.span, "the order matters here"),),
            WARNING if columns else None,
            data=("sorted",),
        )


def is_set(rows: Rows, value: Value) -> bool:
    if value.kind == "call":
        return value.target in ("set", "frozenset") or (value.name in (
            "difference", "intersection", "union", "symmetric_difference",
        ) and any(is_set(rows, one) for one in rows.flow.all(value.slots.get("self", frozenset()))))  # fmt: skip
    if value.kind == "mix" and value.detail in ("-", "&", "|", "^"):
        return any(is_set(rows, one) for one in rows.flow.all(value.slots.get("0", frozenset())))
    return False


def is_numbers(rows: Rows, value: Value) -> bool:
    """Whether the set surely holds numbers: their order is the same in every run."""
    made = [rows.flow[id] for id in rows.flow.back(frozenset({value.id}))]
    return any(
        (one.kind == "call" and one.name in ("range", "arange", "randint", "permutation", "randperm", "len", "nonzero"))
        or (one.kind == "attr" and one.detail == "index")
        or (one.kind == "const" and isinstance(one.detail, (int, float)) and not isinstance(one.detail, bool))
        for one in made
    )  # fmt: skip


def ordered_users(rows: Rows, call: Value) -> Iterator[Value]:
    """Who uses a list, and who uses it after it was shuffled or converted."""
    stack, seen = [call], {call.id}
    for _ in range(MAX_STEPS):
        if not stack:
            return
        for user in rows.flow.users(stack.pop().id):
            if user.id in seen:
                continue
            seen.add(user.id)
            if user.kind == "call" and user.name in ("sorted", "sort", "len", "print", "set", "sum", "isin"):
                continue
            yield user
            if user.kind == "call" and user.name in ("array", "asarray", "copy"):
                stack.append(user)


def cut(rows: Rows, call: Value) -> Value | None:
    """Where the list is divided into parts: two slices for train and test, a random draw, a known split."""
    from mldebt.syntax.flow_parents import role_of_name

    if any(user.kind == "call" and user.name == "sort" for user in rows.flow.users(call.id)):
        return None
    for user in ordered_users(rows, call):
        if user.kind == "index" and rows.row_slice(user) is not None and role_of_name(user.variable):
            return user
        if user.kind == "call" and user.name in DRAWS and role_of_name(user.variable):
            return user
        if user.kind == "call" and rows.splitter_of(user):
            return user
    return None


def chooses_columns(rows: Rows, call: Value) -> Value | None:
    """Where the list chooses columns of what a model is fitted on."""
    from mldebt.syntax.flow_models import fitted_rows, model_fits

    users = [
        user
        for user in ordered_users(rows, call)
        if user.kind == "index" and call.id in rows.flow.back(user.slots.get("key", frozenset()))
    ]
    if not users:
        return None
    for fit in model_fits(rows):
        made = rows.made_of(fitted_rows(rows, fit))
        for user in users:
            if user.id in made:
                return user
    return None


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    if finding.data != ("sorted",):
        return
    text = module.text[finding.span.start : finding.span.end]
    if text.startswith("list("):
        start = finding.span.start
        yield Fix("Sort the set", (Edit(Span(start, start + len("list")), "sorted"),), UNSAFE)
