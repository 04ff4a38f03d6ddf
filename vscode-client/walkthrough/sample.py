"""A churn model with a few debts to practise on. Press Ctrl+. (Cmd+. on a Mac) on an underlined place."""

import pandas as pd
from lightgbm import LGBMClassifier
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

# 1. A path that exists on one machine only.
customers = pd.read_csv("/home/priya/churn/data/customers.csv")

# 2. Code that was switched off and never came back.
# customers["age"] = customers["age"].fillna(customers["age"].median())
# customers = customers[customers["country"] != "DE"]

y = customers.pop("churned")
X = customers

# 3. The scaler has seen the test rows: the score below is too good.
scaler = StandardScaler()
X = scaler.fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)

# 4. Numbers nobody remembers choosing.
model = LGBMClassifier(learning_rate=0.0078, n_estimators=1437)
model.fit(X_train, y_train)

# 5. A threshold that was right for one model, once.
scores = model.predict_proba(X_test)[:, 1]
called = scores > 0.6183
