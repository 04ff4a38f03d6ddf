"""A feature that was improved in place: changing anything changes everything."""

import pandas as pd

df = pd.read_parquet("transactions.parquet")

# Seven-day mean of the amount
df["tx_mean_7d"] = df.groupby("user_id")["amount"].transform(lambda x: x.rolling(7).mean())

# More robust to outliers
df["tx_mean_7d"] = df.groupby("user_id")["amount"].transform(  # want: feature-name-contradiction, feature-redefined
    lambda x: x.rolling(7).median()
)
