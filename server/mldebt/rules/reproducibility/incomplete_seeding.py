"""Some random generators of a run are seeded and others are not.

## Why it is debt

Somebody meant the run to be repeatable and believes that it is. The generator that was
forgotten still shuffles, samples or initialises differently each time.

## What to do

Seed every generator that the run draws from, in one function that each entry point calls
first.

Looked at are Python's `random`, NumPy, PyTorch, TensorFlow, JAX and CuPy. A file counts as
drawing from a generator when it calls one of its functions, or trains a network with it.
Seeds in files that this one imports count too, and so do helpers known by their name
(`seed_everything`, `set_seed`). Silent where nothing is seeded at all: that is another
rule's matter.

## Fix safety

Unsafe: the run gets other numbers than before, and from then on the same ones.

## Examples

```python
import random

import numpy as np
import torch

SEED = 7
random.seed(SEED)
np.random.seed(SEED)  # want: torch is not
noise = torch.randn(8)
order = np.random.permutation(8)
```

```python fixed
import random

import numpy as np
import torch

SEED = 7
random.seed(SEED)
np.random.seed(SEED)
torch.manual_seed(SEED)
noise = torch.randn(8)
order = np.random.permutation(8)
```

All that draw are seeded, here or in a file of ours.

```python
# file: common.py
import torch


def prepare(seed):
    torch.manual_seed(seed)
# file: train.py
import numpy as np
import torch

from common import prepare

np.random.seed(0)
prepare(0)
noise = torch.randn(8) + torch.as_tensor(np.random.rand(8))
```

```python
import numpy as np
import torch

np.random.seed(0)
weights = torch.as_tensor(np.random.rand(8))
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import Config
from mldebt.knowledge import BUILTIN
from mldebt.rule import INFORMATION, UNSAFE, Fact, Finding, Fix, Related, Workspace, rule
from mldebt.rules.reproducibility._random import last_words, reachable
from mldebt.syntax.module import Module
from mldebt.syntax.views import Call
from mldebt.text import Edit, Span

NAMES = {
    "python": "`random`",
    "numpy": "numpy",
    "torch": "torch",
    "tensorflow": "tensorflow",
    "cupy": "cupy",
    "jax": "jax",
}
SEEDING = {
    "python": ("random", "random", "seed({})"),
    "numpy": ("numpy", "np", "random.seed({})"),
    "torch": ("torch", "torch", "manual_seed({})"),
    "tensorflow": ("tensorflow", "tf", "random.set_seed({})"),
}
"""Generator -> (module, its usual alias, how it is seeded)."""


@rule(severity=INFORMATION, kinds=("seeding",))
def across(workspace: Workspace) -> Iterator[Finding]:
    seeds: dict[str, set[str]] = {}
    for path, fact in workspace.facts("seeding"):
        seeds.setdefault(path, set()).update(fact.detail[0])
    imports = {path: fact.detail for path, fact in workspace.facts("seed-imports")}
    for path, fact in workspace.facts("seeding"):
        draws = dict(fact.detail[1])
        if not draws or workspace.config.role_of(path) in ("test", "example"):
            continue
        reached = reachable(path, imports)
        seeded = set().union(*(seeds.get(one, ()) for one in reached))
        missing = [family for family in draws if family not in seeded]
        if not missing:
            continue
        told = " and ".join(NAMES[family] for family in missing)
        yield Finding(
            fact.span,
            f"{fact.subject} {'are' if ' and ' in fact.subject else 'is'} seeded here, {told} {'is' if len(missing) == 1 else 'are'} not",
            "The run draws from it too, and differs each time. Seed every generator in one place.",
            tuple(Related(draws[family], f"draws from {NAMES[family]}") for family in missing),
            path=path,
            data=tuple(missing),
        )


@across.facts
def facts(module: Module) -> Iterator[Fact]:
    seeding = list(seeding_calls(module))
    words = {part for view in module.imports for part in (*view.module.split("."), view.name) if part}
    yield Fact("seed-imports", "", Span(0, 0), tuple(sorted(words)))
    if not seeding:
        return
    seeded = {family for _, families in seeding for family in families}
    draws: dict[str, Span] = {}
    for call in module.calls(*last_words(tuple(BUILTIN.global_draws))):
        family = BUILTIN.global_draws.get(call.target)
        if family and family not in seeded and not has_generator(call):
            draws.setdefault(family, call.span)
    if "torch" not in seeded and module.imports_any("torch"):
        for call in module.calls("backward"):
            draws.setdefault("torch", call.span)
    call = seeding[-1][0]
    names = " and ".join(NAMES[family] for family in NAMES if family in seeded)
    yield Fact("seeding", names, call.span, (tuple(sorted(seeded)), tuple(sorted(draws.items()))))


def seeding_calls(module: Module) -> Iterator[tuple[Call, tuple[str, ...]]]:
    for call in module.calls(*last_words(tuple(BUILTIN.global_seeds))):
        families = BUILTIN.get(BUILTIN.global_seeds, call.target or call.chain)
        if families and "jax" not in families:
            yield call, families


def has_generator(call: Call) -> bool:
    return call.arg("generator") is not None


@across.fixes
def fixes(module: Module, finding: Finding, config: Config) -> Iterator[Fix]:
    call = next((call for call in module.calls() if call.span == finding.span), None)
    if call is None or len(call.args) != 1 or call.statement != call.span:
        return
    given = module.text[call.args[0].span.start : call.args[0].span.end]
    line = module.text.rfind("\n", 0, call.span.start) + 1
    indent = module.text[line : call.span.start]
    if indent.strip():
        return
    added = []
    for family in finding.data:
        if family not in SEEDING:
            return
        root, _, how = SEEDING[family]
        alias = next(
            (
                view.alias
                for view in module.imports
                if view.module == root and not view.name and view.scope == 0
            ),
            "",
        )
        if not alias:
            return
        added.append(f"\n{indent}{alias}.{how.format(given)}")
    told = " and ".join(NAMES[family].strip("`") for family in finding.data)
    yield Fix(f"Seed {told} too", (Edit(Span(call.span.end, call.span.end), "".join(added)),), UNSAFE)
