"""Counts risky customers for the weekly report; nobody has registered it."""

import requests


def risks(customers: list[dict]) -> list[float]:
    found = []
    for customer in customers:
        answer = requests.post("http://churn.internal:8000/score", json=customer, timeout=5).json()
        fields = list(answer.keys())
        found.append(answer[fields[0]])
    return found
