"""Settings of the fraud model, with their history."""

from dataclasses import dataclass, field
from datetime import date


@dataclass
class ModelHyperparameters:
    """
    Hyperparameters of fraud_detector_v3.

    All values tuned with Optuna on transactions_v5.1 (2024-01-15).
    Metric: AUC-ROC on the validation split (2024-01-08 to 2024-01-14).
    """

    learning_rate: float = 0.0078
    # ^ Optuna trial #847, best of 200. Range: [0.001, 0.3].
    # Lower rates with more trees were better throughout.

    n_estimators: int = 347
    # ^ Optuna chose 347; more than about 300 brought little on a data set of this size.

    max_depth: int = 7
    # ^ Depths 5 to 8 did equally well; 7 as in v2.

    tuning_date: date = field(default_factory=lambda: date(2024, 1, 15))
    tuning_dataset_hash: str = "sha256:8f3a21b4c9d7e5f2a1b8c3d4e5f6a7b8"
    tuning_metric: str = "auc_roc"
    tuning_tool: str = "optuna_v3.5.0"
    n_trials: int = 200


@dataclass
class DecisionThresholds:
    """
    Decision thresholds of fraud_detector_v3.

    Calibrated on validation data of 2024-01-08 to 2024-01-14.
    Business requirement: precision >= 0.90 at 0.73 for the high-risk queue.
    Review owner: Risk Operations. Last reviewed: 2024-01-17.
    """

    high_risk: float = 0.73
    medium_risk: float = 0.41
    recalibration_required_after: date = field(
        default_factory=lambda: date(2024, 7, 15)  # want: recalibration-overdue
    )
