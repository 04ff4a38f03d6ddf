"""GitLab's code quality report: a JSON list of issues.

Source: docs.gitlab.com, "Code Quality report format". Paths count from the
project; fingerprints stay the same when lines move, so that GitLab can tell new
debt from old.
"""

from __future__ import annotations

import hashlib
import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mldebt.cli.output import Screen
    from mldebt.engine.result import Result

SEVERITIES = ("", "info", "minor", "major", "critical")


def render(result: Result, screen: Screen) -> Iterator[str]:
    issues = []
    for row in result.rows:
        # GitLab wants one fingerprint for one issue in all of the project.
        told = f"{row.path}\0{row.rule}\0{row.fingerprint}"
        issues.append(
            {
                "description": row.message,
                "check_name": row.rule,
                "fingerprint": hashlib.blake2b(
                    told.encode("utf-8", "surrogatepass"), digest_size=16
                ).hexdigest(),
                "severity": SEVERITIES[row.severity],
                "location": {
                    "path": row.path,
                    "positions": {
                        "begin": {"line": row.line, "column": row.column},
                        "end": {"line": row.end_line, "column": row.end_column},
                    },
                    "lines": {"begin": row.line, "end": row.end_line},
                },
                "content": {"body": row.help},
                "categories": [row.category],
            }
        )
    yield json.dumps(issues, indent=2) + "\n"
