"""The fix of `cv-preprocessing-leak`, run before and after with stand-ins for scikit-learn."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, ClassVar

import pytest

from examples import config_for, report_of, subject_of
from mldebt.engine.fixing import fixes_of
from mldebt.text import apply_edits


class Mean:
    """A stand-in for a scaler: learns a mean, and remembers how many rows it saw."""

    seen: ClassVar[list[int]] = []

    def fit(self, rows: list[float], y: object = None) -> Mean:
        Mean.seen.append(len(rows))
        self.mean = sum(rows) / len(rows)
        return self

    def transform(self, rows: list[float]) -> list[float]:
        return [row - self.mean for row in rows]

    def fit_transform(self, rows: list[float], y: object = None) -> list[float]:
        return self.fit(rows).transform(rows)


class Threshold:
    def fit(self, rows: list[float], y: list[int]) -> Threshold:
        return self

    def score(self, rows: list[float], y: list[int]) -> float:
        return sum((row > 0) == bool(one) for row, one in zip(rows, y, strict=True)) / len(rows)


class Chain:
    def __init__(self, *steps: Any) -> None:
        *self.before, self.model = steps

    def fit(self, rows: list[float], y: list[int]) -> Chain:
        for step in self.before:
            rows = step.fit_transform(rows)
        self.model.fit(rows, y)
        return self

    def score(self, rows: list[float], y: list[int]) -> float:
        for step in self.before:
            rows = step.transform(rows)
        return float(self.model.score(rows, y))


def two_folds(model: Any, rows: list[float], y: list[int]) -> list[float]:
    half = len(rows) // 2
    first, second = slice(None, half), slice(half, None)
    return [
        model.fit(rows[train], y[train]).score(rows[test], y[test])
        for train, test in ((first, second), (second, first))
    ]


FOLDED = """from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.preprocessing import StandardScaler

{fit}
scores = cross_val_score(LogisticRegression(), Z, y)
"""


def sklearn_of_stand_ins() -> dict[str, ModuleType]:
    modules = {
        name: ModuleType(f"sklearn.{name}") for name in ("linear_model", "model_selection", "preprocessing")
    }
    modules["linear_model"].LogisticRegression = Threshold  # type: ignore[attr-defined]
    modules["model_selection"].cross_val_score = two_folds  # type: ignore[attr-defined]
    modules["preprocessing"].StandardScaler = Mean  # type: ignore[attr-defined]
    modules["pipeline"] = ModuleType("sklearn.pipeline")
    modules["pipeline"].make_pipeline = Chain  # type: ignore[attr-defined]
    return {"sklearn": ModuleType("sklearn"), **{f"sklearn.{name}": one for name, one in modules.items()}}


@pytest.mark.parametrize(
    "fit",
    [
        "Z = StandardScaler().fit_transform(X)",
        "scaler = StandardScaler()\nZ = scaler.fit_transform(X)",
        "Z = StandardScaler().fit_transform(X, y)",
    ],
)
def test_wrapped_in_a_pipeline_the_transformer_sees_one_fold_at_a_time(
    fit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = FOLDED.format(fit=fit)
    config = config_for("cv-preprocessing-leak")
    (finding,) = report_of("train.py", before, config).findings
    (fixed,) = fixes_of(finding, subject_of("train.py", before), config)
    assert fixed.edits
    after = apply_edits(before, fixed.edits)
    named = before.replace("(LogisticRegression(), Z, y)", "(estimator=LogisticRegression(), X=Z, y=y)")
    (finding,) = report_of("train.py", named, config).findings
    (fixed,) = fixes_of(finding, subject_of("train.py", named), config)
    assert "X=X, y=y)" in apply_edits(named, fixed.edits)
    for name, module in sklearn_of_stand_ins().items():
        monkeypatch.setitem(sys.modules, name, module)
    results = []
    for text in (before, after):
        Mean.seen.clear()
        names: dict[str, Any] = {"X": [1.0, 2.0, 30.0, 40.0], "y": [0, 1, 0, 1]}
        exec(compile(text, "train.py", "exec"), names)
        results.append((list(Mean.seen), names["scores"]))
    assert results[0] == ([4], [0.5, 0.5])
    assert results[1] == ([2, 2], [0.5, 0.5])
    assert not report_of("train.py", after, config).findings


@pytest.mark.parametrize(
    "text",
    [
        FOLDED.format(fit="Z = StandardScaler().fit_transform(X)") + "model.fit(Z, y)\n",
        FOLDED.format(fit="scaler = StandardScaler()\nZ = scaler.fit_transform(X)")
        + "scaler.transform(new)\n",
        FOLDED.format(fit="Z = StandardScaler().fit_transform(X)\nX = load()"),
        FOLDED.format(fit="Z = StandardScaler().fit_transform(X)").replace("Z, y)", "Z, y, fit_params=more)"),
    ],
)
def test_a_pipeline_is_not_offered_where_it_would_change_more(text: str) -> None:
    config = config_for("cv-preprocessing-leak")
    (finding,) = report_of("train.py", text, config).findings
    (fixed,) = fixes_of(finding, subject_of("train.py", text), config)
    assert not fixed.edits and fixed.disabled
