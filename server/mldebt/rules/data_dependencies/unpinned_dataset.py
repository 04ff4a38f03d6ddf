"""A dataset is downloaded by name, whatever it holds today.

## Why it is debt

A hub dataset, a branch of a repository and a folder called `latest` change under the
code. A result cannot be made again, a score that moved may be the data's doing, and
nobody is told.

## What to do

Pin the version: `revision=` with a commit or tag, `version=` or `data_id=` for OpenML,
`/versions/3` for Kaggle, a commit instead of `main` in a URL.

## Examples

```python
from datasets import load_dataset

reviews = load_dataset("imdb", split="train")  # want: `imdb` is loaded as it is today
```

```python fixed
from datasets import load_dataset

reviews = load_dataset("imdb", split="train", revision="TODO(mldebt): the commit or tag this was made with")
```

Other places have other words for it.

```python
import kagglehub
import pandas as pd
from sklearn.datasets import fetch_openml

adult = fetch_openml("adult", as_frame=True)  # want: `adult`
movies = kagglehub.dataset_download("ann/movies")  # want: `ann/movies`
frame = pd.read_csv("https://raw.githubusercontent.com/ann/churn/main/data.csv")  # want: the branch `main`
```

Pinned versions, local files and bundled toy data do not move.

```python
import kagglehub
import pandas as pd
from datasets import load_dataset
from sklearn.datasets import fetch_openml, load_iris

reviews = load_dataset("imdb", revision="e6281661ce1c48d982bc483cf8a173c1bbeb5d31")
table = load_dataset("csv", data_files="data/train.csv")
local = load_dataset("./data/reviews")
chosen = load_dataset(args.dataset)
adult = fetch_openml("adult", version=2)
iris = fetch_openml(data_id=61)
movies = kagglehub.dataset_download("ann/movies/versions/3")
frame = pd.read_csv("https://raw.githubusercontent.com/ann/churn/3f2a9c1/data.csv")
toy = load_iris(as_frame=True)
```

## When to leave it

When the newest data is what is wanted, and what was used is recorded elsewhere (a hash
in the run's log, a copy in the project's own storage).

## Fix safety

A draft: only you know which version the results were made with.

## How sure

Only literal names and addresses count. In examples and tutorials, and for benchmarks
without an owner in their name (`imdb`, `glue`), it is a hint.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import Config
from mldebt.fixes.arguments import added_argument
from mldebt.rule import DRAFT, HINT, INFORMATION, Finding, Fix, Related, Severity, rule
from mldebt.syntax.module import Module
from mldebt.syntax.views import UNKNOWN, Call
from mldebt.text import regex

HUB = frozenset({"datasets.load_dataset", "datasets.load_dataset_builder"})
BUILDERS = frozenset(
    "csv json parquet text arrow imagefolder audiofolder videofolder webdataset pandas xml pdffolder sql generator "
    "spark".split()
)
"""Names `load_dataset` takes for local files of a format."""
LOCAL = regex(r"^[./~]|\\|^[A-Za-z]:|\.(?:py|csv|jsonl?|parquet)$|^data/|^$")
MOVING = regex(
    r"https?://(?:raw\.githubusercontent\.com/[\w.-]+/[\w.-]+/(?:refs/heads/)?(main|master|dev|develop)/"
    r"|github\.com/[\w.-]+/[\w.-]+/(?:raw|blob)/(main|master|dev|develop)/"
    r"|huggingface\.co/datasets/[\w./-]+/resolve/(main)/)\S*\.(?:csv|tsv|jsonl?|parquet|zip|gz|tgz|txt|data|xlsx?|npz|npy|pkl|h5|feather)\b"
)
DOWNLOADS = frozenset(
    "read_csv read_table read_json read_parquet read_excel urlretrieve urlopen get_file download download_url wget get "
    "download_and_extract_archive genfromtxt loadtxt read_feather retrieve".split()
)
MAX_RELATED = 20
WORDS = (
    "load_dataset",
    "load_dataset_builder",
    "fetch_openml",
    "dataset_download",
    "githubusercontent",
    "raw",
    "blob",
    "resolve",
)
PINNED = "TODO(mldebt): the commit or tag this was made with"


@rule(severity=INFORMATION, gated=False, words=WORDS)
def check(module: Module, config: Config) -> Iterator[Finding]:
    severity = HINT if config.role_of(module.path) == "example" else None
    text = module.text
    if "load_dataset" in text or "fetch_openml" in text or "dataset_download" in text:
        found: dict[str, list[Call]] = {}
        for call in module.calls("load_dataset", "load_dataset_builder", "fetch_openml", "dataset_download"):
            name = unpinned(call)
            if name:
                found.setdefault(name, []).append(call)
        for name, (first, *others) in found.items():
            # Datasets without an owner in their name are old benchmarks, which hardly ever change.
            is_benchmark = "/" not in name and first.name != "fetch_openml"
            yield Finding(
                first.span,
                f"`{name}` is loaded as it is today; no version is pinned",
                "It may change under the code, and a result cannot be made again. Pin the version.",
                tuple(Related(other.span, "again here") for other in others[:MAX_RELATED]),
                severity=HINT if is_benchmark else severity,
                data=("call",),
            )
    if "://" in text and ("/main/" in text or "/master/" in text or "/dev" in text):
        yield from _addresses(module, severity)


def _addresses(module: Module, severity: Severity | None) -> Iterator[Finding]:
    for chunk, start in module.placed:
        for string in chunk.strings:
            match = MOVING.search(string.value)
            if match is None or string.kind == "bytes":
                continue
            call = chunk.call_of(string)
            word = call.name if call is not None else ""
            if word not in DOWNLOADS and string.parent not in ("assign", "default", "dict", "element"):
                continue
            branch = match[1] or match[2] or match[3]
            yield Finding(
                string.span.shifted(start),
                f"data is read from the branch `{branch}`, whatever it holds today",
                "The branch moves under the code, and a result cannot be made again. Put a commit in its place.",
                severity=severity,
            )


def unpinned(call: Call) -> str:
    """The literal name of what a call downloads without a version; "" if it is pinned, local or unknown."""
    if call.opaque:
        return ""
    word = call.name
    if word in ("load_dataset", "load_dataset_builder"):
        if call.target not in HUB:
            return ""
        first = call.arg("path", 0)
        name = first.value if first is not None else None
        if not isinstance(name, str) or name in BUILDERS or LOCAL.search(name):
            return ""
        local = call.arg("data_files", 3) or call.arg("data_dir", 2)
        return "" if call.arg("revision") is not None or local is not None else name
    if word == "fetch_openml":
        first = call.arg("name", 0)
        name = first.value if first is not None else None
        version = call.arg("version")
        if (
            not isinstance(name, str)
            or call.arg("data_id") is not None
            or not call.target.startswith("sklearn")
        ):
            return ""
        return name if version is None or version.value == "active" else ""
    first = call.arg("handle", 0)
    name = first.value if first is not None else UNKNOWN
    if not isinstance(name, str) or not call.target.startswith("kagglehub") or "/versions/" in name:
        return ""
    return name if name.count("/") == 1 else ""


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    if finding.data != ("call",):
        return
    for call in module.calls("load_dataset", "load_dataset_builder", "fetch_openml"):
        if call.span == finding.span:
            keyword, title = (
                ("version", "Pin a version")
                if call.name == "fetch_openml"
                else ("revision", "Pin a revision")
            )
            yield Fix(title, (added_argument(module.text, call, f'{keyword}="{PINNED}"'),), DRAFT)
