"""What is shown above a hint, and what is not: one cause weighs once, and a leftover weighs little."""

from __future__ import annotations

import pytest

from examples import check, config_for
from mldebt.rule import HINT, INFORMATION, WARNING, Severity


def weights(rule: str, text: str | dict[str, str]) -> list[Severity]:
    """Severities of a rule's findings in source order."""
    files = text if isinstance(text, dict) else {"train.py": text}
    found = check(files, config_for(rule))[0]
    return [one.severity for one in found if one.severity is not None]


STEPS = ["df = df.dropna()", "df = df[df.a > 1]", "df = df.reset_index()"]


@pytest.mark.parametrize(("lines", "weight"), [(1, HINT), (2, HINT), (3, INFORMATION)])
def test_a_leftover_of_one_or_two_lines_is_a_hint(lines: int, weight: Severity) -> None:
    comments = "".join(f"# {step}\n" for step in STEPS[:lines])
    text = f'import pandas as pd\n\ndf = pd.read_csv("a.csv")\n{comments}print(df.shape)\n'
    assert weights("commented-out-code", text) == [weight]


@pytest.mark.parametrize(("settings", "weight"), [(1, HINT), (2, HINT), (3, INFORMATION)])
def test_another_configuration_in_a_comment_weighs_more_than_another_value(
    settings: int, weight: Severity
) -> None:
    others = ["num_leaves=63,", "max_depth=4,", "subsample=0.7,"]
    comments = "".join(f"    # {one}\n" for one in others[:settings])
    text = f"from lightgbm import LGBMClassifier\n\nm = LGBMClassifier(\n    n_jobs=2,\n{comments})\n"
    assert weights("commented-hyperparameter", text) == [weight]


def test_a_function_has_one_magic_number_above_a_hint() -> None:
    function = "\n\ndef {}(a, b):\n    return a > 0.83, b > 0.37, b * 2.73\n"
    text = "import pandas\n" + function.format("one") + function.format("two")
    assert weights("magic-number", text) == [INFORMATION, HINT, HINT] * 2


@pytest.mark.parametrize(
    ("statement", "weight"),
    [
        ("old = age > 60", HINT),
        ("cut = int(len(rows) * 0.9)", HINT),
        ("part = frame.head(5000)", HINT),
        ("near = age > 63.7", INFORMATION),
        ("score += 0.25", INFORMATION),
        ("weight = 0.15 * frame['age']", INFORMATION),
    ],
)
def test_round_numbers_are_hints_and_parts_of_a_score_are_not(statement: str, weight: Severity) -> None:
    assert weights("magic-number", f"import pandas\n\n{statement}\n") == [weight]


@pytest.mark.parametrize(
    ("path", "weight"),
    [
        ("path", INFORMATION),
        ("args.model", INFORMATION),
        ("MODEL", HINT),
        ('"models/{}.pkl".format(name)', HINT),
        ('"/srv/model.pkl"', INFORMATION),
        ('"model.pkl"', HINT),
        ('"../models/model.pkl"', HINT),
        ('os.path.join(folder, "model.pkl")', HINT),
        ('FOLDER / "model.pkl"', HINT),
        ('f"models/{name}.pkl"', HINT),
        ('f"{folder}"', INFORMATION),
        ("os.path.join(folder, name)", INFORMATION),
    ],
)
def test_a_load_weighs_where_its_file_comes_from_outside(path: str, weight: Severity) -> None:
    assert weights(
        "unsafe-model-load",
        f'import os\nimport joblib\nimport sklearn\n\nMODEL = "a/model.pkl"\nmodel = joblib.load({path})\n',
    ) == [weight]


def test_loads_from_outside_weigh_once_a_file_and_downloads_every_time() -> None:
    text = "import joblib\nimport sklearn\n\na = joblib.load(first)\nb = joblib.load(second)\n"
    assert weights("unsafe-model-load", text) == [INFORMATION, HINT]
    text = (
        "import pickle\nimport requests\nimport sklearn\n\n"
        + "m = pickle.loads(requests.get(url).content)\n" * 2
    )
    assert weights("unsafe-model-load", text) == [WARNING, WARNING]
    text = "import joblib\nimport fastapi\nimport sklearn\n\na = joblib.load('a.pkl')\nb = joblib.load('b.pkl')\n"
    assert weights("unsafe-model-load", text) == [WARNING, HINT]


def test_a_habit_of_not_pinning_is_one_warning() -> None:
    files = {
        "requirements.txt": "torch\ntqdm\n",
        "a/requirements.txt": "torch>=2\nrequests\n",
        "b/requirements.txt": "torch\nscipy\n",
        "b/c/requirements.txt": "scipy\n",
    }
    # `b` brings in scipy, which nothing above it leaves loose.
    found = check(files, config_for("unpinned-dependencies"))[0]
    assert {one.path: one.severity for one in found} == {
        "requirements.txt": WARNING,
        "a/requirements.txt": HINT,
        "b/requirements.txt": WARNING,
        "b/c/requirements.txt": HINT,
    }


