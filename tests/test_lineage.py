"""The graph of who reads and writes what, and the pictures of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_artifacts import workspace

from mldebt.cli.main import main
from mldebt.engine.lineage import KINDS, rendered
from mldebt.facts.handovers import handovers
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


RUNS = [
    ("subprocess.run([sys.executable, 'prepare.py', '--x', str(3)], check=True)", True),
    ("subprocess.run('python prepare.py', shell=True)", True),
    ("subprocess.check_call(['python', '-u', 'prepare.py'])", True),
    ("subprocess.Popen(args=['python3', 'prepare.py'])", True),
    ("os.system(f'python prepare.py --epochs {n}')", True),
    ("os.system('rm prepare.py')", False),
    ("subprocess.run(['black', 'prepare.py'])", False),
    ("runner.run('python prepare.py')", False),
    ("print('python prepare.py')", False),
]


@pytest.mark.parametrize(("call", "runs"), RUNS)
def test_scripts_that_code_starts_are_known(call: str, runs: bool) -> None:
    files = {"go.py": f"import os\nimport subprocess\nimport sys\n\n{call}\n", "prepare.py": PREPARE}
    assert ("prepare.py" in lineage(workspace(files, KINDS)).runs) is runs


# What is handed over beside artifacts ------------------------------------------------------------

FEATURES = (
    "import pandas as pd\n\n\ndef features(df):\n"
    "    df['amount_mean_7d'] = df.groupby('user')['amount'].transform('mean')\n"
    "    df['age'] = df['born'].max() - df['born']\n    return df\n"
)
MODEL = (
    "import pandas as pd\n\nCOLUMNS = ['amount_mean_7d', 'age']\n\n\ndef take(df):\n    return df[COLUMNS]\n"
)
SERVE = (
    "import joblib\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = joblib.load('model.joblib')\n\n\n"
    "@app.post('/score')\ndef score(row: dict):\n    return {'score': float(model.predict([row])[0])}\n\n\n"
    "@app.get('/{anything}')\ndef get(anything: str):\n    return {}\n"
)
CALLER = "import requests\n\nanswer = requests.post('http://scoring:8000/score', json={}).json()\n"
REGISTRY = (
    "churn:\n  schema_change_policy: announce\n  schema: {score: float}\n"
    "  declared_consumers:\n    - service: newsletter\n      fields_used: [score]\n"
)


def handed(files: dict[str, str]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [tuple(one) for one in handovers(workspace({"README.md": "", **files}, KINDS))]


def test_a_column_goes_from_the_file_that_computes_it_to_those_that_name_it() -> None:
    files = {"features.py": FEATURES, "model.py": MODEL}
    assert handed(files) == [("features.py", "amount_mean_7d", "column", ("model.py",))]
    # Nobody can say which of two gives it; and tests take nothing.
    assert handed({**files, "other.py": FEATURES}) == []
    assert handed({"features.py": FEATURES, "tests/test_model.py": MODEL}) == []


def test_a_service_and_a_registry_have_their_consumers() -> None:
    files = {"serve.py": SERVE, "report.py": CALLER, "consumers.yaml": REGISTRY}
    assert handed(files) == [
        ("serve.py", "/score", "route", ("report.py",)),
        ("consumers.yaml", "outputs of churn", "outputs", ("newsletter",)),
    ]


def test_pictures_show_what_is_handed_over() -> None:
    files = {
        "README.md": "",
        "features.py": FEATURES,
        "model.py": MODEL,
        "serve.py": SERVE,
        "report.py": CALLER,
        "consumers.yaml": REGISTRY,
    }
    whole = workspace(files, KINDS)
    drawn = rendered(whole, "mermaid")
    for node in ('[/"amount_mean_7d"/]', '(["/score"])', '(["outputs of churn"])', '["newsletter"]'):
        assert node in drawn
    dot = rendered(whole, "dot")
    assert '"features.py" -> "amount_mean_7d";' in dot
    assert '"/score" -> "report.py";' in dot
    data = json.loads(rendered(whole, "json"))
    assert {"kind": "route", "name": "/score", "from": "serve.py", "to": ["report.py"]} in data["handovers"]
