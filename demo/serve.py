"""Scores one customer at a time."""

import pickle
from dataclasses import dataclass
from datetime import date

import pandas as pd
from fastapi import FastAPI

app = FastAPI()


@dataclass(frozen=True)
class CallThreshold:
    """Customers above this score are called by the retention team."""

    score: float = 0.6183
    validated: date = date(2023, 11, 2)
    recalibration_required_after: date = date(2024, 7, 15)


with open("/home/priya/churn/models/churn.pkl", "rb") as file:
    scaler, model = pickle.load(file)


@app.post("/score")
def score(customer: dict) -> dict:
    # TODO: for now a missing order counts as zero, ask Priya whether that is right
    row = pd.DataFrame([customer]).fillna(0)
    risk = model.predict_proba(scaler.transform(row))[0, 1]
    if risk > 0.6183:
        action = "call"
    elif risk > 0.41:
        action = "mail"
    else:
        action = "none"
    # return {"risk": risk}
    return {"risk": risk, "action": action}
