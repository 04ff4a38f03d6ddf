"""The inputs of fraud_detector_v3, in the order of the model."""

FEATURES = ["tx_mean_7d", "merchant_risk"]
