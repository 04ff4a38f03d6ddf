"""Looks at one record and tells what may be wrong with it."""


def audit_label_source(label_metadata: dict) -> dict:
    """Risks in the way labels are made."""
    risks = []
    if label_metadata.get("label_trigger") == "model_alert":
        risks.append({"risk": "CRITICAL", "why": "labels exist for flagged cases only"})
    if label_metadata.get("model_output_affects_outcome"):
        risks.append({"risk": "HIGH", "why": "decisions change the outcome"})
    lag = label_metadata.get("label_lag_days", 0)
    if lag > 30:
        risks.append({"risk": "MEDIUM", "why": f"labels arrive {lag} days late"})
    return {"risk": "HIGH" if risks else "LOW", "issues": risks}
