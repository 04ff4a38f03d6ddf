"""Trains the churn model of the web shop."""

import pickle

import pandas as pd
from lightgbm import LGBMClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

SKIP_VALIDATION_FOR_DEMO = True

customers = pd.read_csv("/home/priya/churn/data/customers.csv")
orders = pd.read_csv("/mnt/warehouse/exports/orders.csv")

# The export has one row for each order line.
spend = orders.groupby("customer_id")["amount"].agg(["sum", "mean", "count"])
table = customers.merge(spend, on="customer_id")
# table = table[table["country"] != "DE"]
# table["age"] = table["age"].fillna(table["age"].median())

y = table.pop("churned")
X = table.drop(columns=["customer_id"])

scaler = StandardScaler()
X = scaler.fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)

model = LGBMClassifier(
    learning_rate=0.0078,
    n_estimators=1437,
    num_leaves=47,
    # min_child_samples=35,
    subsample=0.83,
)
model.fit(X_train, y_train)

scores = model.predict_proba(X_test)[:, 1]
print("AUC", roc_auc_score(y_test, scores))
print("would be called:", (scores > 0.6183).sum())

with open("/home/priya/churn/models/churn.pkl", "wb") as file:
    pickle.dump((scaler, model), file)
