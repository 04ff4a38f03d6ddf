"""Stacking by hand in the shapes it is written in: told where the base model has seen the rows, silent where not."""

from __future__ import annotations

import pytest

from examples import check, config_for

IMPORTS = """\
import numpy as np
import pandas as pd
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, KFold, cross_val_predict, train_test_split
from sklearn.svm import SVC
"""
SEEN = {
    "models of a dict in a comprehension, divided afterwards": """
forest = GridSearchCV(RandomForestClassifier(), param_grid={}).fit(X_train, y_train)
trees = ExtraTreesClassifier()
trees.fit(X_train, y_train)
models = {"forest": forest, "trees": trees}
first = pd.DataFrame({name: model.predict(X_train) for name, model in models.items()})
A_train, A_test, b_train, b_test = train_test_split(first, y_train, random_state=0)
meta = SVC()
meta.fit(A_train, b_train)
""",
    "a class that keeps its models": """
class Stack:
    def __init__(self):
        self.base = [RandomForestClassifier(), ExtraTreesClassifier()]
        self.meta = LogisticRegression()

    def fit(self, X, y):
        for model in self.base:
            model.fit(X, y)
        self.meta.fit(self.features(X), y)

    def features(self, X):
        return np.column_stack([model.predict_proba(X)[:, 1] for model in self.base])
""",
    "models nobody knows": """
class Stack:
    def __init__(self, models, meta):
        self.models, self.meta = models, meta

    def fit(self, X, y):
        first = []
        for name, model in self.models.items():
            model.fit(X, y)
            first.append(model.predict(X))
        self.meta.fit(np.column_stack(first), y)
""",
    "columns of an array": """
forest = RandomForestClassifier().fit(X_train, y_train)
first = np.zeros((len(X_train), 1))
first[:, 0] = forest.predict(X_train)
LogisticRegression().fit(first, y_train)
""",
    "a calibration on the rows of the fit": """
forest = RandomForestClassifier().fit(X_train, y_train)
LogisticRegression().fit(forest.predict_proba(X_train)[:, 1].reshape(-1, 1), y_train)
""",
}
UNSEEN = {
    "out of fold, then fitted on all": """
class Stack:
    def __init__(self, models, meta):
        self.models, self.meta = models, meta

    def fit(self, X, y):
        first = [cross_val_predict(model, X, y) for model in self.models]
        self.meta.fit(np.column_stack(first), y)
        for model in self.models:
            model.fit(X, y)

    def predict(self, X):
        return self.meta.predict(np.column_stack([model.predict(X) for model in self.models]))
""",
    "folds by hand": """
first = np.zeros((len(X), 2))
for place, model in enumerate([RandomForestClassifier(), ExtraTreesClassifier()]):
    for fold, rest in KFold(5).split(X):
        model.fit(X[fold], y[fold])
        first[rest, place] = model.predict(X[rest])
LogisticRegression().fit(first, y)
""",
    "rows kept apart": """
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
forest = RandomForestClassifier().fit(X_train, y_train)
LogisticRegression().fit(np.c_[X_test, forest.predict(X_test)], y_test)
""",
    "folds by a mask": """
first = np.zeros(len(X))
for fold, rest in KFold(5).split(X):
    chosen = np.ones(len(X), dtype=bool)
    chosen[rest] = False
    X_fold, X_val = X[chosen], X[rest]
    model = RandomForestClassifier().fit(X_fold, y[chosen])
    first[rest] = model.predict(X_val)
LogisticRegression().fit(first.reshape(-1, 1), y)
""",
    "an autoencoder": """
coder = Autoencoder()
coder.fit(X_train, X_train)
LogisticRegression().fit(coder.predict(X_train), y_train)
""",
    "one model that goes on": """
model = LogisticRegression().fit(X_train, y_train)
model.fit(np.c_[X_train, model.predict(X_train)], y_train)
""",
    "predictions as labels, and only shown": """
forest = RandomForestClassifier().fit(X_train, y_train)
print(forest.predict(X_train))
LogisticRegression().fit(X_train, forest.predict(X_train))
""",
}


def lines(body: str, *rules: str) -> list[str]:
    return [finding.rule for finding in check({"train.py": IMPORTS + body}, config_for(*rules))[0]]


@pytest.mark.parametrize("body", SEEN.values(), ids=SEEN)
def test_rows_the_base_model_has_seen(body: str) -> None:
    assert lines(body, "in-sample-stacking") == ["in-sample-stacking"]


@pytest.mark.parametrize("body", UNSEEN.values(), ids=UNSEEN)
def test_rows_it_has_not_seen(body: str) -> None:
    assert lines(body, "in-sample-stacking") == []


def test_one_debt_is_told_once() -> None:
    body = """
df = pd.read_csv("a.csv")
forest = RandomForestClassifier().fit(df[["a"]], df["y"])
df["first"] = forest.predict(df[["a"]])
LogisticRegression().fit(df[["first", "b"]], df["y"])
"""
    assert lines(body, "in-sample-stacking", "correction-cascade") == ["in-sample-stacking"]
