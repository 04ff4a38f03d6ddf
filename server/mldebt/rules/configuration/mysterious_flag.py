"""A flag changes what the system does, and nobody has written down why it is set as it is.

## Why it is debt

`USE_LEGACY_SCORER = True`: somebody decided that once, after an incident, for a demo,
until the new scorer is ready. Now nobody dares to flip it, both paths have to be kept
alive, and a `SKIP_VALIDATION_FOR_DEMO` that was never removed switches a check off in
production without a sound.

## What to do

Find out what the flag is for. Remove it together with the path that lost, or write
beside it why it has this value, when that was checked, whom to ask, and by when it
is to be gone.

A warning where a flag that is on skips a check or names itself a demo, a hack or
temporary, and where its own comment says that things break; information where it
names something old, legacy or experimental; a hint for constants that only use,
enable or force something.

## When to leave it

Switches whose name says everything (`USE_GPU`, `use_cache`) are passed over, and so is
a flag that its comment, its class's docstring or its field's description explains.
Constants in capitals, fields of config classes and dataclasses, and keys of
configuration files are looked at, where the file also holds hyperparameters or
imports an ML library.

## Fix safety

Draft: the fix adds a line with the open questions, marked TODO(mldebt).

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015), section 6:
configuration debt.

## Examples

```python
class ModelConfig:
    LEARNING_RATE = 0.1

    SKIP_VALIDATION_FOR_DEMO = True  # this is in production.  # want: skips a check and is on
    USE_LEGACY_SCORER = True  # if set to False, everything breaks  # want: its own comment says that things break
    ENABLE_EXPERIMENTAL_FEATURES = False  # can it be re-enabled?  # want: names something experimental
    USE_RERANKER = True  # want: does not say why
```

```python fixed
class ModelConfig:
    LEARNING_RATE = 0.1

    SKIP_VALIDATION_FOR_DEMO = True  # this is in production.
    # ^ why: TODO(mldebt); validated: TODO(mldebt); owner: TODO(mldebt); remove by: TODO(mldebt)
    USE_LEGACY_SCORER = True  # if set to False, everything breaks
    ENABLE_EXPERIMENTAL_FEATURES = False  # can it be re-enabled?
    USE_RERANKER = True
```

```yaml
model:
  learning_rate: 0.1
  use_old_tokenizer: true  # want: names something old
```

A flag with a reason, a switch everyone understands, and a flag that is off.

```python
class ModelConfig:
    LEARNING_RATE = 0.1

    # Scorer v3 is not calibrated for card payments yet; remove after the May audit. Ask risk-ops.
    USE_LEGACY_SCORER = True
    USE_GPU = True
    DEMO_MODE = False
    SKIP_VALIDATION = False
```

```yaml
model:
  learning_rate: 0.1
  use_old_tokenizer: true  # because the published vocabulary was built with it
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.rule import DRAFT, HINT, INFORMATION, WARNING, Fact, Finding, Fix, Severity, Workspace, rule
from mldebt.rules.configuration._settings import (
    CONFIG_FILE,
    CONFIG_NAME,
    UPPER,
    Notes,
    Setting,
    answers,
    has_hyperparameters,
    is_answer,
    keys_of,
    manifest_notes,
    mentioned,
    notes_of,
    settings,
    words_in,
)
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, newline_of, regex
from mldebt.typed import NamedTuple

KIND = "flag"
BOOLEAN = (bool,)


@rule(severity=INFORMATION, gated=False, kinds=(KIND,))
def across(workspace: Workspace) -> Iterator[Finding]:
    told: set[tuple[str, str]] = set()
    for path, fact in workspace.facts(KIND):
        role = workspace.config.role_of(path)
        if role == "test" or (path, fact.subject) in told:
            continue
        told.add((path, fact.subject))
        weight, message = fact.detail
        yield Finding(
            fact.span,
            message,
            "Nobody will dare to flip it, and both ways have to be kept alive.\n"
            "Remove it with the path that lost, or write down why it is set so, since when, whom to ask, and until when.",
            severity=min(Severity(weight), HINT if role == "example" else WARNING),
            path=path,
        )


@across.facts(words=("True", "False"), wakes=("assignments",))
def in_module(module: Module) -> Iterator[Fact]:
    flags = [
        (setting, flag)
        for setting in settings(module, BOOLEAN)
        if (flag := flag_of(setting.name, setting.value)) is not None and counts(module, setting)
    ]
    if not flags or not (module.is_ml or has_hyperparameters(module)):
        return
    for setting, flag in flags:
        notes = notes_of(module.text, setting.span, setting.value_span, setting.said)
        verdict = judged(flag, notes, mentioned(module, setting))
        if verdict is not None:
            weight = min(verdict.severity, HINT) if module.is_notebook else verdict.severity
            yield Fact(KIND, setting.name, setting.span, (int(weight), f"`{setting.name}` {verdict.says}"))


@across.facts
def in_manifest(manifest: Manifest) -> Iterator[Fact]:
    if not CONFIG_FILE.search(manifest.path):
        return
    flags = [
        (entry, name, flag)
        for entry, name in keys_of(manifest, BOOLEAN)
        if (flag := flag_of(name, entry.value)) is not None and flag.severity > HINT
    ]
    if not flags or not has_hyperparameters(manifest):
        return
    for entry, name, flag in flags:
        verdict = judged(flag, manifest_notes(manifest, entry), False)
        if verdict is not None:
            yield Fact(KIND, name, entry.key_span, (int(verdict.severity), f"`{name}` {verdict.says}"))


def counts(module: Module, setting: Setting) -> bool:
    """Whether it stands where settings stand: a constant in capitals, or a field of a config class."""
    if UPPER.match(setting.name):
        return True
    return bool(setting.owner) and CONFIG_NAME.search(setting.owner.rpartition(".")[2]) is not None


# --- what a name says ---


class Flag(NamedTuple):
    severity: Severity
    says: str
    """Behind the name in the message."""


CHECK_WORDS = frozenset(
    "validation validations validate check checks checking verification verify safety sanity audit qa".split()
)
SKIP_WORDS = frozenset("skip disable bypass ignore no".split())
MAKESHIFT = {
    "demo": "a demo",
    "hack": "a hack",
    "workaround": "a workaround",
    "temp": "something temporary",
    "tmp": "something temporary",
    "temporary": "something temporary",
    "kludge": "a hack",
}
STALE = {
    "legacy": "legacy",
    "old": "old",
    "experimental": "experimental",
    "experiment": "experimental",
    "deprecated": "deprecated",
    "obsolete": "obsolete",
}
PLAIN = frozenset("use enable enabled disable disabled skip force debug new".split())
CLEAR = frozenset(
    """
    gpu gpus cuda cpu tpu mps amp fp16 bf16 half tqdm wandb tensorboard tb mlflow neptune comet logging logger log progress
    bar cache cached color colour verbose plot plots plotting multiprocessing mp ddp distributed parallel jit compile
    auth https ssl tls proxy cors download upload api s3 gcs gzip training train eval inference debug
    """.split()
)
"""What these switch needs no reason."""
BREAKS = regex(
    r"\bbreak(?:s|ing)?\b(?!\s+(?:ties|down|point|out))|\b(?:do not|don'?t|never)\s+(?:touch|change|remove|flip|set|turn|disable|enable|delete)\b"
    r"|\bcrash(?:es)?\b",
    re.I,
)


def flag_of(name: str, value: object) -> Flag | None:
    """What this flag's name gives away, or None if it is no flag or a plain one."""
    tokens = words_in(name)
    if len(tokens) < 2:
        return None
    known = set(tokens)
    if known & SKIP_WORDS and known & CHECK_WORDS:
        return Flag(WARNING, "skips a check and is on") if value else None
    for word, what in MAKESHIFT.items():
        if word in known:
            return Flag(WARNING, f"is for {what} and is on") if value else None
    for word, what in STALE.items():
        if word in known:
            return Flag(INFORMATION, f"names something {what}, and nobody says why it is {on(value)}")
    if tokens[0] in PLAIN and UPPER.match(name) and not known & CLEAR:
        return Flag(HINT, f"does not say why it is {on(value)}")
    return None


