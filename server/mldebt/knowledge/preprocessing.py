"""What is fitted on rows before a model: transformers, resamplers, pipelines.

Kinds of transformers, from scikit-learn's documentation (1.9) and what wald and
LeakageDetector count as a leak:

    unsupervised  learns statistics of the rows (means, ranges, components)
    supervised    learns from the target as well; leaks most
    stateless     learns nothing: fitting it anywhere is harmless
    vocabulary    learns which tokens or names occur
    encoder       learns which categories occur (label encoders too)
"""

from __future__ import annotations

TRANSFORMERS: dict[str, str] = {
    "sklearn.decomposition.PCA": "unsupervised",
    "sklearn.feature_extraction.text.CountVectorizer": "vocabulary",
    "sklearn.feature_extraction.text.TfidfVectorizer": "unsupervised",
    "sklearn.feature_selection.SelectKBest": "supervised",
    "sklearn.impute.SimpleImputer": "unsupervised",
    "sklearn.preprocessing.LabelEncoder": "encoder",
    "sklearn.preprocessing.MinMaxScaler": "unsupervised",
    "sklearn.preprocessing.Normalizer": "stateless",
    "sklearn.preprocessing.OneHotEncoder": "encoder",
    "sklearn.preprocessing.StandardScaler": "unsupervised",
}

RESAMPLERS: dict[str, str] = {
    "imblearn.over_sampling.SMOTE": "over",
    "sklearn.utils.resample": "bootstrap",
}
"""over: adds rows; under: removes rows; both; bootstrap: draws with replacement."""

PIPELINES: dict[str, str] = {
    "imblearn.pipeline.Pipeline": "steps",
    "imblearn.pipeline.make_pipeline": "steps",
    "sklearn.compose.ColumnTransformer": "columns",
    "sklearn.compose.make_column_transformer": "columns",
    "sklearn.pipeline.FeatureUnion": "union",
    "sklearn.pipeline.Pipeline": "steps",
    "sklearn.pipeline.make_pipeline": "steps",
    "sklearn.pipeline.make_union": "union",
}
"""Objects that fit their members only when they are fitted themselves."""
