"""Consumer C: parses the raw answer and counts fields."""

import json


def score_of(response_body: str) -> float:
    raw = json.loads(response_body)
    fields = list(raw.keys())
    score_field = fields[0]  # want: positional-output-access
    return float(raw[score_field])
