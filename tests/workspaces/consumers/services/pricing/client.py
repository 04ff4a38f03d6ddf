"""Consumer B: not registered, depends on the exact word."""

import requests


def surcharge(transaction: dict) -> float:
    response = requests.post("http://fraud-detector:8000/predict", json=transaction).json()  # want: undeclared-consumer
    is_fraud = response["label"] == "Fraud"  # want: label-literal-mismatch
    return 0.1 if is_fraud else 0.0
