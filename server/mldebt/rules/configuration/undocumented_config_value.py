"""Tuned values stand in a configuration, and nobody has written down where they came from.

## Why it is debt

`LEARNING_RATE = 0.0078`: the value was found on one data set, with one set of
features, for one metric. A name in a config class says what it is, but not why it has
this value, when that was last checked, or whom to ask before it is changed. When the
person who tuned it leaves, it becomes a number nobody dares to touch.

## What to do

Answer the four questions beside each value that is not obvious: what is it, why this
number, when was it validated, who knows. One docstring over the class may answer for
all of its fields: the tool, the data set with its date, the metric, the owner.

One finding a class, file or configuration file, at its name or first value, with the
other values as related places. Information where a value is unusual (0.0078, 347) or a
threshold; a hint in YAML and notebooks.

## When to leave it

A value whose comment, description or class docstring gives a reason or a date is
documented; a sentence that asks ("why 0.0078? nobody knows") is not. Round numbers
(1e-3, 64, 0.9) alone make no finding, nor do paths, names, flags, sizes of the network,
and search spaces. A project may name further harmless values with `ordinary`.

## Fix safety

Draft: the fix adds a line below each value with the questions that are open, marked
TODO(mldebt).

## How sure

That the reason is missing beside the value is certain; it may stand in a document the
project keeps elsewhere.

## Source

The four questions are those of the article on technical debt in ML systems this tool
grew out of; Sculley et al. 2015, section 6: configuration debt.

## Examples

```python
class ModelConfig:  # want: 4 values of `ModelConfig` do not say why they have this value
    LEARNING_RATE = 0.0078  # why 0.0078? nobody knows
    N_ESTIMATORS = 347
    MAX_DEPTH = 7
    HIGH_RISK_THRESHOLD = 0.73  # calibrated on 2022 data?
    NAME = "fraud"
```

```python fixed
class ModelConfig:
    LEARNING_RATE = 0.0078  # why 0.0078? nobody knows
    # ^ why: TODO(mldebt); validated: TODO(mldebt); owner: TODO(mldebt)
    N_ESTIMATORS = 347
    # ^ why: TODO(mldebt); validated: TODO(mldebt); owner: TODO(mldebt)
    MAX_DEPTH = 7
    # ^ why: TODO(mldebt); validated: TODO(mldebt); owner: TODO(mldebt)
    HIGH_RISK_THRESHOLD = 0.73  # calibrated on 2022 data?
    # ^ what: TODO(mldebt); why: TODO(mldebt); validated: TODO(mldebt); owner: TODO(mldebt)
    NAME = "fraud"
```

Constants of a file, and a file of settings.

```python
SUBSAMPLE = 0.83  # want: `SUBSAMPLE` does not say why
N_JOBS = 4
```

```yaml
train:
  learning_rate: 0.0078  # want: `learning_rate` does not say why
  max_depth: 6
```

Documented above, beside, below, in the class, in the field's description; and round numbers.

```python
from dataclasses import dataclass, field


@dataclass
class ModelHyperparameters:
    \"""
    Hyperparameters for fraud_detector_v3.
    All values tuned via Optuna on transactions_v5.1 dataset (2024-01-15).
    \"""

    learning_rate: float = 0.0078
    n_estimators: int = 347


class BoostingConfig:
    # best of 200 trials, val AUC 0.94
    LEARNING_RATE = 0.0078
    N_ESTIMATORS = 347  # early stopping flattened out here
    SUBSAMPLE = 0.83
    # ^ lower values underfit on the May data
    BATCH_SIZE = 64
    DROPOUT = 0.1


@dataclass
class Thresholds:
    high_risk: float = field(default=0.73, metadata={"help": "precision >= 0.90 on validation data of 2024-01-08"})
```

```yaml
train:
  learning_rate: 0.0078  # grid search on v5, 2024-01-15
  batch_size: 64
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.knowledge.numbers import EPSILON, is_unusual
from mldebt.plain import dataclass
from mldebt.rule import DRAFT, HINT, INFORMATION, Fact, Finding, Fix, Related, Workspace, rule
from mldebt.rules.configuration._settings import (
    CONFIG_FILE,
    CONFIG_NAME,
    UPPER,
    Setting,
    answers,
    docstring_of,
    is_hyperparameter,
    keys_of,
    notes_of,
    settings,
)
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, newline_of, regex
from mldebt.typed import NamedTuple

KIND = "undocumented-value"
OWNER = "undocumented-owner"
NUMERIC = (int, float)
QUESTIONS = {
    "what": "what it is",
    "why": "why this value",
    "validated": "when it was validated",
    "owner": "who to ask",
}


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    ordinary: frozenset[float] = frozenset()
    """Further numbers that need no history here."""


@rule(severity=INFORMATION, options=Options, gated=False, kinds=(KIND,))
def across(workspace: Workspace, options: Options) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[Fact]] = {}
    for path, fact in workspace.facts(KIND):
        if fact.detail[1] not in options.ordinary:
            groups.setdefault((path, fact.detail[0]), []).append(fact)
    owners = {(path, fact.subject): fact.span for path, fact in workspace.facts(OWNER)}
    for (path, owner), facts in groups.items():
        role = workspace.config.role_of(path)
        if role == "test" or not any(fact.detail[2] for fact in facts):
            continue
        facts.sort(key=lambda fact: fact.span)
        span = owners.get((path, owner)) or facts[0].span
        mild = role == "example" or not path.endswith(".py")
        names = [fact.subject for fact in facts]
        if len(facts) == 1:
            message = f"`{names[0]}` does not say why it has the value {facts[0].detail[4]}"
        else:
            subject = f"`{owner}`" if owner else "this file"
            message = f"{len(facts)} values of {subject} do not say why they have this value: {listed(names)}"
        asked = [
            words for key, words in QUESTIONS.items() if any(key not in fact.detail[3] for fact in facts)
        ]
        yield Finding(
            span,
            message,
            f"Open: {', '.join(asked)}.\n"
            "Without that nobody dares to change it, and nobody knows when it has become wrong. "
            "Answer beside the value, or for all of them in one docstring: tool, data set, metric, date, owner.",
            related=tuple(
                Related(fact.span, f"`{fact.subject}` is {fact.detail[4]}", path)
                for fact in facts
                if fact.span != span
            ),
            severity=HINT if mild else None,
            path=path,
            data=(owner,),
        )


def listed(names: list[str]) -> str:
    shown = ", ".join(names[:4])
    return f"{shown} and {len(names) - 4} more" if len(names) > 4 else shown


@across.facts(wakes=("numbers",))
def in_module(module: Module) -> Iterator[Fact]:
    found = undocumented(module)
    for value in found:
        yield Fact(
            KIND,
            value.name,
            value.span,
            (value.owner, value.value, value.striking, tuple(sorted(value.answered)), value.literal),
        )
    owners = {value.owner for value in found} - {""}
    if owners:
        for view in module.classes():
            if view.name in owners:
                yield Fact(OWNER, view.name, view.name_span)


@across.facts
def in_manifest(manifest: Manifest) -> Iterator[Fact]:
    for value in undocumented(manifest):
        yield Fact(
            KIND,
            value.name,
            value.span,
            ("", value.value, value.striking, tuple(sorted(value.answered)), value.literal),
        )


# --- which values need a history, and have none ---


class Value(NamedTuple):
    name: str
    owner: str
    span: Span
    value: float
    literal: str
    striking: bool
    """Unusual enough to make a finding of its own; the others only join one."""
    answered: frozenset[str]


THRESHOLD = regex(r"threshold|thresh\b|thresh_|_thr$|cut_?off|min_(?:score|confidence|prob)", re.I)
NOT_TUNED = regex(
    r"(?:^|_)(?:seed|port|version|year|month|day|width|height|size|dim|dims|channels?|classes|workers|jobs|threads|gpus?|timeout|retries"
    r"|interval|freq|every|verbose|fps|dpi|rank|world|id|idx|index|offset|level|vocab\w*|length|len|mean|std|eps|epsilon|pad|token\w*"
    r"|folds?|splits?|rows|cols|resolution|bits|n_samples|capital|price|account|cost|fee|date|time|hours?|minutes|seconds|steps?|heads?|layers?"
    r"|lat|lon|latitude|longitude|mb|gb|limit|budget|rate_limit|overflow|ttl|pool|bins|days|duration|port|percent)(?:_|$)",
    re.I,
)
"""Sizes, identities and places: not tuned on data."""
CONVENTION = regex(r"p_?val|signific|(?:^|_)psi(?:_|$)|(?:^|_)(?:sr|sample_rate|sampling_rate)(?:_|$)", re.I)
"""Levels everybody uses."""
SHAPE = regex(
    r"hidden|embed|latent|kernel|stride|filters?|units|num_layers|n_layers|n_heads|num_heads|d_model|d_ff|ffn|mlp_ratio",
    re.I,
)


def undocumented(subject: Module | Manifest) -> list[Value]:
    """Values of settings without a reason or a date, in source order; none if no value is striking."""
    found: list[Value] = []
    if isinstance(subject, Manifest):
        if not CONFIG_FILE.search(subject.path):
            return []
        for entry, name in keys_of(subject, NUMERIC):
            literal = subject.text[entry.value_span.start : entry.value_span.end]
            if is_hyperparameter(name) or THRESHOLD.search(name):
                found += judged(
                    subject, Setting(name, "", entry.key_span, entry.value, entry.value_span, literal, ""), ""
                )
    else:
        headers: dict[str, str] = {}
        for setting in settings(subject, NUMERIC):
            if counts(setting):
                if setting.owner and setting.owner not in headers:
                    headers[setting.owner] = docstring_of(subject, setting.owner)
                found += judged(subject, setting, headers.get(setting.owner, ""))
    striking = {value.owner for value in found if value.striking}
    return [value for value in found if value.owner in striking]


def counts(setting: Setting) -> bool:
    """Whether the number stands where settings stand and is of the kind that is tuned."""
    name = setting.name
    known = is_hyperparameter(name) or THRESHOLD.search(name) is not None
    if not setting.owner:
        return known and UPPER.match(name) is not None
    if not CONFIG_NAME.search(setting.owner.rpartition(".")[2]):
        return False
    return known or not NOT_TUNED.search(name)


def judged(subject: Module | Manifest, setting: Setting, header: str) -> Iterator[Value]:
    value, literal = setting.value, setting.literal
    if CONVENTION.search(setting.name):
        return
    if (abs(value) <= EPSILON and value.__class__ is float) or SHAPE.search(setting.name):
        return
    threshold = THRESHOLD.search(setting.name) is not None or "threshold" in setting.owner.lower()
    known = threshold or is_hyperparameter(setting.name)
    fraction = value.__class__ is float and 0 < abs(value) < 1
    striking = (is_unusual(literal, value) and (known or fraction)) or (
        threshold and fraction and value != 0.5
    )
    if not striking and (value in (0, 1, -1) or (setting.owner == "" and not threshold)):
        return
    notes = notes_of(subject.text, setting.span, setting.value_span, setting.said)
    answered = answers(notes.own, f"{notes.shared}\n{header}")
    if answered & {"why", "validated"}:
        return
    if is_hyperparameter(setting.name):
        answered |= {"what"}
    yield Value(
        setting.name, setting.owner.rpartition(".")[2], setting.span, value, literal, striking, answered
    )


# --- the open questions ---


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding) -> Iterator[Fix]:
    owner = finding.data[0]
    values = [value for value in undocumented(subject) if value.owner == owner]
    text = subject.text
    newline = newline_of(text)
    edits = []
    for value in values:
        start = text.rfind("\n", 0, value.span.start) + 1
        indent = text[start : value.span.start]
        if indent.strip() or "\\" in text[start : text.find("\n", value.span.end)]:
            continue
        end = text.find("\n", value.span.end)
        asked = "; ".join(f"{key}: TODO(mldebt)" for key in QUESTIONS if key not in value.answered)
        at = len(text) if end < 0 else end + 1
        line = f"{indent}# ^ {asked}{newline}" if end >= 0 else f"{newline}{indent}# ^ {asked}"
        edits.append(Edit(Span(at, at), line))
    if edits:
        count = "it" if len(edits) == 1 else f"each of the {len(edits)} values"
        yield Fix(f"Ask the open questions below {count}", tuple(edits), DRAFT)
