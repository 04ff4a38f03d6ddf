"""The same setting has different defaults in different places.

## Why it is debt

`get("n_estimators", 200)` in the training, `get("n_estimators", 100)` in the evaluation:
as long as the configuration gives a value, nobody notices. On the day it does not, the
two disagree without a word.

## What to do

Give the default once, in the configuration or in a dataclass both read.

## When to leave it

Only settings that are hyperparameters or thresholds by name, read with `get` from an
object of the same name, are compared, and only within one file and one class: two models
may each have a `config` with a learning rate of its own. Tests, examples and notebooks are
passed over.

## How sure

A hint. On 222 public repositories it reported three pairs before it looked at one class
at a time, all of different models, and none since; so its precision is not known.

## Fix safety

There is none: which of the two was meant is not known.

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015), section 6:
it should be hard to make configuration mistakes.

## Examples

```python
from sklearn.ensemble import GradientBoostingClassifier


def train(X, y, config):
    return GradientBoostingClassifier(n_estimators=config.get("n_estimators", 200)).fit(X, y)


def describe(config):
    print("trees:", config.get("n_estimators", 100))  # want: `n_estimators` is 100 by default here and 200 elsewhere
```

```python
from sklearn.ensemble import GradientBoostingClassifier


def train(X, y, config, xgb_config):
    model = GradientBoostingClassifier(n_estimators=config.get("n_estimators", 200))
    other = boosted(n_estimators=xgb_config.get("n_estimators", 500))
    print(config.get("n_estimators", 200), config.get("title", "a"), config.get("title", "b"))
    return model.fit(X, y), other
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.knowledge import BUILTIN
from mldebt.rule import HINT, Fact, Finding, Related, Workspace, rule
from mldebt.text import regex

THRESHOLD = regex(r"threshold|cut_?off")


@rule(severity=HINT, needs=("config-read",), kinds=("config-read",))
def across(workspace: Workspace) -> Iterator[Finding]:
    found: dict[tuple[str, str, str], list[tuple[str, Fact]]] = {}
    for path, fact in workspace.facts("config-read"):
        owner, _, has_default, default = fact.detail[:4]
        if not has_default or default.__class__ not in (int, float) or workspace.config.role_of(path):
            continue
        name = fact.subject.lower()
        if path.endswith(".py") and (BUILTIN.is_hyperparameter(name) or THRESHOLD.search(name)):
            where = f"{path} {fact.detail[7]}"
            found.setdefault((where, owner.rpartition(".")[2], fact.subject), []).append((path, fact))
    for (_, _, name), places in found.items():
        defaults = [fact.detail[3] for _, fact in places]
        usual = max(defaults, key=lambda value: (defaults.count(value), -defaults.index(value)))
        odd = [(path, fact) for path, fact in places if fact.detail[3] != usual]
        if not odd:
            continue
        path, fact = odd[0]
        yield Finding(
            fact.span,
            f"`{name}` is {fact.detail[3]} by default here and {usual} elsewhere",
            "On the day the configuration gives no value, the two disagree without a word.\nGive the default once.",
            related=tuple(
                Related(other.span, f"{other.detail[3]} by default here", where)
                for where, other in places
                if other is not fact
            )[:8],
            path=path,
        )
