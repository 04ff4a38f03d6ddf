"""`--explain`: a rule's manual page, its docstring, for the terminal."""

from __future__ import annotations

from mldebt.cli.arguments import BadArguments, nearest
from mldebt.config_types import defaults_of, descriptions_of, plain_default
from mldebt.rule import Rule
from mldebt.rules import all_rules, rules_by_id


def explain(name: str) -> str:
    """Raises BadArguments for a rule there is not."""
    if name == "all":
        return ("\n" + "=" * 78 + "\n\n").join(page(rule) for rule in all_rules())
    categories = {rule.category for rule in all_rules()}
    if name in categories:
        listed = [f"  {rule.id:<32} {rule.title}" for rule in all_rules() if rule.category == name]
        return "\n".join([f"{name}: the rules of this category", "", *listed, ""])
    rule = rules_by_id().get(name)
    if rule is None:
        raise BadArguments(
            f"there is no rule `{name}`.{nearest(name, (*rules_by_id(), *sorted(categories)))}"
        )
    return page(rule)


def page(rule: Rule) -> str:
    """Name, standing, manual, options: everything one may want to know before arguing with a rule."""
    title, _, manual = rule.doc.partition("\n")
    on = "" if rule.default else ", off unless selected"
    where = [
        "everywhere" if not rule.gated else "in files that import an ML or data library",
        "tests included" if rule.in_tests else "not in tests",
    ]
    if rule.subject == "workspace":
        where.append("judged over all files together")
    lines = [
        rule.id,
        "=" * len(rule.id),
        "",
        title,
        "",
        f"{rule.severity.word}, in `{rule.category}`{on}; looks {', '.join(where)}"
        + (", has fixes" if rule.fixer else ""),
        "",
        _rendered(manual.strip("\n")),
    ]
    if rule.options is not None:
        lines += ["", "Options", "-------", "", f"[tool.mldebt.rules.{rule.id}]"]
        told = descriptions_of(rule.options)
        for key, value in defaults_of(rule.options).items():
            lines.append(f"{key} = {toml(plain_default(value))}")
            if key in told:
                lines.append(f"    # {told[key]}")
    lines += ["", f"To leave one finding: # mldebt: ignore[{rule.id}] and the reason", ""]
    return "\n".join(lines)


def _rendered(manual: str) -> str:
    """Markdown as a terminal likes it: headings underlined, code indented, marks for the tests taken out."""
    lines = []
    in_code = False
    for line in manual.split("\n"):
        if line.startswith("```"):
            in_code = not in_code
            if line == "```python fixed":
                lines += ["After the fix:", ""]
            continue
        if in_code:
            code, mark, told = line.partition("  # want:")
            lines.append(
                f"    {code.rstrip()}" + (f"  # <- {told.strip()}" if mark else "") if line.strip() else ""
            )
        elif line.startswith("## "):
            lines += [line[3:], "-" * len(line[3:])]
        else:
            lines.append(line)
    return "\n".join(lines)


def toml(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        import json

        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(toml(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(str(key))} = {toml(item)}" for key, item in value.items()) + "}"
    return str(value)
