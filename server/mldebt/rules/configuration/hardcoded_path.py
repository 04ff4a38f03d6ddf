"""A path points into one person's or one machine's disk.

## Why it is debt

The code runs where it was written and nowhere else: not for a colleague, not in
CI, not in production, and not for its author after the next new laptop. Whoever
wants to run it edits it first, and the edit is committed or lost.

## What to do

Say where the file is relative to the project, to the home folder, or to one
environment variable that each machine sets for itself.

Each distinct path is reported once a file; repeats are listed with the first. Further
paths of a file into the same mount or cloud folder are hints: whoever moves the first
moves them all. Each path into somebody's own place stays a warning, so that a new one
fails the check where the old ones are known.
A person's home, a drive, a network share or a removable disk is a warning; a
mount or a cloud notebook's folder is information; a temporary folder, which every
machine has, a default for an environment variable, and a layout under `~` are only
a hint.

## When to leave it

A folder that a platform promises (`/kaggle/input`, `/opt/ml`) is part of its
interface: name the platform in the option `platforms`. Further folders that
every machine of yours has go into `allow`.

In YAML and TOML files a value is reported where its place is certain: a home, a
drive, a share, a removable disk, a mount. Files that describe containers, services
and workflows are left alone: their paths are the image's.

System folders (`/usr`, `/etc`, `/dev`), web routes, container images, messages,
questions such as `os.path.exists("/mnt/x")`, and placeholders such as
`/path/to/data` are not reported. In tests only what is read or imported is.

## Fix safety

A path below the project keeps its meaning wherever the project is, and its fix
is safe where everything that uses the path accepts a `Path`. The others (home
folder, environment variable) change where the program looks.

## Source

Sculley et al. 2015, section 6 (configuration debt).

## Examples

```python
import pandas as pd

train = pd.read_csv("/home/maria/projects/churn/data/train.csv")  # want: points into the home folder of maria
```

```python fixed
from pathlib import Path

import pandas as pd

train = pd.read_csv(Path.home() / "projects" / "churn" / "data" / "train.csv")
```

Every kind of place, and every way to write it:

```python
import os

import pandas as pd
import torch

train = pd.read_csv(r"D:\\kaggle\\driver\\train.csv")  # want: drive D: of one Windows machine
scans = pd.read_parquet("\\\\\\\\nas01\\\\scans\\\\index.parquet")  # want: the network share nas01
photos = os.listdir("/media/maria/backup/photos")  # want: a disk plugged into one machine
model = torch.load("/mnt/models/" + name)  # want: a mount of one machine or cluster
valid = pd.read_csv(f"/Users/{user}/churn/valid.csv")  # want: somebody
drive = "/content/drive/MyDrive/churn"  # want: one account's drive on Colab
os.system(f"scp -i /home/maria/key.pem {path} host:")  # want: the home folder of maria
```

A configuration file is no better place for it.

```yaml
# file: params.yaml
data:
  train: /home/maria/churn/train.csv  # want: the home folder of maria
  cache: D:\\churn\\cache  # want: drive D:
  test: data/test.csv
  serve: /data/predict
# file: docker-compose.yml
services:
  api:
    volumes:
      - /home/maria/churn:/app
# file: appspec.yml
files:
  - source: /
    destination: /home/ubuntu/app
```

Repeats are counted, and a default that can be overridden is a hint.

```python
import os

import pandas as pd

raw = pd.read_csv("/data/churn/raw.csv")  # want: 2 times in this file
again = pd.read_csv("/data/churn/raw.csv")
root = os.environ.get("CHURN_ROOT", "/data/churn")  # want: a folder at the root of one machine
```

Routes, questions, messages, suffixes and system folders are no such paths.

```python
import os
import re

import pandas as pd

@app.get("/data/items")
def items():
    \"\"\"Reads /home/maria/items.csv.\"\"\"
    print("looking in /home/maria/items.csv for items")
    if os.path.exists("/mnt/cache"):
        return client.post("/data/items")
    pattern = re.compile(r"/home/([^/]*)/")
    cpus = open("/proc/cpuinfo").read()
    return pd.read_csv(folder + "/data/items.csv"), "/path/to/your/data", "~/.cache/churn/items.csv"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.knowledge import places as known
from mldebt.plain import dataclass
from mldebt.rule import HINT, INFORMATION, WARNING, Finding, Fix, Related, Severity, rule
from mldebt.rules.configuration._manifest_paths import is_somebody, paths_in
from mldebt.rules.configuration._path_context import (
    PERSONAL,
    has_data_suffix,
    is_fallback,
    is_relied_on,
    last_word,
    says_path,
    starts_sum,
    vetoed,
    words_of,
)
from mldebt.syntax.module import Chunk, Module
from mldebt.syntax.views import String
from mldebt.text import Span, regex
from mldebt.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mldebt.syntax.manifest import Manifest

MAX_PATH = 400
# Characters; a longer literal is text that happens to start like a path.
MAX_SHOWN = 70
MAX_RELATED = 20

SEVERITY: dict[known.PlaceKind, Severity] = {
    "home": WARNING, "drive": WARNING, "share": WARNING, "disk": WARNING,
    "mount": INFORMATION, "temporary": HINT, "cloud": INFORMATION, "tilde": HINT,
}  # fmt: skip
LINE_BREAK = regex(r"[\r\n]")
SENTENCE = regex(r"[.!?]$|: | (?:is|was|are|not|to|for|the|a|in|from|at|does|could|cannot|with) ")
MEMO = "hardcoded-path"


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    platforms: frozenset[str] = frozenset()
    """Platforms this project is made for: colab, kaggle, sagemaker, databricks, vertex, lightning."""
    allow: tuple[str, ...] = ()
    """Starts of paths that every machine running this code has."""
    also: tuple[str, ...] = ()
    """Further starts of paths to report, such as "/projappl/"."""
    variable: str = ""
    """The environment variable that fixes read; empty: named after the path's last folder."""


