"""What learns a model: class or training function -> its task.

classifier, regressor, clusterer, outlier, density, ranker, forecaster,
recommender, embedding, neural (task decided by data), search (see `evaluation`).
"""

from __future__ import annotations

ESTIMATORS: dict[str, str] = {
    "sklearn.ensemble.RandomForestClassifier": "classifier",
    "sklearn.linear_model.LogisticRegression": "classifier",
}
