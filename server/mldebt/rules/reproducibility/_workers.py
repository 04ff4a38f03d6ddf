"""Workers of data loaders in one file: which loaders have some, what seeds them, what the data draws from."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from mldebt.knowledge import BUILTIN, ML_ROOTS
from mldebt.rule import Fact
from mldebt.rules.reproducibility._random import last_words
from mldebt.syntax.module import Module
from mldebt.syntax.views import Call
from mldebt.text import Span, regex
from mldebt.typed import NamedTuple

LOADER, OWN = "worker-loader", "dataset-generator"
FRESH = regex(r"epoch|initial|info|get_state|time|entropy|base_seed|iter|step|urandom|secrets|None$", re.I)
"""Words of a seed that is another one each time the workers start."""
CALL = regex(r"(\w+)\s*\(")
HARMLESS = frozenset({"int", "abs", "hash", "len", "min", "max", "str"})
WORD = regex(r"[A-Za-z_]\w*")
HELD_OUT = regex(r"test|(?:^|_|[a-z])val(?:id|_|$|L)|(?:^|_)dev(?:_|$)|eval|infer|predict", re.I)
GENERATORS = regex(
    r"(?:numpy\.random\.(?:RandomState|Generator|default_rng)|random\.Random)\(\)\.(?!seed|get|set|bit|spawn)\w+\Z"
)


def own_imports(module: Module) -> tuple[str, ...]:
    """Words of the imports that may be files of this project: not the `utils` and `data` of `torch.utils.data`."""
    views = [view for view in module.imports if view.module.partition(".")[0] not in LIBRARIES]
    return tuple(sorted({word for view in views for word in (*view.module.split("."), view.name) if word}))


LIBRARIES = (ML_ROOTS | sys.stdlib_module_names) - {"datasets", "evaluate"}
"""Without the names that many projects give a folder of their own."""


def draws_of(module: Module) -> dict[str, Span]:
    """Generators that datasets and transforms of this file draw from."""
    if not DATA.search(module.text) and not DATA_FILE.search(module.path.rpartition("/")[2]):
        return {}
    found: dict[str, Span] = {}
    for call in module.calls(*last_words(tuple(BUILTIN.global_draws)), *TORCHVISION):
        family = BUILTIN.global_draws.get(call.target)
        if family is None and call.target.startswith("torchvision.transforms."):
            family = "torch"
        if family in NAMES and family not in found:
            owner = module.placed_at(call.span.start).chunk.owner
            if (call.scope or owner or family == "torch") and "Sampler" not in owner:
                found[family] = call.span  # a sampler runs in the process that trains
    return found


DATA = regex(r"__getitem__|__iter__|__call__")
DATA_FILE = regex(r"data|transform|augment|load|utils?", re.I)
TORCHVISION = (
    "AugMix", "AutoAugment", "ColorJitter", "RandAugment", "RandomAffine", "RandomApply", "RandomCrop", "RandomErasing",
    "RandomGrayscale", "RandomHorizontalFlip", "RandomPerspective", "RandomResizedCrop", "RandomRotation",
    "RandomVerticalFlip", "TrivialAugmentWide",
)  # fmt: skip


def loaders_of(module: Module) -> Iterator[Fact]:
    """Loaders with workers: (function that seeds them, whether they stay, whether each epoch shall differ)."""
    for call in module.calls("DataLoader"):
        workers, init = call.arg("num_workers", 5), call.arg("worker_init_fn", 10)
        if (workers is None and not (call.opaque and init)) or (workers is not None and workers.value == 0):
            continue
        name = ""
        if init is not None and init.value is not None:
            name = init_name(module, init.chain, init.span)
            if not name:
                continue
        stays, shuffle = call.arg("persistent_workers"), call.arg("shuffle", 2)
        persistent = stays is not None and stays.value is not False
        fixed = shuffle is not None and shuffle.value is False and call.arg("sampler", 3) is None
        line = module.text[call.statement.start : call.span.start].rpartition("\n")[2]
        data = call.args[0].chain if call.args else ""
        held_out = HELD_OUT.search(line) or HELD_OUT.search(data)
        yield Fact(LOADER, "", call.span, (name, persistent, not (fixed or held_out)))


def init_name(module: Module, chain: str, span: Span) -> str:
    """The function that `worker_init_fn` is, also through `partial` and a variable; "" if it cannot be told."""
    text = module.text[span.start : span.end]
    if text.startswith("lambda"):
        return f"lambda@{span.start}"
    if chain.rpartition(".")[2] == "partial()":
        found = PARTIAL.search(text)
        return found[1] if found else ""
    if re.search(rf"^[ \t]*def {re.escape(chain)}\b", module.text, re.M):
        return chain
    made = re.search(rf"^[ \t]*{re.escape(chain)}\s*=\s*\(?\s*{PARTIAL.pattern}", module.text, re.M)
    return made[1] if made else chain.rpartition(".")[2]


PARTIAL = regex(r"(?:functools\.)?partial\(\s*(?:\w+\.)*(\w+)")


class Seeds(NamedTuple):
    """A function that seeds a worker, with seeds that are the same in every epoch."""

    name: str
    calls: tuple[Call, ...]
    edits: tuple[Span, ...]
    """What to write another seed over."""
    per_worker: bool
    families: tuple[str, ...]


def seeds_of(module: Module) -> Iterator[Seeds]:
    seeding = [
        call
        for call in module.calls(*last_words(tuple(BUILTIN.global_seeds)))
        if BUILTIN.get(BUILTIN.global_seeds, call.target or call.chain)
    ]
    if not seeding:
        return
    for function in module.functions():
        if 0 < len(function.params) <= 5 and (
            WORKER.search(function.name) or WORKER.search(function.params[0])
        ):
            params = [name for name in function.params if name not in ("self", "cls")]
            found = judged(module, function.name, function.body, params, seeding)
            if found:
                yield found
    for call in module.calls("DataLoader"):
        init = call.arg("worker_init_fn", 10)
        if init is not None and module.text.startswith("lambda", init.span.start):
            head, _, _ = module.text[init.span.start + 6 : init.span.end].partition(":")
            found = judged(
                module, f"lambda@{init.span.start}", init.span, head.replace(" ", "").split(","), seeding
            )
            if found:
                yield found


WORKER = regex(r"worker|wid|init_fn", re.I)


def judged(module: Module, name: str, body: Span, params: list[str], seeding: list[Call]) -> Seeds | None:
    """The seeds of one function, if all of them are made of what does not change from epoch to epoch."""
    calls = tuple(call for call in seeding if body.start <= call.span.start and call.span.end <= body.end)
    edits: list[Span] = []
    words: set[str] = set()
    families: set[str] = set()
    for call in calls:
        if len(call.args) != 1:
            return None
        span = seed_span(module, call, body)
        text = module.text[span.start : span.end] if span else ""
        if not text or FRESH.search(text) or not HARMLESS.issuperset(CALL.findall(text)):
            return None
        assert span is not None
        edits.append(span)
        words.update(WORD.findall(text))
        families.update(BUILTIN.get(BUILTIN.global_seeds, call.target or call.chain) or ())
    if not calls:
        return None
    return Seeds(
        name, calls, tuple(dict.fromkeys(edits)), bool(params) and params[0] in words, tuple(sorted(families))
    )


NAMES = {"python": "`random`", "numpy": "NumPy", "torch": "PyTorch"}


def seed_span(module: Module, call: Call, body: Span) -> Span | None:
    """The seed as it is written: the argument, or what its variable is given in this function."""
    arg = call.args[0]
    word = module.text[arg.span.start : arg.span.end]
    if not word.isidentifier():
        return arg.span
    pattern = regex(rf"^[ \t]*{word}[ \t]*=[ \t]*([^\r\n#]*[^\s#])", re.M)
    start = module.text.rfind("\n", 0, body.start) + 1
    found = list(pattern.finditer(module.text, start, body.end))
    if not found:
        return arg.span
    return Span(*found[0].span(1)) if len(found) == 1 and found[0].end() <= call.span.start else None


def own_generators(module: Module) -> Iterator[Fact]:
    """Datasets that draw, where the items are made, from a generator they keep."""
    if "__getitem__" not in module.text and "__iter__" not in module.text:
        return
    if not module.imports_any("torch", "lightning", "pytorch_lightning") or "get_worker_info" in module.text:
        return
    told: set[str] = set()
    for chunk, start in module.placed:
        if (
            not chunk.owner
            or chunk.owner in told
            or not any(function.name in ("__getitem__", "__iter__") for function in chunk.functions)
        ):
            continue
        for call in chunk.calls:
            if not call.chain.startswith("self.") or not GENERATORS.match(call.target):
                continue
            own = call.receiver
            if is_remade(module, chunk.owner, own):
                continue
            told.add(chunk.owner)
            yield Fact(OWN, chunk.owner, call.span.shifted(start), (own,))
            break


def is_remade(module: Module, owner: str, attribute: str) -> bool:
    """Whether another method than `__init__` makes or seeds it."""
    made = re.compile(rf"{re.escape(attribute)}(?:\s*(?::[^=\n]*)?=(?!=)|\.seed\()")
    return any(
        made.search(chunk.text) is not None
        for chunk, _ in module.placed
        if chunk.owner == owner and not any(function.name == "__init__" for function in chunk.functions)
    )
