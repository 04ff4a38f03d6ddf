"""Compares two models on last month's customers."""

import joblib
import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

table = pd.read_csv(r"D:\exports\churn\last_month.csv")
y = table.pop("churned")
X_train, y_train, X_valid, y_valid = train_test_split(table, y, test_size=0.3, random_state=3)


def weighted(auc: float, n_rows: int) -> float:
    return 0.8725 * auc + 0.1275 * min(n_rows / 2750, 1)


for model in (LogisticRegression(C=0.0374), GradientBoostingClassifier(learning_rate=0.0613)):
    model.fit(X_train, y_train)
    auc = roc_auc_score(y_valid, model.predict_proba(X_valid)[:, 1])
    print(type(model).__name__, weighted(auc, len(table)))

current = joblib.load("/home/priya/churn/models/churn.pkl")
