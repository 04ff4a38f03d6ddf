"""Packages that shape the model may change with the next install.

## Why it is debt

`torch>=2.0` means another torch in March than in January. The same code and the
same data then give another model, and nobody can say which versions made the one
in production: results cannot be repeated, and a failure after an install has no
visible cause.

## What to do

Write exact versions (`torch==2.4.1`), or keep a lock file beside the manifest
(`uv lock`, `poetry lock`, `pip-compile`, `conda-lock`) and install from it. The
ranges may then stay: they say what may work, the lock says what did.

## Examples

```text
# file: requirements.txt
numpy  # want: pins 1 of its 3 packages
torch>=2.0  # the version of the cluster
pandas==2.2.3
# file: service/uv.lock
version = 1

[[package]]
name = "numpy"
version = "1.26.4"

[[package]]
name = "torch"
version = "2.4.1"
```

```text fixed
numpy==1.26.4
torch==2.4.1  # the version of the cluster
pandas==2.2.3
```

```toml
# file: pyproject.toml
[tool.poetry.dependencies]
python = "^3.11"
scikit-learn = "^1.4"  # want: pins nothing: the next install may change scikit-learn
```

Exact versions, or nearly exact ones, are pinned.

```text
numpy==1.26.4
torch==2.4.*
pandas~=2.2.0
```

A lock file beside the manifest, or above it, settles what the ranges leave open.

```toml
# file: pyproject.toml
[project]
name = "churn"
dependencies = ["numpy>=1.26", "torch"]
# file: uv.lock
[[package]]
name = "numpy"
version = "1.26.4"

[[package]]
name = "torch"
version = "2.4.1"
```

## When to leave it

A library must work with many versions. Where the metadata say that a package is
published (classifiers or project addresses), this is only a hint, as it is for
examples: a lock or a file of constraints for its own tests is enough.

In a template of projects (it has a `cookiecutter.json` or `copier.yml`, or its README
calls it one) this is a hint, too: the versions are chosen when a project is made from it.

## How sure

A file is reported once, at its first loose line, and only when one of the loose
packages computes with data or models; the related places are all loose lines of the
file. Development, test and documentation requirements, extras and groups are left
alone. `setup.py` is not read.

Where several files of a project are loose, the one nearest the top is the warning. A file
further down is another warning only if it brings in such a package that none above leaves
loose; otherwise it is the same habit again, and a hint.

## Fix safety

Unsafe: pins to the version that lock files elsewhere in the workspace agree on and
the written range allows. A version is never invented, so lines without one stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from mldebt.facts.readme import in_template
from mldebt.knowledge.kinds import words
from mldebt.plain import dataclass
from mldebt.rule import HINT, UNSAFE, WARNING, Fact, Finding, Fix, Related, Workspace, rule
from mldebt.syntax.manifest import Manifest
from mldebt.text import Edit, Span, regex
from mldebt.typed import NamedTuple

COMPUTING = words(
    """
    accelerate albumentations allennlp autogluon bertopic bitsandbytes captum catboost category-encoders cudf-cu12
    cuml-cu12 cupy cupy-cuda12x darts dask datasets deepspeed detectron2 dgl diffusers econml faiss-cpu faiss-gpu
    fastai fasttext feature-engine feature-tools featuretools flair flash-attn flax flwr gensim gluonts gym gymnasium
    h2o hdbscan hmmlearn hyperopt imbalanced-learn imblearn imgaug implicit jax jaxlib keras keras-nlp keras-tuner
    kornia langchain librosa lifelines lightfm lightgbm lightning mlflow mlxtend modin monai mxnet neuralforecast
    ngboost nltk numba numpy onnx onnxruntime onnxruntime-gpu open-clip-torch opencv-contrib-python opencv-python
    opencv-python-headless optax optuna paddlepaddle pandas peft pmdarima polars prophet pyarrow pycaret pymc pyod
    pyspark pytorch pytorch-lightning pytorch-tabnet pytorch-forecasting ray safetensors scikit-image scikit-learn
    scikit-optimize scikit-surprise scipy segmentation-models-pytorch sentence-transformers sentencepiece shap
    sklearn sktime spacy stable-baselines3 statsforecast statsmodels surprise tensorboard tensorflow tensorflow-addons
    tensorflow-cpu tensorflow-datasets tensorflow-gpu tensorflow-hub tensorflow-intel tensorflow-probability
    tf-keras tfx timm tokenizers torch torch-geometric torchaudio torchmetrics torchtext torchvision tpot
    transformers trl tsfresh ultralytics umap-learn vllm xformers xgboost
    """
)
"""Distribution names, normalised: packages whose version can change a number."""
TOOLS = words(
    """
    autopep8 bandit black build bumpversion codecov coverage flake8 hypothesis interrogate isort mypy nox pip pip-tools
    pre-commit pycodestyle pydocstyle pylint pyright pytest ruff setuptools sphinx tox twine wheel yapf
    """
)
TOOL_FAMILIES = ("pytest-", "flake8-", "sphinx-", "mkdocs", "types-", "pre-commit-")
BESIDES = regex(
    r"(?:^|[-_./])(?:dev|develop|development|tests?|testing|docs?|documentation|lint|linting|linters?|ci|build|typing"
    r"|style|format|formatting|quality|tools?|extras?|optional|release|benchmarks?|constraints?)(?=[-_./]|$)",
    re.IGNORECASE,
)
"""Names of files and folders whose requirements do not run with the model."""
SHOWN = 4


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    bounded_ranges: bool = True
    """Report `>=1.2,<2` too; it still lets the version move."""


class Line(NamedTuple):
    """One requirement, from its fact."""

    name: str
    span: Span
    specifier: str
    looseness: str
    notation: str

    @property
    def is_loose(self) -> bool:
        return self.looseness in ("range", "bare")


@rule(severity=WARNING, options=Options, gated=False, needs=("template",), kinds=("requirement",))
def across(workspace: Workspace, options: Options) -> Iterator[Finding]:
    lines: dict[str, list[Line]] = {}
    for path, fact in workspace.facts("requirement"):
        lines.setdefault(path, []).append(Line(fact.subject, fact.span, *fact.detail))
    if not lines:
        return
    settled = _settled(workspace, lines)
    published = {_folder(path) for path, fact in workspace.facts("package") if fact.detail[0]}
    constraints: dict[str, list[str]] = {}
    for path, fact in workspace.facts("constraint-file"):
        constraints.setdefault(path, []).append(fact.subject)
    said: set[str] = set()
    for path, own in sorted(lines.items(), key=lambda item: (item[0].count("/"), item[0])):
        own.sort(key=lambda line: line.span)
        if BESIDES.search(path) or workspace.config.role_of(path) == "test":
            continue
        covered = _covered(path, settled, lines, constraints.get(path, ()))
        loose = [
            line
            for line in own
            if line.is_loose and line.name not in covered and not _is_tool(line.name)
            if options.bounded_ranges or "<" not in line.specifier
        ]
        computing = {line.name for line in loose if line.name in COMPUTING}
        if computing:
            is_mild = workspace.config.role_of(path) == "example" or _folder(path) in published
            is_mild = is_mild or in_template(workspace, path)
            # One cause, one warning: whoever pins torch above pins it here in the same breath.
            yield _finding(path, own, loose, _known(settled, loose), is_mild or computing <= said)
            if not is_mild:
                said |= computing


@across.facts
def facts(manifest: Manifest) -> Iterator[Fact]:
    if manifest.kind == "lock":
        versions = {item.name: item.specifier.lstrip("=") for item in manifest.requirements}
        yield Fact("lock", "", Span(0, 0), tuple(sorted(versions.items())))
        return
    for item in manifest.requirements:
        if item.name and not item.group:
            yield Fact("requirement", item.name, item.span, (item.specifier, item.looseness, item.notation))
    for option in manifest.options:
        if option.name == "-c" and "://" not in option.value:
            yield Fact("constraint-file", option.value, option.span)
    if manifest.kind in ("pyproject", "setup.cfg"):
        yield Fact("package", manifest.kind, Span(0, 0), (_is_published(manifest),))


@across.fixes
def fixes(manifest: Manifest, finding: Finding) -> Iterator[Fix]:
    versions = dict(finding.data)
    edits, pinned = [], []
    for item in manifest.requirements:
        version = versions.get(item.name)
        if version is None or item.group or item.looseness not in ("range", "bare") or item.url:
            continue
        if item.specifier_span == item.span or not _writable(manifest.text, item.specifier_span):
            continue
        exact = version if item.notation == "poetry" else f"=={version}"
        edits.append(Edit(item.specifier_span, exact))
        pinned.append(f"{item.name} {version}")
    if edits:
        yield Fix(f"Pin {_some(pinned, 3)}, as locked elsewhere in this workspace", tuple(edits), UNSAFE)


def _writable(text: str, span: Span) -> bool:
    """An empty place inside quotes or at a line's end; not after the value of a table without a version."""
    return (
        span.start < span.end
        or text[span.start - 1 : span.start].isalnum()
        or text[span.start - 1 : span.start] == "]"
    )


