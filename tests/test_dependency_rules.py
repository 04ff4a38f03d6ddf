"""The rules about dependencies and script variants: what their manual pages have no room for."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from examples import applied, check, config_for, subject_of
from mldebt.engine.fixing import fixes_of
from mldebt.rule import DRAFT, HINT, INFORMATION, WARNING, Finding
from mldebt.rules.pipeline_jungles import script_variant_cluster as variants
from mldebt.rules.reproducibility.unpinned_dependencies import COMPUTING, TOOLS, allows
from mldebt.syntax.manifest import read_manifest
from mldebt.syntax.manifest_requirements import canonical
from mldebt.text import LineIndex

LOCK = '[[package]]\nname = "numpy"\nversion = "1.26.4"\n\n[[package]]\nname = "torch"\nversion = "2.4.1"\n'


def findings(rule: str, files: dict[str, str]) -> list[Finding]:
    return check(files, config_for(rule))[0]


def fixed(files: dict[str, str]) -> str:
    """The reported manifest after the first fix of its finding."""
    (finding,) = findings("unpinned-dependencies", files)
    subject = subject_of(finding.path, files[finding.path])
    fix = fixes_of(finding, subject, config_for("unpinned-dependencies"))[0]
    return applied(files[finding.path], fix)


# --- unpinned-dependencies -------------------------------------------------------

VERSIONS = st.lists(st.integers(0, 12), min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts)))
CLAUSES = st.builds(
    lambda operator, version: operator + (version if operator != "~=" or "." in version else version + ".0"),
    st.sampled_from(["==", "~=", "!=", "<=", ">=", "<", ">"]),
    VERSIONS,
)


@settings(max_examples=400, deadline=None)
@given(st.lists(CLAUSES, min_size=1, max_size=3), VERSIONS)
def test_allowed_versions_are_those_packaging_allows(clauses: list[str], version: str) -> None:
    specifier = ",".join(clauses)
    assert allows(specifier, version) == SpecifierSet(specifier).contains(version)


def test_tables_hold_normalised_names() -> None:
    assert [name for name in COMPUTING | TOOLS if name != canonical(name)] == []
    assert not COMPUTING & TOOLS


@pytest.mark.parametrize(
    ("specifier", "version", "fits"),
    [
        ("", "1.2.3", True), ("", "2.1.0+cu118", True), ("", "main", False), ("*", "1.2", True),
        ("^1.2.3", "1.9", True), ("^1.2.3", "2.0", False), ("^0.2.3", "0.2.9", True), ("^0.2.3", "0.3.0", False),
        ("~1.2.3", "1.2.9", True), ("~1.2.3", "1.3", False), ("~1", "1.9", True),
        ("==1.2.*", "1.2.7", True), ("==1.2.*", "1.3", False), ("=1.2", "1.2.7", True), (">=1.0rc1", "1.2", False),
        (">=1.0", "1.2rc1", False),
    ],
)  # fmt: skip
def test_other_notations(specifier: str, version: str, fits: bool) -> None:
    assert allows(specifier, version) is fits


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("requirements.txt", "numpy[x]>=1 ; python_version > '3.8'  # why\ntorch\nother\n", "numpy[x]==1.26.4 ; python_version > '3.8'  # why\ntorch==2.4.1\nother\n"),
        ("requirements.txt", "numpy (>=1, <2)\nscipy>=1\n", "numpy ==1.26.4\nscipy>=1\n"),
        ("requirements.txt", "numpy>=1,<2 \\\n  --hash=sha256:aa\n", "numpy==1.26.4 \\\n  --hash=sha256:aa\n"),
        ("requirements.txt", "numpy>=2\ntorch\n", "numpy>=2\ntorch==2.4.1\n"),
        ("environment.yml", 'dependencies:\n- numpy>=1\n- "torch"\n- pip: ["numpy[x]"]\n', 'dependencies:\n- numpy==1.26.4\n- "torch==2.4.1"\n- pip: ["numpy[x]==1.26.4"]\n'),
        ("Pipfile", '[packages]\nnumpy = "*"\ntorch = {version = ">=2", extras = ["x"]}\n', '[packages]\nnumpy = "==1.26.4"\ntorch = {version = "==2.4.1", extras = ["x"]}\n'),
        ("pyproject.toml", '[tool.poetry.dependencies]\nnumpy = "^1.2"\ntorch = {version = "*"}\n', '[tool.poetry.dependencies]\nnumpy = "1.26.4"\ntorch = {version = "2.4.1"}\n'),
        ("pyproject.toml", '[project]\ndependencies = ["numpy", \'torch>=2\']\n', "[project]\ndependencies = [\"numpy==1.26.4\", 'torch==2.4.1']\n"),
        ("setup.cfg", "[options]\ninstall_requires =\n  numpy\n  torch>=2\n", "[options]\ninstall_requires =\n  numpy==1.26.4\n  torch==2.4.1\n"),
    ],
)  # fmt: skip
def test_fix_pins_to_what_another_lock_settled(path: str, before: str, after: str) -> None:
    files = {path: before, "service/uv.lock": LOCK}
    assert fixed(files) == after


def test_a_git_table_is_left_alone_by_the_fix() -> None:
    text = '[tool.poetry.dependencies]\nnumpy = {git = "https://example.org/numpy"}\ntorch = "*"\n'
    assert fixed({"pyproject.toml": text, "a/uv.lock": LOCK}) == text.replace('"*"', '"2.4.1"')


def test_locks_that_disagree_give_no_version() -> None:
    files = {"requirements.txt": "numpy\n", "a/uv.lock": LOCK, "b/uv.lock": LOCK.replace("1.26.4", "2.0.0")}
    (finding,) = findings("unpinned-dependencies", files)
    assert (
        fixes_of(finding, subject_of("requirements.txt", "numpy\n"), config_for("unpinned-dependencies"))
        == ()
    )


def test_every_loose_line_is_a_related_place() -> None:
    text = "# top\nnumpy\npytest\ntqdm\ntorch==2.0\npandas>=1,<2\nscipy~=1.2.0\n"
    (finding,) = findings("unpinned-dependencies", {"requirements.txt": text})
    lines = LineIndex(text)
    assert [lines.line_of(place.span.start) for place in finding.related] == [1, 3, 5]
    assert finding.severity is WARNING


@pytest.mark.parametrize(
    "files",
    [
        {"requirements.txt": "requests\ntqdm\n"},
        {"requirements-dev.txt": "numpy\n"},
        {"docs/requirements.txt": "numpy\n"},
        {"tests/requirements.txt": "numpy\n"},
        {
            "pyproject.toml": '[project.optional-dependencies]\nx = ["numpy"]\n[dependency-groups]\ndev = ["torch"]\n'
        },
        {"pyproject.toml": '[build-system]\nrequires = ["numpy"]\n'},
        {"app/requirements.in": "numpy>=1\n", "app/requirements.txt": "numpy==1.26.4\nsix==1.16.0\n"},
        {"app/pyproject.toml": '[project]\ndependencies = ["numpy"]\n', "uv.lock": LOCK},
        {
            "requirements.txt": "-c pins/constraints.txt\nnumpy\n",
            "pins/constraints.txt": "numpy==1.26.4\nscipy>=1\n",
        },
        {"requirements.txt": "numpy @ https://example.org/numpy-1.26.4-py3-none-any.whl\n"},
    ],
)
def test_silent(files: dict[str, str]) -> None:
    assert findings("unpinned-dependencies", files) == []


def test_a_lock_below_does_not_cover() -> None:
    (finding,) = findings("unpinned-dependencies", {"requirements.txt": "numpy\n", "sub/uv.lock": LOCK})
    assert finding.path == "requirements.txt"


def test_a_published_library_gets_a_hint() -> None:
    files = {
        "pyproject.toml": '[project]\nname = "x"\nclassifiers = ["License :: OSI Approved"]\ndependencies = ["numpy"]\n'
    }
    assert [finding.severity for finding in findings("unpinned-dependencies", files)] == [HINT]
    private = {
        "pyproject.toml": files["pyproject.toml"].replace(
            "License :: OSI Approved", "Private :: Do Not Upload"
        )
    }
    assert [finding.severity for finding in findings("unpinned-dependencies", private)] == [WARNING]


# --- missing-dependency-manifest ---------------------------------------------------

TRAIN = "import pandas as pd\nfrom sklearn.linear_model import Ridge\n\nRidge().fit(pd.read_csv('a'), 1)\n"


def test_said_once_at_the_file_that_trains() -> None:
    files = {
        "a.py": "import numpy\n",
        "src/train.py": TRAIN,
        "src/fit_more.py": TRAIN,
        "tests/test_a.py": "import torch\n",
    }
    (finding,) = findings("missing-dependency-manifest", files)
    assert (finding.path, finding.severity) == ("src/train.py", WARNING)
    assert "scikit-learn" in finding.help and "torch" not in finding.help


@pytest.mark.parametrize(
    "files",
    [
        {"setup.py": "from setuptools import setup\nsetup(install_requires=['numpy'])\n"},
        {"pyproject.toml": "[project]\nname = 'x'\n"},
        {"deep/down/environment.yml": "dependencies: [numpy]\n"},
        {".github/workflows/ci.yml": "jobs:\n  a:\n    steps:\n    - run: pip install numpy\n"},
        {"install.sh": "conda install numpy\n"},
    ],
)
def test_any_declaration_is_enough(files: dict[str, str]) -> None:
    assert findings("missing-dependency-manifest", {"train.py": TRAIN, "more.py": TRAIN, **files}) == []


def test_a_manifest_that_only_configures_tools_declares_nothing() -> None:
    files = {
        "train.py": TRAIN,
        "more.py": TRAIN,
        "pyproject.toml": "[tool.black]\nline-length = 100\n",
        "Makefile": "all:\n\tls\n",
    }
    assert len(findings("missing-dependency-manifest", files)) == 1


def test_a_requirements_file_is_drafted_from_the_imports_where_there_is_none() -> None:
    files = {"train.py": TRAIN, "more.py": "import imblearn\n\nimblearn.show_versions()\n"}
    (finding,) = findings("missing-dependency-manifest", files)
    subject, config = subject_of(finding.path, files[finding.path]), config_for("missing-dependency-manifest")
    (fix,) = fixes_of(finding, subject, config, tuple(files))
    assert (fix.path, fix.creates, fix.safety) == ("requirements.txt", True, DRAFT)
    drafted = read_manifest("requirements.txt", fix.edits[0].text)
    assert not drafted.error
    assert [one.name for one in drafted.requirements] == list(finding.data)
    assert "imbalanced-learn" in finding.data
    assert fixes_of(finding, subject, config, (*files, "requirements.txt")) == ()


def test_one_file_is_a_hint_and_a_script_with_metadata_nothing() -> None:
    assert [finding.severity for finding in findings("missing-dependency-manifest", {"a.py": TRAIN})] == [
        HINT
    ]
    script = '# /// script\n# dependencies = ["pandas"]\n# ///\n' + TRAIN
    assert findings("missing-dependency-manifest", {"a.py": script, "b.py": script}) == []


def test_own_modules_named_like_libraries_need_no_package() -> None:
    assert (
        findings(
            "missing-dependency-manifest",
            {"a.py": "import datasets\n", "datasets.py": "x = 1\n", "b.py": "import datasets\n"},
        )
        == []
    )


# --- script-variant-cluster ----------------------------------------------------------


@pytest.mark.parametrize(
    ("stem", "base", "clear", "weak"),
    [
        ("train_v2", "train", 1, 0), ("trainV2", "train", 1, 0), ("train2", "train", 0, 1), ("train_final_v2.1", "train", 2, 0),
        ("Copy of train", "train", 1, 0), ("train-Copy1", "train", 1, 0), ("train (2)", "train", 1, 0), ("train copy", "train", 1, 0),
        ("train_2024-01-31", "train", 1, 0), ("train_20240131", "train", 1, 0), ("old_train", "train", 1, 0), ("train_b", "train", 0, 1),
        ("train_with_attention", "train", 0, 1), ("lgb_LB_0.2201", "lgb_lb", 1, 0), ("train_2nd", "train", 1, 0),
        ("train_fold1", "train_fold_1", 0, 0), ("phase3", "phase_3", 0, 0), ("sales_2024", "sales_2024", 0, 0), ("v2", "v2", 0, 0),
        ("resnet50", "resnet", 0, 1), ("final", "final", 0, 0), ("week_1_model", "week_1_model", 0, 0), ("train_improved", "train", 1, 0),
    ],
)  # fmt: skip
def test_names_without_their_markers(stem: str, base: str, clear: int, weak: int) -> None:
    name = variants.name_of(stem)
    assert (name.base, name.clear, name.weak) == (base, clear, weak)


def script(*changed: int, lines: int = 40, more: int = 0) -> str:
    body = [
        f"value_{number} = frame['column_{chr(97 + number % 26)}_{number // 26 * 'x'}'].mean()"
        for number in range(lines)
    ]
    for number in changed:
        body[number] = f"other_{'y' * number} = 1"
    return "import pandas as pd\n" + "\n".join(body + [f"extra_{'z' * n} = 2" for n in range(more)]) + "\n"


def clusters(files: dict[str, str]) -> list[tuple[str, ...]]:
    found = findings("script-variant-cluster", files)
    assert all(finding.severity is INFORMATION for finding in found)
    return [finding.data for finding in found]


def test_clear_and_weak_markers_ask_for_different_likeness() -> None:
    half = script(*range(16))
    assert clusters({"train.py": script(), "train_v2.py": half}) == [("train.py", "train_v2.py")]
    assert clusters({"train.py": script(), "train2.py": half}) == []
    assert clusters({"train.py": script(), "train2.py": script(3)}) == [("train.py", "train2.py")]
    assert clusters({"train.py": script(), "train_v2.py": script(*range(30))}) == []
    assert clusters({"train1.py": script(), "train2.py": script()}) == []
    assert clusters({"a/train.py": script(), "b/train_v2.py": script()}) == []
    assert clusters({"train.py": script(), "train_v2.ipynb": script()}) == []
    assert clusters({"tests/train.py": script(), "tests/train_v2.py": script()}) == []


def test_a_folder_filled_from_a_template_has_no_weak_versions() -> None:
    family = {f"{name}.py": script(number) for number, name in enumerate(("bert", "gpt", "llama", "qwen"))}
    assert clusters({**family, "qwen2.py": script(5)}) == []
    assert clusters({**family, "qwen_v2.py": script(5)}) == [("qwen.py", "qwen_v2.py")]


def test_a_grown_version_still_is_one() -> None:
    assert clusters({"train.py": script(), "train_v2.py": script(more=30)}) == [("train.py", "train_v2.py")]


def test_a_rewritten_sibling_joins_once_the_habit_shows() -> None:
    other = "import pandas as pd\n" + "\n".join(f"step_{'q' * number} = {number}" for number in range(20))
    files = {
        "train.py": script(),
        "train_v2.py": script(1),
        "train_old.py": other,
        "train_3.py": other.replace("step", "stage"),
    }
    assert clusters(files) == [("train.py", "train_old.py", "train_v2.py")]
    assert clusters({"train.py": script(), "train_old.py": other}) == []


def test_who_is_mentioned_is_said() -> None:
    files = {
        "src/train.py": script(), "src/train_v2.py": script(1), "src/train_v3.py": script(2),
        "dvc.yaml": "stages:\n  train:\n    cmd: python src/train_v2.py\n", "run.py": "from src import train_v3\n",
        "job.sh": "python -m src.train_v3\n",
    }  # fmt: skip
    (finding,) = findings("script-variant-cluster", files)
    assert finding.path == "src/train_v3.py"
    assert "`train_v2.py` is mentioned in dvc.yaml" in finding.help
    assert "`train_v3.py` is mentioned in job.sh and run.py" in finding.help
    assert "Nothing mentions `train.py`" in finding.help
    del files["dvc.yaml"]
    (finding,) = findings("script-variant-cluster", files)
    assert "only `train_v3.py` is mentioned elsewhere" in finding.message


def test_similarity_is_estimated_well_from_samples() -> None:
    choose = random.Random(1)
    errors = []
    for _ in range(60):
        shared = {choose.getrandbits(32) for _ in range(choose.randrange(100, 900))}
        one = shared | {choose.getrandbits(32) for _ in range(choose.randrange(0, 500))}
        other = shared | {choose.getrandbits(32) for _ in range(choose.randrange(0, 500))}
        made = [
            variants.Member(
                "", variants.name_of("x"), (0, 0), len(lines), tuple(sorted(lines)[: variants.SAMPLE])
            )
            for lines in (one, other)
        ]
        errors.append(abs(variants.similarity(*made)[0] - len(shared) / min(len(one), len(other))))
    assert sum(errors) / len(errors) < 0.06
    assert max(errors) < 0.2
