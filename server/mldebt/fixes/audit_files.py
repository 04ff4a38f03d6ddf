"""Drafts of the three audit files, with a question for everything nobody but the user can know.

Each text is YAML that our own reader takes, so the rules about it speak at once and go on
until the questions are answered.
"""

from __future__ import annotations

from collections.abc import Sequence

Output = tuple[str, str, tuple[str, ...]]
"""(field, type or "", words)."""
TYPES = {
    "str": "string",
    "float": "float",
    "int": "integer",
    "bool": "boolean",
    "list": "list",
    "dict": "object",
}


def labels_text(models: Sequence[str]) -> str:
    """`labels.yaml` for these models."""
    lines = [
        "# How each model gets its labels, read by mldebt.",
        "# The question: can its predictions change the data it will be trained on next?",
        "models:",
    ]
    for model in models:
        lines += [
            f"  {_key(model)}:",
            "    label_trigger: null  # TODO(mldebt): what makes a case get a label? model_alert, an outcome, a sample",
            "    model_output_affects_outcome: null  # TODO(mldebt): does acting on a prediction change the outcome?",
            "    label_lag_days: null  # TODO(mldebt): how many days until the label is known?",
            "    holdout_fraction: null  # TODO(mldebt): which random share of the cases bypasses the model?",
            "    counterfactual_logging: null  # TODO(mldebt): is each decision stored with its alternative?",
            "    audited_on: null  # TODO(mldebt): the day of this audit, YYYY-MM-DD",
            "    owner: null  # TODO(mldebt): whom to ask",
        ]
    return "\n".join(lines) + "\n"


def consumers_text(model: str, fields: Sequence[Output], route: str = "", callers: Sequence[str] = ()) -> str:
    """`consumers.yaml` for one model: its output as the handler has it, and the callers that are known."""
    lines = [
        "# Who reads each model's output, and what they may rely on, read by mldebt.",
        "models:",
        f"  {_key(model)}:",
    ]
    if route:
        lines.append(f"    routes: [{_quoted(route)}]")
    lines.append('    schema_version: "1.0"')
    lines.append(
        "    schema:" if fields else "    schema: null  # TODO(mldebt): each field and what it holds"
    )
    lines += [f"      {_key(name)}: {_described(kind, words)}" for name, kind, words in fields]
    lines.append(
        "    schema_change_policy: null  # TODO(mldebt): how many days before a breaking change are consumers told, and how?"
    )
    lines.append("    declared_consumers:")
    names = callers or ("TODO",)
    for name in names:
        note = "" if callers else "  # TODO(mldebt): who reads the output?"
        lines += [
            f"      - service: {_key(name)}{note}",
            "        team: null  # TODO(mldebt): whom to tell of a change",
            "        fields_used: []  # TODO(mldebt): which fields it reads",
            "        threshold_dependency: null",
            "        registered_date: null",
        ]
    return "\n".join(lines) + "\n"


def features_text(features: Sequence[str]) -> str:
    """`features.yaml` for these features."""
    lines = ["# Where the inputs of the model come from, read by mldebt.", "features:"]
    for name in features:
        lines += [
            f"  {_key(name)}:",
            "    upstream_owner: null  # TODO(mldebt): whose pipeline computes it?",
            "    schema_version: null  # TODO(mldebt): the version of the contract its owner keeps",
            "    last_pipeline_review: null  # TODO(mldebt): the day somebody last looked at the pipeline",
            "    is_stable: true",
            "    description: null  # TODO(mldebt): what it measures, and why the model has it",
        ]
    return "\n".join(lines) + "\n"


def place_for(name: str, paths: Sequence[str]) -> str:
    """Where a new file of ours goes: at the root, in `mldebt/` where there is such a folder or the name is taken."""
    folder = any(path.startswith("mldebt/") for path in paths)
    return f"mldebt/{name}" if folder or name in paths else name


def _described(kind: str, words: tuple[str, ...]) -> str:
    if any(mark in word for word in words for mark in "'\"\\"):
        return f"{{type: string, enum: [{', '.join(map(_quoted, words))}]}}"
    if words:
        listed = ", ".join(f"'{word}'" for word in words)
        return f'"string enum [{listed}]"'
    return TYPES.get(kind) or "null  # TODO(mldebt): what it holds"


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and not name.isdigit() else _quoted(name)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
