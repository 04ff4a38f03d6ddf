"""`mldebt-lsp --check`: arguments to configuration, files, findings, text and exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    import datetime
    import json
    import os

    from mldebt.config import Config
    from mldebt.engine.index import WorkspaceIndex, analyzed, is_code

    paths, form = [], "concise"
    rest = iter(arguments)
    config = Config(today=datetime.date.today())
    for word in rest:
        if word == "--check":
            continue
        if word == "--format":
            form = next(rest)
        elif word == "--select":
            config = Config(today=config.today, select=tuple(next(rest).split(",")))
        else:
            paths.append(word)
    files = []
    for path in paths or ["."]:
        if os.path.isfile(path):
            files.append(path)
        for folder, names, here in os.walk(path):
            names[:] = sorted(name for name in names if not name.startswith(".") and name != "node_modules")
            files += [os.path.normpath(os.path.join(folder, name)) for name in here if is_code(name)]
    index = WorkspaceIndex(config)
    for path in sorted(files):
        with open(path, "rb") as file:
            index.update(path, analyzed(path, file.read(), config))
    rows = []
    from mldebt.rules import rules_by_id

    for finding in index.findings():
        positions = index.reports[finding.path].positions if finding.path in index.reports else {}
        start, end = positions.get(finding.span.start, (0, 0, 0)), positions.get(finding.span.end, (0, 0, 0))
        row = {"rule": finding.rule, "category": rules_by_id()[finding.rule].category,
               "severity": finding.severity.word, "path": finding.path, "line": start[0] + 1, "column": start[1] + 1,
               "end_line": end[0] + 1, "end_column": end[1] + 1}
        if start[2]:
            row["cell"] = start[2]
        row.update(message=finding.message, help=finding.help, related=[], fixes=[])
        rows.append(row)
    errors = [{"path": path, "message": error} for path, report in index.reports.items() for error in report.errors]
    if form == "json":
        print(json.dumps({"version": 1, "findings": rows, "errors": errors}, indent=1))
    else:
        for row in rows:
            print("{path}:{line}:{column}: {severity} {rule}: {message}".format(**row))
    for error in errors:
        print("{path}: {message}".format(**error), file=sys.stderr)
    return 1 if rows else 0
