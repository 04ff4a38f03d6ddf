"""Features about spending, and the model that takes them."""

import pandas as pd
import yaml
from lightgbm import LGBMClassifier

params = yaml.safe_load(open("params.yaml"))["spend"]

orders = pd.read_csv("orders.csv")
# Mean over a week
orders["spend_mean_7d"] = orders.groupby("customer_id")["amount"].transform(lambda x: x.rolling(7).mean())
# The median is more robust
orders["spend_mean_7d"] = orders.groupby("customer_id")["amount"].transform(lambda x: x.rolling(7).median())
orders["spend_30d"] = orders["amount"].rolling(params["window"]).sum()

if False:
    orders["ratio"] = orders["amount"] / orders["spend_30d"]


def train(X, y, config):
    if config.get("use_v2_features"):
        # TODO: seems to help, ask Priya
        X = X.assign(v2=X["spend_30d"].diff())
    return LGBMClassifier(num_leaves=config.get("num_leaves", 31), n_estimators=params["trees"]).fit(X, y)


def describe(config):
    print("leaves:", config.get("num_leaves", 63))
