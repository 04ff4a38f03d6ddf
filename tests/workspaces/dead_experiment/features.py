"""Features of the fraud model."""


def apply_v2_features(table):
    return table.assign(ratio=table["amount"] / table["balance"])
