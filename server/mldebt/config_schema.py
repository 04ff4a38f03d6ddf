"""The JSON schema of `[tool.mldebt]`, for editors: made from the tables that reading uses."""

from __future__ import annotations

from mldebt.config_settings import SETTINGS, Rules, rule_names
from mldebt.config_types import defaults_of, descriptions_of, hints_of, plain_default, schema_of
from mldebt.typed import Any

SCHEMA = "https://json-schema.org/draft/2020-12/schema"


def config_schema(known: Rules) -> dict[str, Any]:
    rules = {}
    for rule in known.values():
        if rule.options is None:
            continue
        defaults, told = defaults_of(rule.options), descriptions_of(rule.options)
        properties = {}
        for name, hint in hints_of(rule.options).items():
            key = name.replace("_", "-")
            properties[key] = {**schema_of(hint), "default": plain_default(defaults[key])}
            if key in told:
                properties[key]["description"] = told[key]
        rules[rule.id] = {
            "type": "object",
            "description": rule.title,
            "properties": properties,
            "additionalProperties": False,
        }
    return {
        "$schema": SCHEMA,
        "title": "mldebt.toml, and [tool.mldebt] in pyproject.toml",
        "type": "object",
        "properties": {
            setting.name: {**setting.schema, "description": setting.doc} for setting in SETTINGS.values()
        },
        "additionalProperties": False,
        "$defs": {
            "name": {"enum": list(rule_names(known))},
            "rules": {"type": "object", "properties": rules, "additionalProperties": False},
        },
    }
