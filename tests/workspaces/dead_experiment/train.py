"""An experiment nobody turned on again, and what was tried before."""

from features import apply_v2_features
from sklearn.ensemble import GradientBoostingClassifier


def train_model(X_train, y_train, config):
    if config.get("use_v2_features"):  # want: unreachable-experiment-flag
        # TODO: test this more, seems to help on the fraud data set
        X_train = apply_v2_features(X_train)

    model = GradientBoostingClassifier(  # want: unseeded-estimator
        n_estimators=config.get("n_estimators", 200),
        # max_depth=8,  # want: commented-hyperparameter
        max_depth=config.get("max_depth", 6),
        learning_rate=config.get("learning_rate", 0.1),
    )
    # model = RandomForestClassifier(n_estimators=500, max_depth=10)  # want: commented-out-code
    return model
