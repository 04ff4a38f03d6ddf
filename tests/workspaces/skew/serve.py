"""Serves; a data engineer has mended the time zone here, and only here."""

import joblib
import numpy as np
import pandas as pd
from fastapi import FastAPI
from sklearn.preprocessing import StandardScaler

app = FastAPI()
model = joblib.load("models/fraud.joblib")
FEATURES = ["amount_log", "hour", "tx_mean_7d", "merchant_risk"]  # want: feature-list-drift


@app.post("/predict")
def predict(tx: dict) -> dict:
    df = pd.DataFrame([tx])
    df["amount_log"] = np.log1p(df["amount"].fillna(0))
    df["hour"] = pd.to_datetime(df["timestamp"], utc=True).dt.hour  # want: train-serve-skew
    rows = [[float(df[name].iloc[0]) for name in FEATURES]]
    scaled = StandardScaler().fit_transform(rows)  # want: transformer-refit-in-serving
    return {"fraud_score": float(model.predict_proba(scaled)[0, 1])}
