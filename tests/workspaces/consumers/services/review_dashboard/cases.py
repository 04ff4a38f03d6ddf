"""Reads a field nobody promised."""

import httpx

answer = httpx.post("http://fraud-detector:8000/predict", json={}).json()
print(answer["fraud_score"], answer["label"])
print(answer["reviewer"])  # want: unregistered-field
