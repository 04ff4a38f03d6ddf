"""Leak rules on idioms that once fooled them: each is silent, or speaks, for the reason its name gives."""

from __future__ import annotations

import gc

import pytest

from examples import config_for, report_of
from mldebt.config import role_by_name
from mldebt.syntax.flow_values import Flow

HEAD = """
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
"""


def said(rule: str, text: str) -> list[str]:
    """`severity message` of every finding of one rule in a script."""
    report = report_of("train.py", HEAD + text, config_for(rule))
    assert not report.errors
    return [f"{(finding.severity or 0)!r} {finding.message}" for finding in report.findings]


def severities(rule: str, text: str) -> list[str]:
    report = report_of("train.py", HEAD + text, config_for(rule))
    assert not report.errors
    return [finding.severity.word if finding.severity else "" for finding in report.findings]


SPLIT = "\ntrain, test = train_test_split(df, random_state=0)\nmodel.fit(train)\nmodel.score(test)\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "df = pd.read_csv('a.csv')\ndf['a'].fillna(df['a'].median(), inplace=True)" + SPLIT,
            ["warning"],
            id="a column filled in place",
        ),
        pytest.param(
            "df = pd.read_csv('a.csv')\nfor c in ['a', 'b']:\n    df.loc[df[c].isna(), c] = df[c].mean()"
            + SPLIT,
            ["warning"],
            id="a mask filled in a loop",
        ),
        pytest.param(
            "df = pd.read_csv('a.csv')\nhigh = df['a'].quantile(0.99)\ndf['a'] = np.where(df['a'] > high, high, df['a'])"
            + SPLIT,
            ["warning"],
            id="clipped at a quantile",
        ),
        pytest.param(
            "df = pd.read_csv('a.csv')\ndf['a'] = pd.cut(df['a'], bins=[0, df['a'].median(), 100])" + SPLIT,
            ["warning"],
            id="bins with a learned edge",
        ),
        pytest.param(
            "df = pd.read_csv('a.csv')\ndf['a'] = pd.cut(df['a'], bins=[0, 10, df['a'].max()])" + SPLIT,
            [],
            id="only the last edge is the largest value",
        ),
        pytest.param(
            "df = pd.read_csv('a.csv')\ny = (df['p'] > df['p'].median()).astype(int)\n"
            "X_train, X_test, y_train, y_test = train_test_split(df[['a']], y)",
            ["hint"],
            id="a label above the median",
        ),
        pytest.param(
            "df = pd.read_csv('a.csv')\ndf['a'] = df['p'] > df['p'].quantile(0.9)\ntarget = 'a'" + SPLIT,
            ["hint"],
            id="a column that may be the label",
        ),
        pytest.param(
            "df = pd.read_csv('a.csv')\ndf['a'] = df['p'] > df['p'].quantile(0.9)" + SPLIT,
            ["warning"],
            id="a column nobody asks for by name is a feature",
        ),
        pytest.param(
            "df = pd.read_csv('a.csv')\ndf['a'] = df.apply(lambda row: row.p - max(row.q, row.r), axis=1)\n"
            "def wick(a, b, c):\n    return a - max(b, c)\ndf['b'] = wick(df['p'], df['q'], df['r'])" + SPLIT,
            [],
            id="the larger of two",
        ),
        pytest.param(
            "rng = np.random.default_rng(0)\nscore = pd.Series(rng.normal(size=9))\n"
            "y = (score > score.median()).astype(int)\n"
            "X_train, X_test, y_train, y_test = train_test_split(np.stack([score]), y)",
            [],
            id="a made-up label",
        ),
        pytest.param(
            "df = pd.read_csv('a.csv')\nhigh = df['a'] > df['a'].mean()\nprint(high.sum())\ndf = df[high]"
            + SPLIT,
            [],
            id="a comparison that is looked at, and chooses rows",
        ),
        pytest.param(
            "df = pd.read_csv('a.csv')\ndf = df[df['a'] < df['a'].quantile(0.99)]" + SPLIT,
            [],
            id="outliers only removed",
        ),
        pytest.param(
            "X_train, X_test = train_test_split(X)\nfor part in [X_train, X_test]:\n"
            "    part['a'].fillna(X_train['a'].median(), inplace=True)\nmodel.fit(X_train)\nmodel.score(X_test)",
            [],
            id="both parts filled with the train part's median in a loop",
        ),
        pytest.param(
            "train, test = pd.read_csv('train.csv'), pd.read_csv('test.csv')\n"
            "train['a'] = train['a'].fillna(train['a'].mean())\nboth = pd.concat([train, test])\n"
            "train, test = both[:len(train)], both[len(train):]\nmodel.fit(train)\nmodel.predict(test)",
            [],
            id="the train file's own mean before both are put together",
        ),
        pytest.param(
            "def load(name):\n    image = np.load(name)\n    return image / np.max(image)\n"
            "images = np.array([load(name) for name in names])\n"
            "X_train, X_test = train_test_split(images)\nmodel.fit(X_train)\nmodel.score(X_test)",
            [],
            id="one image at a time",
        ),
        pytest.param(
            "df = pd.read_csv('a.csv')\nby_user = df.groupby('user').agg({'a': 'mean'}).reset_index()\n"
            "train, test = train_test_split(by_user)\nmodel.fit(train)\nmodel.score(test)",
            [],
            id="groups are the rows",
        ),
        pytest.param(
            "df = pd.read_csv('a.csv')\ndf['a'] = df.groupby('b')['a'].transform(lambda x: x.fillna(x.median()))"
            + SPLIT,
            ["warning"],
            id="filled within groups",
        ),
    ],
)
def test_statistics(text: str, expected: list[str]) -> None:
    found = severities("statistic-leak", text)
    assert [one or "warning" for one in found] == expected


