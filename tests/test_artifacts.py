"""Which paths the code reads and writes, however it spells them; and who runs which script."""

from __future__ import annotations

import pytest

from examples import config_for, report_of
from mldebt.facts.artifacts import Artifact, artifacts
from mldebt.facts.commands import scripts_in, scripts_run
from mldebt.facts.stages import stages
from mldebt.rule import Workspace

KINDS = ("artifact-read", "runs-script", "stage")


def workspace(files: dict[str, str], kinds: tuple[str, ...] = KINDS) -> Workspace:
    config = config_for("unseeded-split", extra_facts=kinds)
    reports = {path: report_of(path, text, config) for path, text in files.items()}
    assert not [error for report in reports.values() for error in report.errors]
    return Workspace(tuple(sorted(files)), reports, config)


def used(code: str, path: str = "src/train.py", **others: str) -> list[Artifact]:
    found = artifacts(workspace({path: code, **others}))
    return [artifact for artifact in found if artifact.file == path]


def paths(code: str, path: str = "src/train.py", **others: str) -> list[str]:
    return [f"{'>' if one.writes else '<'}{one.path}" for one in used(code, path, **others)]


HEAD = "import json\nimport os\nimport pickle\nfrom pathlib import Path\n\nimport joblib\nimport pandas as pd\n\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("pd.read_csv('data/a.csv')", "<data/a.csv"),
        ("pd.read_csv('./data//a.csv')", "<data/a.csv"),
        ("df.to_csv(path_or_buf='data/a.csv')", ">data/a.csv"),
        ("DATA = 'data'\npd.read_csv(DATA + '/a.csv')", "<data/a.csv"),
        ("DATA = Path('data')\npd.read_csv(DATA / 'a.csv')", "<data/a.csv"),
        ("DATA = Path('data')\nRAW = DATA / 'raw'\npd.read_csv(RAW.joinpath('a.csv'))", "<data/raw/a.csv"),
        ("DATA = 'data'\npd.read_csv(os.path.join(DATA, 'raw', 'a.csv'))", "<data/raw/a.csv"),
        ("for fold in range(5):\n    df.to_csv(f'out/fold_{fold}.csv')", ">out/fold_*.csv"),
        ("NAME = 'a'\npd.read_csv(f'data/{NAME}.csv')", "<data/a.csv"),
        ("pd.read_csv('data/%s.csv' % name)", "<data/*.csv"),
        ("pd.read_csv('data/{}.csv'.format(name))", "<data/*.csv"),
        ("pd.read_csv(Path(__file__).parent.parent / 'data' / 'a.csv')", "<data/a.csv"),
        ("ROOT = Path(__file__).resolve().parents[1]\npd.read_csv(ROOT / 'a.csv')", "<a.csv"),
        ("here = os.path.dirname(__file__)\npd.read_csv(os.path.join(here, 'a.csv'))", "<src/a.csv"),
        ("def f(name):\n    out = 'out/' + name\n    df.to_csv(out)\n\n\nf('a.csv')", ">out/a.csv"),
        ("def f(path='data/a.csv'):\n    return pd.read_csv(path)", "<data/a.csv"),
        ("class C:\n    path = 'data/a.csv'\n\n\npd.read_csv(C.path)", "<data/a.csv"),
        (
            "class C:\n    def __init__(self):\n        self.dir = 'data'\n\n    def f(self):\n"
            "        return pd.read_csv(self.dir + '/a.csv')",
            "<data/a.csv",
        ),
        ("path = 'a.csv'\npd.read_csv(path)\npath = 'b.csv'", "<a.csv"),
        ("parser.add_argument('--in-file', default='d/a.csv')\npd.read_csv(args.in_file)", "<d/a.csv"),
        ("with open('m.pkl', 'wb') as f:\n    pickle.dump(model, f)", ">m.pkl"),
        ("json.load(open('params.json'))", "<params.json"),
        ("Path('notes.md').write_text('x')", ">notes.md"),
        ("joblib.dump(model, 'models/m.joblib')", ">models/m.joblib"),
        ("pd.read_csv(path)", None),
        ("pd.read_csv(sys.stdin)", None),
        ("pd.read_csv(','.join(names))", None),
        ("pd.read_csv(Path(folder).parent / '..')", None),
        ("df.to_csv()", None),
        ("df.to_json(orient='records')", None),
    ],
)  # fmt: skip
def test_a_path_is_followed(code: str, expected: str | None) -> None:
    assert paths(HEAD + code + "\n") == ([expected] if expected else [])


def test_two_branches_are_two_answers() -> None:
    code = HEAD + "path = 'a.csv'\nif small:\n    path = 'b.csv'\npd.read_csv(path)\n"
    assert paths(code) == ["<a.csv", "<b.csv"]
    assert not any(one.is_certain for one in used(code))


def test_constants_of_other_files_are_filled_in() -> None:
    config = "from pathlib import Path\n\nROOT = Path(__file__).resolve().parent.parent\nRAW = ROOT / 'data' / 'raw'\n"
    code = HEAD + "from src.config import RAW\n\npd.read_csv(RAW / 'a.csv')\n"
    assert paths(code, **{"src/config.py": config}) == ["<data/raw/a.csv"]
    code = HEAD + "from src import config\n\npd.read_csv(config.RAW / 'a.csv')\n"
    assert paths(code, **{"src/config.py": config}) == ["<data/raw/a.csv"]
    assert paths(code) == ["<*/a.csv"]


