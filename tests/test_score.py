"""The 20-point score: marks follow the article's table, each with evidence; printed as text, JSON and a page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from command_line import files, run

from mldebt.cli.report.graph import Node, picture
from mldebt.cli.report.radar import radar
from mldebt.engine.rubric import DIMENSIONS, dimension
from mldebt.engine.rubric.view import Judgement
from mldebt.engine.scorecard import Dimension, Scorecard
from mldebt.rules import rules_by_id

PENDING: set[str] = set()
"""Rules that the dimensions name and that are still to be written."""

GOOD = {
    "dvc.yaml": (
        "stages:\n  featurize:\n    cmd: python src/featurize.py\n    deps: [src/featurize.py, data/raw.csv]\n"
        "    outs: [data/features.csv]\n  train:\n    cmd: python src/train.py\n"
        "    deps: [src/train.py, data/features.csv]\n    params: [train]\n    outs: [models/churn.joblib]\n"
    ),
    "data/raw.csv.dvc": "outs:\n- md5: 8f3a21b4c9d7e5f2a1b8c3d4e5f6a7b8\n  path: raw.csv\n",
    "requirements.txt": "pandas==2.2.3\nscikit-learn==1.5.2\nfastapi==0.115.0\npandera==0.20.4\nmlflow==2.16.0\n",
    "params.yaml": (
        "train:\n  # grid search on churn v5 (2026-01), AUC on validation; lee@example.org\n  max_depth: 7\n"
    ),
    "src/featurize.py": (
        "import pandas as pd\nimport pandera as pa\n\n"
        "schema = pa.DataFrameSchema({'amount': pa.Column(float)})\n\n\n"
        "def main():\n    frame = schema.validate(pd.read_csv('data/raw.csv'))\n"
        "    frame.to_csv('data/features.csv', index=False)\n\n\nif __name__ == '__main__':\n    main()\n"
    ),
    "src/train.py": (
        "import joblib\nimport mlflow\nimport pandas as pd\nimport yaml\n"
        "from sklearn.ensemble import RandomForestClassifier\n\n\n"
        "def main():\n    with open('params.yaml') as file:\n        params = yaml.safe_load(file)['train']\n"
        "    frame = pd.read_csv('data/features.csv')\n    mlflow.log_params(params)\n"
        "    model = RandomForestClassifier(random_state=0, **params)\n"
        "    model.fit(frame[['amount']], frame['churned'])\n    joblib.dump(model, 'models/churn.joblib')\n\n\n"
        "if __name__ == '__main__':\n    main()\n"
    ),
    "tests/test_model.py": (
        "import joblib\nimport pandas as pd\nfrom sklearn.metrics import roc_auc_score\n\n\n"
        "def test_model_is_good_enough():\n    model = joblib.load('models/churn.joblib')\n"
        "    frame = pd.read_csv('data/holdout.csv')\n"
        "    assert roc_auc_score(frame['churned'], model.predict_proba(frame[['amount']])[:, 1]) > 0.8\n"
    ),
    ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n    - run: pytest\n",
}
BAD = {
    "train.py": (
        "import pandas as pd\nfrom sklearn.ensemble import GradientBoostingClassifier\n"
        "from sklearn.model_selection import train_test_split\n\n"
        "frame = pd.read_csv('/home/maria/data.csv')\n"
        "# frame = pd.read_csv('/home/maria/old.csv')\n# frame = frame.dropna()\n"
        "X, y = frame[['amount']], frame['label']\nX_train, X_test, y_train, y_test = train_test_split(X, y)\n"
        "model = GradientBoostingClassifier(learning_rate=0.0078, n_estimators=347)\nmodel.fit(X_train, y_train)\n"
        "flagged = model.predict_proba(X_test)[:, 1] > 0.73\n"
    ),
    "train_v2.py": (
        "import pandas as pd\nfrom sklearn.ensemble import GradientBoostingClassifier\n\n"
        "frame = pd.read_csv('/home/maria/data.csv')\n"
        "model = GradientBoostingClassifier(learning_rate=0.0091, n_estimators=500)\n"
        "model.fit(frame[['amount']], frame['label'])\n"
    ),
    "prepare_data.py": "import pandas as pd\n\npd.read_csv('/home/maria/raw.csv').to_csv('/home/maria/data.csv')\n",
    "serve.py": (
        "import joblib\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = joblib.load('model.pkl')\n\n\n"
        "@app.post('/predict')\ndef predict(amount: float):\n    return {'score': model.predict([[amount]])[0]}\n"
    ),
}  # fmt: skip
SERVED = ("consumer-registry", "monitoring", "feedback-loop-audit")


def card(root: Path, *arguments: str) -> dict[str, dict[str, object]]:
    ran = run(root, "--score", ".", "--format", "json", *arguments)
    assert ran.code in (0, 1), ran.err
    told = json.loads(ran.out)
    return {**told, "by": {one["id"]: one for one in told["dimensions"]}}


def marks(told: dict[str, dict[str, object]]) -> dict[str, object]:
    return {name: one["mark"] for name, one in told["by"].items()}


# Marks -------------------------------------------------------------------------


def test_the_right_way_scores_high_and_says_why(tmp_path: Path) -> None:
    told = card(files(tmp_path / "good", GOOD))
    expected = dict.fromkeys(DIMENSIONS, 2) | dict.fromkeys(SERVED, None) | {"feature-documentation": 0}
    assert marks(told) == expected
    assert (told["points"], told["possible"], told["score"], told["band"]) == (12, 14, 17, "low")
    for one in told["dimensions"]:
        assert one["mark"] is None or one["evidence"], f"{one['id']} says nothing of why"


def test_the_usual_way_scores_low_and_points_at_the_places(tmp_path: Path) -> None:
    told = card(files(tmp_path / "bad", BAD))
    assert told["band"] == "high"
    assert max(value for value in marks(told).values() if value is not None) <= 1
    assert all(marks(told)[name] == 0 for name in SERVED)
    for one in told["dimensions"]:
        against = [item for item in one["evidence"] if not item["for"]]
        assert one["raise"], f"{one['id']} does not say what would raise it"
        assert {step["to"] for step in one["raise"]} <= {1, 2}
        assert one["id"] == "test-coverage" or against, one
    places = {
        (item["rule"], item["path"], item["line"])
        for item in told["by"]["configuration"]["evidence"]
        if item["path"]
    }
    assert ("magic-hyperparameter", "train.py", 10) in places
    assert ("hardcoded-path", "train.py", 5) in places


@pytest.mark.parametrize(
    ("change", "name", "mark"),
    [
        ({"data/raw.csv.dvc": None, "dvc.yaml": None}, "data-versioning", 0),
        ({"data/raw.csv.dvc": None, "dvc.yaml": None, "data/raw.csv": "a\n1\n"}, "data-versioning", 1),
        (
            {"data/raw.csv.dvc": None, "dvc.yaml": None, ".gitattributes": "*.csv filter=lfs\n"},
            "data-versioning",
            2,
        ),
        ({"dvc.yaml": None}, "pipeline-structure", 1),
        ({"dvc.yaml": None, "Makefile": "all:\n\tpython src/train.py\n"}, "pipeline-structure", 1),
        ({"dvc.yaml": "stages:\n  train:\n    cmd: python src/train.py\n"}, "pipeline-structure", 1),
        ({"requirements.txt": "pandas\nscikit-learn\n"}, "reproducibility", 1),
        ({"requirements.txt": None, "data/raw.csv.dvc": None, "dvc.yaml": None}, "reproducibility", 0),
        ({"tests/test_model.py": None}, "test-coverage", 1),
        ({"params.yaml": "train:\n  max_depth: 7\n"}, "configuration", 1),
        ({"docs/data_dictionary.md": "amount: what was paid\n"}, "feature-documentation", 1),
        ({"serve.py": BAD["serve.py"]}, "monitoring", 0),
        (
            {
                "serve.py": BAD["serve.py"]
                + "\n\nimport prometheus_client\n\nN = prometheus_client.Counter('n', 'n')\n"
            },
            "monitoring",
            1,
        ),
        (
            {"serve.py": BAD["serve.py"], "watch.py": "from evidently import Report\n\nReport([])\n"},
            "monitoring",
            2,
        ),
        ({"serve.py": BAD["serve.py"], "MODEL_CARD.md": "x\n"}, "feedback-loop-audit", 1),
    ],
)
def test_one_thing_taken_away_or_added_moves_one_mark(
    tmp_path: Path, change: dict[str, str | None], name: str, mark: int
) -> None:
    changed = {path: text for path, text in {**GOOD, **change}.items() if text is not None}
    assert marks(card(files(tmp_path / "w", changed)))[name] == mark


def test_a_pipeline_is_judged_also_where_nobody_recognises_the_training(tmp_path: Path) -> None:
    own = "from acme import Learner\nimport pandas as pd\n\nLearner(7).learn(pd.read_csv('data/features.csv'))\n"
    told = marks(card(files(tmp_path / "w", {**GOOD, "src/train.py": own})))
    assert (told["reproducibility"], told["pipeline-structure"]) == (2, 2)


def test_a_suppressed_finding_does_not_count(tmp_path: Path) -> None:
    text = GOOD["src/train.py"].replace("random_state=0", "learning_rate=0.0078, random_state=0")
    boosted = text.replace("RandomForestClassifier", "GradientBoostingClassifier")
    loud = files(tmp_path / "loud", {**GOOD, "src/train.py": boosted})
    quiet = boosted.replace("**params)", "**params)  # mldebt: ignore[magic-hyperparameter] from the paper")
    hushed = files(tmp_path / "hushed", {**GOOD, "src/train.py": quiet})
    assert marks(card(loud))["configuration"] == 1
    assert marks(card(hushed))["configuration"] == 2


def test_a_rule_that_is_turned_off_is_named(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {**BAD, "mldebt.toml": 'ignore = ["magic-hyperparameter"]\n'})
    assert card(root)["by"]["configuration"]["unheard"] == ["magic-hyperparameter"]


def test_a_notebook_of_prose_does_no_harm(tmp_path: Path) -> None:
    prose = {
        "cells": [{"cell_type": "markdown", "metadata": {}, "source": "# Hi"}],
        "metadata": {},
        "nbformat": 4,
    }
    assert card(files(tmp_path / "w", {**GOOD, "notes.ipynb": json.dumps(prose)}))["score"] == 17


# The total ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "score", "band"),
    [
        ([2] * 10, 20, "low debt"),
        ([2, 2, 2, 2, 2, 2, 1, 1, 1, 1], 16, "low debt"),
        ([2, 2, 2, 2, 2, 2, 1, 1, 1, 0], 15, "medium debt"),
        ([1] * 10, 10, "medium debt"),
        ([1] * 9 + [0], 9, "high debt"),
        ([1] * 7 + [None] * 3, 10, "medium debt"),
        ([2, 2, 2, 1, 1, 1, 2, None, None, None], 16, "low debt"),
        ([2, None, None, None, None, None, None, None, 2, 2], None, "no score"),
    ],
)
def test_points_are_scaled_to_20_and_fall_into_the_articles_bands(
    given: list[int | None], score: int | None, band: str
) -> None:
    rows = tuple(Dimension(str(at), str(at), Judgement(mark, ""), ()) for at, mark in enumerate(given))
    assert (Scorecard(rows).score, Scorecard(rows).band[0]) == (score, band)


def test_every_rule_a_dimension_names_exists() -> None:
    named = {rule for name in DIMENSIONS for rule in dimension(name).RULES}
    assert named - set(rules_by_id()) <= PENDING


def test_dimensions_have_titles_and_their_table_row() -> None:
    assert len(DIMENSIONS) == 10
    for name in DIMENSIONS:
        module = dimension(name)
        assert module.TITLE and module.RULES
        assert re.search(r"^0  .*\n1  .*\n2  ", module.__doc__ or "", re.M), name


# Faces --------------------------------------------------------------------------


def test_text_names_the_marks_the_evidence_and_the_way_up(tmp_path: Path) -> None:
    ran = run(files(tmp_path / "w", BAD), "--score", ".")
    assert ran.code == 0
    assert re.match(r"\d of 20: high debt", ran.out)
    assert re.search(r"^ {2}0 {2}Monitoring +\S", ran.out, re.M)
    assert "serve.py:9: " in ran.out
    assert "for a 1:" in ran.out


def test_scaling_is_said(tmp_path: Path) -> None:
    ran = run(files(tmp_path / "w", GOOD), "--score", ".")
    assert "12 of 14 points, scaled to 20: consumer registry, monitoring, feedback loop audit do" in ran.out


def test_exit_code_follows_fail_under(tmp_path: Path) -> None:
    root = files(tmp_path / "w", GOOD)
    assert run(root, "--score", ".", "--fail-under", "17").code == 0
    assert run(root, "--score", ".", "--fail-under", "18").code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--score", "missing"], "there is no"),
        (["--score", "train.py"], "judges a folder"),
        (["--score", ".", "--format", "sarif"], "text or json"),
        (["--score", ".", "--fail-under", "21"], "from 0 to 20"),
        (["--fail-under", "3", "."], "`--score`"),
        (["--report", "no/such/folder.html", "."], "cannot be written"),
    ],
)
def test_wrong_arguments_are_told(tmp_path: Path, arguments: list[str], said: str) -> None:
    ran = run(files(tmp_path / "w", BAD), *arguments)
    assert ran.code == 4
    assert said in ran.err


def test_twice_the_same_bytes_with_and_without_memory(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {**BAD, ".git/HEAD": "ref: refs/heads/main\n"})
    first, again, cold = (run(root, "--score", ".", *more).out for more in ((), (), ("--no-cache",)))
    assert first == again == cold


# The page -----------------------------------------------------------------------


class Page(HTMLParser):
    """Checks nesting, and collects what could reach out of the page."""

    EMPTY = frozenset({"meta", "br", "line", "rect", "circle", "polygon", "path", "marker"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.bad: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name.startswith("on") or name in ("style", "href", "src", "srcset"):
                self.bad.append(f"{tag} {name}={value}")
        if tag in ("script", "iframe", "object", "link", "img"):
            self.bad.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("meta", "br"):
            assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_is_whole_and_reaches_nowhere(tmp_path: Path) -> None:
    hostile = {"a<b>&'\"x.py": BAD["train.py"].replace("old.csv", "<script>alert(1)</script>")}
    root = files(tmp_path / "w", {**BAD, **hostile})
    ran = run(root, "--report", "debt.html", ".")
    assert ran.code == 0 and ran.out == ""
    text = (root / "debt.html").read_text(encoding="utf-8")
    page = Page()
    page.feed(text)
    page.close()
    assert not page.open and not page.bad
    words = "".join(page.words)
    assert "a<b>&'\"x.py" in words and "<script>alert(1)</script>" in words
    assert "://" not in re.sub(r"<pre>.*?</pre>", "", text, flags=re.S)
    assert str(tmp_path) not in text, "the page names no folder of this machine"
    for title in ("Reproducibility", "Consumer registry", "Findings by category", "Findings by file"):
        assert title in words
    assert "prefers-color-scheme: dark" in text
    assert "default-src 'none'" in text


def test_the_page_is_written_beside_the_score(tmp_path: Path) -> None:
    root = files(tmp_path / "w", GOOD)
    ran = run(root, "--score", "--report", "debt.html", ".")
    assert ran.out.startswith("17 of 20")
    assert "17<small> of 20" in (root / "debt.html").read_text(encoding="utf-8")


def test_a_report_of_a_clean_folder_says_so(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"a.py": "x = 1\n"})
    run(root, "--report", "debt.html", ".")
    text = (root / "debt.html").read_text(encoding="utf-8")
    assert "No score" in text and "No findings" in text


def test_the_radar_has_a_dot_for_each_mark_and_a_dashed_axis_for_none() -> None:
    drawn = radar([("A", 0), ("B", 2), ("C <x>", None)])
    assert drawn.count("<circle") == 2
    assert drawn.count('class="axis none"') == 1
    assert "C &lt;x&gt;" in drawn


def test_a_graph_is_drawn_from_left_to_right_also_with_a_cycle() -> None:
    nodes = [Node(name, name) for name in "abcd"]
    drawn = picture(nodes, [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("x", "a")], "lineage")
    left = {name: int(x) for x, name in re.findall(r'<rect[^>]* x="(\d+)"[^>]*/><text[^>]*>(\w)<', drawn)}
    assert left["a"] < left["b"] < left["c"] < left["d"]
    assert drawn.count('class="edge"') == 4
    assert picture([], [], "") == ""
