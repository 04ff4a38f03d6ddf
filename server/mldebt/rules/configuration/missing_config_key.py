"""Code reads a key that its configuration file does not define.

## Why it is debt

The run fails with a KeyError, perhaps after an hour of training, on the one path
nobody has taken since the key was renamed.

## What to do

Add the key to the file, or read the name it has there.

## When to leave it

The rule asks where a name is bound once, directly to a YAML file of the project
(`params = yaml.safe_load(open("params.yaml"))["train"]`), and subscripted with a literal
key. Keys that the code itself stores, asks for with `in` or gives a default are
no errors; configurations that are handed over are not followed.

## Fix safety

There is none: what value was meant is not known.

## How sure

Certain while the file read is the file in the project.

On 222 public repositories, 40 with a `params.yaml`, it said nothing.

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015), section 6.

## Examples

```python
# file: train.py
import yaml
from sklearn.svm import SVC

params = yaml.safe_load(open("params.yaml"))["train"]
model = SVC(C=params["C"], gamma=params["gama"])  # want: `params.yaml` has no key `train.gama`
# file: params.yaml
train:
  C: 10
  gamma: 0.1
```

With a default, stored by the code, and all there.

```python
# file: train.py
import yaml
from sklearn.svm import SVC

with open("params.yaml") as f:
    params = yaml.safe_load(f)
params["seed"] = 1
model = SVC(C=params["C"], gamma=params.get("gamma", 0.1), random_state=params["seed"])
# file: params.yaml
C: 10
```
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from mldebt.rule import ERROR, Fact, Finding, Workspace, rule


@rule(
    severity=ERROR,
    gated=False,
    needs=("config-key", "config-read", "config-load"),
    kinds=("config-load",),
)
def across(workspace: Workspace) -> Iterator[Finding]:
    keys: dict[str, set[str]] = {}
    for path, fact in workspace.facts("config-key"):
        keys.setdefault(path, set()).add(fact.subject)
    reads: dict[str, list[Fact]] = {}
    for path, fact in workspace.facts("config-read"):
        reads.setdefault(path, []).append(fact)
    for path, load in workspace.facts("config-load"):
        file = the_file(workspace, path, load.subject)
        known = keys.get(file)
        if not known:
            continue
        name, section = load.detail
        if workspace.config.role_of(path) or (section and section not in known):
            continue
        told: set[str] = set()
        spared = {read.subject for read in reads.get(path, ()) if read.detail[1] in ("store", "in")}
        for read in reads.get(path, ()):
            owner, access, has_default = read.detail[:3]
            dotted = f"{section}.{read.subject}" if section else read.subject
            if (
                owner != name
                or access != "load"
                or has_default
                or dotted in known
                or read.subject in spared
                or dotted in told
            ):
                continue
            told.add(dotted)
            yield Finding(
                read.span,
                f"`{load.subject}` has no key `{dotted}`",
                "The run stops here with a KeyError.\nAdd the key to the file, or read the name it has there.",
                path=path,
            )


def the_file(workspace: Workspace, reader: str, written: str) -> str:
    """The one file of the workspace that this path can mean, or ""."""
    written = posixpath.normpath(written)
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(reader), written))
    candidates = [path for path in (written, beside) if path in workspace.paths]
    if len(set(candidates)) == 1:
        return candidates[0]
    return ""
