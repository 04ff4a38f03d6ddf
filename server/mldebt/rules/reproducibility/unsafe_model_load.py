"""A model or data file is loaded with a loader that can run code from it.

## Why it is debt

Pickle, and everything built on it (joblib, dill, `torch.load`, `np.load` with
`allow_pickle`), runs whatever the file says while it is read. Whoever can replace the
file owns the process. It also ties the file to the exact versions of every class in it.

## What to do

Load weights only: `torch.load(path, weights_only=True)`, safetensors, ONNX, skops,
Parquet instead of pickled frames. Where a pickle must stay, take it only from a place
nobody else can write to, and check its digest first.

A warning wherever a download is loaded, and at the first load of a file that serves
requests. Elsewhere, where the path comes from outside, information at the first load of
a file. Further loads of the same file of code are hints: one decision settles them all.
A hint, too, where the file's name is written out and stays with the project (`"model.pt"`, a constant that says so,
`os.path.join(folder, "train.pkl")`), because its own runs have written it as a rule, and
where only torch before 2.6 is in danger. mlflow has no other way to load and a registry with
its own rights: information in files that serve, otherwise a hint. Silent in tests, for bytes that were pickled in the same file
(`loads(dumps(x))`), and for files that the same file has written above.

## Fix safety

Unsafe: `weights_only=True` refuses files that hold whole objects, and says so. It is
offered for `torch.load` only; torch 2.6 and later do so by themselves.

## Source

The warning at the top of the `pickle` manual; torch 2.6 release notes.

## Examples

```python
import torch

state = torch.load("model.pt", map_location="cpu")  # want: can run code
```

```python fixed
import torch

state = torch.load("model.pt", map_location="cpu", weights_only=True)
```

Other loaders; a service, or a download, is worth a warning.

```python
import joblib
import numpy as np
import pandas as pd

model = joblib.load(path)  # want: can run code
arrays = np.load("features.npy", allow_pickle=True)  # want: can run code
frame = pd.read_pickle("features.pkl")  # want: can run code
```

```python
import pickle

import requests
import torch

model = pickle.loads(requests.get(url).content)  # want: from the network
```

What cannot run code, what never left the process, and what this file wrote itself.

```python
import pickle

import joblib
import numpy as np
import torch

state = torch.load(path, weights_only=True)
script = torch.jit.load(path)
arrays = np.load("features.npy")
copy = pickle.loads(pickle.dumps(model))
joblib.dump(model, "model.joblib")
again = joblib.load("model.joblib")
with open("cache.pkl", "wb") as file:
    pickle.dump(model, file)
with open("cache.pkl", "rb") as file:
    cached = pickle.load(file)
settings = loader.load("settings.yaml")
```

Two functions may each have a `path`; YAML with its full loader builds objects too.

```python
import pickle

import yaml

def save(model, path):
    with open(path, "wb") as file:
        pickle.dump(model, file)

def load(path):
    with open(path, "rb") as file:
        return pickle.load(file)  # want: can run code

settings = yaml.load(text, Loader=yaml.Loader)  # want: can run code
several = list(yaml.unsafe_load_all(text))  # want: can run code
plain = yaml.load(text, Loader=yaml.SafeLoader)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mldebt.config import Config
from mldebt.knowledge import Knowledge
from mldebt.knowledge.kinds import LITERALS, UnsafeLoader
from mldebt.plain import dataclass
from mldebt.rule import HINT, INFORMATION, UNSAFE, WARNING, Finding, Fix, Severity, rule
from mldebt.syntax.module import Chunk, Module
from mldebt.syntax.views import Arg, Call
from mldebt.text import Edit, regex

SERVING_ROOTS = (
    "aiohttp", "bentoml", "bottle", "django", "falcon", "fastapi", "flask", "grpc", "kserve", "litestar", "litserve",
    "robyn", "sanic", "starlette", "tornado",
)  # fmt: skip
NETWORK = regex(
    r"\b(?:requests|urllib|urlopen|urlretrieve|httpx|boto3?|s3fs|gcsfs|gdown|wget|hf_hub_download|snapshot_download"
    r"|cached_download|download_\w+|get_object|download_blob|download_as_bytes|request|recv|socket|redis)\b"
    r"|https?://|s3://|gs://"
)
WRITERS = regex(r"(?:^|\.)(?:dump|save|savez|savez_compressed|to_pickle|dump_session|save_model)$")
PATH_OF_WRITER = {"dump": 1, "save": 1, "to_pickle": 0, "savez": 0, "savez_compressed": 0, "save_model": 1}
SAVES_FIRST = frozenset({"numpy.save", "numpy.savez", "numpy.savez_compressed"})
UNSAFE_YAML = frozenset({"CLoader", "Loader", "UnsafeLoader", "CUnsafeLoader"})
"""PyYAML's loaders that build any object a document names."""


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    torch_version: str = ""
    """The version of torch this project runs on, as `2.6`; from 2.6 on `torch.load` is safe by default."""


