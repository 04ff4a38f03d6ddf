"""WorkspaceIndex: the reports of a workspace, and the findings one shows for them.

The one place where findings are settled, for the command line and the server
alike: across rules, suppressions, ignores per file, and what the rules about
suppressions have to add. Reads no file and knows no screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mldebt.config import Config
from mldebt.engine.analyze import active_rules, analyze_outcome, analyze_workspace
from mldebt.plain import replace
from mldebt.rule import Files, Finding, NoFiles, Outcome, Report, Rule, Workspace
from mldebt.rules import all_rules, rules_by_id


class WorkspaceIndex:
    """Reports by path, and what follows from them.

    `config_for` gives the configuration in force for a path; the same object
    for the same configuration. `complete` says that the reports cover the whole
    project: only then are suppressions of across rules judged.
    """

    def __init__(
        self,
        config_for: Callable[[str], Config],
        paths: Iterable[str] = (),
        complete: bool = False,
        files: Files | None = None,
    ) -> None:
        self.config_for = config_for
        self.files = files or NoFiles()
        self.complete = complete
        self.paths = set(paths)
        """Every file of the workspace, analysed or not."""
        self.reports: dict[str, Report] = {}
        self.errors: list[str] = []
        """Across rules that failed in the last `refresh`."""
        self._across: dict[str, tuple[Finding, ...]] = {}
        self._shown: dict[str, tuple[Finding, ...]] = {}
        self._stale = True
        self._workspaces: dict[int, Workspace] = {}
        """By configuration, as of the last `refresh`: with what rules have derived from all facts."""

    def update(self, path: str, report: Report) -> bool:
        """Take a file's new report. True if other files may now show something else: see `refresh`."""
        before = self.reports.get(path)
        self.reports[path] = report
        self._shown.pop(path, None)
        if path not in self.paths or before is None or before.facts != report.facts:
            self.paths.add(path)
            self._stale = True
        return self._stale

    def remove(self, path: str) -> bool:
        """Forget a file that is gone. True if other files may now show something else."""
        self._shown.pop(path, None)
        if self.reports.pop(path, None) is not None or path in self.paths:
            self.paths.discard(path)
            self._stale = True
        return self._stale

    def reconfigure(self) -> None:
        """The configurations have changed; reports must be made anew by whoever holds the texts."""
        self._shown.clear()
        self._stale = True

    @property
    def stale(self) -> bool:
        """Whether the findings of across rules may be out of date."""
        return self._stale

    def refresh(self) -> set[str]:
        """Run the across rules if need be; the paths whose findings they changed."""
        if not self._stale:
            return set()
        self._stale = False
        found: dict[str, list[Finding]] = {}
        self.errors = []
        self._workspaces = {}
        for config in self._configs():
            workspace = Workspace(tuple(sorted(self.paths)), self.reports, config, self.files)
            self._workspaces[id(config)] = workspace
            for finding in analyze_workspace(workspace, self.errors):
                # A file is judged by its own configuration, whichever others the workspace has.
                if self.config_for(finding.path) is config:
                    found.setdefault(finding.path, []).append(finding)
        across = {path: tuple(findings) for path, findings in found.items()}
        changed = {path for path in {*across, *self._across} if across.get(path) != self._across.get(path)}
        self._across = across
        for path in changed:
            self._shown.pop(path, None)
        return changed

    def workspace_for(self, path: str) -> Workspace | None:
        """What the across rules saw last, for questions about a file; None before they were asked."""
        return self._workspaces.get(id(self.config_for(path)))

    def findings(self, path: str) -> tuple[Finding, ...]:
        """What is shown for one file, sorted; across rules as of the last `refresh`."""
        known = self._shown.get(path)
        if known is None:
            report = self.reports.get(path) or Report(path, "")
            config = self.config_for(path)
            across = self._across.get(path, ())
            known = self._shown[path] = settled(report, config, across, self.complete and not self._stale)
        return known

    @property
    def across_paths(self) -> tuple[str, ...]:
        """The paths that across rules spoke about; some may have no report."""
        return tuple(self._across)

    def all_findings(self) -> list[Finding]:
        """Everything that is shown, sorted by path and place."""
        self.refresh()
        paths = sorted({*self.reports, *self._across})
        return [finding for path in paths for finding in self.findings(path)]

    def _configs(self) -> list[Config]:
        configs = {id(config): config for config in map(self.config_for, sorted({"", *self.reports}))}
        return [config for config in configs.values() if active_rules(config).workspace]


def settled(
    report: Report, config: Config, across: Iterable[Finding] = (), complete: bool = False
) -> tuple[Finding, ...]:
    """What is shown of one report and of the `across` findings about its file, each with its path."""
    rules = rules_by_id()
    silenced: list[set[str]] = [set() for _ in report.suppressions]
    shown: list[Finding] = []
    for finding in (*report.findings, *across):
        if _keeps(finding, rules[finding.rule], report, config, silenced):
            shown.append(finding if finding.path else replace(finding, path=report.path))
    if report.suppressions and active_rules(config).outcome:
        on = [rule for rule in all_rules() if _says(rule, report, config)]
        judged = frozenset(rule.id for rule in on if complete or rule.subject != "workspace")
        if report.broken or report.errors:
            judged = frozenset()
        outcome = Outcome(
            report,
            tuple(map(frozenset, silenced)),
            judged,
            frozenset(rule.id for rule in on) - judged,
            {rule.id: rule.category for rule in rules.values()},
        )
        for finding in analyze_outcome(outcome, config):
            rule = rules[finding.rule]
            named = [one for one in report.suppressions if rule.id in one.names or rule.category in one.names]
            if not config.ignored_in(report.path, rule) and not any(
                one.silences(finding, rule) for one in named
            ):
                shown.append(finding)
    return tuple(sorted(shown, key=lambda finding: finding.sort_key))


def keeps(finding: Finding, report: Report, config: Config) -> bool:
    """Whether a finding of this report is shown."""
    silenced: list[set[str]] = [set() for _ in report.suppressions]
    return _keeps(finding, rules_by_id()[finding.rule], report, config, silenced)


def _keeps(finding: Finding, rule: Rule, report: Report, config: Config, silenced: list[set[str]]) -> bool:
    if config.ignored_in(report.path, rule):
        return False
    keep = True
    for number, suppression in enumerate(report.suppressions):
        if suppression.silences(finding, rule):
            silenced[number].add(rule.id)
            keep = False
    return keep


def _says(rule: Rule, report: Report, config: Config) -> bool:
    return rule.subject != "outcome" and config.enabled(rule) and not config.ignored_in(report.path, rule)
