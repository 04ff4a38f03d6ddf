"""A weight, cut-off or size stands unnamed in the middle of the code.

## Why it is debt

`0.15` in a sum of scores, `2.5` deviations, the first `100000` rows: somebody chose
them, once, for one data set. In the code they look like part of the algorithm. Nobody
will revisit them when the data change, and a search for what can be tuned misses them.

## What to do

Name the value after what it decides, and write beside the name why it has this value,
when that was last checked and who knows. A comment of a few words on the same line is
enough to keep this rule silent.

What is looked at: fractional weights and odd divisors in arithmetic, steps added to a score,
window sizes, ordered comparisons, rows taken by a literal count, and tuning constants passed
by position (`lightgbm.train(params, data, 9999)`). Keyword hyperparameters belong to
`magic-hyperparameter`, cut-offs on model scores to `magic-threshold`.

A value that nobody writes without a reason (`0.83`, `2.7`, `9999`) and a step or weight of a
score is information, once in a function, a method or a statement at module level; what stands
beside it there, and round cut-offs, shares and counts (`> 30`, `* 0.9`, `head(5000)`), are
hints at their place. A table of numbers is one information.

## When to leave it

Constants that everyone reads the same way stay silent: 0, 1, 2, 0.5, 100, powers of two,
epsilons, units of time and angle, colour and normalisation constants; so do shapes,
assertions, plots and print-outs, layers of a network, and expressions a machine wrote.

## Fix safety

Draft: the value stays the literal it was and the program computes the same, but names are
guessed, and the new config class has places for the reasons, marked TODO(mldebt).

## Source

Sculley et al. 2015, section 6 (configuration debt).

## Examples

```python
import pandas as pd


def score(row):
    points = 0.0
    if row["age"] > 63:  # want: 63
        points += 0.15  # want: 0.15
    return points
```

```python fixed
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class ScoreConfig:
    \"""Values of `score`. TODO(mldebt): dataset, metric and tool they were chosen with.\"""

    age_min: int = 63
    # what: bound of `row["age"]`; why: TODO(mldebt); validated: TODO(mldebt); owner: TODO(mldebt)


SCORE_CONFIG = ScoreConfig()


def score(row):
    points = 0.0
    if row["age"] > SCORE_CONFIG.age_min:
        points += 0.15
    return points
```

By position, as a window, as a share of the rows.

```python
import lightgbm as lgb
import pandas as pd

booster = lgb.train(params, data, 9999)  # want: num_boost_round
train = frame.head(30000)  # want: 30000
outliers = values > mean + 2.7 * std  # want: 2.7
cut = int(len(frame) * 0.83)  # want: 0.83
near = rows[index : index + 513]  # want: 513
```

Names, explanations and common knowledge are enough.

```python
import numpy as np

SECONDS = 24 * 60 * 60
MAX_AGE = 63
half = 0.5 * len(rows)
scaled = image / 255.0
size = len(rows) // 3
old = age > 63  # retirement age in 2023
log = np.log(price + 1e-6)
if len(shape) == 4 or shape[0] > 64:
    print("-" * 72)
ax.set_xlim(0, 1.37 * width)
assert loss < 0.37
```

A formula that a program printed is not a place for config classes.

```python
import numpy as np

y = 0.100000 * np.tanh(0.617812 * a + 0.318318 * b) + 0.057213 * np.tanh(c * 11.371 + 0.29173)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.knowledge import Knowledge
from mldebt.knowledge.numbers import CONSTANTS, EPSILON, ORDINARY, digits, is_power_like, is_unusual
from mldebt.plain import dataclass
from mldebt.rule import HINT, INFORMATION, Finding, Fix, Severity, rule
from mldebt.rules.configuration._numbers import (
    DRAWS,
    TARGET,
    beside,
    is_explained,
    is_only_shown,
    is_score,
    statement_text,
    text_of,
)
from mldebt.syntax.module import Chunk, Module
from mldebt.syntax.views import Number
from mldebt.text import regex

ORDERED = frozenset({"<", "<=", ">", ">="})
LAYERS = (
    "torch.nn.",
    "keras.layers.",
    "torchvision.",
    "albumentations.",
    "timm.",
    "torch_geometric.",
    "flax.",
    "haiku.",
)
"""What is passed by position to these is the network's or the augmentation's design."""


STRUCTURE = regex(
    r"\b(?:shape|ndim|dims?|numel|nbytes|year|month|day|hour|minute|second|weekday|dayofweek|version\w*|__version__|major"
    r"|minor|argv|argc|status\w*|returncode|errno|rank|world_size|port|verbos\w+|random|rand|randn|randint|uniform|isatty"
    r"|zero_stage|size|capability|sys|bits|ord)\b|_dim\b|_(?:year|month|version|id|idx|code)\b|random"
)
"""Operands whose bounds come from the outside world, from a data layout or from a dice."""

SCORE = regex(
    r"(?:^|_|\b)(?:scores?|points?|rewards?|penalt\w+|bonus|strength|confidence|weights?|risk|loss|boost|lr|learning_rate"
    r"|priority|quality|momentum|rating|prob\w*)(?:$|_|\b)",
    re.I,
)
COLUMN_BEFORE = regex(r"""['"]\s*\]\s*\)*\s*[*/]\s*$""")
COLUMN_AFTER = regex(r"""\s*\*\s*\w+\[['"]""")
REPEATS_BEFORE = regex(r"""(?:['"]|[\s(\[=+,]\[[^\[\]]*\])\s*\*\s*$""")
REPEATS_AFTER = regex(r"""\s*\*\s*[rfbu]*['"\[]""")
LITERAL_BEFORE = regex(r"(?:^|[^\w.])[\d.][\d.eE_]*\s*[*/]\s*$")
LITERAL_AFTER = regex(r"\s*[*/]\s*[\d.]+(?![\w.\[(])")
COUNTER = regex(
    r"(?:^|[._])(?:i|j|k|t|idx|ind|index|pos|position|start|begin|end|stop|offset|step|cur|current)\w{0,2}$"
)
KNOWN_FACTOR = regex(r"rand|(?:^|\.)(?:pi|tau|inf)$|iqr", re.I)
"""Noise, angles, and Tukey's fence of 1.5 interquartile ranges (Tukey 1977)."""
INIT = regex(r"\binit\w*\b|\bstd\s*=")
UPPER = regex(r"[A-Z][A-Z0-9_]*$")
TAKES_ROWS = {
    "head": 0,
    "tail": 0,
    "sample": 0,
    "take": 0,
    "limit": 0,
    "nlargest": 0,
    "batch": 0,
    "islice": 1,
}

ORDINARY_BOUNDS = frozenset({0, 1, 2, 10, 100, 0.5})
PLAIN_FACTORS = frozenset({0, 1, 2, 3, 4, 5, 10, 100, 1000, 0.5})
# A tenth of a score or of the rows is a choice; a tenth of anything else is often a unit.
ORDINARY_ARGUMENTS = frozenset({0, 1, 2, 3, 4, 5, 10, 0.5})
KNOWN_COUNTS = frozenset({100, 60000})
# 60,000 images train MNIST and its relatives.
MIN_BOUND = 10
# Whole numbers below it are counts and codes far more often than cut-offs: read on the development repositories.
MIN_ROWS = 100
MAX_DIGITS = 5
# From here on a number was computed, or is a physical constant, rather than chosen.
MAX_BRACKETS = 12
# Round brackets opened in one statement; programs print such formulas, people break them up.
MAX_IN_PIECE = 24
# Findings in one piece of code; more of them are one table or formula, and one finding.
OF_A_SCORE = frozenset({"a weight", "a step of a score"})
PRINTED = regex(r"\.\d*00$|\.\d{6,}")
"""Fractions as programs print them: `0.0500`, `14.185392`."""


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    ordinary: frozenset[float] = frozenset()
    """Further numbers that need no history here."""


@rule(severity=INFORMATION, options=Options, wakes=("numbers",))
def check(chunk: Chunk, options: Options, config: Config) -> Iterator[Finding]:
    suspects = [number for number in chunk.numbers if is_suspect(number)]
    if not suspects:
        return
    found = []
    for number in suspects:
        what = what_it_is(chunk, number, config.knowledge)
        if what and number.value not in options.ordinary and not is_explained(chunk, number):
            found.append((number, what))
    if not found or (len(suspects) >= MAX_BRACKETS and is_printed(chunk, suspects)):
        return
    if len(found) > MAX_IN_PIECE:
        yield finding(chunk, *found[0], more=len(found) - 1)
        return
    named = False
    for number, what in found:
        weighs = not named and is_weighty(chunk, number, what)
        named = named or weighs
        yield finding(chunk, number, what, None if weighs else HINT)


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    from mldebt.fixes.extract_config import extractions

    yield from extractions(module, finding.span.start)


def is_weighty(chunk: Chunk, number: Number, what: str) -> bool:
    """Whether a reviewer would ask about it: a choice that shows in the literal, or a part of a score."""
    return what in OF_A_SCORE or is_unusual(text_of(chunk, number), number.value)


def finding(
    chunk: Chunk, number: Number, what: str, severity: Severity | None = None, more: int = 0
) -> Finding:
    literal = text_of(chunk, number)
    others = f"; {more} more numbers stand here like it" if more else ""
    return Finding(
        number.span,
        f"`{literal}` is {what} without a name or a recorded origin{others}",
        help="Nobody will revisit it when the data change, and a search for what can be tuned misses it.\n"
        "Name it in a config class and write down why it has this value, when that was checked, and who knows.",
        severity=severity,
    )


# -- what a number is ------------------------------------------------------------------------------


def is_suspect(number: Number) -> bool:
    """The cheap question, asked of every number."""
    kind = number.kind
    value = number.value
    if kind == "compare":
        return number.op in ORDERED and value.__class__ is not complex and abs(value) not in ORDINARY_BOUNDS
    if kind == "binop":
        return (
            value.__class__ is not complex
            and (number.op in "*/" or number.op in "+-")
            and abs(value) > EPSILON
        )
    if kind == "argument":
        return value.__class__ is not complex and number.call >= 0
    return (
        kind == "index"
        and number.op == "slice"
        and number.index < 2
        and value.__class__ is int
        and abs(value) >= MIN_ROWS
    )


def what_it_is(chunk: Chunk, number: Number, knowledge: Knowledge) -> str:
    """A noun phrase for a finding, or "" for a number that needs no history."""
    if number.kind == "argument":
        return as_argument(chunk, number, knowledge)
    literal = text_of(chunk, number)
    written = digits(literal)
    if not written or len(written) >= MAX_DIGITS or PRINTED.search(literal):
        return ""
    statement = statement_text(chunk, number)
    if statement.count("(") >= MAX_BRACKETS:
        return ""
    if DRAWS.search(statement) or statement.startswith("assert") or is_only_shown(chunk, number, statement):
        return ""
    if number.kind == "index":
        return as_slice(chunk, number, statement)
    if number.kind == "compare":
        return as_bound(chunk, number, statement)
    return as_operand(chunk, number, statement)


def as_bound(chunk: Chunk, number: Number, statement: str) -> str:
    value = number.value
    assert not isinstance(value, complex)
    size = abs(value)
    if size <= EPSILON or (value == int(value) and (size < MIN_BOUND or 1900 <= size <= 2100)):
        return ""
    if (size in CONSTANTS and size not in (30, 60, 90, 365, 1000, 10000, 1e6)) or set(
        digits(text_of(chunk, number))
    ) == {"9"}:
        return ""
    operand = beside(chunk, number)
    if STRUCTURE.search(operand) or (size < 1 and is_score(chunk, number, operand)):
        return ""
    return "a cut-off"


def as_operand(chunk: Chunk, number: Number, statement: str) -> str:
    """Weights, divisors, steps of a score and windows."""
    value = number.value
    assert not isinstance(value, complex)
    size = abs(value)
    target = TARGET.match(statement)
    name = target[1] if target else ""
    if UPPER.match(name) or KNOWN_FACTOR.search(number.other):
        return ""
    text = chunk.text
    before, after = (
        text[max(0, number.span.start - 40) : number.span.start],
        text[number.span.end : number.span.end + 40],
    )
    scored = bool(SCORE.search(name.rpartition(".")[2]))
    if number.op in "+-":
        if target and target[2] and scored and before.rstrip().endswith("="):
            return "" if size in (0, 1, 2) else "a step of a score"
        whole = value == int(value)
        if not whole or size < MIN_BOUND:
            return ""
        return "a window size" if before.rstrip()[-1:] in ("+", "-") and COUNTER.search(number.other) else ""
    ordinary = PLAIN_FACTORS if scored or number.other.startswith("len(") else ORDINARY
    if size in ordinary or size in CONSTANTS or is_power_like(size):
        return "" if not (scored and target and target[2] in ("*", "/") and size > 2) else "a factor"
    if REPEATS_BEFORE.search(before) or REPEATS_AFTER.match(after):
        return ""
    if LITERAL_BEFORE.search(before) or LITERAL_AFTER.match(after):
        return ""
    if value != int(value):
        return "" if INIT.search(statement) else "a weight" if scored else "a factor"
    if size < 6 and not (COLUMN_BEFORE.search(before) and number.op == "*"):
        return ""
    if scored:
        return "a weight"
    return "a factor" if COLUMN_BEFORE.search(before) or COLUMN_AFTER.match(after) else ""


def as_slice(chunk: Chunk, number: Number, statement: str) -> str:
    if not TARGET.match(statement) or abs(number.value) in KNOWN_COUNTS or ".str" in number.other:
        return ""
    text = chunk.text
    inside = text[
        text.rfind("[", 0, number.span.start) : max(text.find("]", number.span.end), number.span.end)
    ]
    crop = sum(1 for part in inside.split(",") if re.search(r"\d", part)) > 1
    return "" if crop else "a fixed count"


def as_argument(chunk: Chunk, number: Number, knowledge: Knowledge) -> str:
    call = chunk.calls[number.call]
    value = number.value
    assert not isinstance(value, complex)
    if TAKES_ROWS.get(call.name) == number.index and call.receiver:
        if value < (MIN_ROWS if call.name != "batch" else 3) or call.target.startswith("random."):
            return ""
        statement = statement_text(chunk, number)
        if not TARGET.match(statement) or DRAWS.search(statement):
            return ""
        return "a batch size" if call.name == "batch" else "a fixed count"
    if not call.target or abs(value) in ORDINARY_ARGUMENTS or call.target.startswith(LAYERS):
        return ""
    signature = knowledge.signature(call.target)
    if signature is None:
        return ""
    name = signature.at(number.index)
    if not name or name in knowledge.shape_slots or name in knowledge.not_hyperparameters:
        return ""
    slots = knowledge.slots(call.target) if not knowledge.is_hyperparameter(name) else signature.defaults
    if (name not in slots and not knowledge.is_hyperparameter(name)) or slots.get(name) == value:
        return ""
    return f"`{name}` of `{call.name}`"


def is_printed(chunk: Chunk, suspects: list[Number]) -> bool:
    """Whether a program wrote this piece: a quarter of its numbers look printed."""
    return 4 * sum(1 for number in suspects if PRINTED.search(text_of(chunk, number))) >= len(suspects)