def test_arguments_come_from_the_commands_that_run_the_script() -> None:
    code = HEAD + "import sys\n\npd.read_csv(os.path.join(sys.argv[1], 'a.csv'))\n"
    assert paths(code, Makefile="train:\n\tpython src/train.py data/raw > log.txt\n") == ["<data/raw/a.csv"]
    assert paths(code) == ["<*/a.csv"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("pd.read_csv('a.csv')", "data"),
        ("pd.read_pickle('a.pkl')", "data"),
        ("joblib.dump(x, 'model.pkl')", "model"),
        ("joblib.dump(x, 'columns.pkl')", "object"),
        ("torch.save(x, 'a.pt')", "model"),
        ("plt.savefig('roc')", "figure"),
        ("open('params.yaml')", "config"),
        ("json.dump(x, open('metrics.json', 'w'))", "metrics"),
        ("df.to_csv('evaluation_predictions.csv')", "data"),
        ("df.to_sql('scores', engine)", "table"),
    ],
)
def test_the_kind_of_an_artifact(code: str, kind: str) -> None:
    found = used(HEAD + "import matplotlib.pyplot as plt\nimport torch\n\n" + code + "\n")
    assert [one.kind for one in found] == [kind]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("out = pd.DataFrame({'p': model.predict(X)})\nout.to_csv('p.csv')", True),
        ("df['score'] = model.predict_proba(X)[:, 1]\ndf.to_csv('p.csv')", True),
        (
            "rows = []\nfor x in X:\n    rows.append(model.predict(x))\npd.DataFrame(rows).to_csv('p.csv')",
            True,
        ),
        ("def run(X):\n    return model.predict(X)\n\n\npd.Series(run(X)).to_csv('p.csv')", True),
        ("with open('p.json', 'w') as f:\n    json.dump(list(model.predict(X)), f)", True),
        ("p = model.predict(X)\nm = accuracy_score(y, p)\npd.Series([m]).to_csv('m.csv')", False),
        ("p = model.predict(X)\njoblib.dump(model, 'm.pkl')", False),
        ("p = model.predict(X)\nX.to_csv('x.csv')", False),
    ],
)
def test_what_a_model_predicts_is_known_when_it_is_written(code: str, expected: bool) -> None:
    head = HEAD + "from sklearn.metrics import accuracy_score\n\n"
    assert [one.is_predicted for one in used(head + code + "\n") if one.writes] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("python src/train.py --a b", [("src/train.py", "file")]),
        ("cd src && python train.py", [("src/train.py", "file")]),
        ("python -m src.train x", [("src/train.py", "module")]),
        ("$(PYTHON) src/data/make.py data/raw", [("src/data/make.py", "file")]),
        (
            "CUDA_VISIBLE_DEVICES=0 torchrun --nproc 2 train.py; bash run.sh",
            [("train.py", "file"), ("run.sh", "file")],
        ),
        ("papermill a.ipynb out.ipynb", [("a.ipynb", "file")]),
        ("python a.py \\\n  --x y\npython b.py", [("a.py", "file"), ("b.py", "file")]),
        ("black src/train.py", []),
        ("python -m black src/train.py", []),
        ("cp train.py backup/", []),
        ("# python train.py", []),
        ("pytest tests/test_a.py", []),
    ],
)
def test_the_scripts_of_a_command(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(run.path, run.how) for run in scripts_in(text, "")] == expected


def test_scripts_run() -> None:
    files = {
        "Makefile": "data: raw.py\n\tpython src/prepare.py\nlint:\n\tflake8 src/lint_me.py\n",
        "Dockerfile": 'FROM python\nCOPY src/copied.py .\nCMD ["python", "src/serve.py"]\n',
        ".github/workflows/ci.yml": "jobs:\n  test:\n    steps:\n      - run: python src/check.py\n",
        "dvc.yaml": "stages:\n  train:\n    wdir: src\n    cmd: python train.py\n",
        "pyproject.toml": "[project.scripts]\ntool = 'src.cli:main'\n",
        "src/orchestrate.py": "import subprocess\nimport sys\n\nsubprocess.run([sys.executable, 'src/last.py'])\n",
        **{f"src/{name}.py": "" for name in ("prepare", "serve", "check", "train", "cli", "last", "copied", "lint_me")},
    }  # fmt: skip
    found = {script: [owner for owner, _ in runs] for script, runs in scripts_run(workspace(files)).items()}
    assert found == {
        "src/prepare.py": ["Makefile"],
        "src/serve.py": ["Dockerfile"],
        "src/check.py": [".github/workflows/ci.yml"],
        "src/train.py": ["dvc.yaml"],
        "src/cli.py": ["pyproject.toml"],
        "src/last.py": ["src/orchestrate.py"],
    }


def test_stages_with_all_their_parts() -> None:
    text = (
        "stages:\n  train:\n    wdir: ml\n    cmd: python train.py\n    deps: [train.py, ../data/a.csv]\n"
        "    params:\n      - train.lr\n      - other.yaml:\n          - x\n"
        "    outs:\n      - model.pkl:\n          cache: false\n    metrics: [scores.json]\n"
        "  each:\n    foreach: [a, b]\n    do:\n      cmd: python x.py ${item}\n      outs: ['${item}.csv']\n"
    )
    train, each = sorted(stages(workspace({"dvc.yaml": text})), key=lambda stage: stage.name, reverse=True)
    assert [dep.path for dep in train.deps] == ["ml/train.py", "data/a.csv"]
    assert [(out.path, out.kind) for out in train.outs] == [
        ("ml/model.pkl", "outs"),
        ("ml/scores.json", "metrics"),
    ]
    assert [(one.path, one.kind) for one in train.params] == [
        ("train.lr", "ml/params.yaml"),
        ("x", "ml/other.yaml"),
    ]
    assert (train.base, train.command, train.is_template) == ("ml", "python train.py", False)
    assert each.is_template
