"""What a repository does well, and how large it is: the evidence of the score.

    Fact("size", "", Span(0, 0), (lines of code, whether it is ML code, whether it does something when run))
    Fact("practice", NAME, span of the first evidence, (what was found, how often))

Names: reads-data, library-data, versions-data, checks-sum, validates-data, tracks,
seeds, settings, feature-store, watches-data, watches-service, calls-model, dag, order, ci,
settings-file. One fact a file and name, at the first place that shows it. Nothing is
concluded here: engine/rubric does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mldebt.config import Config
from mldebt.knowledge import EVALUATE_METHODS, PREDICT_METHODS, Knowledge, canonical
from mldebt.rule import Fact
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.syntax.views import Call
from mldebt.text import Span, regex

START = Span(0, 0)
NOT_DATA = regex(
    r"(?:\.load_weights|\.load_model|\.load_from_checkpoint|\.load_learner|^torch\.load$|^joblib\.load$|^pickle\."
    r"|configparser|^json\.load$|^yaml\.|^tomllib?\.|\.read_(?:text|bytes)$|^open$|^io\.open$|gensim|fasttext|Booster)"
)
"""Readers that as a rule read models and settings."""
BY_IMPORT: dict[str, frozenset[str]] = {
    "settings": frozenset(
        "argparse hydra omegaconf click typer fire absl ml_collections gin draccus tyro simple_parsing yacs dynaconf "
        "configparser environ pydantic_settings jsonargparse configargparse".split()
    ),
    "versions-data": frozenset(
        "dvc lakefs lakefs_client deltalake delta pyiceberg quilt3 deeplake pachyderm_sdk oxen".split()
    ),
    "feature-store": frozenset("feast tecton hopsworks hsfs".split()),
    "watches-service": frozenset(
        "sentry_sdk ddtrace newrelic opentelemetry prometheus_client statsd".split()
    ),
    "validates-data": frozenset("pandera great_expectations pydeequ".split()),
    "library-data": frozenset({"tensorflow_datasets"}),
}
"""What importing one of these shows."""
BY_USE: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("settings", "yaml", regex(r"\byaml\.(?:safe_)?load\b")),
    ("settings", "transformers", regex(r"\bHfArgumentParser\(")),
    ("checks-sum", "hashlib", regex(r"\bhashlib\.(?:md5|sha1|sha256|sha512|blake2b|file_digest)\b")),
    (
        "library-data",
        "sklearn",
        regex(r"\b(?:load_(?:iris|digits|wine|breast_cancer|diabetes|boston|linnerud)|fetch_\w+)\("),
    ),
    (
        "library-data",
        "torchvision",
        regex(r"\bdatasets\.(?!ImageFolder|DatasetFolder|VisionDataset|folder)[A-Z]\w+\("),
    ),
    (
        "library-data",
        "keras",
        regex(r"\bkeras\.datasets\b|\b(?:mnist|fashion_mnist|cifar10|cifar100|imdb|reuters)\.load_data\("),
    ),
    (
        "library-data",
        "tensorflow",
        regex(r"\bkeras\.datasets\b|\b(?:mnist|fashion_mnist|cifar10|cifar100|imdb|reuters)\.load_data\("),
    ),
    ("library-data", "seaborn", regex(r"\b(?:sns|seaborn)\.load_dataset\(")),
)
"""(practice, import root, how its use looks); lines that are comments do not count."""
DATASET_ARTIFACTS = regex(
    r"(?:wandb\.Artifact|wandb\.(?:run\.|init\(\)\.)?use_artifact|mlflow\.log_input|mlflow\.data\.\w+|clearml\.Dataset\.\w+"
    r"|azureml\.core\.Dataset\.\w+)$"
)
SETTINGS_CLASS = regex(
    r"(?:Config|Configs|Args|Arguments|Settings|HParams|Hyperparameters|HyperParameters|Params)$"
)
NOT_VALIDATION = frozenset({"report"})
REQUEST_SCHEMAS = ("pydantic.", "marshmallow.", "msgspec.")
"""They check requests and settings; here they count as data validation nowhere."""
CI_FILES = regex(
    r"(?:^|/)(?:\.github/workflows/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|azure-pipelines[\w.-]*\.ya?ml|\.circleci/config\.ya?ml"
    r"|\.travis\.ya?ml|Jenkinsfile|bitbucket-pipelines\.ya?ml|\.drone\.ya?ml|cloudbuild\.ya?ml|\.azure-pipelines/.*\.ya?ml"
    r"|\.pipelines/.*\.ya?ml)$"
)
RUNS_PYTHON = regex(
    r"\b(?:python3?|accelerate launch|torchrun|papermill|jupyter nbconvert|uv run|poetry run)\s+[^\n|;&]*?[\w/.-]+\.(?:py|ipynb)\b|\bpython3? -m (?!pip|venv|build|pytest|mkdocs|twine|http|unittest|ensurepip|black|ruff|flake8|mypy|pre_commit|coverage)\w"
)
RUNS_TESTS = regex(r"\b(?:pytest|tox|nox|unittest|make test|nosetests)\b")
EVALUATES = regex(
    r"\b(?:dvc metrics|dvc repro|dvc exp|cml |evaluat\w*\.py|evaluate_model|validat\w*_model|model_eval\w*|checkpoint run)\b|cml-publish|deepchecks|--fail-under-score"
)
CHECKSUM_COMMANDS = regex(r"\b(?:sha256sum|md5sum|shasum|sha1sum)\b")
DVC_COMMANDS = regex(r"\b(?:dvc (?:pull|repro|checkout|fetch)|git lfs pull|lakectl)\b")
WATCHING_FILES = regex(r"(?:^|/)(?:prometheus|alertmanager|grafana|datadog|otel[\w-]*)[\w.-]*\.ya?ml$")
SETTINGS_FILES = regex(
    r"(?:^|/)(?:params|config|hparams|hyperparameters|settings)[\w.-]*\.ya?ml$|(?:^|/)(?:conf|configs?|params|cfg|cfgs|experiments?)/(?:[^/]+/)*[^/]+\.(?:ya?ml|toml)$"
)
NUMBER_TYPES = (int, float)


def of_module(module: Module, config: Config) -> Iterator[Fact]:
    is_ml = module.is_ml or bool(module.roots & config.knowledge.ml_roots)
    knowledge = config.knowledge
    words = _words(knowledge)
    is_test = config.role_of(module.path) == "test"
    found: dict[str, tuple[Span, str, int]] = {}

    def note(name: str, span: Span, what: str) -> None:
        first, told, count = found.get(name, (span, what, 0))
        found[name] = (first, told, count + 1)

    runs = module.is_notebook or "__main__" in module.text
    for chunk, start in module.placed:
        for call in chunk.calls:
            target = canonical(call.target) if call.target else ""
            for name in _names(knowledge, call, target, words, is_ml, is_test):
                note(name, call.func.shifted(start), (target or call.chain).removesuffix("()"))
                runs = runs or (name == "reads-data" and call.scope == 0 and not chunk.owner)
        for view in chunk.classes:
            if SETTINGS_CLASS.search(view.name) and any("dataclass" in one for one in view.decorators):
                note("settings", view.name_span.shifted(start), view.name)
    for imported in module.imports:
        root = imported.module.partition(".")[0]
        for name, roots in BY_IMPORT.items():
            if root in roots and name not in found:
                note(name, imported.span, imported.module)
    if is_ml:
        for name, root, pattern in BY_USE:
            if name not in found and root in module.roots and (match := _used(module.text, pattern)):
                note(name, match, module.text[match.start : match.end].rstrip("("))
    if "settings" not in found and SETTINGS_FILES.search(module.path.removesuffix(".py") + ".yaml"):
        yield Fact("practice", "settings-file", START, (0, 0))
    yield Fact("size", "", START, (code_lines(module.text), is_ml, runs))
    for name, (span, what, count) in found.items():
        yield Fact("practice", name, span, (what, count))


def _used(text: str, pattern: re.Pattern[str]) -> Span | None:
    for match in pattern.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        if "#" not in text[line : match.start()]:
            return Span(*match.span())
    return None


def _names(
    knowledge: Knowledge, call: Call, target: str, words: frozenset[str], is_ml: bool, is_test: bool
) -> Iterator[str]:
    if target:
        if DATASET_ARTIFACTS.match(target):
            yield "versions-data"
        if target == "datasets.load_dataset":
            yield "versions-data" if call.arg("revision") else "reads-data"
    if is_test and is_ml and call.name in PREDICT_METHODS | EVALUATE_METHODS:
        yield "calls-model"
    if call.name not in words:
        return
    asked = call.target or call.chain
    if (
        is_ml
        and knowledge.get(knowledge.readers, asked) is not None
        and not NOT_DATA.search(target or call.chain)
    ):
        yield "reads-data"
    kind = knowledge.get(knowledge.validators, asked)
    if kind and kind not in NOT_VALIDATION and not target.startswith(REQUEST_SCHEMAS):
        yield "validates-data"
    if is_ml and knowledge.get(knowledge.trackers, asked) is not None:
        yield "tracks"
    if knowledge.get(knowledge.global_seeds, asked) is not None:
        yield "seeds"
    kind = knowledge.get(knowledge.monitors, asked)
    if kind:
        yield "watches-data" if kind in ("drift", "performance", "logging") else "watches-service"
    if is_test and is_ml and knowledge.get(knowledge.metrics, asked) is not None:
        yield "calls-model"


@lru_cache(maxsize=8)
def _table_words(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.rpartition(".")[2] for name in names)


def _words(knowledge: Knowledge) -> frozenset[str]:
    """Last words of everything the tables below know: most calls are sorted out by them."""
    tables = (
        knowledge.readers,
        knowledge.validators,
        knowledge.trackers,
        knowledge.global_seeds,
        knowledge.monitors,
        knowledge.metrics,
    )
    return _table_words(tuple(name for table in tables for name in table))


def code_lines(text: str) -> int:
    """Lines that are neither empty nor a comment."""
    return sum(1 for line in text.split("\n") if (bare := line.strip()) and bare[0] != "#")


def of_manifest(manifest: Manifest, config: Config) -> Iterator[Fact]:
    path, text = manifest.path, manifest.text
    name = path.rpartition("/")[2]
    if name == "dvc.yaml":
        yield from _dvc_stages(manifest)
    elif name.endswith(".dvc") or name == "dvc.lock":
        yield Fact("practice", "versions-data", START, ("DVC", 1))
    elif name == ".gitattributes":
        at = text.find("filter=lfs")
        if at >= 0:
            yield Fact("practice", "versions-data", Span(at, at + 10), ("Git LFS", text.count("filter=lfs")))
    elif name == "MLproject":
        entry = manifest.get("entry_points")
        if entry is not None:
            n_steps = len({one.key[1] for one in manifest.under("entry_points")})
            yield Fact("practice", "order", entry.key_span, ("MLproject entry points", n_steps))
    elif CI_FILES.search(path):
        tests, gate = RUNS_TESTS.search(text), EVALUATES.search(text)
        yield Fact("practice", "ci", START, ("runs tests" if tests else "", "evaluates" if gate else ""))
    if WATCHING_FILES.search(path):
        yield Fact("practice", "watches-service", START, (name, 1))
    if SETTINGS_FILES.search(path) and not manifest.error:
        yield from _settings(manifest)
    if manifest.kind == "commands" or CI_FILES.search(path):
        for practice, what, pattern in (
            ("order", "runs scripts", RUNS_PYTHON),
            ("checks-sum", "checksums", CHECKSUM_COMMANDS),
            ("versions-data", "DVC", DVC_COMMANDS),
        ):
            found = list(pattern.finditer(text))
            if found:
                yield Fact("practice", practice, Span(*found[0].span()), (what, len(found)))


def _dvc_stages(manifest: Manifest) -> Iterator[Fact]:
    stages: dict[str | int, set[str | int]] = {}
    for entry in manifest.under("stages"):
        parts = stages.setdefault(entry.key[1], set())
        if len(entry.key) > 2:
            # `foreach` stages have their body under `do`.
            parts.add(entry.key[3] if entry.key[2] == "do" and len(entry.key) > 3 else entry.key[2])
    top = manifest.get("stages")
    if not stages or top is None:
        return
    declared = sum(1 for parts in stages.values() if "deps" in parts and parts & {"outs", "metrics", "plots"})
    yield Fact("practice", "dag", top.key_span, ("dvc.yaml", len(stages), declared))


def _settings(manifest: Manifest) -> Iterator[Fact]:
    """Numbers in a settings file, and how many of them have a comment on their line or just above."""
    numbers = [
        entry
        for entry in manifest.entries
        if isinstance(entry.value, NUMBER_TYPES) and not isinstance(entry.value, bool)
    ]
    if not manifest.entries:
        return
    lines = {manifest.text.count("\n", 0, comment.span.start) for comment in manifest.comments}
    told = 0
    for entry in numbers:
        line = manifest.text.count("\n", 0, entry.key_span.start)
        told += line in lines or line - 1 in lines
    yield Fact("practice", "settings-file", START, (len(numbers), told))
