"""Validates what it reads, and reads more than it validates."""

import pandas as pd
import pandera as pa
from pandera import Column, DataFrameSchema

transactions = DataFrameSchema({"user_id": Column(str), "amount": Column(float), "timestamp": Column(pa.DateTime)})


def load(path: str) -> pd.DataFrame:
    df = transactions.validate(pd.read_parquet(path))
    df["foreign"] = df["country"] != df["home_country"]  # want: schema-code-drift
    return df