class Hit(NamedTuple):
    """One literal that points into a place; spans count from the chunk."""

    span: Span
    key: str
    """Equal for literals that say the same."""
    shown: str
    kind: known.PlaceKind
    what: str
    platform: str
    severity: Severity
    relied_on: bool
    """Read, opened or put on the import path right here."""
    embedded: bool
    """Only a part of the literal is the path: a shell command, a URI."""


@rule(severity=WARNING, options=Options, gated=False, in_tests=True)
def check(module: Module, options: Options, config: Config) -> Iterator[Finding]:
    found: dict[str, list[tuple[int, Hit]]] = {}
    for chunk, start in module.placed:
        if not chunk.strings:
            continue
        hits = chunk.memo.get(MEMO)
        if hits is None or options.also:
            hits = tuple(hits_of(chunk, options.also))
            if not options.also:
                chunk.memo[MEMO] = hits
        for hit in hits:
            found.setdefault(hit.key, []).append((start, hit))
    if not found:
        return
    is_test = config.role_of(module.path) == "test"
    said: set[str] = set()
    for hits in found.values():
        start, hit = hits[0]
        if is_test and not (hit.relied_on and hit.kind in PERSONAL):
            continue
        if hit.platform in options.platforms or (options.allow and hit.shown.startswith(options.allow)):
            continue
        repeats = f", {len(hits)} times in this file" if len(hits) > 1 else ""
        severity = hit.severity
        if severity is INFORMATION:
            severity = HINT if hit.what in said else INFORMATION
            said.add(hit.what)
        verb = "assumes" if hit.kind == "tilde" else "points into"
        yield Finding(
            hit.span.shifted(start),
            f"`{shortened(hit.shown)}` {verb} {hit.what}{repeats}",
            HELP[hit.kind],
            tuple(Related(other.span.shifted(at), "again here") for at, other in hits[1 : MAX_RELATED + 1]),
            severity=severity,
            data=("embedded",) if hit.embedded else (hit.kind,),
        )


@check.manifests
def in_manifest(manifest: Manifest, options: Options, config: Config) -> Iterator[Finding]:
    if config.role_of(manifest.path) in ("test", "example"):
        return
    for value, (place, spans) in paths_in(manifest, options.allow).items():
        repeats = f", {len(spans)} times in this file" if len(spans) > 1 else ""
        yield Finding(
            spans[0],
            f"`{shortened(value)}` points into {place.what}{repeats}",
            HELP[place.kind].replace("Build it", "Write it relative to the project, or build it"),
            tuple(Related(span, "again here") for span in spans[1 : MAX_RELATED + 1]),
            severity=SEVERITY[place.kind],
            data=("manifest",),
        )


@check.fixes
def fixes(module: Module, finding: Finding, options: Options, paths: tuple[str, ...] = ()) -> Iterator[Fix]:
    from mldebt.fixes.use_pathlib import path_fixes

    if finding.data not in (("embedded",), ("manifest",)):
        yield from path_fixes(module, finding, options.variable, paths)


HELP: dict[known.PlaceKind, str] = {
    "mount": "It is missing on any machine that mounts its disks elsewhere.\n"
    "Build it from the project's folder or from an environment variable.",
    "temporary": "Another user or run may own it, and what is in it may be gone tomorrow.\n"
    "Use `tempfile`, or a folder from an environment variable.",
    "cloud": "It exists on that platform only.\n"
    "Read the folder from an environment variable, or name the platform in the option `platforms`.",
    "tilde": "Build it from the project's folder or from an environment variable.",
}  # fmt: skip
for kind in SEVERITY:
    HELP.setdefault(
        kind,
        "It is missing on every other machine: for a colleague, in CI and in production.\n"
        "Build it from the project's folder, the home folder, or an environment variable.",
    )


