"""SARIF 2.1.0, for code scanning: rules with their pages, findings with fingerprints and fixes.

Source: docs.oasis-open.org/sarif/sarif/v2.1.0 and GitHub's "SARIF support for
code scanning". GitHub refuses a run of more than 25,000 results, so the mildest
are left out above that and a notification says so. Columns count code points.
"""

from __future__ import annotations

import json
from urllib.parse import quote

import mldebt
from mldebt.rules import rules_by_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from mldebt.cli.output import Screen
    from mldebt.engine.result import Result
    from mldebt.engine.rows import Row
    from mldebt.rule import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MAX_RESULTS = 25_000
LEVELS = ("", "note", "note", "warning", "error")
ROOT = "%SRCROOT%"


def render(result: Result, screen: Screen) -> Iterator[str]:
    rows = result.rows
    notices = [
        {
            "level": "error" if one.internal else "note",
            "message": {"text": one.message},
            **(
                {"locations": [{"physicalLocation": {"artifactLocation": _artifact(one.path)}}]}
                if one.path
                else {}
            ),
        }
        for one in result.notices
    ]
    if len(rows) > MAX_RESULTS:
        gravest = sorted(range(len(rows)), key=lambda at: (-rows[at].severity, at))[:MAX_RESULTS]
        rows = [rows[at] for at in sorted(gravest)]
        left_out = len(result.rows) - MAX_RESULTS
        notices.append(
            {"level": "warning", "message": {"text": f"{left_out} of the mildest findings are left out."}}
        )
    names = sorted({row.rule for row in rows})
    index = {name: at for at, name in enumerate(names)}
    rules = rules_by_id()
    run = {
        "tool": {
            "driver": {
                "name": "mldebt-lsp",
                "version": mldebt.__version__,
                "semanticVersion": mldebt.__version__,
                "rules": [_rule(rules[name]) for name in names],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder the check was started in."}}},
        "invocations": [
            {
                "executionSuccessful": not any(one.internal for one in result.notices),
                "toolExecutionNotifications": notices,
            }
        ],
        "results": [_result(row, index) for row in rows],
    }
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    # The examples are for whoever wants to argue with the rule: `--explain` has them.
    manual = rule.doc.partition("## Examples")[0].strip()
    return {
        "id": rule.id,
        "name": "".join(part.title() for part in rule.id.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.title},
        "help": {"text": manual.replace("## ", ""), "markdown": manual},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": ["machine-learning", "technical-debt", rule.category]},
    }


def _result(row: Row, index: dict[str, int]) -> dict[str, Any]:
    text = f"{row.message}\n{row.help}" if row.help else row.message
    found: dict[str, Any] = {
        "ruleId": row.rule,
        "ruleIndex": index[row.rule],
        "level": LEVELS[row.severity],
        "message": {"text": text},
        "locations": [_location(row.path, row.line, row.column, row.end_line, row.end_column, row.cell)],
        "partialFingerprints": {"mldebt/v1": f"{row.rule}:{row.fingerprint}"},
    }
    if row.code:
        found["locations"][0]["physicalLocation"]["region"]["snippet"] = {"text": "\n".join(row.code)}
    if row.related:
        found["relatedLocations"] = [
            {"id": number, **_location(*one[:6]), "message": {"text": one[6]}}
            for number, one in enumerate(row.related, 1)
        ]
    fixes = [_fix(row, *fix[:4]) for fix in row.fixes if fix[3] and not row.cell and not fix[4]]
    if fixes:
        found["fixes"] = fixes
    return found


def _location(path: str, line: int, column: int, end_line: int, end_column: int, cell: int) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": _artifact(path),
            "region": {
                "startLine": line,
                "startColumn": column,
                "endLine": end_line,
                "endColumn": end_column,
            },
        }
    }
    if cell:
        # A notebook's lines are lines of a cell: said in words, as SARIF has no place for it.
        location["logicalLocations"] = [{"name": f"cell {cell}", "kind": "member"}]
        location["message"] = {"text": f"cell {cell}, line {line}"}
    return location


def _fix(row: Row, title: str, safety: str, path: str, edits: tuple[Any, ...]) -> dict[str, Any]:
    return {
        "description": {"text": f"{title} ({safety})"},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(path or row.path),
                "replacements": [
                    {
                        "deletedRegion": {
                            "startLine": line,
                            "startColumn": column,
                            "endLine": end_line,
                            "endColumn": end_column,
                        },
                        "insertedContent": {"text": text},
                    }
                    for line, column, end_line, end_column, _, text in edits
                ],
            }
        ],
    }


def _artifact(path: str) -> dict[str, Any]:
    if path.startswith("/") or path[1:3] == ":/":
        return {"uri": "file://" + quote(path if path.startswith("/") else "/" + path)}
    return {"uri": quote(path), "uriBaseId": ROOT}
