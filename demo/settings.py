"""Settings of the churn model."""

from dataclasses import dataclass


class ModelSettings:
    LEARNING_RATE = 0.0078  # why 0.0078?
    N_ESTIMATORS = 1437
    SUBSAMPLE = 0.83
    CHURN_RISK_CUTOFF = 0.6183  # from the 2022 data?
    BATCH_SIZE_PROD = 512
    BATCH_SIZE_STAGING = 128
    USE_LEGACY_SCORER = True  # everything breaks when this is off


@dataclass
class CallThresholds:
    """Who is called and who gets a letter."""

    call: float = 0.6183
    letter: float = 0.41


@dataclass
class TrialConfig:
    """Best of 200 random trials."""

    learning_rate: float = 0.0078
    num_leaves: int = 47
    n_estimators: int = 1437
