"""Tuned hyperparameters do not say on which data, by which metric and when they were tuned.

## Why it is debt

The values have reasons, but not the conditions under which they hold: the data set's
version, the metric, the date. After the next change of data nobody can tell whether
the tuning has to be done again, or repeat it.

## What to do

Write the three down once for the class: `tuning_date`, `tuning_dataset_hash`,
`tuning_metric`; or in its docstring.

## When to leave it

Config classes with at least three hyperparameters, one of them unusual (0.0078, 347),
whose docstring, comments and fields name neither a date nor a data set nor a metric.
Values that have no reason at all are the business of `undocumented-config-value`; a
class it reports is not reported again.

## Fix safety

Draft: the fix adds the three fields empty, marked TODO(mldebt).

## Source

The article on technical debt this tool grew out of, category 6: the documented
configuration. Sculley et al. 2015, section 6.

## Examples

```python
from dataclasses import dataclass


@dataclass
class BoostingConfig:  # want: `BoostingConfig` does not say when, on which data and by which metric
    \"""Best of 200 random trials.\"""

    learning_rate: float = 0.0078
    n_estimators: int = 347
    max_depth: int = 7
```

```python fixed
from dataclasses import dataclass


@dataclass
class BoostingConfig:
    \"""Best of 200 random trials.\"""

    learning_rate: float = 0.0078
    n_estimators: int = 347
    max_depth: int = 7
    tuning_date: str = ""  # TODO(mldebt)
    tuning_dataset_hash: str = ""  # TODO(mldebt)
    tuning_metric: str = ""  # TODO(mldebt)
```

```python
from dataclasses import dataclass


@dataclass
class BoostingConfig:
    \"""Best of 200 Optuna trials on transactions_v5.1 (2024-01-15), by AUC on the validation split.\"""

    learning_rate: float = 0.0078
    n_estimators: int = 347
    max_depth: int = 7


@dataclass
class SmallConfig:
    learning_rate: float = 0.1
    n_estimators: int = 100
    max_depth: int = 3
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.knowledge.numbers import is_unusual
from mldebt.rule import DRAFT, HINT, Finding, Fix, rule
from mldebt.rules.configuration._settings import (
    CONFIG_NAME,
    DATED,
    Setting,
    answers,
    docstring_of,
    is_hyperparameter,
    notes_of,
    settings,
)
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, newline_of, regex

MIN_VALUES = 3
# Two values are a script's arguments; three are a configuration.
DATA = regex(r"data_?set|\bdata\b|\bhash\b|sha256|_v\d|\bsplit\b|fold", re.I)
METRIC = regex(
    r"\bauc|metric|accuracy|precision|recall|\bf1|rmse|\bmae\b|\bmse\b|loss|score|perplexity", re.I
)


@rule(severity=HINT, gated=False)
def check(module: Module, config: Config) -> Iterator[Finding]:
    if "class " not in module.text or config.role_of(module.path) == "example" or module.is_notebook:
        return
    for owner, fields in tuned(module).items():
        view = next((view for view in module.classes() if view.name == owner), None)
        if view is not None and not tells(module, owner) and all_have_reasons(module, owner, fields):
            yield Finding(
                view.name_span,
                f"`{owner}` does not say when, on which data and by which metric its {len(fields)} hyperparameters were tuned",
                "After the next change of data nobody can tell whether to tune again, or repeat it.\n"
                "Add tuning_date, tuning_dataset_hash and tuning_metric, or write them into the docstring.",
                data=(owner,),
            )


def tuned(module: Module) -> dict[str, list[Setting]]:
    """Config class -> its hyperparameters, where there are three and one of them is unusual."""
    fields: dict[str, list[Setting]] = {}
    for setting in settings(module, (int, float)):
        owner = setting.owner.rpartition(".")[2]
        if owner and is_hyperparameter(setting.name) and CONFIG_NAME.search(owner):
            fields.setdefault(owner, []).append(setting)
    return {
        owner: own
        for owner, own in fields.items()
        if len(own) >= MIN_VALUES and any(is_unusual(field.literal, field.value) for field in own)
    }


def tells(module: Module, owner: str) -> bool:
    """Whether the class says a word about data, metric or date anywhere."""
    text = "".join(
        chunk.text
        for chunk, _ in module.placed
        if chunk.owner == owner or any(view.name == owner for view in chunk.classes)
    )
    return any(pattern.search(text) for pattern in (DATED, DATA, METRIC))


def all_have_reasons(module: Module, owner: str, fields: list[Setting]) -> bool:
    header = docstring_of(module, owner)
    for field in fields:
        if is_unusual(field.literal, field.value):
            notes = notes_of(module.text, field.span, field.value_span, field.said)
            if "why" not in answers(notes.own, f"{notes.shared}\n{header}"):
                return False
    return True


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    last = tuned(module)[finding.data[0]][-1]
    text = module.text
    start = text.rfind("\n", 0, last.span.start) + 1
    indent = text[start : last.span.start]
    end = text.find("\n", last.value_span.end)
    if indent.strip() or "\n" in text[last.value_span.start : last.value_span.end]:
        return
    newline = newline_of(text)
    names = ("tuning_date", "tuning_dataset_hash", "tuning_metric")
    lines = newline.join(f'{indent}{name}: str = ""  # TODO(mldebt)' for name in names)
    at = len(text) if end < 0 else end + 1
    inserted = lines + newline if end >= 0 else newline + lines
    yield Fix(
        "Add fields for when, on which data and by which metric", (Edit(Span(at, at), inserted),), DRAFT
    )
