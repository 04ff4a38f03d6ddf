"""A project that others are made from: what it lacks as a whole is a hint there, and a finding anywhere else."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from examples import check
from mldebt.config import Config
from mldebt.engine.discovery import discover
from mldebt.facts.readme import is_template_name
from mldebt.rule import HINT, WARNING, Severity
from mldebt.syntax.manifest import read_manifest

CONFIG = Config(
    today=datetime.date(2026, 1, 15), select=("unpinned-dependencies", "missing-dependency-manifest")
)
LOOSE = "torch>=2.0\nnumpy\n"
TRAIN = (
    "import pandas as pd\nfrom sklearn.linear_model import Ridge\n\nRidge().fit(pd.read_csv('a.csv'), y)\n"
)


def severities(files: dict[str, str]) -> list[Severity | None]:
    return [finding.severity for finding in check(files, CONFIG)[0]]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", "# PyTorch Template Project\n"),
        ("README.md", "\ufeff# Keras Project Template [![badge](https://a.b/c.svg)](https://a.b)\n"),
        ("README.md", "<div>\n\n# Lightning-Hydra-Template\n"),
        ("README.rst", "Cookiecutter Pytorch Template\n=============================\n"),
        ("cookiecutter.json", "{}"),
        ("copier.yaml", "name: {type: str}\n"),
        ("pyproject.toml", '[project]\nname = "churn-template"\n'),
    ],
)
def test_versions_are_chosen_in_the_project_that_is_made(path: str, text: str) -> None:
    assert severities({path: text, "requirements.txt": LOOSE}) == [HINT]


@pytest.mark.parametrize(
    "title",
    [
        "# Template Matching with OpenCV",
        "# Churn, made from a cookiecutter template",
        "# Project based on the data science template",
        "# Prompt template classifier",
        "# Email Templates",
        "# Churn\n\nThis template of a sentence is no heading.",
        "",
    ],
)
def test_an_ordinary_project_keeps_its_warning(title: str) -> None:
    assert severities({"README.md": title, "requirements.txt": LOOSE}) == [WARNING]


def test_a_template_beside_the_project_says_nothing_of_it() -> None:
    files = {"templates/service/cookiecutter.json": "{}", "requirements.txt": LOOSE}
    assert severities(files) == [WARNING]
    assert severities(
        {"a/README.md": "# NN Template\n", "a/requirements.txt": LOOSE, "b/requirements.txt": LOOSE}
    ) == [
        HINT,
        WARNING,
    ]


def test_a_template_need_not_declare_its_packages() -> None:
    files = {"train.py": TRAIN, "evaluate.py": TRAIN}
    assert severities(files) == [WARNING]
    assert severities({**files, "README.md": "# Tensorflow Project Template\n"}) == [HINT]


def test_a_readme_is_its_title_and_the_scripts_it_names() -> None:
    text = "# Churn `v2`\n\nRun `python src/train.py --fast`, then\n\n    python -m src.serve\n\n├── run.sh  train.py/x a.pyc\n"
    manifest = read_manifest("docs/README.md", text)
    assert manifest.text == ""
    assert manifest.value("title") == "Churn v2"
    assert {entry.value for entry in manifest.under("script")} == {
        "src/train.py",
        "src/serve.py",
        "run.sh",
        "train.py",
    }
    assert read_manifest("README.md", "x" * 2_000_000).error == ""


def test_words_of_other_templates() -> None:
    assert is_template_name("MLOps project template (Azure)")
    assert is_template_name("Boilerplate for vision")
    assert not is_template_name("Templates of chat messages for LLaMA")
    assert not is_template_name("Contemplate")


@pytest.mark.parametrize("said", ["_subdirectory: template\n", 'a: 1\n_subdirectory: "./template"  # code\n'])
def test_the_folder_that_copier_copies_is_left_out(tmp_path: Path, said: str) -> None:
    for path in (
        "copier.yml",
        "template/train.py",
        "template/steps/load.py",
        "tests/test_it.py",
        "other/template/a.py",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(said if path == "copier.yml" else "")
    assert discover([tmp_path], root=tmp_path).files == (
        "copier.yml",
        "other/template/a.py",
        "tests/test_it.py",
    )
    # Named by the user it is read; a hook that names files blindly leaves it out.
    named = tmp_path / "template/train.py"
    assert "template/train.py" in discover([named], root=tmp_path).files
    assert discover([named], root=tmp_path, force_exclude=True).files == ()
    (tmp_path / "copier.yml").write_text("_subdirectory: '{{ kind }}'\n")
    assert "template/train.py" in discover([tmp_path], root=tmp_path).files
