"""The same, for a model whose metadata lives in code."""

feature_metadata = {
    "basket_size": {
        "upstream_owner": "shop",
        "schema_version": None,  # want: feature-without-contract
        "last_pipeline_review_days": 12,
        "is_stable": True,
    },
    "visits_30d": {
        "upstream_owner": "web",
        "schema_version": "4",
        "last_pipeline_review_days": 181,  # want: feature-review-stale
        "is_stable": True,
    },
}
