"""The audit function called on metadata written in code."""

from audits import audit_label_source

print(
    audit_label_source(
        {
            "label_trigger": "model_alert",  # want: label-triggered-by-model, incomplete-label-metadata
            "model_output_affects_outcome": False,
            "label_lag_days": 7,
        }
    )
)