def _is_published(manifest: Manifest) -> bool:
    """Whether the metadata speak to strangers; a private project needs neither classifiers nor addresses."""
    if manifest.kind == "setup.cfg":
        return any(
            manifest.get("metadata", key) for key in ("classifiers", "classifier", "url", "project_urls")
        )
    for entry in (
        *manifest.under("project", "classifiers"),
        *manifest.under("tool", "poetry", "classifiers"),
    ):
        if isinstance(entry.value, str) and entry.value.startswith("Private ::"):
            return False
    keys = (("project", "classifiers"), ("project", "urls"), ("tool", "flit", "metadata", "classifiers"))
    poetry = tuple(("tool", "poetry", key) for key in ("classifiers", "homepage", "repository", "urls"))
    return any(manifest.get(*key) or next(manifest.under(*key), None) for key in (*keys, *poetry))


def _settled(workspace: Workspace, lines: Mapping[str, list[Line]]) -> dict[str, dict[str, str]]:
    """Locks, and requirement files that pin every line, as pip-compile writes them: path -> name -> version."""
    found = {path: dict(fact.detail) for path, fact in workspace.facts("lock")}
    for path, own in lines.items():
        if all(line.looseness == "exact" for line in own):
            found[path] = {line.name: line.specifier.strip("=").partition("=")[0] for line in own}
    return found


