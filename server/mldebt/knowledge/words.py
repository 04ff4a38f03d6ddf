"""Method and function words the rules ask about, beside the last words of the tables."""

from __future__ import annotations

from mldebt.knowledge.kinds import words

FIT_METHODS: frozenset[str] = frozenset(
    {
        "adapt",
        "fit",
        "fit_generator",
        "fit_on_sequences",
        "fit_on_texts",
        "fit_predict",
        "fit_resample",
        "fit_sample",
        "fit_transform",
        "partial_fit",
    }
)
"""Methods that learn from the rows they are given."""

TRANSFORM_METHODS: frozenset[str] = frozenset(
    {"fit_transform", "inverse_transform", "texts_to_matrix", "texts_to_sequences", "transform"}
)

PREDICT_METHODS: frozenset[str] = frozenset(
    {
        "decision_function",
        "fit_predict",
        "forecast",
        "predict",
        "predict_classes",
        "predict_generator",
        "predict_log_proba",
        "predict_on_batch",
        "predict_proba",
        "score_samples",
    }
)

EVALUATE_METHODS: frozenset[str] = frozenset({"evaluate", "evaluate_generator", "score"})
"""Methods that judge a model on the rows they are given."""

# Words of the rules about rows, time, dates, paths and runs. A word here costs a
# view for each call of that name in ML files, so only what a rule asks for is here.
TERMINAL_WORDS: frozenset[str] = (
    FIT_METHODS
    | TRANSFORM_METHODS
    | PREDICT_METHODS
    | EVALUATE_METHODS
    | words(
        """
        argmax astype autolog backward bfill cat compare concat cut cycle dataset_download date date_range datetime
        diff digitize drop_duplicates ewm expanding fetch_openml fillna fromisoformat get_dummies glob groupby
        interpolate iterdir iterrows join listdir manual_seed
        mean median merge now pct_change percentile qcut quantile rank resample rglob rolling sample seed shift
        shuffle sigmoid softmax sort_index sort_values split std step strptime take time Timestamp to_datetime today
        train train_test_split transform utcnow where zero_grad
        """
    )
)