@rule(severity=INFORMATION, options=Options, gated=False, tables=("unsafe_loaders",))
def check(module: Module, options: Options, config: Config) -> Iterator[Finding]:
    knowledge = config.knowledge
    words = _words(tuple(knowledge.unsafe_loaders))
    if not module.has_call(*words):
        return
    version = tuple(int(part) for part in re.findall(r"\d+", options.torch_version)[:2]) or None
    serves = module.imports_any(*SERVING_ROOTS) or config.role_of(module.path) == "serve"
    written: dict[Origin, int] | None = None
    said = False
    for place, (chunk, start) in enumerate(module.placed):
        for call in chunk.calls:
            if call.name not in words or not call.target:
                continue
            loader = knowledge.get(knowledge.unsafe_loaders, call.target)
            if loader is None or (danger := is_dangerous(knowledge, loader, chunk, call, version)) is False:
                continue
            source = source_of(chunk, call, path_arg(loader, call))
            if is_in_memory(chunk, call, source):
                continue
            if written is None:
                written = written_paths(module)
            first_write = written.get(origin_of(place, chunk, call, source)) if source else None
            if first_write is not None and first_write < start + call.span.start:
                continue
            network = bool(NETWORK.search(source + " " + argument_target(chunk, call)))
            severity = WARNING if serves or network else None
            if call.target.startswith("mlflow.") and not network:
                severity = INFORMATION if serves else HINT
            if not network and (said or (severity is None and (danger is None or is_own(module, source)))):
                severity = HINT
            said = said or (not network and severity in (None, WARNING))
            yield finding(call, start, danger, severity, " from the network" if network else "")


OWN = regex(r"f?'(?![/~\\{]|[A-Za-z]:)[^']+'(?:\.format\([^()]*\))?")
JOINED = regex(
    r"(?:os\.path\.join|Path|pathlib\.Path|[\w.]+\.joinpath)\([\w.,]*,'[\w.-]+\.\w+'\)|[\w.()]+/f?'[\w./{}-]+'"
)


def is_own(module: Module, source: str) -> bool:
    """Whether the file is written out and stays with the project: a relative path, or a name in some folder."""
    if source.isidentifier():
        values = [one.value for one in module.assignments() if one.name == source]
        source = f"'{values[0]}'" if len(values) == 1 and values[0].__class__ is str else ""
    return OWN.fullmatch(source) is not None or JOINED.fullmatch(source) is not None


def finding(call: Call, start: int, danger: bool | None, severity: Severity | None, origin: str) -> Finding:
    if danger is None:
        message = f"Before torch 2.6 `{call.chain}` can run code from the file{origin} it loads"
        help = "`weights_only=True` makes it refuse anything but tensors, in every version."
    else:
        message = f"`{call.chain}` can run code from the data{origin} it loads"
        help = "Whoever can replace the file owns this process. Load weights or tables in a format that holds no code."
    span = call.span.shifted(start)
    data = ("torch",) if call.target == "torch.load" else ("yaml",) if call.target.startswith("yaml.") else ()
    if data == ("yaml",):
        help = "A document may name any class to build. `yaml.safe_load` gives plain values only."
    return Finding(span, message, help, (), severity, data=data)


@lru_cache(maxsize=8)
def _words(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({name.rpartition(".")[2] for name in names}))


def is_dangerous(
    knowledge: Knowledge, loader: UnsafeLoader, chunk: Chunk, call: Call, version: tuple[int, ...] | None
) -> bool | None:
    """Whether these arguments let code run; None if it depends on the version."""
    if not loader.slot:
        return True
    if loader.slot == "Loader":
        given = call.arg("Loader", 1)
        if given is None:
            return not call.opaque
        return chunk.text[given.span.start : given.span.end].rpartition(".")[2] in UNSAFE_YAML
    bound = knowledge.bind(call.target, call.args)
    if loader.slot in bound:
        value = bound[loader.slot]
        if not isinstance(value, LITERALS):
            return False  # decided elsewhere
        return bool(value) == loader.unsafe if isinstance(loader.unsafe, bool) else value == loader.unsafe
    return False if call.opaque else loader.is_unsafe({}, version)


def path_arg(loader: UnsafeLoader, call: Call) -> Arg | None:
    return call.arg(loader.path.keyword, loader.path.position if loader.path.position >= 0 else 0)


def source_of(chunk: Chunk, call: Call, arg: Arg | None) -> str:
    """The source text of where the data comes from: the path of the file, also through `open`."""
    if arg is None:
        return ""
    inner = next((one for one in chunk.calls if one.span == arg.span and one.name == "open"), None)
    if inner is None and arg.chain.isidentifier():
        inner = opened_as(chunk, arg.chain, call.span.start)
    return normal(opened_path(chunk, inner) if inner else chunk.text[arg.span.start : arg.span.end])


