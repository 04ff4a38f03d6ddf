"""Settings of the fraud model, as one finds them."""


class ModelConfig:  # want: undocumented-config-value, threshold-without-expiry
    # Hyperparameters
    LEARNING_RATE = 0.0078  # why this one? nobody knows
    N_ESTIMATORS = 347
    MAX_DEPTH = 7
    SUBSAMPLE = 0.83

    # Thresholds
    HIGH_RISK_THRESHOLD = 0.73  # from the 2022 data?
    MEDIUM_RISK_THRESHOLD = 0.41
    LOW_VOLUME_FLAG = 150  # a day? a week?

    # Environments
    BATCH_SIZE_PROD = 512  # want: environment-hack
    BATCH_SIZE_STAGING = 128  # why smaller? memory?
    SKIP_VALIDATION_FOR_DEMO = True  # it is in production now  # want: mysterious-flag

    # Flags
    USE_LEGACY_SCORER = True  # everything breaks without it  # want: mysterious-flag
    ENABLE_EXPERIMENTAL_FEATURES = False  # off since the incident, may it be on again?  # want: mysterious-flag
