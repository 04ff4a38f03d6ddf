"""A function that was an experiment is called by nobody.

## Why it is debt

Dead experimental code is read, searched and refactored like living code, and one day
somebody calls the wrong one of `clean` and `clean_old`. Version control keeps it.

## What to do

Delete it.

## Examples

```python
import pandas as pd


def clean(frame):
    return frame.dropna()


def clean_old(frame):  # want: `clean_old`
    return frame.fillna(0)


clean(pd.read_csv("a.csv"))
```

```python fixed
import pandas as pd


def clean(frame):
    return frame.dropna()


clean(pd.read_csv("a.csv"))
```

What another file, a configuration or a decorator uses is alive, and a name that says
nothing about an experiment is not judged.

```python
# file: features.py
import pandas as pd


def features_v2(frame):
    return frame.shift()


@registry.register
def model_old(frame):
    return frame


def helper(frame):
    return frame
# file: train.py
from features import features_v2

features_v2(frame)
# file: conf/model.yaml
model:
  _target_: features.build_v3
```

## When to leave it

When people call it by hand, in a notebook that is not here.

## Fix safety

Unsafe: the definition is deleted. Nothing in the workspace names it, but code outside
may.

## How sure

The name must say that it is an old version, a trial or a copy, and occur nowhere else
in the workspace, comments included. Files of an installable package are left alone, but
for private names. A hint.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from mldebt.rule import HINT, UNSAFE, Fact, Finding, Fix, Workspace, rule
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, identifiers, newline_of, regex

DEFINED, NAMED = "experiment-defined", "experiment-named"
EXPERIMENT = (
    r"(?:old|orig|trial|tmp|temp|unused|deprecated|experimental|wip|bak|backup|legacy)_\w+"
    r"|\w+_(?:old|orig|bak|backup|tmp|temp|unused|deprecated|experimental|wip|legacy|v\d+|new\d*|try\d+)"
)
NAME = regex(rf"^_?(?:{EXPERIMENT})$", 8)
"""A line that is such a name (8: any line)."""
HINTS = (
    *(
        "_old",
        "old_",
        "_orig",
        "orig_",
        "trial_",
        "tmp",
        "temp_",
        "_temp",
        "unused",
        "deprecated",
        "experimental",
    ),
    *("wip", "_bak", "bak_", "backup", "legacy", "_new", "_try"),
)
"""Parts of such names: a file without any is not searched."""
VERSION = regex(r"_v\d")
MAX_NAMES = 500
# Of one file; more are a table of something.


@rule(severity=HINT, gated=False, kinds=(DEFINED,))
def across(workspace: Workspace) -> Iterator[Finding]:
    named: dict[str, int] = {}
    for _, fact in workspace.facts(NAMED):
        for name, count in fact.detail:
            named[name] = named.get(name, 0) + count
    paths = frozenset(workspace.paths)
    for path, fact in workspace.facts(DEFINED):
        name = fact.subject
        if named.get(name, 0) != 1 or workspace.config.role_of(path) in ("test", "example"):
            continue
        folder = posixpath.dirname(path)
        if not name.startswith("_") and f"{folder}/__init__.py".lstrip("/") in paths:
            continue
        yield Finding(
            fact.span,
            f"nobody uses `{name}`",
            "Its name says that it was an experiment, and nothing in the workspace mentions it. Delete it; "
            "version control keeps it.",
            path=path,
            unnecessary=True,
            data=(name,),
        )


@across.facts
def facts(module: Module) -> Iterator[Fact]:
    counts = _counted(module.text, module.vocabulary)
    if not counts:
        return
    yield Fact(NAMED, "", Span(0, 0), tuple(sorted(counts.items())[:MAX_NAMES]))
    if not module.is_ml:
        return
    for chunk, start in module.placed:
        if chunk.owner:
            continue
        for view in chunk.functions:
            name = view.name
            if view.scope == 0 and not view.decorators and counts.get(name) == 1 and NAME.fullmatch(name):
                yield Fact(DEFINED, name, view.name_span.shifted(start))


def _counted(text: str, vocabulary: str) -> dict[str, int]:
    """How often each name of an experiment occurs in a text."""
    counts: dict[str, int] = {}
    if any(hint in vocabulary for hint in HINTS) or VERSION.search(vocabulary):
        found = NAME.findall("\n".join([word for word in set(identifiers(vocabulary)) if "_" in word]))
        words = identifiers(text) if found else []
        for word in found:
            counts[word] = words.count(word)
    return counts


@across.facts
def of_manifest(manifest: Manifest) -> Iterator[Fact]:
    if manifest.kind == "lock":
        return
    counts = _counted(manifest.text, manifest.text)
    if counts:
        yield Fact(NAMED, "", Span(0, 0), tuple(sorted(counts.items())[:MAX_NAMES]))


@across.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    text = module.text
    for view in module.functions():
        if view.name_span != finding.span or module.is_notebook:
            continue
        start = text.rfind("\n", 0, view.span.start) + 1
        if text[start : view.span.start].strip() or start == 0:
            return
        end = regex(r"[^\r\n]*(?:\r\n|\r|\n)?").match(text, view.span.end)
        stop = end.end() if end else view.span.end
        blank = regex(r"(?:[ \t]*(?:\r\n|\r|\n))*").match(text, stop)
        stop = blank.end() if blank else stop
        if stop == len(text):
            before = text[:start].rstrip()
            yield Fix(f"Delete `{view.name}`", (Edit(Span(len(before), stop), newline_of(text)),), UNSAFE)
        else:
            yield Fix(f"Delete `{view.name}`", (Edit(Span(start, stop), ""),), UNSAFE)
        return
