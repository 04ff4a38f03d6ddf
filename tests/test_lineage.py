"""The graph of who reads and writes what, and the pictures of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_artifacts import workspace

from mldebt.cli.main import main
from mldebt.engine.lineage import rendered
from mldebt.facts.lineage import fits, lineage

PREPARE = "import pandas as pd\n\npd.read_csv('data/raw.csv').dropna().to_parquet('data/clean.parquet')\n"
TRAIN = (
    "import joblib\nimport pandas as pd\nfrom sklearn.linear_model import Ridge\n\n"
    "frame = pd.read_parquet('data/clean.parquet')\nmodel = Ridge().fit(frame, frame['y'])\n"
    "joblib.dump(model, 'models/model.joblib')\n"
)
SCORE = (
    "import joblib\nimport pandas as pd\n\nmodel = joblib.load('models/model.joblib')\n"
    "pd.Series(model.predict(X)).to_csv('out/predictions.csv')\n"
)
FILES = {"README.md": "", "src/prepare.py": PREPARE, "src/train.py": TRAIN, "src/score.py": SCORE}


def handoffs(files: dict[str, str]) -> list[tuple[str, str, str]]:
    return [handoff[:3] for handoff in lineage(workspace(files)).handoffs()]


def test_who_hands_what_to_whom() -> None:
    assert handoffs(FILES) == [
        ("src/prepare.py", "data/clean.parquet", "src/train.py"),
        ("src/train.py", "models/model.joblib", "src/score.py"),
    ]
    graph = lineage(workspace(FILES))
    assert graph.order({"src/score.py", "src/train.py", "src/prepare.py"}) == [
        "src/prepare.py",
        "src/train.py",
        "src/score.py",
    ]
    assert graph.nodes["out/predictions.csv"].writers[0].is_predicted


def test_equal_names_in_two_projects_are_two_artifacts() -> None:
    files = {
        "a/README.md": "",
        "a/prepare.py": PREPARE,
        "b/README.md": "",
        "b/train.py": TRAIN,
    }
    assert handoffs(files) == []


def test_a_notebook_counts_from_its_own_folder() -> None:
    read = "import pandas as pd\n\npd.read_parquet('../data/clean.parquet')\n"
    assert handoffs({"src/prepare.py": PREPARE, "notebooks/look.ipynb": read}) == [
        ("src/prepare.py", "data/clean.parquet", "notebooks/look.ipynb")
    ]


def test_a_pattern_joins_the_one_path_that_fits() -> None:
    write = "import pandas as pd\n\ndf.to_csv(folder + '/clean.csv')\n"
    read = "import pandas as pd\n\npd.read_csv('data/clean.csv')\n"
    assert handoffs({"a.py": write, "b.py": read}) == [("a.py", "data/clean.csv", "b.py")]
    other = "import pandas as pd\n\npd.read_csv('old/clean.csv')\n"
    assert handoffs({"a.py": write, "b.py": read, "c.py": other}) == []


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [("a/*.csv", "a/b.csv", True), ("*/b.csv", "a/x/b.csv", True), ("a/*.csv", "b/a.csv", False)],
)
def test_fits(pattern: str, path: str, expected: bool) -> None:
    assert fits(pattern, path) is expected


def test_tests_and_examples_are_no_part_of_it() -> None:
    assert handoffs({"src/prepare.py": PREPARE, "tests/test_train.py": TRAIN, "README.md": ""}) == []


def test_pictures() -> None:
    space = workspace(FILES)
    mermaid = rendered(space, "mermaid")
    assert mermaid.startswith("flowchart LR\n")
    assert '{{"models/model.joblib"}}' in mermaid
    assert '"data/raw.csv"' not in mermaid
    dot = rendered(space, "dot")
    assert '"src/prepare.py" -> "data/clean.parquet";' in dot
    assert '"data/clean.parquet" -> "src/train.py";' in dot
    data = json.loads(rendered(space, "json"))
    clean = next(one for one in data["artifacts"] if one["path"] == "data/clean.parquet")
    assert [(one["file"], one["line"]) for one in clean["read_by"]] == [("src/train.py", 5)]
    assert any(one["path"] == "data/raw.csv" for one in data["artifacts"])


def test_a_stage_counts_as_its_script() -> None:
    dvc = "stages:\n  prepare:\n    cmd: python src/prepare.py\n    deps: [src/prepare.py]\n    outs: [data/extra.csv]\n"
    dot = rendered(workspace({**FILES, "dvc.yaml": dvc}), "dot")
    assert '"src/prepare.py" -> "data/extra.csv";' in dot


def test_the_command_line_prints_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["--lineage"]) == 0
    assert capsys.readouterr().out.startswith("flowchart LR")
    assert main(["--lineage", "dot", "."]) == 0
    assert capsys.readouterr().out.startswith("digraph")
    assert main(["--lineage=json", "--output", "out.json", "src"]) == 0
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["artifacts"]
    assert main(["--lineage=picture"]) == 4
    assert "mermaid" in capsys.readouterr().err
