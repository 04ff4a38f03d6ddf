"""Trains the churn model of the web shop, second try."""

import pickle

import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

customers = pd.read_csv("/home/priya/churn/data/customers.csv")
orders = pd.read_csv("/mnt/warehouse/exports/orders.csv")

spend = orders.groupby("customer_id")["amount"].agg(["sum", "mean", "count"])
table = customers.merge(spend, on="customer_id")

y = table.pop("churned")
X = table.drop(columns=["customer_id"])
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=11)

scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.fit_transform(X_test)

model = RandomForestClassifier(n_estimators=730, max_depth=13, min_samples_leaf=17)
# model = LGBMClassifier(learning_rate=0.0078, n_estimators=1437)
model.fit(X_train, y_train)

scores = model.predict_proba(X_test)[:, 1]
print("AUC", roc_auc_score(y_test, scores))

with open("/home/priya/churn/models/churn_v2.pkl", "wb") as file:
    pickle.dump((scaler, model), file)