Origin = tuple[str, int, int]
"""A path's source text, and the function it belongs to (chunk, scope); -1 for names of the whole file."""


def origin_of(place: int, chunk: Chunk, call: Call, source: str) -> Origin:
    """Two functions may each have a `path`: a text that names their own variables is theirs alone."""
    names = set(re.findall(r"(?<![.\w'])[A-Za-z_]\w*", source)) - {
        "self",
        "os",
        "path",
        "Path",
        "str",
        "join",
    }
    at = call.scope
    if re.fullmatch(r"path|Path", source):
        names = {source}
    while at > 0:
        view = chunk.scopes[at]
        if view.kind in ("function", "lambda"):
            own = {*view.params, *(name for name, _, _ in view.bindings)}
            if not names.isdisjoint(own - {"self"}):
                return source, place, at
        at = view.parent
    return source, -1, -1


def opened_as(chunk: Chunk, name: str, before: int) -> Call | None:
    """The last `open(…)` above that was given this name."""
    found = None
    for call in chunk.calls:
        if call.span.start >= before:
            break
        if (
            call.name == "open"
            and re.match(
                rf"\s*(?:,[^\n]*?)?\bas\s+{re.escape(name)}\b", chunk.text[call.span.end : call.span.end + 80]
            )
        ) or (
            call.name == "open"
            and re.search(
                rf"\b{re.escape(name)}\s*=\s*$", chunk.text[max(0, call.span.start - 80) : call.span.start]
            )
        ):
            found = call
    return found


def opened_path(chunk: Chunk, call: Call) -> str:
    """What is opened: the first argument of `open`, or the receiver of `path.open()`."""
    is_function = bool(call.target) and "(" not in call.target  # open, gzip.open, bz2.open, …
    if call.receiver and not is_function:
        return chunk.text[call.func.start : call.func.end - len(".open")]
    arg = call.arg("file", 0)
    return chunk.text[arg.span.start : arg.span.end] if arg else ""


def normal(text: str) -> str:
    """Source text without white space, and with one kind of quotes."""
    return re.sub(r"\s+", "", text).replace('"', "'")


def argument_target(chunk: Chunk, call: Call) -> str:
    """What the first argument stands for, through assignments."""
    if not call.args or not call.args[0].chain:
        return ""
    return str(chunk.resolve(call.args[0].chain, call.scope, call.span.start))


def is_in_memory(chunk: Chunk, call: Call, source: str) -> bool:
    """Whether the data was made by this very code: `loads(dumps(x))`, a buffer saved into before."""
    target = argument_target(chunk, call)
    if target.rstrip("()").endswith("dumps") or re.search(r"\bdumps\(", source):
        return True
    if target.endswith("BytesIO()") or source.startswith(("io.BytesIO()", "BytesIO()")):
        return not NETWORK.search(chunk.text[call.statement.start : call.statement.end])
    return False


def written_paths(module: Module) -> dict[Origin, int]:
    """The paths that this file writes with a dumping function, and where it does so first."""
    found: dict[Origin, int] = {}
    for place, (chunk, start) in enumerate(module.placed):
        for call in chunk.calls:
            if not WRITERS.search(call.chain):
                continue
            position = 0 if call.target in SAVES_FIRST else PATH_OF_WRITER.get(call.name, 1)
            arg = next((arg for arg in call.args if arg.name in ("filename", "path", "f", "file")), None)
            source = source_of(chunk, call, arg or positional(call, position))
            if source:
                found.setdefault(origin_of(place, chunk, call, source), start + call.span.start)
    return found


def positional(call: Call, position: int) -> Arg | None:
    given = [arg for arg in call.args if not arg.name]
    return given[position] if position < len(given) else None


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    from mldebt.fixes.arguments import added_argument

    call = next((call for call in module.calls() if call.span == finding.span), None)
    if call is None or not finding.data:
        return
    if finding.data == ("torch",):
        yield Fix("Load weights only", (with_argument(module.text, call, "weights_only", "True"),), UNSAFE)
    elif call.target in ("yaml.load", "yaml.load_all") and call.receiver:
        loader = call.arg("Loader", 1)
        safe = f"{call.receiver}.SafeLoader"
        if loader is None:
            edit = added_argument(module.text, call, f"Loader={safe}")
        else:
            edit = Edit(loader.span, safe)
        yield Fix("Load plain values only", (edit,), UNSAFE)


def with_argument(text: str, call: Call, name: str, value: str) -> Edit:
    from mldebt.fixes.arguments import added_argument

    given = call.arg(name)
    return Edit(given.span, value) if given is not None else added_argument(text, call, f"{name}={value}")
