"""The rows of a dataset come in the order in which the disk lists its files.

## Why it is debt

`os.listdir` and `glob` promise no order: it differs between file systems, between a
laptop and CI, and after a copy. With the same seed another machine gets another split,
other batches and another score, and nobody can see why.

## What to do

Wrap the listing in `sorted(…)`.

## Examples

```python
import glob
import pandas as pd

frames = [pd.read_csv(path) for path in glob.glob("data/*.csv")]  # want: in no fixed order
pd.concat(frames).to_parquet("all.parquet")
```

```python fixed
import glob
import pandas as pd

frames = [pd.read_csv(path) for path in sorted(glob.glob("data/*.csv"))]
pd.concat(frames).to_parquet("all.parquet")
```

A dataset that numbers its files depends on the order, too.

```python
import os

from torch.utils.data import Dataset


class Photos(Dataset):
    def __init__(self, root):
        self.files = os.listdir(root)  # want: in no fixed order

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        return load(self.files[index])
```

What is sorted, counted, looked up or only shown has no order to lose.

```python
import glob
import os
from pathlib import Path

import pandas as pd
from sklearn.model_selection import train_test_split

paths = glob.glob("data/*.csv")
paths.sort()
frame = pd.concat([pd.read_csv(path) for path in paths])
for path in glob.glob("raw/*.csv"):
    one = pd.read_csv(path)
    pd.concat([one, one.shift()], axis=1).to_csv(path)
n_images = len(os.listdir("images"))
known = set(os.listdir("cache"))
for path in Path("logs").glob("*.log"):
    print(path)
train, test = train_test_split(sorted(Path("images").rglob("*.png")), random_state=0)
newest = max(glob.glob("models/*.pt"), key=os.path.getmtime)
```

## When to leave it

When the rows are sorted by a key of their own before anything depends on their order.

## Fix safety

Safe: the same files in a fixed order. Where the program asks for a generator (`next(…)`)
there is no fix.

## How sure

The listing is followed through loops, lists and functions of the file to a split, a
concatenation, a loader or a fit; anything that sorts on the way ends the search. A
listing stored in an object with `__getitem__` counts as a dataset.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import HINT, INFORMATION, SAFE, Finding, Fix, Related, rule
from mldebt.syntax.module import Chunk, Module
from mldebt.text import Edit, Span, regex
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from mldebt.syntax.flow_values import Flow, Value

LISTINGS = ("listdir", "glob", "iglob", "rglob", "iterdir", "scandir")
MODULES = frozenset(
    {"os", "glob", "tensorflow", "tf", "gfile", "fnmatch", "np", "numpy", "pd", "fs", "s3", "gcs"}
)
SINKS = (
    *(
        "train_test_split",
        "random_split",
        "concat",
        "DataLoader",
        "from_tensor_slices",
        "fit",
        "split",
        "TensorDataset",
    ),
    *("from_list", "concatenate", "vstack"),
)
SINK_TARGETS = regex(
    r"pandas\.concat$|polars\.concat$|dask\.dataframe\.(?:multi\.)?concat$|numpy\.(?:concatenate|vstack)$|"
    r"sklearn\.|torch\.utils\.data\.|tensorflow\.data\.|datasets\."
)
ORDERING = frozenset(
    "sorted natsorted sort_values sort_index sort set frozenset len sum min max any all Counter groupby merge "
    "value_counts argsort unique dict count nunique sample exists isdir isfile print join mean".split()
)
"""What comes out of these does not depend on the order of what goes in, or has one of its own."""
JOINS = frozenset({"concat", "concatenate", "vstack"})
LASTING = (
    *(
        "fit",
        "train_test_split",
        "split",
        "random_split",
        "DataLoader",
        "from_tensor_slices",
        "to_csv",
        "to_parquet",
    ),
    *("to_pickle", "to_feather", "to_hdf", "dump", "save", "savez", "train", "cross_val_score"),
)
"""Without one of these in the file, what is joined is looked at and thrown away."""
SIDE_SLOTS = frozenset({"func", "state", "key"})
GIVEN_TO = regex(r"([\w.]+)\s*(?::[^=]+)?=\s*[^=]*$")
HAS_ITEMS = regex(r"def __getitem__\(")


@rule(severity=INFORMATION, calls=LISTINGS)
def check(module: Module, config: Config) -> Iterator[Finding]:
    calls = [call for call in module.calls(*LISTINGS) if is_listing(call.target, call.chain)]
    if not calls:
        return
    spans = {call.span: call for call in calls}
    numbered = dict(_in_datasets(module, set(spans)))
    sinks: dict[Span, Span] = {}
    undecided = [span for span in spans if span not in numbered and not _is_sorted_later(module, span)]
    if undecided and _may_sink(module):
        from mldebt.syntax.flow import flow_of

        sinks = dict(_reached(flow_of(module), set(undecided)))
    is_example = config.role_of(module.path) == "example"
    for span, call in spans.items():
        at = numbered.get(span) or sinks.get(span)
        if at is None or (span in numbered and _is_sorted_later(module, span)):
            continue
        yield Finding(
            span,
            f"`{call.chain.replace('()', '')}` lists files in no fixed order, and the data depends on it",
            "Another machine, or the same one after a copy, gets other splits and batches with the same seed. "
            "Wrap it in `sorted(…)`.",
            (Related(at, "the order matters here"),) if at != span else (),
            severity=HINT if is_example else None,
        )


def is_listing(target: str, chain: str) -> bool:
    """Of a folder of this machine, by a function or a method of a path."""
    word = (target or chain).rpartition(".")[2]
    if target:
        return target in ("os.listdir", "os.scandir", "glob.glob", "glob.iglob") or (
            target.startswith("pathlib.") and word in ("glob", "rglob", "iterdir")
        )
    root = chain.partition(".")[0].partition("(")[0]
    return word in ("rglob", "iterdir") and "." in chain and root not in MODULES


def _may_sink(module: Module) -> bool:
    """Whether the views show a call that the order of its data matters to, or one that may be."""
    return any(not call.target or SINK_TARGETS.match(call.target) for call in module.calls(*SINKS))


def _in_datasets(module: Module, spans: set[Span]) -> Iterator[tuple[Span, Span]]:
    """Listings kept in an object that gives its items by number."""
    if HAS_ITEMS.search(module.text) is None:
        return
    owners = {
        chunk.owner or chunk.scopes[function.scope].name: function.name_span.shifted(start)
        for chunk, start in module.placed
        for function in chunk.functions
        if function.name == "__getitem__"
    }
    for span in spans:
        chunk, start = module.placed_at(span.start)
        owner = chunk.qualified_name(span.start - start).rpartition(".")[0] or chunk.owner
        if owner in owners and _is_kept(chunk, span.shifted(-start)):
            yield span, owners[owner]


def _is_kept(chunk: Chunk, span: Span) -> bool:
    """Whether `self.x = listing` or a list made of it, unsorted."""
    from mldebt.syntax.expressions import around

    for one in around(chunk, span):
        if one.kind == "call" and one.role != "func" and one.chain.rpartition(".")[2] in ORDERING:
            return False
        if one.kind == "compare" or one.kind == "if":
            return False
        if one.kind == "assign":
            return one.name.startswith("self.")
    return False


def _reached(flow: Flow, spans: set[Span]) -> Iterator[tuple[Span, Span]]:
    """(listing, the first call whose data comes in its order)."""
    lasting = bool(flow.calls(*LASTING))
    listings = {call.id: call.span for call in flow.calls(*LISTINGS) if call.span in spans}
    if not listings:
        return
    found: dict[Span, Span] = {}
    for call in flow.calls(*SINKS):
        if call.name in JOINS and (not lasting or _is_row_of_names(flow, call)):
            continue
        if call.name == "fit" and "preprocessing" in call.target:
            continue  # encoders sort what they are fitted on
        targets = flow.targets(call) or {call.target}
        if not any(SINK_TARGETS.match(target) for target in targets if target):
            continue
        for id in _sources(flow, call):
            if id in listings:
                found.setdefault(listings[id], call.span)
    yield from found.items()


def _is_row_of_names(flow: Flow, call: Value) -> bool:
    """`concat([a, b])`: the order of these two is written down."""
    return any(value.kind == "pack" for value in flow.all(call.slots.get("0", frozenset())))


def _sources(flow: Flow, sink: Value) -> set[int]:
    """Everything the arguments are made of in order: of a loop over files only what the loop collects."""
    stack = [
        (id, False)
        for name, slot in sink.slots.items()
        if name not in ("func", "self", "state")
        for id in slot
    ]
    seen: set[tuple[int, bool]] = set()
    while stack:
        state = stack.pop()
        if state in seen:
            continue
        seen.add(state)
        id, collected = state
        value = flow[id]
        if value.kind == "call" and value.name in ORDERING:
            continue
        if value.kind == "mix" and value.detail == "compare":
            continue
        if value.kind in ("item", "element") and not collected:
            continue  # one file of many
        collected = collected or value.kind in ("comp", "update")
        stack += [
            (one, collected) for name, slot in value.slots.items() if name not in SIDE_SLOTS for one in slot
        ]
    return {id for id, _ in seen}


def _is_sorted_later(module: Module, span: Span) -> bool:
    """Whether the name that the listing is given to is sorted, or shuffled by a seed, anywhere."""
    text = module.text
    if ".sort(" not in text and "sorted(" not in text:
        return False
    name = GIVEN_TO.search(text[max(text.rfind("\n", 0, span.start), 0) : span.start])
    if name is None:
        return False
    import re

    word = re.escape(name[1])
    return re.search(rf"\b{word}\.sort\(|sorted\(\s*{word}\b", text) is not None


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    start, end = finding.span
    before = module.text[max(0, start - 12) : start].rstrip()
    if before.endswith("next("):
        return
    yield Fix("Sort the listing", (Edit(Span(start, start), "sorted("), Edit(Span(end, end), ")")), SAFE)
