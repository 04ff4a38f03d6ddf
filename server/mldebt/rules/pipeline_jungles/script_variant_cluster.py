"""Several versions of one script lie side by side.

## Why it is debt

`train.py`, `train_v2.py` and `train_fixed.py` are version control by file name.
Nobody can tell which of them made the model in production, a repair reaches one
of them and not the others, and whoever comes new reads all three.

## What to do

Find out which one is run (the finding tells what other files mention), make it
`train.py`, and delete the others: version control keeps them. If two versions
must live on, give what differs a name in a configuration instead of a copy of the
whole script.

## Examples

```python
# file: train.py
import pandas as pd
from sklearn.linear_model import Ridge

frame = pd.read_csv("train.csv")
features = frame.drop(columns=["price"])
model = Ridge(alpha=0.5)
model.fit(features, frame["price"])
print(model.score(features, frame["price"]))
# file: train_v2.py
import pandas as pd  # want: one of 2 versions of `train`
from sklearn.linear_model import Ridge

frame = pd.read_csv("train.csv")
features = frame.drop(columns=["price"])
model = Ridge(alpha=0.7)
model.fit(features, frame["price"])
print(model.score(features, frame["price"]))
# file: Makefile
model.pkl:
        python train.py
```

Steps, folds and other series are not versions of each other.

```python
# file: train_fold1.py
import pandas as pd
from sklearn.linear_model import Ridge

frame = pd.read_csv("train_1.csv")
features = frame.drop(columns=["price"])
model = Ridge(alpha=0.5)
model.fit(features, frame["price"])
print(model.score(features, frame["price"]))
# file: train_fold2.py
import pandas as pd
from sklearn.linear_model import Ridge

frame = pd.read_csv("train_2.csv")
features = frame.drop(columns=["price"])
model = Ridge(alpha=0.5)
model.fit(features, frame["price"])
print(model.score(features, frame["price"]))
```

## When to leave it

When two versions are compared on purpose and a date for the end of the comparison
is written down. Put the suppression on the first line of the named file.

## How sure

Files count as versions of each other when they lie in one folder, their names are
equal without version markers (`_v2`, `_old`, `_fixed`, `(1)`, dates, scores), and at
least six lines in ten of the shorter one stand in the longer one too, numbers aside.
A bare number or letter at the end is a weak marker: it needs a sibling without it
and eight lines in ten. Similarity is estimated from samples of 128 lines and
may be off by 0.05. Tests are left alone.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from mldebt.plain import dataclass
from mldebt.rule import INFORMATION, Fact, Finding, Related, Workspace, rule
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Chunk, Module
from mldebt.text import Span, regex
from mldebt.typed import NamedTuple

FAMILY = 3
# As many files of other names that are (nearly) as alike, and the folder is filled
# from a template: one generator script for each model, one page for each task.
NEARLY = 0.05
SAMPLE = 128
# The standard error of a similarity of 0.5 is then 0.045.
MIN_CHARACTERS = 5
# `else:` and `)` are in every file.

MARKERS = frozenset(
    """
    archive archived attempt backup bak bkp broken complete completed copy correct corrected debug deprecated draft
    enhanced experimental failed final finale fix fixed hack improve improved improvement latest legacy modified new newer
    newest obsolete old older optimised optimized orig original prev previous redo refactor refactored revised reworked
    rewrite rewritten stable temp tmp try unused update updated wip working
    """.split()
)
NUMBERED = regex(
    r"(?:v|ver|version|rev)\d+(?:\.\d+)*[a-z]?"
    r"|(?:copy|final|new|old|try|fix|backup|bak|tmp)\d+|\(\d+\)|2nd|3rd"
    r"|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"|(?:lb|cv)?0\.\d{3,}x?"
)
WEAK = regex(r"\d{1,3}|[a-z]")
SERIES = frozenset(
    """
    assignment batch cell ch chapter chunk class cohort day epoch ex exercise exp experiment fig figure fold gpu group
    hour hw iter iteration lab layer lecture lesson level model module month node page part period phase problem q
    quarter question rank region round run seed section segment shard stage step story task team top tutorial unit
    video week worker year
    """.split()
)
"""A number after one of these counts through a series."""
SERIES_FOLDER = regex(
    r"(?:^|/)(?:migrations|versions|lessons?|lectures?|exercises?|assignments?|homework)(?:/|$)"
)
SCRIPT = regex(r"([A-Za-z_][\w.() -]*?)\.(?:py|ipynb)\b")
MODULE_OPTION = regex(r"\s-m\s+([\w.]+)")


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    similar: float = 0.5
    """Share of the shorter file's lines that the longer one must hold, for names with a clear marker."""
    alike: float = 0.7
    """The same for names that differ in a bare number, a letter or a `_with_…` only."""
    min_lines: int = 6
    """Shorter files are left alone: they are alike by chance."""


class Name(NamedTuple):
    base: str
    clear: int
    """How many markers that mean nothing but a version."""
    weak: int
    order: tuple[str, ...]
    """What was cut off, padded so that it sorts by age as far as names tell."""


