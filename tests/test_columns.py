"""What a column is computed as, which lists are model input, and where two computations differ."""

from __future__ import annotations

import pytest

from examples import check, config_for, report_of
from mldebt.facts import TOPICS
from mldebt.facts.columns import computed_of, lists_of, mentioned_in, project_of
from mldebt.rule import Workspace
from mldebt.rules.data_dependencies._differences import difference, said

CONFIG = config_for("unseeded-split", extra_facts=(*TOPICS["columns"], "role"))


def workspace(**files: str) -> Workspace:
    texts = {name.replace("__", "/") + ".py": text for name, text in files.items()}
    reports = {path: report_of(path, text, CONFIG) for path, text in texts.items()}
    assert not any(report.errors for report in reports.values()), reports
    return Workspace(tuple(sorted(texts)), reports, CONFIG)


HEAD = "import math\nimport numpy as np\nimport pandas as pd\n\n"


def form(code: str) -> object:
    (found,) = computed_of(workspace(features=HEAD + f'df["x"] = {code}\n'))
    return found.form


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('np.log1p(df["a"])', 'math.log1p(row["a"])'),
        ('np.log1p(df["a"])', "np.log1p(tx.a)"),
        ('np.log1p(df["a"])', 'np.log1p(float(df["a"].values))'),
        ('np.log1p(df["a"].fillna(0))', 'math.log1p(tx.get("a", 0))'),
        ('df["a"] + df["b"]', 'tx["b"] + tx["a"]'),
        ('df["a"].str.lower()', 'tx["a"].lower()'),
        ('np.where(df["a"] > 3, 1, 0)', '1 if tx["a"] > 3 else 0'),
        ('df["a"].astype(float).abs()', 'df["a"].abs()'),
        ('df["t"].dt.hour', 'df["t"].hour'),
    ],
)
def test_the_same_computation_has_one_form(first: str, second: str) -> None:
    assert form(first) == form(second) is not None


@pytest.mark.parametrize(
    ("here", "there", "words"),
    [
        ('df["a"].fillna(0)', 'df["a"].fillna(-1)', "argument of `fillna` is `0` here and `-1` there"),
        ('df["a"].rolling(7).mean()', 'df["a"].rolling(7).median()', "`mean` here and `median` there"),
        ('df["a"].rolling(7).mean()', 'df["a"].rolling(30).mean()', "argument of `rolling` is `7` here and `30` there"),
        ('df["a"].rolling(7, min_periods=1).mean()', 'df["a"].rolling(7, min_periods=7).mean()', "min_periods is `1` here and `7` there"),
        ('df["a"].abs()', 'df["a"].fillna(0).abs()', "`fillna` is applied there and not here"),
        ('df["a"] / 100', 'df["a"] / 1000', "`100` here and `1000` there"),
        ('df["a"] > 5', 'df["a"] >= 5', "`>` here and `>=` there"),
        ('pd.to_datetime(df["t"], utc=True)', 'pd.to_datetime(df["t"], utc=False)', "utc is `True` here and `False` there"),
    ],
)  # fmt: skip
def test_one_difference_is_said(here: str, there: str, words: str) -> None:
    found = difference(form(here), form(there))
    assert found is not None and said(found, "here", "there") == words


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ('df["a"].abs()', 'df["b"].abs()'),
        ('df["a"].fillna(0).abs()', 'df["a"].fillna(1).round()'),
        ('df["a"] / 1', 'df["a"] / 1.0'),
        ('df.groupby("u")["a"].mean()', 'history["a"].mean()'),
        ('df["a"] == "x"', 'df["a"] != "x"'),
    ],
)
def test_several_differences_are_not_judged(here: str, there: str) -> None:
    assert difference(form(here), form(there)) is None


def test_local_variables_are_followed_until_they_are_assigned_twice() -> None:
    text = HEAD + (
        "def f(tx):\n    amount = tx['amount']\n    tx['x'] = np.log1p(amount)\n"
        "    rate = 1\n    rate = tx['rate']\n    tx['y'] = np.log1p(rate)\n"
    )
    found = computed_of(workspace(features=text))
    assert [(one.column, one.form) for one in found] == [("x", ("c", "log1p", ("v", "amount")))]


def test_lists_that_are_model_input() -> None:
    text = HEAD + (
        'FEATURES = ["a", "b"]\nCOLORS = ["red", "green"]\nKEEP = ["c", "d"]\n'
        'X = df[KEEP]\nX_test = df[["e", "f"]]\nplot(df[["g", "h"]])\nrows = [[r[c] for c in FEATURES]]\n'
    )
    found = lists_of(workspace(train=text))
    assert [(one.items, one.uses) for one in found] == [
        (("a", "b"), ("each",)),
        (("c", "d"), ("index",)),
        (("e", "f"), ("index",)),
    ]
    names = mentioned_in(workspace(train=text))
    assert {"red", "green"} <= names


def test_a_project_begins_where_its_manifest_is() -> None:
    empty = Workspace(("a/README.md", "a/src/x.py", "b/y.py", "requirements.txt"), {}, CONFIG)
    assert project_of(empty, "a/src/x.py") == "a"
    assert project_of(empty, "b/y.py") == ""
    many = Workspace(("README.md", "a/README.md", "b/README.md", "c/README.md", "d/x.py"), {}, CONFIG)
    assert project_of(many, "d/x.py") == "d"


TRAIN = HEAD + (
    "from sklearn.linear_model import Ridge\n\n"
    'df["x"] = df["amount"].fillna(0).abs()\nRidge().fit(df[["x"]], y)\n'
)
SERVE = (
    "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post('/predict')\ndef predict(tx: dict):\n"
    '    df["x"] = df["amount"].fillna(1).abs()\n    return model.predict(df)\n'
)


def test_two_projects_of_one_repository_are_not_compared() -> None:
    def found(files: dict[str, str]) -> int:
        return len(check(files, config_for("train-serve-skew"))[0])

    assert found({"p/train.py": TRAIN, "p/serve.py": SERVE}) == 1
    assert found({"p/train.py": TRAIN, "q/serve.py": SERVE, "p/README.md": "", "q/README.md": ""}) == 0
    assert found({"p/train.py": TRAIN, "p/tests/test_serve.py": SERVE}) == 0
