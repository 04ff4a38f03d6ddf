"""`--show-config`: each setting in force for a file, and where it comes from. `--config-schema`: what may be set."""

from __future__ import annotations

import os

from mldebt.cli.arguments import Arguments
from mldebt.cli.check import prepared
from mldebt.cli.explain import toml
from mldebt.config import Config
from mldebt.config_files import Configs, Settings
from mldebt.config_settings import SETTINGS
from mldebt.config_types import defaults_of, plain_default
from mldebt.engine.project import project_root
from mldebt.engine.result import BadConfiguration
from mldebt.rules import all_rules, rules_by_id

DEFAULT = "default"
ON_COMMAND_LINE = {
    "select": "--select",
    "extend-select": "--extend-select",
    "ignore": "--ignore",
    "exclude": "--exclude",
    "fail-on": "--fail-on",
}


def schema() -> str:
    import json

    from mldebt.config_schema import config_schema

    return json.dumps(config_schema(rules_by_id()), indent=2, ensure_ascii=False) + "\n"


def show_config(arguments: Arguments) -> str:
    """Raises BadConfiguration."""
    file = os.path.realpath(arguments.value("--show-config"))
    root, _ = project_root([file])
    _, asked = prepared(arguments)
    configs = Configs(root, asked.rules, asked.today, asked.overrides)
    path = os.path.relpath(file, root).replace(os.sep, "/")
    config = configs.for_folder(path if os.path.isdir(file) and path != "." else path.rpartition("/")[0])
    if configs.problems:
        raise BadConfiguration(
            str(problem.seen_from(os.getcwd())) for problem in sorted(set(configs.problems))
        )
    settings = configs.settings_for(path + "/x" if os.path.isdir(file) and path != "." else path)
    source = config.source or "none found"
    lines = [
        f"# {path} in {root}",
        f"# configuration: {source}",
        f"# role: {config.role_of(path) or 'none'}",
        "",
    ]
    lines += _settings(settings, config, arguments)
    lines += ["", "# rules in force for this file"]
    off = []
    for rule in all_rules():
        if config.enabled(rule) and not config.ignored_in(path, rule):
            lines.append(
                f"{rule.id} = {config.severity_of(rule, None).word}".ljust(50) + f"# {rule.category}"
            )
        else:
            off.append(rule.id)
    if off:
        lines += ["", "# rules that are off for this file", *off]
    return "\n".join(lines) + "\n"


def _settings(settings: Settings, config: Config, arguments: Arguments) -> list[str]:
    lines = []
    values: dict[str, object] = {
        "select": config.select,
        "extend-select": config.extend_select,
        "ignore": config.ignore,
        "exclude": config.exclude,
        "fail-on": arguments.value("--fail-on") or settings.get("fail-on", "warning"),
        "respect-gitignore": config.respect_gitignore,
    }
    for name, value in values.items():
        origins = [str(one.origin) for key, one in settings.values.items() if key == (name,)]
        if name == "exclude":
            origins += [str(one.origin) for key, one in settings.values.items() if key == ("extend-exclude",)]
        option = ON_COMMAND_LINE.get(name, "")
        if option and arguments.given(option):
            origins = [option] if name in ("select", "fail-on") else [*origins, option]
        lines.append(f"{name} = {toml(value)}".ljust(50) + f"# {', '.join(origins) or DEFAULT}")
    for name, setting in SETTINGS.items():
        if not setting.table or name == "rules":
            continue
        rows = [(key[1], one) for key, one in settings.values.items() if key[0] == name]
        lines += ["", f"[{name}]" + ("" if rows else "  # empty: default")]
        lines += [f"{toml(key)} = {toml(one.raw)}".ljust(50) + f"# {one.origin}" for key, one in rows]
    for rule in all_rules():
        if rule.options is None:
            continue
        given = settings.values.get(("rules", rule.id))
        lines += ["", f"[rules.{rule.id}]"]
        made = config.options_of(rule)
        for key in defaults_of(rule.options):
            value = plain_default(getattr(made, key.replace("-", "_")))
            told = given is not None and key in given.raw
            lines.append(
                f"{key} = {toml(value)}".ljust(50) + f"# {given.origin if told and given else DEFAULT}"
            )
    return lines
