"""Features are defined once, and training and serving ask for the same ones."""

from datetime import timedelta

from feast import Entity, FeatureStore, FeatureView, Field
from feast.types import Float64, Int64

user = Entity(name="user", join_keys=["user_id"])
transaction_features = FeatureView(
    name="user_transaction_features",
    entities=[user],
    ttl=timedelta(days=7),
    schema=[
        Field(name="tx_count_7d", dtype=Int64),
        Field(name="tx_amount_mean_7d", dtype=Float64),
    ],
)
FEATURES = ["user_transaction_features:tx_count_7d", "user_transaction_features:tx_amount_mean_7d"]


def training_frame(store: FeatureStore, entities):
    """History, as of each row's own time."""
    return store.get_historical_features(entity_df=entities, features=FEATURES).to_df()


def online(store: FeatureStore, user_id: str) -> dict:
    """The same features, as of now."""
    return store.get_online_features(features=FEATURES, entity_rows=[{"user_id": user_id}]).to_dict()
