"""The settings of `[tool.mldebt]`: one table that reading, `--show-config` and the JSON schema share.

Values are checked here, against the table and against the rules there are,
which the caller brings. Files are found and read by config_files.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from mldebt.knowledge import BUILTIN
from mldebt.knowledge.extension import nearest
from mldebt.rule import Rule
from mldebt.typed import Any, NamedTuple

ROLES = (
    "train", "feature", "evaluate", "serve", "monitor", "pipeline", "config", "test", "example", "library",
)  # fmt: skip
SEVERITY_WORDS = ("error", "warning", "information", "hint", "off")
FAIL_WORDS = ("error", "warning", "information", "hint", "never")


class Wrong(Exception):
    """A value that cannot be used; the message says why and what would do. `key` is where inside the value."""

    def __init__(self, message: str, *key: str | int) -> None:
        super().__init__(message)
        self.key = key


Rules = Mapping[str, Rule]
Check = Callable[[Any, Rules], Any]
"""(raw TOML value, the rules there are by id) -> the value to use. Raises Wrong."""


class Setting(NamedTuple):
    name: str
    check: Check
    schema: dict[str, Any]
    doc: str
    table: bool = False
    """A table whose keys are settings of their own: `extend` merges it key by key."""


def listed(names: object) -> str:
    return ", ".join(sorted(str(name) for name in names))  # type: ignore[attr-defined]


def rule_names(rules: Rules) -> tuple[str, ...]:
    """What `select` and its kin may name."""
    return (*rules, *sorted({rule.category for rule in rules.values()}), "all")


def names(value: Any, rules: Rules) -> tuple[str, ...]:
    known = rule_names(rules)
    for index, name in enumerate(strings(value, rules)):
        if name not in known:
            raise Wrong(f"there is no rule or category `{name}`.{nearest(name, known)}", index)
    return tuple(value)


def strings(value: Any, rules: Rules) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Wrong(f"this must be a list of strings, not {said(value)}")
    for index, item in enumerate(value):
        if not isinstance(item, str):
            raise Wrong(f"this must be a string, not {said(item)}", index)
    return tuple(value)


def boolean(value: Any, rules: Rules) -> bool:
    if not isinstance(value, bool):
        raise Wrong(f"this must be true or false, not {said(value)}")
    return value


def text(value: Any, rules: Rules) -> str:
    if not isinstance(value, str):
        raise Wrong(f"this must be a string, not {said(value)}")
    return value


def word(words: tuple[str, ...]) -> Check:
    def check(value: Any, rules: Rules) -> str:
        if value not in words:
            raise Wrong(
                f"there is no choice {value!r}.{nearest(str(value), words)} It has {', '.join(words)}."
            )
        return str(value)

    return check


def table(check: Check, keys: Callable[[Rules], tuple[str, ...]] | None = None, what: str = "key") -> Check:
    def read(value: Any, rules: Rules) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Wrong(f"this must be a table, not {said(value)}")
        known = keys(rules) if keys else None
        found = {}
        for key, item in value.items():
            if known is not None and key not in known:
                raise Wrong(f"there is no {what} `{key}`.{nearest(key, known)}", key)
            found[key] = within(key, lambda raw: check(raw, rules), item)
        return found

    return read


def within(key: str | int, check: Callable[[Any], Any], value: Any) -> Any:
    try:
        return check(value)
    except Wrong as wrong:
        raise Wrong(str(wrong), key, *wrong.key) from None


def rule_options(value: Any, rules: Rules) -> dict[str, Any]:
    """Rule id -> an instance of its options dataclass."""
    from mldebt.config_types import options_from

    if not isinstance(value, dict):
        raise Wrong(f"this must be a table of rules, not {said(value)}")
    found = {}
    for rule_id, given in value.items():
        rule = rules.get(rule_id)
        if rule is None:
            raise Wrong(f"there is no rule `{rule_id}`.{nearest(rule_id, tuple(rules))}", rule_id)
        if rule.options is None:
            raise Wrong(f"the rule `{rule_id}` has no options", rule_id)
        found[rule_id] = within(rule_id, partial(options_from, rule.options), given)
    return found


def knowledge(value: Any, rules: Rules) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Wrong(f"this must be a table, not {said(value)}")
    for key, item in value.items():
        within(key, partial(_known, key), item)
    return value


def _known(table: str, value: Any) -> None:
    """Raises Wrong for a value that is nothing for this table of the knowledge."""
    if isinstance(value, dict):
        for key, item in value.items():
            within(key, partial(_known_entry, table, key), item)
    _known_entry(table, "", value)


def _known_entry(table: str, key: str, value: Any) -> None:
    value = {key: value} if key else value
    try:
        BUILTIN.extended({table: value})
    except ValueError as error:
        raise Wrong(str(error).removeprefix("[tool.mldebt.knowledge] ")) from None


def said(value: Any) -> str:
    """A TOML value's type in the user's words."""
    if isinstance(value, bool):
        return "true or false"
    kinds: Mapping[type, str] = {
        int: "a whole number",
        float: "a number",
        str: "a string",
        list: "a list",
        dict: "a table",
    }
    return kinds.get(type(value), f"a {type(value).__name__}")


NAMES_SCHEMA: dict[str, Any] = {"type": "array", "items": {"$ref": "#/$defs/name"}, "uniqueItems": True}
STRINGS_SCHEMA: dict[str, Any] = {"type": "array", "items": {"type": "string"}}

SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("select", names, NAMES_SCHEMA, "Only these rules and categories; `all` is every rule. Empty: the rules that are on by default."),
        Setting("extend-select", names, NAMES_SCHEMA, "These too."),
        Setting("ignore", names, NAMES_SCHEMA, "Not these. A rule named in `select` outweighs its category here."),
        Setting(
            "per-file-ignores",
            table(names),
            {"type": "object", "additionalProperties": NAMES_SCHEMA},
            "Glob over the path relative to this file -> rules and categories to leave out there.",
            True,
        ),
        Setting(
            "severity",
            table(word(SEVERITY_WORDS), rule_names, "rule or category"),
            {"type": "object", "propertyNames": {"$ref": "#/$defs/name"}, "additionalProperties": {"enum": list(SEVERITY_WORDS)}},
            "Rule or category -> how much it weighs; `off` turns it off.",
            True,
        ),
        Setting("fail-on", word(FAIL_WORDS), {"enum": list(FAIL_WORDS)}, "`--check` exits 1 for findings from this severity up. Default: warning."),
        Setting("exclude", strings, STRINGS_SCHEMA, "Paths to leave out, in the notation of .gitignore."),
        Setting("extend-exclude", strings, STRINGS_SCHEMA, "Further paths to leave out, where `exclude` comes from a configuration that this one extends."),
        Setting("respect-gitignore", boolean, {"type": "boolean"}, "Leave out what .gitignore names. Default: true."),
        Setting(
            "roles",
            table(strings, lambda rules: ROLES, "role"),
            {"type": "object", "propertyNames": {"enum": list(ROLES)}, "additionalProperties": STRINGS_SCHEMA},
            "Role -> globs of the files that have it, where their names and imports do not tell.",
            True,
        ),
        Setting(
            "knowledge",
            knowledge,
            {"type": "object", "additionalProperties": {"type": ["array", "object"]}},
            "Your own libraries: table -> names, or names with what they are.",
            True,
        ),
        Setting("rules", rule_options, {"$ref": "#/$defs/rules"}, "Rule -> its options; see the rule's page.", True),
        Setting("extend", text, {"type": "string"}, "A configuration file this one builds on, relative to this one; what stands here outweighs it."),
    )
}  # fmt: skip