class Member(NamedTuple):
    path: str
    name: Name
    span: Span
    n_lines: int
    sample: tuple[int, ...]

    @property
    def file(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def stem(self) -> str:
        return self.file.rpartition(".")[0]


@rule(severity=INFORMATION, options=Options, gated=False, kinds=("script-lines",))
def across(workspace: Workspace, options: Options) -> Iterator[Finding]:
    folders: dict[tuple[str, str], list[Member]] = {}
    for path, fact in workspace.facts("script-lines"):
        n_lines, sample = fact.detail[0], fact.detail[1:]
        folder, _, file = path.rpartition("/")
        stem, _, ending = file.rpartition(".")
        name = name_of(stem)
        if n_lines < options.min_lines or len(name.base) < 2 or SERIES_FOLDER.search(folder):
            continue
        if workspace.config.role_of(path) != "test":
            folders.setdefault((folder, ending), []).append(Member(path, name, fact.span, n_lines, sample))
    clusters = [cluster for members in folders.values() for cluster in _clusters(members, options)]
    if not clusters:
        return
    mentions: dict[str, set[str]] = {member.stem: set() for cluster in clusters for member in cluster}
    for path, fact in workspace.facts("script-mentions"):
        for stem in mentions.keys() & fact.detail:
            mentions[stem].add(path)
    for cluster in clusters:
        yield _finding(cluster, mentions)


@across.facts
def facts(module: Module) -> Iterator[Fact]:
    parts = [_part(chunk) for chunk, _ in module.placed]
    mentioned = frozenset().union(*(part.mentioned for part in parts))
    if mentioned:
        yield Fact("script-mentions", "", Span(0, 0), tuple(sorted(mentioned)))
    if module.is_ml:
        lines = frozenset().union(*(part.lines for part in parts))
        start = len(module.text) - len(module.text.lstrip())
        end = module.text.find("\n", start)
        end = len(module.text) if end < 0 else end
        span = Span(start, start + len(module.text[start:end].rstrip()))
        yield Fact("script-lines", "", span, (len(lines), *least(lines)))


@across.facts
def mentions_of(manifest: Manifest) -> Iterator[Fact]:
    if manifest.kind == "lock" or (".py" not in manifest.text and " -m " not in manifest.text):
        return
    found = {match[1].rpartition("/")[2] for match in SCRIPT.finditer(manifest.text)}
    found.update(match[1].rpartition(".")[2] for match in MODULE_OPTION.finditer(manifest.text))
    if found:
        yield Fact("script-mentions", "", Span(0, 0), tuple(sorted(found)))


class Part(NamedTuple):
    """What one chunk contributes; remembered with it, so that a keystroke costs one chunk."""

    lines: frozenset[int]
    """Hashes of its lines without blanks, numbers and comments."""
    mentioned: frozenset[str]
    """Stems of modules it imports and of scripts it names."""


MEMO = "script-variant-cluster"
IGNORED = b"0123456789._ \t\r\f\v"
# Blanks, and what numbers are made of: versions of a script differ in them most.
HASH = ord("#")


def _part(chunk: Chunk) -> Part:
    known = chunk.memo.get(MEMO)
    if known is None:
        # In one go over bytes: this looks at every line of every file.
        lines = chunk.text.encode("utf-8", "surrogatepass").translate(None, IGNORED).split(b"\n")
        mentioned = {name for view in chunk.imports for name in (view.name, view.module.rpartition(".")[2])}
        mentioned.update(
            match[1]
            for view in chunk.strings
            if (".py" in view.value or ".ipynb" in view.value) and (match := SCRIPT.search(view.value))
        )
        # crc32, because Python's own hash of a string differs from process to process.
        known = chunk.memo[MEMO] = Part(
            frozenset(
                [zlib.crc32(line) for line in lines if len(line) >= MIN_CHARACTERS and line[0] != HASH]
            ),
            frozenset(mentioned - {"", "*"}),
        )
    return known


def least(lines: frozenset[int]) -> list[int]:
    """The SAMPLE least hashes, in order; hashes are spread evenly, so few need sorting."""
    bound = 2 * SAMPLE * 2**32 // max(len(lines), 1)
    found = sorted(value for value in lines if value < bound)
    return (found if len(found) >= SAMPLE else sorted(lines))[:SAMPLE]


@lru_cache(maxsize=4096)
def name_of(stem: str) -> Name:
    """A file's stem without what marks its version."""
    words = _words(stem)
    clear = weak = 0
    cut: list[str] = []
    while len(words) > 1:
        last = words[-1]
        if last in MARKERS or NUMBERED.fullmatch(last):
            clear += 1
        elif WEAK.fullmatch(last) and words[-2] not in SERIES:
            weak += 1
        else:
            break
        cut.append(re.sub(r"\d+", lambda match: match[0].zfill(8), last))
        words = words[:-1]
    while len(words) > 1 and (words[0] in MARKERS or words[:2] == ["copy", "of"]):
        clear += 1
        cut.append(words[0])
        words = words[2:] if words[1] == "of" else words[1:]
    for joint in ("with", "without"):
        if joint in words[1:]:
            weak += 1
            words = words[: words.index(joint, 1)]
    return Name("_".join(words), clear, weak, tuple(reversed(cut)))


def _words(stem: str) -> list[str]:
    """`TrainV2-final (1)` -> train, v2, final, (1)."""
    stem = re.sub(r"\((\d+)\)", r"_(\1)", stem)
    stem = re.sub(r"(?<=[a-z])(?=V\d)", "_", stem)
    stem = re.sub(r"((?:19|20)\d\d)[-_.](\d\d)[-_.](\d\d)(?!\d)", r"\1\2\3", stem)
    found: list[str] = []
    for word in re.split(r"[-_\s]+|\.(?!\d)", stem.lower()):
        match = re.fullmatch(r"([a-z][a-z0-9]*[a-z])(v\d+|\d{1,2})", word)
        if match and not NUMBERED.fullmatch(word):
            found += (match[1], match[2])
        elif word:
            found.append(word)
    return found


def _clusters(members: list[Member], options: Options) -> Iterator[list[Member]]:
    """The versions among the files of one folder, one list for each name, in order of path."""
    groups: dict[str, list[Member]] = {}
    for member in members:
        groups.setdefault(member.name.base, []).append(member)
    for base, group in groups.items():
        if len(group) < 2:
            continue
        others = [member for member in members if member.name.base != base]
        # Where one pair is, whatever else bears the name, bare or with a clear
        # marker, belongs to it, also if it was rewritten since: the habit shows.
        alike = {
            member
            for one, other in combinations(group, 2)
            if _are_versions(one, other, others, options)
            for member in (one, other)
        }
        if alike:
            yield sorted(one for one in group if one in alike or one.name.clear or not one.name.weak)


def _are_versions(one: Member, other: Member, others: list[Member], options: Options) -> bool:
    if one.name.clear or other.name.clear:
        return _are_alike(one, other, options.similar)
    if one.name.weak + other.name.weak != 1:
        return False  # `model_1` beside `model_2` is a series, `llama_3_2` a name
    if not _are_alike(one, other, options.alike):
        return False
    nearly = [value - NEARLY for value in similarity(one, other)]
    strangers = (similarity(one, stranger) for stranger in others)
    return sum(shared >= nearly[0] and both >= nearly[1] for shared, both in strangers) < FAMILY


def _are_alike(one: Member, other: Member, wanted: float) -> bool:
    """A grown version holds its ancestor, but two thirds of it must not be something else."""
    shared, both = similarity(one, other)
    return shared >= wanted and both >= wanted - 0.2


def similarity(one: Member, other: Member) -> tuple[float, float]:
    """(share of the shorter one's lines in the other, share of all lines that both have).

    Estimated from the samples: the least hashes of two sets are a fair draw
    from their union. Source: Broder 1997, bottom-k sketches.
    """
    both = sorted({*one.sample, *other.sample})[:SAMPLE]
    jaccard = len({*one.sample}.intersection(other.sample, both)) / max(len(both), 1)
    shared = jaccard * (one.n_lines + other.n_lines) / (1 + jaccard)
    return min(shared / max(min(one.n_lines, other.n_lines), 1), 1.0), 2 * jaccard / (1 + jaccard)


def _finding(cluster: list[Member], mentions: dict[str, set[str]]) -> Finding:
    newest = max(
        cluster, key=lambda member: (member.name.clear + member.name.weak, member.name.order, member.path)
    )
    inside = {member.path for member in cluster}
    used: dict[str, list[str]] = {}
    for member in cluster:
        places = sorted(mentions[member.stem] - inside)
        if places:
            used[member.path] = places
    idle = [f"`{member.file}`" for member in cluster if member.path not in used]
    plain = next((member.file for member in cluster if not member.name.order), newest.name.base)
    message = f"`{newest.file}` is one of {len(cluster)} versions of `{plain.partition('.')[0]}` side by side"
    if len(used) == 1:
        message += f"; only `{next(iter(used)).rpartition('/')[2]}` is mentioned elsewhere"
    elif not used:
        message += "; no other file mentions any of them"
    lines = [f"`{path.rpartition('/')[2]}` is mentioned in {_some(places)}." for path, places in used.items()]
    if used and idle:
        lines.append(f"Nothing mentions {_some(idle)}.")
    lines.append(
        "A repair reaches one of them and not the others. Keep the one that is run; version control keeps the rest."
    )
    related = tuple(
        Related(
            member.span, f"{_percent(newest, member)} of the shorter file's lines are the same", member.path
        )
        for member in cluster
        if member is not newest
    )
    return Finding(
        newest.span,
        message,
        "\n".join(lines),
        related,
        path=newest.path,
        data=tuple(member.file for member in cluster),
    )


def _percent(one: Member, other: Member) -> str:
    return f"about {round(similarity(one, other)[0] * 100, -1):.0f} %"


def _some(words: list[str], most: int = 3) -> str:
    shown = words[:most] + ([f"{len(words) - most} more"] if len(words) > most else [])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
