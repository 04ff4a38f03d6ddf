"""How rows are divided and models judged: splitters, cross-validation, searches, metrics."""

from __future__ import annotations

from mldebt.knowledge.kinds import Splitter

SPLITTERS: dict[str, Splitter] = {
    "sklearn.model_selection.KFold": Splitter("folds", "kept"),
    "sklearn.model_selection.train_test_split": Splitter("pairs", "random"),
    "torch.utils.data.random_split": Splitter("parts", "random"),
}

CROSS_VALIDATORS: dict[str, str] = {
    "sklearn.model_selection.GridSearchCV": "search",
    "sklearn.model_selection.cross_val_score": "score",
}
"""score: gives scores; predict: gives predictions; curve: gives scores along an axis;
search: an object that tries settings and fits the best; feature: selects features by folds."""

METRICS: dict[str, str] = {
    "sklearn.metrics.accuracy_score": "higher",
    "sklearn.metrics.mean_squared_error": "lower",
}
"""Metric -> which direction is better: higher, lower, or none (curves, reports, matrices)."""
