"""Calls customers at risk: a declared consumer of the churn model."""

import requests

SCORING = "http://churn.internal:8000/score"


def must_call(customer: dict) -> bool:
    answer = requests.post(SCORING, json=customer, timeout=5).json()
    if answer["action"] == "Call":
        return True
    return answer["risk"] > 0.62
