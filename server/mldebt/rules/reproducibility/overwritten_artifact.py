"""Two scripts write the same file, and whichever ran last decides what the others read.

## Why it is debt

The file's name says one thing and its content another, depending on who ran what
last week. Nobody can tell from `model.pkl` which training made it, a comparison of two
approaches becomes a comparison of one with itself, and to repeat a result one has to
know the order in which people pressed run.

## What to do

Give each script its own file (`model_forest.pkl`, `model_boosted.pkl`) and let the
reader say which one it wants, by a setting or a registry. Where one script has replaced
the other, delete the old one.

## Examples

```python
# file: train_boosted.py
import joblib
from lightgbm import LGBMClassifier

joblib.dump(LGBMClassifier().fit(X, y), "models/model.pkl")
# file: train_forest.py
import joblib
from sklearn.ensemble import RandomForestClassifier

joblib.dump(RandomForestClassifier().fit(X, y), "models/model.pkl")  # want: is written here and by `train_boosted.py`: `serve.py` reads what ran last
# file: serve.py
import joblib

model = joblib.load("models/model.pkl")
```

Each has its own file, or changes what the other has made.

```python
# file: train_forest.py
import joblib
from sklearn.ensemble import RandomForestClassifier

joblib.dump(RandomForestClassifier().fit(X, y), "models/forest.pkl")
# file: train_boosted.py
import joblib
from lightgbm import LGBMClassifier

joblib.dump(LGBMClassifier().fit(X, y), "models/boosted.pkl")
# file: calibrate.py
import joblib

model = joblib.load("models/boosted.pkl")
joblib.dump(calibrated(model), "models/boosted.pkl")
# file: serve.py
import joblib

model = joblib.load("models/boosted.pkl")
```

## When to leave it

When one of the writers only makes a placeholder, for a demonstration or a first start.

## How sure

Both paths are literals or constants, and are found to be one place: the same folder holds
the scripts, or the file or its folder lies in the workspace. Somebody must depend on the
file: another file reads it, or it is a model that is committed. Left alone are a script
that reads the file before it writes it, JSON (states and notes that many update),
submissions, folders of old code, a notebook beside its export as a script, and versions of one
script, which script-variant-cluster tells of. All files that the same scripts overwrite are
one finding. A name with the time in it is another file every day and is not judged. On 223
public repositories 16 findings in 10 of them, all read, all true.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from mldebt.rule import INFORMATION, Finding, Related, Workspace, rule
from mldebt.text import Span, regex
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:  # most workspaces have no two writers; what the rest needs is imported there
    from mldebt.facts.lineage import Node, Use

KINDS = frozenset({"model", "data", "object"})
RETIRED = regex(
    r"(?:^|[/_ -])(?:legacy|archived?|old|deprecated|backups?|bak|unused|obsolete|attic|trash|demos?|scratch|examples?)(?=[/_. -]|$)",
    2,
)
"""Folders and names of code that is not run any more (2: whatever the case)."""
PASSING = regex(r"(?:^|[/_.-])(?:submissions?|temp|tmp|debug|dummy|state|status|cache|logs?)(?=[/_.-]|$)", 2)
"""Words in a path of what is made anew each time, and read at once or elsewhere."""
VERSION = regex(r"(?:[ _.-]+(?:v?\d+|final|fix(?:ed)?|new|copy|updated|improved)|[ _.-]*\(\d+\))+$")
MAX_READERS = 6


@rule(
    severity=INFORMATION,
    needs=("artifact-read", "runs-script", "stage"),
    kinds=("artifact-write",),
)
def across(workspace: Workspace) -> Iterator[Finding]:
    if len({path for path, _ in workspace.facts("artifact-write")}) < 2:
        return
    from mldebt.facts.artifacts import artifacts
    from mldebt.facts.lineage import lineage

    vague = {(one.file, one.span) for one in artifacts(workspace) if "*" in one.path}
    groups: dict[tuple[str, ...], list[tuple[Node, list[Use], list[Use]]]] = {}
    for node in lineage(workspace).nodes.values():
        if len(node.writers) < 2 or node.kind not in KINDS or not is_lasting(node):
            continue
        writing = _first_of_each(
            use for use in node.writers if (use.file, use.span) not in vague and use.is_certain
        )
        reading = _first_of_each(node.readers)
        own = [
            use
            for file, use in writing.items()
            if not RETIRED.search(file) and not (file in reading and reading[file].span < use.span)
        ]
        others = [use for file, use in reading.items() if file not in writing and not RETIRED.search(file)]
        files = tuple(sorted(use.file for use in own))
        if len(files) < 2 or not (others or (node.exists and node.kind == "model")):
            continue
        if is_one_place(workspace, node, files) and not are_versions(files):
            groups.setdefault(files, []).append((node, own, others))
    for found in groups.values():
        yield _finding(found)


def is_lasting(node: Node) -> bool:
    path = node.path
    if "*" in path or path[0] == "/" or path.startswith("table:") or "://" in path:
        return False
    return not path.endswith((".json", ".jsonl")) and not PASSING.search(path)


def _first_of_each(uses: Iterator[Use] | tuple[Use, ...]) -> dict[str, Use]:
    found: dict[str, Use] = {}
    for use in uses:
        if use.file not in found or use.span < found[use.file].span:
            found[use.file] = use
    return found


def is_one_place(workspace: Workspace, node: Node, files: tuple[str, ...]) -> bool:
    """Whether the scripts mean the same file, wherever each of them is started."""
    if node.exists or node.made_by or len({posixpath.dirname(file) for file in files}) == 1:
        return True
    folder = posixpath.dirname(node.path)
    return bool(folder) and any(path.startswith(folder + "/") for path in workspace.paths)


def are_versions(files: tuple[str, ...]) -> bool:
    """Whether all are one script: its versions in one folder, or a notebook and its export."""
    stems = {posixpath.splitext(file)[0] for file in files}
    names = {VERSION.sub("", stem.lower()) for stem in stems}
    return len(stems) == 1 or len(names) == 1


def _finding(found: list[tuple[Node, list[Use], list[Use]]]) -> Finding:
    node, own, others = max(found, key=lambda one: (bool(one[2]), one[0].kind == "model", one[0].path))
    *before, last = sorted(own, key=lambda use: use.file)
    writers = _some([use.file for use in before])
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    message = f"`{node.path}`{more} is written here and by {writers}"
    if others:
        verb = "reads" if len(others) == 1 else "read"
        message += f": {_some([use.file for use in others])} {verb} what ran last"
    related = [Related(use.span, f"`{node.path}` is written here, too", use.file) for use in before]
    related += [Related(use.span, "and read here", use.file) for use in others[:MAX_READERS]]
    for other, uses, _ in found:
        if other is not node:
            at: Span = next(use.span for use in uses if use.file == last.file)
            related.append(Related(at, f"`{other.path}`, too", last.file))
    return Finding(
        last.span,
        message,
        "Nothing in the file says who made it. Give each script a file of its own and let the reader choose, "
        "or delete the script that was replaced.",
        tuple(related),
        path=last.file,
    )


def _some(files: list[str]) -> str:
    """By their names where these differ, else by their paths."""
    names = [file.rpartition("/")[2] for file in files]
    shown = [f"`{name}`" for name in (names if len(set(names)) == len(names) else files)]
    if len(shown) > 2:
        shown = [shown[0], f"{len(shown) - 1} more"]
    return " and ".join(shown)