def shortened(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN // 2] + "…" + text[-MAX_SHOWN // 2 + 1 :]


def hits_of(chunk: Chunk, also: tuple[str, ...]) -> Iterator[Hit]:
    """The literals of one chunk that point into a place."""
    for string in chunk.strings:
        value = string.value
        if (
            value[:1] in "/\\~"
            or value[1:2] == ":"
            or value.startswith(("file:", "sqlite:"))
            or (also and value.startswith(also))
        ):
            hit = whole_path(chunk, string, also)
            if hit is not None:
                yield hit
                continue
        if "/home/" in value or "/Users/" in value or ":\\Users" in value or ":/Users" in value:
            hit = in_command(chunk, string)
            if hit is not None:
                yield hit


def whole_path(chunk: Chunk, string: String, also: tuple[str, ...]) -> Hit | None:
    """A hit if the literal as a whole is a path into some place."""
    from mldebt.syntax.expressions import around

    uri = known.URI.match(string.value)
    value = string.value[uri.end() :] if uri else string.value
    if not value or len(value) > MAX_PATH or LINE_BREAK.search(value) or known.PLACEHOLDER.search(value):
        return None
    path = value.replace("\\", "/")
    if SENTENCE.search(value) and not has_data_suffix(path):
        return None
    if value[0] == "/" and known.PATTERN.search(value):
        return None
    if path.startswith("//") != (value.startswith("\\\\") and "\\\\" not in value[2:]):
        return None
    match = known.PLACE.match(path)
    if match is None:
        if not (also and value.startswith(also)):
            return None
        place, who, rest = known.Place("", "mount", "a folder of one machine"), "", path
    else:
        place = known.PLACES[int((match.lastgroup or "p0")[1:])]
        who = next(
            (group for group in match.groups()[match.re.groupindex[match.lastgroup or "p0"] :] if group), ""
        )
        rest = path[match.end() :]
    is_open = string.kind == "fstring" and not rest
    if place.kind == "home" and not is_somebody(who, rest, path, is_open):
        return None
    enclosing = around(chunk, string.span)
    if not enclosing or vetoed(enclosing, place, string):
        return None
    if place.kind == "drive" and len(rest) < 2 and not is_open and not starts_sum(enclosing[0]):
        return None
    weak = not place.strong or not (rest or is_open or place.kind == "drive")
    if weak and not says_path(enclosing, path):
        return None
    if place.kind == "temporary" and not rest and not is_open:
        return None
    return Hit(
        string.span,
        key=source_of(chunk, string) if string.kind == "fstring" else value,
        shown=source_of(chunk, string)[2:-1] if string.kind == "fstring" else value,
        kind=place.kind,
        what=place.what.format(who if re.fullmatch(r"[\w.@ -]+", who) else "somebody"),
        platform=place.platform,
        severity=HINT if is_fallback(enclosing) else SEVERITY[place.kind],
        relied_on=is_relied_on(chunk, enclosing),
        embedded=uri is not None,
    )


def in_command(chunk: Chunk, string: String) -> Hit | None:
    """A hit if the literal is a shell command, or an option of one, that names a personal folder."""
    from mldebt.syntax.expressions import around

    match = known.INSIDE_COMMAND.search(string.value)
    if match is None or "\n" in string.value.strip():
        return None
    who = re.split(r"[\\/]", match[0].rstrip("\\/"))[-1]
    folder = re.split(r"[\\/]", string.value[match.end() :])[0] if who == "Users" else who
    if folder in known.NOBODY or folder.lower() in known.ANYBODY or known.PLACEHOLDER.search(string.value):
        return None
    enclosing = around(chunk, string.span)
    commands = any(
        one.kind == "call" and last_word(one.chain) in known.COMMAND_CALLS for one in enclosing
    ) or any("command" in words_of(one.name) or "cmd" in words_of(one.name) for one in enclosing[:2])
    option = string.value.startswith("-") and "=" in string.value[: match.start()]
    if not (commands or (option and enclosing)):
        return None
    rest = re.match(r"[^\s'\",;:{}]*", string.value[match.end() :])
    shown = match[0] + (rest[0] if rest else "")
    return Hit(
        string.span,
        source_of(chunk, string),
        shown,
        "home",
        f"the home folder of {folder}",
        "",
        WARNING,
        relied_on=True,
        embedded=True,
    )


def source_of(chunk: Chunk, string: String) -> str:
    return chunk.text[string.span.start : string.span.end]
