"""Files to reports, and reports to the findings one shows: the one place both faces ask.

`read` and `analyzed` take one file from bytes to a Report. `WorkspaceIndex`
holds the reports of a workspace and settles what is shown of them: across
rules, suppressions, ignores per file, severities.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from mldebt.config import Config
from mldebt.rule import Finding, Report, Workspace
from mldebt.syntax.source import SourceFile, Unreadable, decode

if TYPE_CHECKING:
    from mldebt.syntax.manifest import Manifest


def source_of(path: str, data: bytes) -> SourceFile:
    """A Python file or notebook from its bytes. Raises Unreadable."""
    if path.endswith(".ipynb"):
        from mldebt.syntax.notebook import joined, read_cells

        text, notebook = joined(read_cells(data))
        return SourceFile(path, text, notebook=notebook)
    text, encoding, bom = decode(data)
    return SourceFile(path, text, encoding, bom)


def is_code(path: str) -> bool:
    return path.endswith((".py", ".pyi", ".pyw", ".ipynb"))


def analyzed(path: str, data: bytes, config: Config) -> Report:
    """The report on one file's bytes; what cannot be read becomes a notice in it."""
    from mldebt.engine.analyze import analyze_manifest, analyze_module

    try:
        if is_code(path):
            return analyze_module(source_of(path, data), config)
        from mldebt.syntax.manifest import read_manifest

        return analyze_manifest(read_manifest(path, data.decode("utf-8-sig", "replace")), config)
    except Unreadable as error:
        return Report(path, "", errors=(str(error),))


class WorkspaceIndex:
    """The reports of one workspace by path, and the findings that follow from them."""

    def __init__(self, config: Config, paths: Iterable[str] = ()) -> None:
        self.config = config
        self.paths = set(paths)
        self.reports: dict[str, Report] = {}

    def update(self, path: str, report: Report) -> None:
        self.paths.add(path)
        self.reports[path] = report

    def findings(self) -> list[Finding]:
        """Everything that is shown, sorted."""
        from mldebt.engine.analyze import analyze_workspace
        from mldebt.rules import rules_by_id

        rules = rules_by_id()
        found: list[Finding] = []
        for path, report in self.reports.items():
            found += [replace(finding, path=finding.path or path) for finding in report.findings]
        workspace = Workspace(tuple(sorted(self.paths)), self.reports, self.config)
        found += analyze_workspace(workspace)
        shown = []
        for finding in found:
            rule = rules[finding.rule]
            report = self.reports.get(finding.path)
            if self.config.ignored_in(finding.path, rule):
                continue
            if report and any(one.silences(finding, rule) for one in report.suppressions):
                continue
            shown.append(finding)
        return sorted(shown, key=lambda finding: finding.sort_key)