SCALER = """
from sklearn.base import BaseEstimator, TransformerMixin


class Scaler(BaseEstimator, TransformerMixin):
    def fit(self, X, y=None):
        self.mean_ = X.mean()
        return self

    def transform(self, X):
        return X - self.mean_

df = pd.read_csv("a.csv")
"""


def test_a_transformer_of_this_file_learns_from_the_rows_it_is_fitted_on() -> None:
    assert severities("statistic-leak", SCALER + "df = Scaler().fit_transform(df)" + SPLIT) == ["warning"]
    in_order = "train, test = train_test_split(df)\nscaler = Scaler()\ntrain = scaler.fit_transform(train)\n"
    in_order += "test = scaler.transform(test)\nmodel.fit(train)\nmodel.score(test)\n"
    assert severities("statistic-leak", SCALER + in_order) == []


CLASSIFY = """
def classify(df, standardize=False):
    X = df[["a", "b"]]
    if standardize:
        X = (X - X.mean()) / X.std()
    X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
    return LogisticRegression().fit(X_train, y_train).score(X_test, y_test)

classify(pd.read_csv("a.csv"))
"""


def test_an_option_nobody_uses_here_is_written_debt() -> None:
    assert severities("statistic-leak", CLASSIFY) == ["warning"]
    fixed = "    if standardize:\n        X = (X - X.mean()) / X.std()\n"
    assert severities("statistic-leak", CLASSIFY.replace(fixed, "")) == []


NESTED = "X_train, X_test, y_train, y_test = train_test_split(X, y)\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "X_train = StandardScaler().fit_transform(X_train)\na, b = train_test_split(X_train)\nmodel.fit(a)\nmodel.score(b)",
            ["hint"],
            id="split again",
        ),
        pytest.param(
            "a, b = train_test_split(X_train)\nscaler = StandardScaler().fit(a)\nmodel.fit(scaler.transform(a))\n"
            "model.score(scaler.transform(b))\nmodel.fit(StandardScaler().fit_transform(X_train))\nmodel.score(X_test)",
            [],
            id="a last fit on the whole train part",
        ),
        pytest.param(
            "X_train = StandardScaler().fit_transform(X_train)\nmodel.fit(X_train, validation_split=0.1)\nmodel.score(X_test)",
            [],
            id="a part that only watches the fit",
        ),
    ],
)
def test_a_train_part_that_is_split_again(text: str, expected: list[str]) -> None:
    assert severities("preprocessing-leak", NESTED + text) == expected


ONCE = """
from sklearn.model_selection import StratifiedShuffleSplit
X = StandardScaler().fit_transform(X)
for train_rows, test_rows in StratifiedShuffleSplit(n_splits=1, test_size=0.2, random_state=0).split(X, y):
    X_train, X_test = X[train_rows], X[test_rows]
model.fit(X_train)
model.score(X_test)
"""


def test_one_shuffled_fold_is_a_train_and_a_test_part() -> None:
    assert severities("preprocessing-leak", ONCE) == ["error"]
    assert severities("cv-preprocessing-leak", ONCE) == []
    folds = ONCE.replace("n_splits=1", "n_splits=5")
    assert severities("preprocessing-leak", folds) == []
    assert severities("cv-preprocessing-leak", folds) == ["hint"]


