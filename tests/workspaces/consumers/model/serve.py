"""Answers with a fraud score."""

from fastapi import FastAPI

from model.scoring import explain, score_of

app = FastAPI()


@app.post("/predict")
def predict(transaction: dict) -> dict:  # want: output-schema-drift
    score = score_of(transaction)
    return {
        "fraud_score": float(score),
        "label": "FRAUD" if score > 0.73 else "LEGITIMATE",
        "reasons": explain(transaction),  # want: output-schema-drift
    }