def on(value: object) -> str:
    return "on" if value else "off"


def judged(flag: Flag, notes: Notes, is_mentioned: bool) -> Flag | None:
    """The finding for a flag with these notes, or None if they explain it."""
    answered = answers(notes.own, notes.shared)
    if BREAKS.search(notes.own) and not answered & {"why"} and flag.severity >= HINT:
        return Flag(WARNING, "is a flag, and its own comment says that things break when it is flipped")
    if answered & {"why", "validated"} or is_mentioned:
        return None
    if flag.severity < WARNING and "what" in answered and is_statement(notes.own):
        return None
    return flag


def is_statement(text: str) -> bool:
    return all(is_answer(line) for line in text.splitlines() if line.strip())


# --- the open questions ---


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding) -> Iterator[Fix]:
    text = subject.text
    start = text.rfind("\n", 0, finding.span.start) + 1
    indent = text[start : finding.span.start]
    if indent.strip():
        return
    newline = newline_of(text)
    note = "# ^ why: TODO(mldebt); validated: TODO(mldebt); owner: TODO(mldebt); remove by: TODO(mldebt)"
    end = text.find("\n", finding.span.end)
    at = len(text) if end < 0 else end + 1
    inserted = f"{indent}{note}{newline}" if end >= 0 else f"{newline}{indent}{note}"
    yield Fix("Ask the open questions below it", (Edit(Span(at, at), inserted),), DRAFT)
