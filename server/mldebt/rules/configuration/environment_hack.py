"""The code behaves differently by the machine, user or stage it runs on.

## Why it is debt

`BATCH_SIZE_STAGING = 128`, `if env == "prod":` around the validation, a GPU number
written into the script: what was tested is not what runs, and the reason is known to
whoever made the exception. The training that gave the numbers cannot be repeated
elsewhere.

## What to do

Keep one name for a setting and let each environment's own configuration give it a
value. Install the project (`pip install -e .`) instead of changing `sys.path`, leave
the choice of the GPU to the caller, and silence the one warning that is understood.

Information for values side by side by stage, branches around model, data or
validation code that ask for stage, host or user, and a GPU fixed in the code; a hint
for changes of `sys.path` (once a file) and for silencing all warnings, and for
everything in notebooks.

## When to leave it

Families of values whose comment says why they differ are left alone, as are
variables read from the environment, thread counts and log levels. Splits are no
stages: `BATCH_SIZE_DEV` beside `BATCH_SIZE_TEST` is about data.

## Fix safety

*Unsafe*: the fix for a GPU number lets the caller's variable win, and the one for
warnings silences one category only, so that others show again.

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015), section 6.

## Examples

```python
import numpy as np


class ModelConfig:
    BATCH_SIZE_PROD = 512  # want: `BATCH_SIZE` has one value for each stage (prod, staging)
    BATCH_SIZE_STAGING = 128  # why smaller in staging? hardware? memory?
```

```python
import os
import torch

os.environ["CUDA_VISIBLE_DEVICES"] = "1"  # want: fixed to "1"
```

```python fixed
import os
import torch

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "1")
```

```python
import sys
import warnings
import socket

import pandas as pd

sys.path.append("../src")  # want: changes where Python looks
sys.path.insert(0, "/opt/models")
warnings.filterwarnings("ignore")  # want: silences every warning


def load(path, env):
    data = pd.read_csv(path)
    if env == "prod":  # want: asks for the stage
        data = validate(data)
    if socket.gethostname() == "trainbox":  # want: asks for the host
        data = data.sample(1000)
    return data
```

One name, one category, a reason, and splits.

```python
import os
import warnings

import pandas as pd

BATCH_SIZE = int(os.environ.get("BATCH_SIZE", "512"))
BATCH_SIZE_DEV = 64
BATCH_SIZE_TEST = 128
# Staging nodes have 8 GB; measured with batch_bench.py on 2024-05-02.
POOL_STAGING = 8
POOL_PROD = 64
os.environ["OMP_NUM_THREADS"] = "4"
warnings.filterwarnings("ignore", category=FutureWarning)


def log_level(env):
    if env == "prod":
        return "WARNING"
    return "DEBUG"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.plain import replace
from mldebt.rule import HINT, INFORMATION, UNSAFE, WARNING, Finding, Fix, Related, rule
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, regex
from mldebt.typed import Any

HELP = "What was tested is not what runs, and only whoever made the exception knows why.\n"


@rule(severity=INFORMATION, gated=False)
def check(module: Module, config: Config) -> Iterator[Finding]:
    text = module.text
    mild = module.is_notebook or config.role_of(module.path) == "example"
    is_ml = module.is_ml or bool(module.roots & config.knowledge.ml_roots)
    if any(word in module.lower_vocabulary for word in STAGE_WORDS) and STAGE_IN_NAME.search(text):
        from mldebt.rules.configuration._settings import has_hyperparameters

        if is_ml or has_hyperparameters(module):
            for found in milder(families(module), mild):
                # Outside of ML code a finding is told a step milder; a file of hyperparameters is inside.
                yield found if is_ml or mild else replace(found, severity=WARNING)
    if is_ml and (
        any(word in module.vocabulary for word in ENVIRONMENT_WORDS)
        or "sys.path." in text
        or names_stage(module)
    ):
        yield from milder(in_code(module), mild)


def names_stage(module: Module) -> bool:
    """Whether a string may begin with the name of a stage."""
    text, vocabulary = module.text, module.vocabulary
    return any(
        stage in vocabulary and (f'"{stage}' in text or f"'{stage}" in text) for stage in QUOTED_STAGES
    )


def milder(findings: Iterator[Finding], mild: bool) -> Iterator[Finding]:
    return (replace(finding, severity=HINT) if mild else finding for finding in findings)


def finding(span: Span, message: str, advice: str, mild: bool = False, **more: Any) -> Finding:
    return Finding(span, message, HELP + advice, severity=HINT if mild else None, **more)


# --- one value for each stage ---

STAGE_IN_NAME = regex(
    r"(?i:_(?:prod|production|staging|uat|preprod)\b|\b(?:prod|production|staging|uat|preprod)_)"
)
STAGE_WORDS = (
    *("_prod", "_staging", "_uat", "_preprod"),
    *("prod_", "production_", "staging_", "uat_"),
)
"""One of these is in every text the pattern fits, and looked for in a tenth of the time."""
SURE = frozenset({"prod", "production", "staging", "uat", "preprod"})
STAGES = SURE | {"dev", "development", "local", "demo", "qa", "test", "stage", "stg"}


def families(module: Module) -> Iterator[Finding]:
    from mldebt.rules.configuration._settings import answers, notes_of, settings, words_in

    found: dict[tuple[str, str], list[tuple[str, Span, bool]]] = {}
    for setting in settings(module, (int, float, str, bool)):
        tokens = words_in(setting.name)
        stages = [token for token in (tokens[-1], tokens[0]) if token in STAGES] if len(tokens) > 1 else []
        if not stages:
            continue
        stem = setting.name.lower().replace(stages[0], "", 1).strip("_")
        notes = notes_of(module.text, setting.span, setting.value_span, setting.said)
        explained = "why" in answers(notes.own, notes.shared)
        found.setdefault((setting.owner, stem), []).append((stages[0], setting.span, explained))
    for (_, stem), members in found.items():
        stages = list(dict.fromkeys(stage for stage, _, _ in members))
        if len(stages) < 2 or SURE.isdisjoint(stages) or any(explained for _, _, explained in members):
            continue
        first = members[0][1]
        name = stem.upper() if module.text[first.start : first.end].isupper() else stem
        yield finding(
            first,
            f"`{name}` has one value for each stage ({', '.join(stages)}) in the code",
            f"Keep one `{name}` and let each stage's own configuration give it a value.",
            related=tuple(Related(span, f"the value for {stage}") for stage, span, _ in members[1:]),
        )


# --- branches, search path, warnings, GPU ---

ENVIRONMENT = regex(
    r"sys\.path\.|filterwarnings|simplefilter|CUDA_VISIBLE_DEVICES|gethostname|platform\.node|getuser|getlogin"
    r"|[\"'](?:prod|production|staging|uat|preprod)[\"']"
)
ENVIRONMENT_WORDS = (
    *(
        "filterwarnings",
        "simplefilter",
        "CUDA_VISIBLE_DEVICES",
        "gethostname",
        "platform",
        "getuser",
        "getlogin",
    ),
)
MARKS = (
    *("sys.path.", "platform.node", "prod", "staging", "uat"),
    *(word for word in ENVIRONMENT_WORDS if word != "platform"),
)
"""One of these is in every text that ENVIRONMENT fits."""
QUOTED_STAGES = ("prod", "staging", "uat", "preprod")
STAGE_NAME = regex(r"(?:^|[._])(?:env|environment|stage|deploy_env|deployment|tier|target_env|mode)$", re.I)
MACHINE = {
    "gethostname": "the host",
    "node": "the host",
    "getuser": "the user",
    "getlogin": "the user",
    "getfqdn": "the host",
}
TOUCHES_MODEL = regex(
    r"model|data|df\b|frame|valid|train|predict|threshold|feature|batch|epoch|score|scaler|weights|checkpoint|sample",
    re.I,
)
ALL_WARNINGS = regex(r"\(\s*(?:action\s*=\s*)?[\"']ignore[\"']\s*\)")
LITERAL = regex(r"""[rbfu]*(["'])[^"'\n]*\1""")


def in_code(module: Module) -> Iterator[Finding]:
    from mldebt.syntax.details import details_of

    searched: list[Span] = []
    fixed: list[tuple[Span, str]] = []
    text = module.text
    here = [mark for mark in MARKS if mark in text]
    for chunk, start in module.placed:
        if not any(mark in chunk.text for mark in here) or not ENVIRONMENT.search(chunk.text):
            continue
        details = details_of(chunk)
        top = {0} if chunk.scopes[0].kind == "module" else set()
        for use in details.attributes:
            if use.owner == "sys.path" and use.called and use.name in ("append", "insert", "extend"):
                searched.append(use.span.shifted(start))
            elif (
                use.owner == "warnings"
                and use.called
                and use.name in ("filterwarnings", "simplefilter")
                and use.scope in top
                and not module.is_notebook
                and (match := ALL_WARNINGS.match(chunk.text, use.span.end))
            ):
                yield finding(
                    Span(use.span.start, match.end()).shifted(start),
                    "this line silences every warning of every library",
                    "Name the category or message that is understood, and let the others be seen.",
                    mild=True,
                    data=("warnings",),
                )
        for key in details.keys:
            if key.key == "CUDA_VISIBLE_DEVICES" and key.access == "store":
                written = chunk.text[key.value.start : key.value.end]
                if LITERAL.fullmatch(written) and written.strip("rbfu\"'") not in ("", "-1"):
                    fixed.append((Span(key.span.start, key.value.end).shifted(start), written))
        for branch in details.branches:
            if branch.kind == "ifexp":
                continue
            asked = next(
                (
                    what
                    for it in details.comparisons
                    if inside(it.span, branch.test) and (what := asks(it.left, it.key, it.values))
                ),
                "",
            )
            body = chunk.text[branch.body.start : branch.body.end]
            if asked and TOUCHES_MODEL.search(body):
                yield finding(
                    branch.test.shifted(start),
                    f"this branch around model or data code asks for {asked}",
                    "Give the difference a name in the configuration, so that it can be seen, tested and removed.",
                )
    if fixed:
        yield finding(
            fixed[0][0],
            f"the GPU this code runs on is fixed to {fixed[0][1]}",
            "Leave the choice to the caller: set the variable outside, or only if it is not set.",
            related=tuple(Related(span, f"here to {written}") for span, written in fixed[1:]),
            data=("gpu",),
        )
    if searched:
        more = f" ({len(searched)} times)" if len(searched) > 1 else ""
        yield finding(
            searched[0],
            f"this file changes where Python looks for modules{more}",
            "It works from one folder on one machine. Install the project (pip install -e .) and import by name.",
            mild=True,
            related=tuple(Related(span, "again here") for span in searched[1:8]),
        )


def inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def asks(left: str, key: str, values: tuple[object, ...]) -> str:
    """What a comparison with literals asks for: the stage, the host, the user, or ""."""
    word = left.rstrip("()").rpartition(".")[2]
    if left.endswith("()") and word in MACHINE and all(isinstance(value, str) for value in values):
        return MACHINE[word]
    if STAGE_NAME.search(key or left) and any(str(value).lower() in SURE for value in values):
        return "the stage"
    return ""


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    kind = finding.data[0] if finding.data else ""
    span = finding.span
    written = module.text[span.start : span.end]
    if kind == "gpu":
        match = regex(r"(.*?)\[\s*(.+?)\s*\]\s*=\s*(.+)$", re.S).fullmatch(written)
        if match:
            edit = Edit(span, f"{match[1]}.setdefault({match[2]}, {match[3]})")
            yield Fix("Let the caller's CUDA_VISIBLE_DEVICES win", (edit,), UNSAFE)
    elif kind == "warnings":
        edit = Edit(Span(span.end - 1, span.end), ", category=FutureWarning)")
        yield Fix("Silence FutureWarning only", (edit,), UNSAFE)
