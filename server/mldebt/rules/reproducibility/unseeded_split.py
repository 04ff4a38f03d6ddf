"""Rows are split at random and no seed is given.

## Why it is debt

Every run has another test part. Two scores cannot be compared, a result cannot
be shown again, and a lucky split looks like a better model.

## What to do

Give the split a seed (`random_state=`, `seed=`, `generator=`), best from one
constant of the project.

Silent where nothing is random (`shuffle=False`, `KFold` without shuffling), where
arguments are hidden (`**options`), and where the seed comes in by a name. If the
file seeds the global generator the split is repeatable only as long as nobody draws
before it: then this is a hint.

## When to leave it

The point is to see how much scores vary: a loop over many splits.

## Fix safety

Unsafe: from now on it is always the same split. The seed is the file's constant
(`SEED`, `RANDOM_STATE`, …) if it has one, otherwise 42.

## Examples

```python
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)  # want: no seed
```

```python fixed
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)
```

Folds are random only when they shuffle; other libraries name the seed otherwise.

```python
from datasets import load_dataset
from sklearn.model_selection import KFold, StratifiedShuffleSplit

SEED = 7
folds = KFold(5, shuffle=True)  # want: no seed
shuffled = StratifiedShuffleSplit(n_splits=5, random_state=None)  # want: no seed
parts = load_dataset("imdb")["train"].train_test_split(test_size=0.1)  # want: no seed
```

```python
from datasets import load_dataset
from sklearn.model_selection import KFold, TimeSeriesSplit, train_test_split

train, test = train_test_split(df, random_state=0)
train, test = train_test_split(df, shuffle=False)
train, test = train_test_split(df, **options)
train, test = train_test_split(df, random_state=config.seed)
folds = [KFold(5), TimeSeriesSplit(5)]
parts = load_dataset("imdb")["train"].train_test_split(test_size=0.1, seed=1)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import Config
from mldebt.knowledge import Knowledge, canonical
from mldebt.knowledge.kinds import Randomness
from mldebt.rule import HINT, UNSAFE, WARNING, Finding, Fix, Related, rule
from mldebt.rules.reproducibility._random import (
    DEFAULT_SEED,
    global_seed,
    is_unseeded,
    last_words,
    seed_in_scope,
)
from mldebt.syntax.module import Module
from mldebt.syntax.views import Call
from mldebt.text import Edit


@rule(severity=WARNING, tables=("splitters",))
def check(module: Module, config: Config) -> Iterator[Finding]:
    knowledge = config.knowledge
    words = split_words(knowledge)
    if not module.has_call(*words):
        return
    for call in module.calls(*words):
        entry = randomness(knowledge, call)
        if entry is None or call.opaque or not is_unseeded(knowledge, call, entry):
            continue
        seeded = global_seed(module, knowledge, entry.family)
        seed = entry.seeds[0] if entry.seeds else ""
        help = "Every run has another test part, so two scores cannot be compared."
        if seed:
            help += f" Give it `{seed}=`."
        if seeded is None:
            yield Finding(call.span, f"`{call.name}` splits at random with no seed", help, data=(seed,))
        else:
            yield Finding(
                call.span,
                f"`{call.name}` splits with no seed of its own",
                "It is repeatable only as long as nothing draws from the global generator before it."
                + (f" Give it `{seed}=`." if seed else ""),
                (Related(seeded.span, "the global generator is seeded here"),),
                HINT,
                data=(seed,),
            )


def split_words(knowledge: Knowledge) -> tuple[str, ...]:
    return last_words(tuple(knowledge.splitters))


def randomness(knowledge: Knowledge, call: Call) -> Randomness | None:
    """How this split is random; None if it is no split we know."""
    if not call.target or knowledge.get(knowledge.splitters, call.target) is None:
        return None
    return knowledge.get(knowledge.random, call.target)


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:

    seed = finding.data[0] if finding.data else ""
    if not seed:
        return
    from mldebt.fixes.arguments import added_argument

    call = next((call for call in module.calls() if call.span == finding.span), None)
    if call is None:
        return
    name = seed_in_scope(module, call)
    value = name or str(DEFAULT_SEED)
    if seed == "generator":
        if canonical(call.target).startswith("torch.") and any(
            view.alias == "torch" and view.module == "torch" and not view.name for view in module.imports
        ):
            edit = added_argument(module.text, call, f"generator=torch.Generator().manual_seed({value})")
            yield Fix("Give the split a seeded generator", (edit,), UNSAFE)
        return
    given = call.arg(seed)
    edit = (
        Edit(given.span, value) if given is not None else added_argument(module.text, call, f"{seed}={value}")
    )
    yield Fix(f"Add {seed}={value}", (edit,), UNSAFE)
