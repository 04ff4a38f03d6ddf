"""Models are trained on files that nothing versions.

## Why it is debt

The data is as much a part of the model as the code. When it is overwritten, nobody can
say which rows a model has seen, repeat a training run, or find out why a score moved.

## What to do

Put the data under DVC, Git LFS, lakeFS, Delta or a tracker's artifacts, or record a
hash of it with every run. Versions that are kept elsewhere are named in the
configuration: `[tool.mldebt.rules.data-not-versioned] kept-in = "s3://… with object versions"`.

## Examples

```python
import pandas as pd
from sklearn.linear_model import Ridge

frame = pd.read_csv("data/train.csv")  # want: `data/train.csv`
Ridge().fit(frame.drop(columns="y"), frame["y"])
```

Anything that fixes the data answers it: a file of DVC, an artifact of a tracker, a hash
in the run's log, the data in git itself.

```python
import hashlib

import mlflow
import pandas as pd
from sklearn.linear_model import Ridge

frame = pd.read_csv("data/train.csv")
mlflow.log_param("data_md5", hashlib.md5(open("data/train.csv", "rb").read()).hexdigest())
Ridge().fit(frame.drop(columns="y"), frame["y"])
```

```python
# file: train.py
import pandas as pd
from sklearn.linear_model import Ridge

frame = pd.read_csv("data/train.csv")
Ridge().fit(frame.drop(columns="y"), frame["y"])
# file: data/train.csv.dvc
outs:
  - md5: 22a1a2931c8370d3aeedd7183606fd7f
    path: train.csv
```

## When to leave it

When the files never change: a published benchmark, the files of a competition.

In a template of projects this is only a hint: it is decided in the project that is made from it.

## How sure

Reported once a workspace, at the first training script, if it reads local files that
are not in the repository and nothing anywhere shows that they have versions. Files
below `input/`, where competitions put theirs, and bundled toy data do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.artifacts import Artifact, artifacts
from mldebt.facts.lineage import Places
from mldebt.facts.readme import in_template
from mldebt.facts.roles import with_role
from mldebt.knowledge.places import PLACEHOLDER
from mldebt.plain import dataclass
from mldebt.rule import HINT, INFORMATION, Fact, Finding, Related, Workspace, rule
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.text import Span, regex

KIND = "versions-data"
EVIDENCE = (
    *(
        "dvc",
        "dvclive",
        "lakefs",
        "lakefs_client",
        "lakefs_sdk",
        "deltalake",
        "DeltaTable",
        "pyiceberg",
        "quilt3",
    ),
    *(
        "pachyderm",
        "python_pachyderm",
        "oxen",
        "hangar",
        "use_artifact",
        "Artifact",
        "log_artifact",
        "log_artifacts",
    ),
    *(
        "log_input",
        "clearml",
        "hopsworks",
        "feast",
        "load_dataset",
        "md5",
        "sha1",
        "sha256",
        "blake2b",
        "xxh64",
    ),
    *(
        "data_hash",
        "data_version",
        "data_revision",
        "data_md5",
        "dataset_hash",
        "dataset_version",
        "version_id",
    ),
    *("dataset_revision", "versionAsOf", "timestampAsOf", "track_files", "hash_pandas_object"),
)
"""Words that show, anywhere in a file, that data has versions."""
WORD = regex(r"\b(?:" + "|".join(EVIDENCE) + r")\b")
COMPETITION = regex(r"(?i)(?:^|/)(?:\.\./)*(?:input\d*|kaggle|competition)s?/")
TRACKED_NAMES = frozenset(
    {
        "dvc.yaml",
        "dvc.lock",
        ".gitattributes",
        ".dvcignore",
        "lakectl.yaml",
        "feature_store.yaml",
        ".lakefs_ref.yaml",
    }
)
LOOKS = 4
# Files named with the finding.


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    kept_in: str = ""
    """Where versions of the data are kept, if not here; then nothing is reported."""


@rule(
    severity=INFORMATION,
    options=Options,
    gated=False,
    needs=("artifact-read", "role", "runs-script", "stage", "template"),
    kinds=("role",),
)
def across(workspace: Workspace, options: Options) -> Iterator[Finding]:
    if options.kept_in or next(workspace.facts(KIND), None) is not None:
        return
    training = [path for path, _ in with_role(workspace, "train")]
    if not training or any(_tracks(path) for path in workspace.paths):
        return
    places = Places(workspace)
    read: list[tuple[Artifact, str]] = []
    for artifact in artifacts(workspace):
        if artifact.file in training and not artifact.writes and is_data(artifact):
            path, _ = places.resolved(artifact)
            if path in places.paths or _made_here(workspace, artifact, path):
                continue
            read.append((artifact, path))
    if not read:
        return
    read.sort(
        key=lambda one: (one[0].file.endswith(".ipynb"), one[0].file.count("/"), one[0].file, one[0].span)
    )
    first, *others = [one for one, _ in read]
    yield Finding(
        first.span,
        f"models are trained on `{first.path}`, and nothing versions it",
        "When the file is overwritten, no training run can be repeated. Put the data under DVC, Git LFS or a "
        "tracker's artifacts, record its hash, or say in the configuration where its versions are kept.",
        tuple(Related(one.span, f"`{one.path}` is read here", one.file) for one in others[:LOOKS]),
        severity=HINT if in_template(workspace, first.file) else None,
        path=first.file,
    )


def _tracks(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name in TRACKED_NAMES or name.endswith(".dvc") or path.startswith(".dvc/") or "/.dvc/" in path


def is_data(artifact: Artifact) -> bool:
    """A table on this machine's disk, below the project or by a path that is not known to be elsewhere."""
    return (
        artifact.kind == "data"
        and artifact.base in ("cwd", "root")
        and artifact.callee != "open"
        and "*" not in artifact.path
        and COMPETITION.search(artifact.path) is None
        and PLACEHOLDER.search(artifact.path) is None
    )


def _made_here(workspace: Workspace, artifact: Artifact, path: str) -> bool:
    """Whether code of the workspace writes it; then its own inputs are what counts."""
    written: frozenset[str] | None = workspace.memo.get("written-paths")
    if written is None:
        written = workspace.memo["written-paths"] = frozenset(
            one.path for one in artifacts(workspace) if one.writes
        )
    return path in written or artifact.path in written


@across.facts(words=EVIDENCE)
def facts(module: Module) -> Iterator[Fact]:
    if WORD.search(module.text):
        yield Fact(KIND, "", Span(0, 0))


@across.facts
def of_manifest(manifest: Manifest) -> Iterator[Fact]:
    if manifest.kind == "lock":
        return
    text = manifest.text
    if any(
        requirement.name.lower().startswith(("dvc", "lakefs", "deltalake"))
        for requirement in manifest.requirements
    ) or (manifest.kind == "commands" and ("dvc " in text or "lfs " in text)):
        yield Fact(KIND, "", Span(0, 0))
