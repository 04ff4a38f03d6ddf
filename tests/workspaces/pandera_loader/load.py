"""The schema is code, under version control, and checked before anything else sees the data."""

import pandas as pd
import pandera as pa
from pandera import Check, Column, DataFrameSchema

transaction_schema = DataFrameSchema(
    {
        "transaction_id": Column(str, nullable=False, unique=True),
        "user_id": Column(str, nullable=False),
        "amount": Column(float, Check.greater_than(0), nullable=False),
        "merchant_id": Column(str, nullable=False),
        "timestamp": Column(pa.DateTime, nullable=False),
        "is_fraud": Column(bool, nullable=True),
    },
    name="transactions_v2",
)


def load_and_validate_transactions(path: str) -> pd.DataFrame:
    """Raises SchemaError where the data breaks its contract."""
    df = pd.read_parquet(path)
    validated = transaction_schema.validate(df)
    return validated[["user_id", "amount", "is_fraud"]]
