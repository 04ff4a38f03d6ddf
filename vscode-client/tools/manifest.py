"""The generated parts of package.json: version, settings, and schemas of files we know.

    python vscode-client/tools/manifest.py        writes them; tests/test_vscode_manifest.py fails when they are old

The settings come from the tables that the server and the configuration file read by, so that a rule, a severity or
a choice is named in one place.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = ROOT / "package.json"
SCHEMAS = ROOT / "server" / "mldebt" / "schemas"
sys.path.insert(0, str(ROOT / "server"))

import mldebt  # noqa: E402
from mldebt.config_settings import SETTINGS, SEVERITY_WORDS  # noqa: E402
from mldebt.lsp.settings import BASELINE_SHOWN, MODES, RUNS  # noqa: E402
from mldebt.rules import all_rules  # noqa: E402

CONFIGURED = "A project's own file (`mldebt.toml`, `pyproject.toml`) decides what is found; this narrows it."


def renewed(text: str) -> str:
    """package.json with its generated parts made anew."""
    manifest = json.loads(text)
    manifest["version"] = mldebt.__version__
    contributes = manifest["contributes"]
    contributes["configuration"] = [
        {"title": "What is shown", "properties": shown()},
        {"title": "How it runs", "properties": runs()},
    ]
    contributes["yamlValidation"] = [
        {"fileMatch": f"{schema.name.partition('.')[0]}.{ending}", "url": f"./bundled/libs/mldebt/schemas/{schema.name}"}
        for schema in sorted(SCHEMAS.glob("*.schema.json"))
        for ending in ("yaml", "yml")
    ]
    if not contributes["yamlValidation"]:
        del contributes["yamlValidation"]
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def shown() -> dict[str, Any]:
    return numbered(
        {
            "mldebt.enable": {
                "type": "boolean",
                "default": True,
                "markdownDescription": "Show findings.",
            },
            "mldebt.diagnosticMode": choice(
                "Whose findings are shown.",
                MODES,
                "openFilesOnly",
                {
                    "off": "Nobody's. Commands still work.",
                    "openFilesOnly": "Those of open files.",
                    "workspace": "Those of every file in the workspace, in *Problems*.",
                },
            ),
            "mldebt.run": choice(
                "When findings are renewed.",
                RUNS,
                "onType",
                {"onType": "With every key.", "onSave": "When the file is saved."},
            ),
            "mldebt.select": {
                **names(),
                "default": [],
                "markdownDescription": f"{SETTINGS['select'].doc}\n\n{CONFIGURED}",
            },
            "mldebt.ignore": {
                **names(),
                "default": [],
                "markdownDescription": f"Rules and categories to leave out.\n\n{CONFIGURED}",
            },
            "mldebt.severity": {
                "type": "object",
                "default": {},
                "properties": {
                    name: {"enum": list(SEVERITY_WORDS), "description": title} for name, title in rule_names()
                },
                "additionalProperties": False,
                "markdownDescription": f"{SETTINGS['severity'].doc} What the project's own file says weighs more.",
            },
            "mldebt.baseline": {
                "type": "string",
                "default": "",
                "markdownDescription": "The file that lists known debt, relative to the workspace folder. Empty: "
                "`mldebt-baseline.jsonl`.",
            },
            "mldebt.baselineShown": choice(
                "How known debt is shown, that is what the baseline lists.",
                BASELINE_SHOWN,
                "hint",
                {"hint": "Faintly.", "hide": "Not at all.", "normal": "Like new debt."},
            ),
            "mldebt.codeLens.enable": {
                "type": "boolean",
                "default": False,
                "markdownDescription": "Show above each function how much debt it holds.",
            },
        }
    )


def runs() -> dict[str, Any]:
    """These are the extension's own: the server never sees them as settings."""
    return numbered(
        {
            "mldebt.interpreter": {
                "type": "string",
                "default": "",
                "scope": "machine-overridable",
                "markdownDescription": "The Python (3.10 or newer) that runs the server. Empty: the one that the Python "
                "extension has chosen, else the first that the `PATH` has.",
            },
            "mldebt.importStrategy": {
                **choice(
                    "Which server runs.",
                    ("useBundled", "fromEnvironment"),
                    "useBundled",
                    {
                        "useBundled": "The one that came with the extension: the same findings whatever is installed.",
                        "fromEnvironment": "The `mldebt-lsp` of the chosen Python environment, as in CI; the bundled "
                        "one where it has none.",
                    },
                ),
                "scope": "machine-overridable",
            },
            "mldebt.logLevel": {
                **choice(
                    "What the server writes to its log (*ML Debt: Show Logs*).",
                    ("error", "warning", "info", "debug"),
                    "warning",
                    {},
                ),
                "scope": "machine",
            },
            "mldebt.logFile": {
                "type": "string",
                "default": "",
                "scope": "machine",
                "markdownDescription": "Write the server's log to this file instead.",
            },
            "mldebt.trace.server": {
                **choice(
                    "Log what editor and server say to each other, for a bug report. It holds your code.",
                    ("off", "messages", "verbose"),
                    "off",
                    {},
                ),
                "tags": ["experimental"],
            },
        }
    )


def rule_names() -> list[tuple[str, str]]:
    """What `select` and its kin may name, with a title each: the rules, then the categories."""
    rules = all_rules()
    titles = {rule.id: rule.title.rstrip(".") for rule in rules}
    categories = {rule.category: f"Every rule of this category: {rule.category}" for rule in rules}
    return [*sorted(titles.items()), *sorted(categories.items())]


def names() -> dict[str, Any]:
    named = [*rule_names(), ("all", "Every rule")]
    return {
        "type": "array",
        "uniqueItems": True,
        "items": {
            "type": "string",
            "enum": [name for name, _ in named],
            "enumDescriptions": [title for _, title in named],
        },
    }


def choice(text: str, words: tuple[str, ...], default: str, told: dict[str, str]) -> dict[str, Any]:
    assert default in words and set(told) <= set(words)
    found: dict[str, Any] = {"type": "string", "enum": list(words), "default": default, "markdownDescription": text}
    if told:
        found["markdownEnumDescriptions"] = [told[word] for word in words]
    return found


def numbered(properties: dict[str, Any]) -> dict[str, Any]:
    """In the order given here; VS Code sorts by name otherwise. One answer for the whole window: the server has one."""
    return {
        name: {"order": number, "scope": "window", **schema} for number, (name, schema) in enumerate(properties.items())
    }


if __name__ == "__main__":
    MANIFEST.write_text(renewed(MANIFEST.read_text(encoding="utf-8")), encoding="utf-8")