JOINED = """
train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
both = pd.concat([train, test])
"""


def test_the_train_file_cut_out_again_is_split_like_any_rows() -> None:
    """Fitted on both files it is information; fitted on the train file alone, before its own split, an error."""
    cut = "X = both[: len(train)].values\n"
    scaled = "X = StandardScaler().fit_transform(X)\n"
    split = (
        "X_train, X_test, y_train, y_test = train_test_split(X, y)\nmodel.fit(X_train)\nmodel.score(X_test)\n"
    )
    assert severities("preprocessing-leak", JOINED + cut + scaled + split) == ["error"]
    together = "both = StandardScaler().fit_transform(both)\n"
    assert severities("preprocessing-leak", JOINED + together + cut + split) == ["information"]


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("test_scaler.py", "test"),
        ("src/scaler_test.py", "test"),
        ("src/predict_on_test.py", ""),
        ("fit_transform_on_test.py", ""),
        ("test_knn.ipynb", ""),
        ("tests/knn.ipynb", "test"),
    ],
)
def test_a_script_about_the_test_part_is_no_unit_test(path: str, role: str) -> None:
    assert role_by_name(path) == role


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param(
            "names = ['a_b', 'c_d']\nshort = [StandardScaler().fit_transform(x[:3]) for x in names]\n"
            "tails = [x[-5:] for x in names]\nmodel.fit(short)\nmodel.predict(tails)",
            0,
            id="slices of texts are no split",
        ),
        pytest.param(
            "X = pd.read_csv('a.csv')\ndef objective(trial):\n    X_train, X_test = train_test_split(X)\n"
            "    return LogisticRegression().fit(X_train, y).score(X_test, y)\nstudy.optimize(objective)\n"
            "X = StandardScaler().fit_transform(X)\nmodel.fit(X)",
            0,
            id="a last fit on all rows after the search",
        ),
        pytest.param(
            "times = np.arange(100)\nscaled = StandardScaler().fit_transform(times)\nbefore, after = times[:50], times[50:]\n"
            "model.fit(before)\nmodel.predict(scaled)",
            0,
            id="halves of a count are no split",
        ),
        pytest.param(
            "rows = pd.read_csv('a.csv')\nscaled = StandardScaler().fit_transform(rows)\n"
            "model.fit(scaled[: int(len(rows) * 0.8)])\nmodel.score(scaled[int(len(rows) * 0.8) :])",
            1,
            id="one slice ends where the other begins",
        ),
    ],
)
def test_slices(text: str, count: int) -> None:
    assert len(said("preprocessing-leak", text)) == count


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param(
            "resample-before-split",
            "out = pd.DataFrame()\nfor key, group in df.groupby('a'):\n    out = pd.concat([out, group[group['b'] > 1]])\n"
            "train, test = train_test_split(out)",
            id="a frame gathered in a loop is not a copy of itself",
        ),
        pytest.param(
            "train-test-overlap",
            "df = pd.read_csv('a.csv')\nX_train, X_valid, X_train_full = df[:500], df[500:600], df[:600]\n"
            "X_valid = df[500:600]\nLogisticRegression().fit(X_train, y[:500]).score(X_valid, y[500:600])",
            id="a narrower train part is the one that is judged",
        ),
        pytest.param(
            "target-leak",
            "df = pd.read_csv('a.csv')\nfeatures = first + second\nX, y = df[features], df['label']\n"
            "LogisticRegression().fit(X, y)",
            id="columns nobody knows",
        ),
        pytest.param(
            "target-leak",
            "df = pd.read_csv('a.csv')\nother = df.copy()\nother['log'] = np.log(df['price'])\n"
            "X = df.drop(['price'], axis=1)\nLogisticRegression().fit(X, df['price'])",
            id="a copy got the column, not the features",
        ),
        pytest.param(
            "test-set-reuse",
            "X_train, x_validate, y_train, y_validate = train_test_split(X, y)\nscores = []\nfor c in (1, 10):\n"
            "    model = LogisticRegression(C=c).fit(X_train, y_train)\n"
            "    scores.append(accuracy_score(y_validate, model.predict(x_validate)))\nbest = max(scores)",
            id="a validation part may choose",
        ),
        pytest.param(
            "hash-order-split",
            "users = list(set(range(10)))\ntrain_users, test_users = users[:8], users[8:]",
            id="numbers keep their order",
        ),
    ],
)
def test_silent(rule: str, text: str) -> None:
    assert said(rule, text) == []