def test_a_missing_seed_weighs_once_a_file() -> None:
    text = (
        "from sklearn.ensemble import RandomForestClassifier, ExtraTreesClassifier\n\n"
        "models = [RandomForestClassifier(), ExtraTreesClassifier()]\nother = RandomForestClassifier()\n"
    )
    assert weights("unseeded-estimator", text) == [INFORMATION, HINT, HINT]


@pytest.mark.parametrize(("more", "expected"), [("", [HINT]), ("import fastapi\n", [INFORMATION])])
def test_a_model_from_an_mlflow_registry_weighs_in_a_service(more: str, expected: list[Severity]) -> None:
    text = f"import mlflow\n{more}\nmodel = mlflow.pyfunc.load_model(uri)\n"
    assert weights("unsafe-model-load", text) == expected


def test_paths_into_one_mount_weigh_once_a_file_and_those_into_a_home_each() -> None:
    text = (
        "import pandas as pd\n\n"
        'a = pd.read_csv("/home/ann/churn/a.csv")\nb = pd.read_csv("/home/ann/churn/b.csv")\n'
        'c = pd.read_csv("/home/bob/churn/a.csv")\nd = pd.read_csv("/mnt/big/a.csv")\ne = pd.read_csv("/mnt/big/b.csv")\n'
    )
    assert weights("hardcoded-path", text) == [WARNING, WARNING, WARNING, INFORMATION, HINT]


def test_a_question_open_for_most_features_weighs_once() -> None:
    answered, unanswered = 'upstream_owner: a\n    schema_version: "1"', "upstream_owner: a"

    def file(*records: str) -> dict[str, str]:
        rows = "".join(f"  feature_{n}:\n    {record}\n" for n, record in enumerate(records))
        return {"features.yaml": f"features:\n{rows}"}

    assert weights("feature-without-contract", file(*[unanswered] * 4)) == [WARNING, HINT, HINT, HINT]
    assert weights("feature-without-contract", file(*[answered] * 4, *[unanswered] * 3)) == [WARNING] * 3


def test_names_that_code_may_spell_otherwise_are_not_missed_in_it() -> None:
    names = ("mean_7d", "risk", "Page views", "T", "gone")
    rows = "".join(f'  "{name}": {{upstream_owner: data}}\n' for name in names)
    files = {
        "features.yaml": f"features:\n{rows}",
        "train.py": "from sklearn.svm import SVC\n\nSVC().fit(df[['mean_7d', 'risk']], df.T)\n",
    }
    found = check(files, config_for("orphan-feature-metadata"))[0]
    assert [(one.message.split()[0], one.severity) for one in found] == [("`gone`", HINT)]


def test_a_schema_that_one_of_two_handlers_keeps_has_not_drifted() -> None:
    registry = (
        "model_id: churn\ndeclared_consumers:\n  - {service: crm, team: crm, fields_used: [score]}\n"
        "schema: {score: float, version: string}\n"
    )
    app = (
        "from flask import Flask\n\napp = Flask(__name__)\n\n\n"
        '@app.route("/predict", methods=["POST"])\ndef predict():\n    return {}\n'
    )
    kept, drifted = app.format('{"score": 0.1, "version": "a"}'), app.format('{"score": 0.1}')
    one = {"consumers.yaml": registry, "a/app.py": drifted}
    assert len(check(one, config_for("output-schema-drift"))[0]) == 1
    both = {**one, "b/app.py": kept}
    assert check(both, config_for("output-schema-drift"))[0] == []


def test_two_models_may_each_have_a_default() -> None:
    text = (
        "import torch\n\n\nclass Net:\n    def __init__(self, config):\n"
        '        self.rate = config.get("learning_rate", 0.001)\n\n\n'
        "class {}:\n    def other(self, config):\n"
        '        self.rate = config.get("learning_rate", 0.1)\n'
    )
    one_class = text.replace("\n\n\nclass {}:\n", "\n\n")
    assert weights("inconsistent-config-default", one_class) == [HINT]
    assert weights("inconsistent-config-default", text.format("Trees")) == []


def test_a_missing_script_is_told_once_though_it_is_a_dependency_too() -> None:
    stage = "stages:\n  train:\n    cmd: python src/train.py\n    deps: [src/train.py]\n"
    found = check({"dvc.yaml": stage}, config_for("broken-stage"))[0]
    assert ["runs `src/train.py`" in one.message for one in found] == [True]
