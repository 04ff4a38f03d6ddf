"""Names that are hyperparameters wherever they stand, and names that never are."""

from __future__ import annotations

HYPERPARAMETER_NAMES: frozenset[str] = frozenset(
    {"dropout", "learning_rate", "lr", "max_depth", "n_estimators"}
)

NOT_HYPERPARAMETERS: frozenset[str] = frozenset({"device", "figsize", "n_jobs", "random_state", "verbose"})
"""Slots that say how to run, not what to learn."""

SHAPE_SLOTS: frozenset[str] = frozenset({"in_channels", "in_features", "out_channels", "out_features"})
"""Slots that describe the data's or the network's shape; tuned by design, not by search."""
