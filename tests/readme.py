"""The generated part of README.md: one line for each rule, from the rules' own manual pages.

`.venv/bin/python tests/readme.py` writes it, and with it the part of package.json that names the rules;
test_readme.py and test_vscode_manifest.py fail when they are out of date.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from mldebt.rule import Rule
from mldebt.rules import all_rules

README = Path(__file__).resolve().parent.parent / "README.md"
START = "<!-- rules: made by tests/readme.py -->"
END = "<!-- end of rules -->"

CATEGORIES = {
    "entanglement": "Entanglement: leaks between data that must stay apart",
    "feedback-loops": "Hidden feedback loops",
    "undeclared-consumers": "Undeclared consumers",
    "data-dependencies": "Data dependencies",
    "pipeline-jungles": "Pipeline jungles and dead experimental code",
    "configuration": "Configuration debt",
    "external-world": "Changes in the external world",
    "reproducibility": "Reproducibility",
    "notebooks": "Notebooks",
    "framework-hygiene": "Framework hygiene",
    "tool": "This tool's own comments and settings",
}
"""In the order of the seven kinds of debt; the words of the heading."""


def rule_tables(rules: tuple[Rule, ...]) -> str:
    """Markdown: a table for each category that has rules."""
    parts = []
    for category, heading in CATEGORIES.items():
        own = [rule for rule in rules if rule.category == category]
        if not own:
            continue
        rows = ["| rule | finds | severity | fix |", "| --- | --- | --- | --- |"]
        rows += [
            f"| `{rule.id}` | {rule.title} | {rule.severity.word if rule.default else 'off'} |"
            f" {'yes' if rule.fixer else ''} |"
            for rule in own
        ]
        parts += [f"**{heading}** (`{category}`)", "\n".join(rows)]
    unknown = {rule.category for rule in rules} - set(CATEGORIES)
    assert not unknown, f"give these categories a heading in {Path(__file__).name}: {unknown}"
    return "\n\n".join(parts)


def renewed(text: str) -> str:
    """`text` with its generated part made anew."""
    head, start, rest = text.partition(START)
    _, end, tail = rest.partition(END)
    assert start and end, f"README.md has lost its markers {START} and {END}"
    return f"{head}{start}\n\n{rule_tables(all_rules())}\n\n{end}{tail}"


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
    subprocess.run([sys.executable, README.parent / "vscode-client/tools/manifest.py"], check=True)
