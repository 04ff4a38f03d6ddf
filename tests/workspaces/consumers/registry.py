"""Who reads the output of the fraud detector."""

fraud_consumers = {
    "model_id": "fraud_detector_v3",
    "declared_consumers": [
        {
            "service": "payment_gateway",
            "team": "payments",
            "fields_used": ["fraud_score"],
            "threshold_dependency": 0.85,  # want: consumer-threshold-drift
            "registered_date": "2024-01-15",
        },
        {
            "service": "review_dashboard",  # want: invalid-consumer-registry
            "fields_used": ["fraud_score", "label", "top_features"],
            "threshold_dependency": None,
            "registered_date": "2024-02-01",
        },
    ],
    "schema_version": "2.1",
    "schema": {
        "fraud_score": "float [0.0, 1.0]",
        "label": "string enum ['FRAUD', 'LEGITIMATE']",
        "top_features": "list of {name: string, importance: float}",
    },
    "schema_change_policy": "30 days notice via registered contacts before any breaking change",
}
