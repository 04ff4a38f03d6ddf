"""Consumer A: registered, uses the score."""

import requests


def allowed(transaction: dict) -> bool:
    response = requests.post("http://fraud-detector:8000/predict", json=transaction)
    score = response.json()["fraud_score"]
    return score < 0.8
