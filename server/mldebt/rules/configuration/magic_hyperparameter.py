"""A tuned value has no recorded origin.

## Why it is debt

The value was right for one data set on one day. Whoever retrains this model cannot
tell whether it may change, how it was found, or whom to ask, so it stays for ever or
is changed blindly.

## What to do

Move the values of the call to a config class, and write down the data set, the metric,
the tool, the date and the person behind them.

A value that nobody writes without a reason (`0.0078`, `347`) is information, once a call;
further ones of the same call are hints at their place. Ordinary values (`0.05`, `500`) are one hint a call, with the values listed,
and only where several meet. Budgets such as epochs and batch size do not count.

## When to leave it

Values equal to the library's default, seeds, workers and verbosity, shapes of data and
network, search spaces, tables of configurations, and values that a comment of a few
words explains stay silent. So do definitions of configuration: dataclass fields,
argparse defaults, upper-case constants.

## Fix safety

Draft: every value keeps the text it was written with; names are guessed, and the
reasons are left open behind TODO(mldebt).

## Source

Sculley et al. 2015, section 6 (configuration debt). What counts as an ordinary value was
read on public training code, 2025-11.

## Examples

```python
from lightgbm import LGBMClassifier

clf = LGBMClassifier(learning_rate=0.0078)  # want: where 0.0078 came from
```

```python fixed
from dataclasses import dataclass

from lightgbm import LGBMClassifier


@dataclass(frozen=True)
class TrainConfig:
    \"""Values of this file. TODO(mldebt): dataset, metric and tool they were chosen with.\"""

    learning_rate: float = 0.0078
    # what: `learning_rate` of `LGBMClassifier`; why: TODO(mldebt); validated: TODO(mldebt); owner: TODO(mldebt)


TRAIN_CONFIG = TrainConfig()


clf = LGBMClassifier(learning_rate=TRAIN_CONFIG.learning_rate)
```

One hint for the ordinary values of a call, whatever their number; the first fix moves them all.

```python
import xgboost as xgb

model = xgb.XGBClassifier(n_estimators=300, learning_rate=0.03, max_depth=4)  # want: 3 tuned values
```

```python fixed
from dataclasses import dataclass

import xgboost as xgb


@dataclass(frozen=True)
class TrainConfig:
    \"""Values of this file. TODO(mldebt): dataset, metric and tool they were chosen with.\"""

    n_estimators: int = 300
    # what: `n_estimators` of `xgb.XGBClassifier`; why: TODO(mldebt); validated: TODO(mldebt); owner: TODO(mldebt)
    learning_rate: float = 0.03
    # what: `learning_rate` of `xgb.XGBClassifier`; why: TODO(mldebt); validated: TODO(mldebt); owner: TODO(mldebt)
    max_depth: int = 4
    # what: `max_depth` of `xgb.XGBClassifier`; why: TODO(mldebt); validated: TODO(mldebt); owner: TODO(mldebt)


TRAIN_CONFIG = TrainConfig()


model = xgb.XGBClassifier(n_estimators=TRAIN_CONFIG.n_estimators, learning_rate=TRAIN_CONFIG.learning_rate, max_depth=TRAIN_CONFIG.max_depth)
```

Dictionaries of parameters, locals, odd split sizes.

```python
import lightgbm as lgb
from sklearn.model_selection import train_test_split


def train(data, X):
    weight_decay = 0.00037  # want: where 0.00037 came from
    params = {"learning_rate": 0.02, "num_leaves": 70, "feature_fraction": 0.6}  # want: 3 tuned values
    train, test = train_test_split(X, test_size=0.111, random_state=42)  # want: where 0.111 came from
    return lgb.train(params, data, num_boost_round=7390)  # want: where 7390 came from
```

A number everyone reads the same way is not a secret, and a config class is the right place.

```python
from dataclasses import dataclass

from lightgbm import LGBMClassifier
from sklearn.ensemble import RandomForestClassifier
from torch import nn

clf = LGBMClassifier(n_jobs=2, verbose=-1, random_state=1234)
forest = RandomForestClassifier(n_estimators=100, min_samples_split=2)
layer = nn.Conv2d(in_channels=70, out_channels=130, kernel_size=7)
model = LGBMClassifier(learning_rate=0.0078)  # best of 200 trials on May data
PARAMS = {"learning_rate": 0.02, "num_leaves": 70, "feature_fraction": 0.6}
grid = {"learning_rate": [0.02, 0.037], "num_leaves": [70, 113]}
model.fit(X, y, epochs=20, batch_size=128)


@dataclass
class TrainConfig:
    learning_rate: float = 0.0078
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.knowledge import Knowledge
from mldebt.knowledge.numbers import is_unusual
from mldebt.plain import dataclass
from mldebt.rule import HINT, INFORMATION, Finding, Fix, Related, Severity, rule
from mldebt.rules.configuration._numbers import is_explained, text_of
from mldebt.syntax.module import Chunk, Module
from mldebt.syntax.views import Number
from mldebt.text import Span, regex

LAYERS = ("torch.nn.", "keras.layers.", "torchvision.", "timm.", "flax.", "haiku.", "torch_geometric.")
"""The arguments of layers are a design; only odd rates among them are tuned."""

BUDGETS = frozenset(
    """
    batch_size bs epochs eval_batch_size gradient_accumulation_steps max_epochs max_iter max_new_tokens max_steps n_clusters
    n_components n_epochs n_init n_neighbors num_beams num_epochs num_train_epochs per_device_eval_batch_size
    per_device_train_batch_size test_batch_size top_k train_batch_size val_batch_size warmup_steps max_seq_length max_samples
    eval_iters r lora_alpha
    """.split()
)
"""How long, how much, how many: chosen by the machine and the question more than by tuning."""

DESIGN = regex(
    r"(?:^|_)(?:dims?|size|sizes|heads?|layers?|depth|width|embd?|ratio|channels|hidden|units|filters|model|len)(?:$|_)"
)
"""Words for the shape of a network, in calls of what the tables do not know."""

SPLITS = frozenset(
    {"test_size", "train_size", "validation_split", "val_size", "valid_size", "test_ratio", "val_ratio"}
)
DEFINITIONS = regex(
    r"config|conf$|cfg|default|grid|space|search|dist|range|bound|option|settings|table|preset|schema|hparam|variants",
    re.I,
)
UPPER = regex(r"[A-Z][A-Z0-9_]*$")
SEARCHES = regex(
    r"(?:^|\.)(?:suggest_\w+|add_argument|Field|field|option|choice|quniform|uniform|loguniform|Search\w*|\w*SearchCV)$"
)
NUMBERS = frozenset({int, float})


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    at_least: int = 2
    """So many ordinary values of a known callable, budgets not counted, are worth a hint."""
    at_least_unknown: int = 3
    """The same for a callable or dictionary that is known by the names of its values only."""


@rule(severity=INFORMATION, options=Options, wakes=("numbers",))
def check(chunk: Chunk, options: Options, config: Config) -> Iterator[Finding]:
    knowledge = config.knowledge
    calls: dict[int, list[Number]] = {}
    dicts: dict[Span, list[Number]] = {}
    for number in chunk.numbers:
        kind = number.kind
        if kind == "keyword":
            if number.call >= 0 and number.value.__class__ in NUMBERS:
                calls.setdefault(number.call, []).append(number)
        elif kind == "dict":
            if number.name and number.value.__class__ in NUMBERS:
                dicts.setdefault(number.statement, []).append(number)
        elif (
            kind == "assign" and is_local_choice(chunk, number, knowledge) and not is_explained(chunk, number)
        ):
            yield unusual(chunk, number, number.name.rpartition(".")[2], ())
    for index, numbers in calls.items():
        yield from of_call(chunk, index, numbers, options, knowledge)
    for numbers in dicts.values():
        yield from of_dict(chunk, numbers, options, knowledge)


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    from mldebt.fixes.extract_config import extractions

    if finding.data == ("group",):
        found = extractions(module, finding.related[0].span.start)
        yield from (*found[1:2], *found[:1], *found[2:])
    else:
        yield from extractions(module, finding.span.start)


# -- calls -----------------------------------------------------------------------------------------


def of_call(
    chunk: Chunk, index: int, numbers: list[Number], options: Options, knowledge: Knowledge
) -> Iterator[Finding]:
    call = chunk.calls[index]
    slots = knowledge.slots(call.target) if call.target else {}
    if SEARCHES.search(call.chain):
        return
    is_layer = call.target.startswith(LAYERS)
    chosen = []
    for number in numbers:
        name, value = number.name, number.value
        if name in slots:
            if slots[name] == value or name in knowledge.shape_slots:
                continue
        elif name in SPLITS:
            if not (0 < value < 1 and is_unusual(text_of(chunk, number), value)):  # type: ignore[operator]
                continue
        elif not knowledge.is_hyperparameter(name) or (not slots and DESIGN.search(name)):
            continue
        if value not in (0, 1, -1) and not is_explained(chunk, number):
            chosen.append(number)
    if not chosen:
        return
    odd = [number for number in chosen if is_odd(chunk, number)]
    rest = [number for number in chosen if number not in odd]
    if odd:
        for place, number in enumerate(odd):
            others = () if place else related(chunk, rest)
            yield unusual(chunk, number, number.name, others, HINT if place else None)
        return
    counted = [number for number in rest if number.name not in BUDGETS]
    least = options.at_least if slots else options.at_least_unknown
    if len(counted) >= least and not is_layer:
        yield group(chunk, call.func, call.chain, chosen)


def is_odd(chunk: Chunk, number: Number) -> bool:
    return is_unusual(text_of(chunk, number), number.value)


# -- dictionaries and locals -----------------------------------------------------------------------


def of_dict(chunk: Chunk, numbers: list[Number], options: Options, knowledge: Knowledge) -> Iterator[Finding]:
    """Literal dictionaries of hyperparameters; a name twice in one statement makes it a table."""
    names = [number.name for number in numbers]
    if len(set(names)) < len(names):
        return
    owner = next((number.owner for number in numbers if number.owner), "")
    head = chunk.text[numbers[0].statement.start : numbers[0].span.start].lstrip()
    target = re.match(r"[\w.]+(?=\s*(?::[^=]*)?=)", head)
    if any(DEFINITIONS.search(name) or UPPER.match(name) for name in (owner, target[0] if target else "")):
        return
    params = knowledge.hyperparameters.get("lightgbm.params", "") + knowledge.hyperparameters.get(
        "xgboost.params", ""
    )
    known = [
        number
        for number in numbers
        if knowledge.is_hyperparameter(number.name)
        or (f"{number.name}=" in params and number.name not in knowledge.not_hyperparameters)
    ]
    if len(known) < options.at_least_unknown:
        return
    chosen = [
        number for number in known if number.value not in (0, 1, -1) and not is_explained(chunk, number)
    ]
    odd = [number for number in chosen if is_odd(chunk, number)]
    rest = [number for number in chosen if number not in odd]
    if odd:
        for place, number in enumerate(odd):
            others = () if place else related(chunk, rest)
            yield unusual(chunk, number, number.name, others, HINT if place else None)
        return
    counted = [number for number in rest if number.name not in BUDGETS and not DESIGN.search(number.name)]
    if len(counted) >= options.at_least_unknown:
        start = numbers[0].statement.start
        word = (
            target[0]
            if target
            else chunk.text[start : numbers[0].span.start].split("(")[0].split("=")[0].strip()
        )
        span = Span(start, start + max(1, len(word)))
        yield group(chunk, span, word if re.fullmatch(r"[\w.]+", word) else "this dictionary", chosen)


def is_local_choice(chunk: Chunk, number: Number, knowledge: Knowledge) -> bool:
    """`weight_decay = 0.00037` inside a function: a name, but no place where anybody looks for it."""
    if number.value.__class__ not in NUMBERS or not number.name:
        return False
    scope = chunk.scopes[number.scope]
    return (
        scope.kind == "function"
        and knowledge.is_hyperparameter(number.name.rpartition(".")[2])
        and is_odd(chunk, number)
    )


# -- findings --------------------------------------------------------------------------------------

HELP = (
    "Whoever retrains this cannot tell whether it may change, or whom to ask.\n"
    "Move it to a config class with data set, metric, date and owner."
)


def unusual(
    chunk: Chunk, number: Number, name: str, others: tuple[Related, ...], severity: Severity | None = None
) -> Finding:
    literal = text_of(chunk, number)
    message = f"`{name}={literal}` does not say where {literal} came from"
    return Finding(number.span, message, HELP, others, severity)


def group(chunk: Chunk, span: Span, callee: str, chosen: list[Number]) -> Finding:
    return Finding(
        span,
        f"`{callee}` has {len(chosen)} tuned values whose origin is not recorded",
        help=HELP.replace("it to", "them to").replace("whether it may", "whether they may"),
        related=related(chunk, chosen),
        severity=HINT,
        data=("group",),
    )


def related(chunk: Chunk, numbers: list[Number]) -> tuple[Related, ...]:
    return tuple(Related(number.span, f"`{number.name}={text_of(chunk, number)}`") for number in numbers)