def test_nothing_of_an_analysis_outlives_it() -> None:
    """An editor's session has thousands of them."""
    text = (
        "import pandas as pd\nfrom sklearn.linear_model import Ridge\n"
        "from sklearn.model_selection import train_test_split\nfrom sklearn.preprocessing import StandardScaler\n\n"
        "df = pd.read_csv('x.csv')\nX = StandardScaler().fit_transform(df.drop(columns='y'))\n"
        "train, test, y, y_test = train_test_split(X, df['y'], random_state=1)\n"
        "print(Ridge().fit(train, y).score(test, y_test))\n"
    )
    gc.collect()
    before = {id(one) for one in gc.get_objects() if isinstance(one, Flow)}
    report = report_of("train.py", text, config_for("preprocessing-leak"))
    assert "preprocessing-leak" in {finding.rule for finding in report.findings}
    gc.collect()
    assert not [one for one in gc.get_objects() if isinstance(one, Flow) and id(one) not in before]


def test_a_name_cut_again_in_a_loop_is_no_part_of_itself() -> None:
    """A loop may run no time at all, so `held` is the whole or a part; put back together it has no copies."""
    text = """
for a, b in folds.split(df):
    train, held = df.iloc[a], df.iloc[b]
for a, b in folds.split(held):
    held, test = held.iloc[a], held.iloc[b]
both = pd.concat([train, held])
for a, b in folds.split(both):
    print(model.fit(both.iloc[a]).score(both.iloc[b]))
"""
    assert (
        said("resample-before-split", "from sklearn.model_selection import KFold\nfolds = KFold(5)\n" + text)
        == []
    )
    again = text.replace("both = pd.concat([train, held])", "both = pd.concat([df, df[df.y == 1]])")
    assert (
        len(
            said(
                "resample-before-split",
                "from sklearn.model_selection import KFold\nfolds = KFold(5)\n" + again,
            )
        )
        == 1
    )


def test_a_helpers_own_names_do_not_say_what_its_caller_gives_it() -> None:
    text = (
        "from sklearn.decomposition import PCA\ndef normal(X_train, X_test):\n    X_test_norm = X_test / 2\n    return X_test_norm\n"
        "rows = normal(load(), load())\nPCA().fit(rows)\ntrain = load()\nPCA().fit(train)\n"
    )
    assert said("refit-on-test", text) == []
    assert len(said("refit-on-test", text.replace("rows", "test_rows"))) == 1


ENCODED = """
df = pd.read_csv("a.csv")
means = {means}
df = df.merge(means, on="k")
X_train, X_test, y_train, y_test = train_test_split(df.drop(columns=["y"]), df["y"])
"""


@pytest.mark.parametrize(
    ("means", "count"),
    [
        ("df.groupby('k')['y'].mean()", 1),
        ("df[['k', 'y']].groupby('k', as_index=False).mean()", 1),
        ("df.groupby('k').agg({'y': 'mean'}).reset_index()", 1),
        ("df.groupby('k').agg({'z': 'mean'}).reset_index()", 0),
        ("df[['k', 'z']].groupby('k', as_index=False).mean()", 0),
    ],
)
def test_the_targets_mean_by_group_joined_to_the_rows(means: str, count: int) -> None:
    assert len(said("target-leak", ENCODED.format(means=means))) == count


@pytest.mark.parametrize("rule", ["preprocessing-leak", "train-test-overlap"])
@pytest.mark.parametrize(
    "mask",
    [
        "sel = np.zeros(len(df), bool)\nsel[:100] = True",
        "sel = np.ones(len(df), dtype=bool)\nsel[held_out] = False\nsel[other] = False",
        "sel = np.full(len(df), False, np.bool_)\nsel[chosen] = True",
    ],
)
def test_rows_taken_by_a_mask_that_is_set_in_place_are_a_part(rule: str, mask: str) -> None:
    text = (
        "df = pd.read_csv('a.csv')\ntrain = df[df['year'] < 2020]\na, b = train_test_split(train, random_state=0)\n"
        f"{mask}\nscaler = StandardScaler().fit(df[sel])\ntest = df[~sel]\n"
        "model = LogisticRegression().fit(scaler.transform(df[sel]), df[sel]['y'])\n"
        "model.score(scaler.transform(test), test['y'])\n"
    )
    assert said(rule, text) == []
