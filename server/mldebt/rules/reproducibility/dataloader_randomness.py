"""The workers of a data loader draw the same random numbers, as one another or in every epoch.

## Why it is debt

The workers are made anew for each epoch. One that starts from a fixed seed repeats its numbers: its
n-th image is cropped and flipped in epoch 90 as it was in epoch 1, and where all workers start alike
every batch shares its crops with the next. The model is trained on a fraction of the variety that
the code seems to make, and no error says so.

## What to do

Take the seed of a worker from `torch.initial_seed()`: it differs by worker and by epoch, and it follows
`torch.manual_seed`, so that the run stays repeatable. Or leave `worker_init_fn` out: PyTorch seeds
`random`, NumPy (since 1.9) and itself in each worker in just this way. A generator that a dataset keeps
(`self.rng`) is copied into each worker: make it in the worker, from `get_worker_info().seed`.

Reported are a `worker_init_fn` whose seeds are made of constants, settings, and the number of the worker
alone, where the data or its transforms draw from the generator that is seeded; and a dataset that draws
from a generator made in `__init__`. Both only where a loader has workers (`num_workers` is given and not 0).

## When to leave it

Validation that shall see the same noise in every epoch: a loader whose name or data say so, or
with `shuffle=False`, is passed over. Workers that stay (`persistent_workers=True`) are seeded once; told
is then only a seed that is the same for all of them.

## How sure

A hint. In 249 public repositories it spoke 17 times, in 4 of them, and was right 15 times. The other two: the
file of the transforms draws from the generator, but not in the transform that this loader uses.

## Fix safety

Unsafe: the epochs get other numbers than before. Offered where the seeds are in this file.

## Source

PyTorch's notes on reproducibility (DataLoader) and pull request 56488, which made NumPy's seed a matter
of the loader in version 1.9.

## Examples

```python
import random

import numpy as np
from torch.utils.data import DataLoader, Dataset

SEED = 42


class Crops(Dataset):
    def __getitem__(self, index):
        at = random.randrange(32) + np.random.randint(8)
        return self.images[index][at : at + 224]


def seed_worker(worker_id):
    np.random.seed(SEED + worker_id)  # want: the same seed again in every epoch
    random.seed(SEED + worker_id)


loader = DataLoader(Crops(), batch_size=32, shuffle=True, num_workers=4, worker_init_fn=seed_worker)
```

```python fixed
import random

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

SEED = 42


class Crops(Dataset):
    def __getitem__(self, index):
        at = random.randrange(32) + np.random.randint(8)
        return self.images[index][at : at + 224]


def seed_worker(worker_id):
    np.random.seed(torch.initial_seed() % 2**32)
    random.seed(torch.initial_seed() % 2**32)


loader = DataLoader(Crops(), batch_size=32, shuffle=True, num_workers=4, worker_init_fn=seed_worker)
```

```python
import random

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

SEED = 42


class Crops(Dataset):
    def __getitem__(self, index):
        at = random.randrange(32) + np.random.randint(8)
        return self.images[index][at : at + 224]


def seed_worker(worker_id):
    worker_seed = torch.initial_seed() % 2**32
    np.random.seed(worker_seed)
    random.seed(worker_seed)


def seed_alone(worker_id):
    np.random.seed(SEED + worker_id)


loader = DataLoader(Crops(), batch_size=32, shuffle=True, num_workers=4, worker_init_fn=seed_worker)
test_loader = DataLoader(Crops(), batch_size=32, num_workers=4, worker_init_fn=seed_alone, shuffle=False)
alone = DataLoader(Crops(), batch_size=32, shuffle=True, worker_init_fn=seed_alone)
once = DataLoader(Crops(), shuffle=True, num_workers=4, worker_init_fn=seed_alone, persistent_workers=True)
```

One seed for all of them.

```python
import numpy as np
from torch.utils.data import DataLoader


def add_noise(batch):
    return batch + np.random.normal(size=batch.shape)


class Noisy(Dataset):
    def __getitem__(self, index):
        return add_noise(self.images[index])


loader = DataLoader(
    Noisy(),
    shuffle=True,
    num_workers=8,
    worker_init_fn=lambda _: np.random.seed(0),  # want: every worker the same seed
)
```

```python
import random

import numpy as np
from torch.utils.data import DataLoader


class Noisy(Dataset):
    def __getitem__(self, index):
        return self.images[index] + np.random.normal(size=224)


unseen = DataLoader(Noisy(), shuffle=True, num_workers=8, worker_init_fn=lambda _: random.seed(0))
loader = DataLoader(Noisy(), shuffle=True, num_workers=8, worker_init_fn=lambda _: np.random.seed())
```

A generator of the dataset's own.

```python
# file: data.py
import numpy as np
from torch.utils.data import Dataset


class Crops(Dataset):
    def __init__(self, images, seed=0):
        self.images = images
        self.rng = np.random.default_rng(seed)

    def __getitem__(self, index):
        at = self.rng.integers(0, 32)  # want: each worker has a copy of `self.rng`
        return self.images[index][at : at + 224]
# file: train.py
from torch.utils.data import DataLoader

from data import Crops

loader = DataLoader(Crops(images), batch_size=32, shuffle=True, num_workers=4)
```

```python
# file: data.py
import numpy as np
import torch
from torch.utils.data import Dataset


class Crops(Dataset):
    def __init__(self, images, seed=0):
        self.images = images
        self.order = np.random.default_rng(seed).permutation(len(images))

    def __getitem__(self, index):
        at = torch.randint(0, 32, ())
        return self.images[self.order[index]][at : at + 224]
# file: train.py
from torch.utils.data import DataLoader

from data import Crops

loader = DataLoader(Crops(images), batch_size=32, shuffle=True, num_workers=4)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.rule import HINT, UNSAFE, Fact, Finding, Fix, Related, Workspace, rule
from mldebt.rules.reproducibility._random import reachable
from mldebt.rules.reproducibility._workers import (
    LOADER,
    NAMES,
    OWN,
    draws_of,
    loaders_of,
    own_generators,
    own_imports,
    seeds_of,
)  # fmt: skip
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span

SEEDED, DRAWS, IMPORTS = "worker-seeds", "worker-draws", "loader-imports"
SEED = "torch.initial_seed() % 2**32"


@rule(severity=HINT, kinds=(SEEDED, OWN))
def across(workspace: Workspace) -> Iterator[Finding]:
    loaders: dict[str, list[Fact]] = {}
    for path, fact in workspace.facts(LOADER):
        if workspace.config.role_of(path) not in ("test", "example"):
            loaders.setdefault(path, []).append(fact)
    if not loaders:
        return
    imports = {path: fact.detail for path, fact in workspace.facts(IMPORTS)}
    draws: dict[str, dict[str, Span]] = {}
    for path, fact in workspace.facts(DRAWS):
        draws[path] = dict(fact.detail)
    for path, fact in workspace.facts(SEEDED):
        per_worker, families = fact.detail
        for where, loader in near(path, fact.subject, loaders, imports):
            name, persistent, again = loader.detail
            if name != fact.subject or not again or (persistent and per_worker):
                continue
            drawn = drawn_from(families, reachable(where, imports), draws)
            if drawn:
                yield seeded(path, fact, per_worker, drawn, where, loader)
                break
    for path, fact in workspace.facts(OWN):
        found = near(path, fact.subject, loaders, imports)
        alone = [(where, loader) for where, loader in found if not loader.detail[0] and loader.detail[2]]
        if not alone:
            continue
        where, loader = alone[0]
        yield Finding(
            fact.span,
            f"each worker has a copy of `{fact.detail[0]}`, and all draw the same numbers",
            "It is made once and copied into every worker, anew for each epoch. Make it in the worker, from "
            "`torch.utils.data.get_worker_info().seed`, or draw from `torch` itself.",
            (Related(loader.span, "a loader with workers", "" if where == path else where),),
            path=path,
        )


def near(
    path: str, name: str, loaders: dict[str, list[Fact]], imports: dict[str, tuple[str, ...]]
) -> list[tuple[str, Fact]]:
    """The loaders of this file, then those of files that import it, or this name from its package."""
    package = path.rpartition("/")[0].rpartition("/")[2]
    found = [path]
    for other in loaders:
        words = imports.get(other, ())
        if other != path and (stem_of(path) in words or (name in words and package in words)):
            found.append(other)
    return [(file, fact) for file in found for fact in loaders.get(file, ())]


def stem_of(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]


def drawn_from(
    families: tuple[str, ...], files: set[str], draws: dict[str, dict[str, Span]]
) -> dict[str, tuple[str, Span]]:
    """Seeded generator -> where the data draws from it."""
    found: dict[str, tuple[str, Span]] = {}
    for file in sorted(files):
        for family, span in draws.get(file, {}).items():
            if family in families:
                found.setdefault(family, (file, span))
    return found


def seeded(
    path: str, fact: Fact, per_worker: bool, drawn: dict[str, tuple[str, Span]], where: str, loader: Fact
) -> Finding:
    told = "`worker_init_fn`" if fact.subject.startswith("lambda") else f"`{fact.subject}`"
    what = "the workers the same seed again in every epoch" if per_worker else "every worker the same seed"
    listed = " and ".join(NAMES[family] for family in NAMES if family in drawn)
    if per_worker:
        effect = (
            f"Workers start anew with each epoch, and {listed} then repeats its "
            "numbers, so what they decide is as varied as in one epoch."
        )
    else:
        effect = (
            f"All draw the same numbers from {listed}, so the samples of different workers are changed alike."
        )
    return Finding(
        fact.span,
        f"{told} gives {what}",
        f"{effect}\nTake it from `torch.initial_seed()`, which differs by worker and epoch and follows "
        "`torch.manual_seed`.",
        (
            Related(loader.span, "the loader", "" if where == path else where),
            *(
                Related(span, f"the data draws from {NAMES[family]} here", "" if file == path else file)
                for family, (file, span) in drawn.items()
            ),
        ),
        path=path,
    )


@across.facts(
    words=(
        "DataLoader",
        "__getitem__",
        "num_workers",
        "worker_init_fn",
        "worker_id",
        "worker",
        "random",
        "transforms",
        "RandomState",
        "default_rng",
        "Random",
    )
)
def facts(module: Module) -> Iterator[Fact]:
    yield from loaders_of(module)
    draws = tuple(sorted(draws_of(module).items()))
    if draws:
        yield Fact(DRAWS, "", Span(0, 0), draws)
    if draws or module.has_call("DataLoader") or "__getitem__" in module.text:
        yield Fact(IMPORTS, "", Span(0, 0), own_imports(module))
    for seeds in seeds_of(module):
        yield Fact(SEEDED, seeds.name, seeds.calls[0].span, (seeds.per_worker, seeds.families))
    yield from own_generators(module)


@across.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    seeds = next((seeds for seeds in seeds_of(module) if seeds.calls[0].span == finding.span), None)
    if seeds is None:
        return
    from mldebt.fixes.imports import bound_name, import_edit

    written = SEED.replace("torch", bound_name(module, "torch"), 1)
    added = import_edit(module, "torch")
    edits = (*([added] if added else ()), *(Edit(span, written) for span in seeds.edits))
    yield Fix("Take the seed from torch.initial_seed()", edits, UNSAFE)