def _covered(
    path: str,
    settled: Mapping[str, Mapping[str, str]],
    lines: Mapping[str, list[Line]],
    constraints: Iterable[str],
) -> set[str]:
    """Names that a lock beside the file or above it settles, or a file of constraints it names."""
    folder = _folder(path)
    names: set[str] = set()
    for other, versions in settled.items():
        if other != path and folder.startswith(_folder(other)):
            names.update(versions)
    for value in constraints:
        target = _joined(folder, value)
        names.update(line.name for line in lines.get(target, ()) if line.looseness == "exact")
    return names


def _known(settled: Mapping[str, Mapping[str, str]], loose: list[Line]) -> tuple[tuple[str, str], ...]:
    """Versions that all locks agree on and the written specifier allows."""
    found = []
    for line in loose:
        versions = {known[line.name] for known in settled.values() if line.name in known}
        if len(versions) == 1 and allows(line.specifier, version := versions.pop()):
            found.append((line.name, version))
    return tuple(sorted(found))


CLAUSE = regex(r"(===|==|~=|!=|<=|>=|<|>|=|\^|~)?\s*(\d+(?:\.\d+)*)(\.\*)?")


def allows(specifier: str, version: str) -> bool:
    """Whether a plain numeric version fits; anything this cannot compare counts as no."""
    if specifier in ("", "*"):
        return bool(re.fullmatch(r"\d+(?:\.\d+)*(?:\.post\d+)?(?:\+[\w.]+)?", version))
    if not re.fullmatch(r"\d+(?:\.\d+)*", version):
        return False
    own = tuple(map(int, version.split(".")))
    for clause in specifier.split(","):
        match = CLAUSE.fullmatch(clause.strip())
        if match is None:
            return False
        operator, bound, wild = match[1] or "==", tuple(map(int, match[2].split("."))), bool(match[3])
        width = max(len(own), len(bound))
        left, right = own + (0,) * (width - len(own)), bound + (0,) * (width - len(bound))
        same = own[: len(bound)] == bound if wild or operator == "=" else left == right
        # What may move: ^ the parts after the first that is not zero, ~ and ~= the last ones.
        first = next((place for place, part in enumerate(bound) if part), len(bound) - 1)
        kept = {"^": first + 1, "~": min(2, len(bound)), "~=": max(len(bound) - 1, 1)}.get(operator, 0)
        fits = {
            "==": same, "===": same, "=": same, "!=": not same, "<": left < right, "<=": left <= right,
            ">": left > right, ">=": left >= right,
        }.get(operator, left >= right and own[:kept] == bound[:kept])  # fmt: skip
        if not fits:
            return False
    return True


def _finding(
    path: str, own: list[Line], loose: list[Line], known: tuple[tuple[str, str], ...], is_mild: bool
) -> Finding:
    ordered = sorted(loose, key=lambda line: (line.name not in COMPUTING, line.span))
    file = path.rpartition("/")[2]
    count = f"none of its {len(own)} packages" if len(own) > 1 else "nothing"
    if len(loose) < len(own):
        count = f"{len(own) - len(loose)} of its {len(own)} packages"
    shown = _some([line.name for line in ordered], SHOWN)
    message = f"`{file}` pins {count}: the next install may change {shown}"
    help = (
        "The same code and data may give another model after the next install. "
        "Write exact versions, or keep a lock file beside this one and install from it."
    )
    return Finding(
        loose[0].span,
        message,
        help,
        tuple(Related(line.span, _said(line)) for line in loose),
        severity=HINT if is_mild else None,
        path=path,
        data=known,
    )


def _said(line: Line) -> str:
    return f"{line.name}: any version" if line.looseness == "bare" else f"{line.name}: {line.specifier}"


def _is_tool(name: str) -> bool:
    return name in TOOLS or name.startswith(TOOL_FAMILIES)


def _folder(path: str) -> str:
    """With a slash at the end, so that one lies in another if it starts so."""
    return path[: path.rfind("/") + 1]


def _joined(folder: str, relative: str) -> str:
    parts: list[str] = []
    for part in (folder + relative).split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _some(names: list[str], most: int) -> str:
    shown = names[:most] + ([f"{len(names) - most} more"] if len(names) > most else [])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
