"""Rule examples as tests: reads the fenced blocks of a rule's docstring and runs them.

A block announces every finding with `# want: words of the message` on its line; a
block without announces none. A `fixed` block equals the block before it after the
first fix of its first finding. `# file: name` starts a further file. A first line
`# options: min-lines = 8` sets the rule's options, as in its table of the configuration.
"""

from __future__ import annotations

import datetime
import re
import sys
from dataclasses import dataclass, field, replace
from importlib import import_module

from mldebt.config import Config
from mldebt.engine.analyze import active_rules, analyze_manifest, analyze_module, analyze_workspace
from mldebt.engine.fixing import fixes_of
from mldebt.engine.index import WorkspaceIndex
from mldebt.rule import Finding, Fix, Report, Rule, Workspace
from mldebt.syntax.document import Document
from mldebt.syntax.manifest import Manifest, manifest_kind, read_manifest
from mldebt.syntax.module import Module
from mldebt.syntax.notebook import Source, joined
from mldebt.syntax.source import SourceFile
from mldebt.text import LineIndex, apply_edits

TODAY = datetime.date(2026, 1, 15)
FENCE = re.compile(r"^```(\w+)(?: (\w+))?\n(.*?)^```$", re.M | re.S)
OPTIONS = re.compile(r"\A# options: (.+)\n")
FILE = re.compile(r"^# file: (\S+)\n", re.M)
WANT = re.compile(r"[ \t]*# want:[ \t]*([^#\n]+?)[ \t]*(?=# want:|$)", re.M)
DEFAULT_NAMES = {
    "python": "train.py",
    "yaml": "params.yaml",
    "toml": "pyproject.toml",
    "text": "requirements.txt",
}


@dataclass
class Example:
    files: dict[str, str]
    wants: list[tuple[str, int, str]]
    """(file, 0-based line, words)."""
    fixed: str | None = None
    text: str = field(default="", repr=False)
    options: dict[str, object] = field(default_factory=dict)

    def config_for(self, rule: Rule) -> Config:
        if not self.options:
            return config_for(rule.id)
        assert rule.options is not None
        return config_for(rule.id, options={rule.id: rule.options(**self.options)})


def examples_of(rule: Rule) -> list[Example]:
    found: list[Example] = []
    for kind, note, body in FENCE.findall(rule.doc):
        if kind not in DEFAULT_NAMES:
            continue
        if note == "fixed":
            found[-1].fixed = body
            continue
        found.append(parse_example(body, DEFAULT_NAMES[kind]))
    return found


def parse_example(body: str, name: str = "train.py") -> Example:
    options: dict[str, object] = {}
    if line := OPTIONS.match(body):
        body = body[line.end() :]
        tomllib = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
        given = tomllib.loads(line[1].replace(", ", "\n"))
        options = {option.replace("-", "_"): value for option, value in given.items()}
    parts = FILE.split(body)
    files: dict[str, str] = {}
    if parts[0].strip():
        files[name] = parts[0]
    files.update(zip(parts[1::2], parts[2::2], strict=True))
    wants: list[tuple[str, int, str]] = []
    for file, text in files.items():
        lines = text.split("\n")
        for number, line in enumerate(lines):
            marks = WANT.findall(line)
            wants += [(file, number, mark.strip()) for mark in marks]
            if marks:
                lines[number] = line[: WANT.search(line).start()].rstrip()
        files[file] = "\n".join(lines)
    return Example(files, wants, text=body, options=options)


def config_for(*rules: str, **changes: object) -> Config:
    return Config(today=TODAY, select=rules, **changes)  # type: ignore[arg-type]


def line_of(path: str, text: str, offset: int) -> int:
    """0-based line in the example of an offset in what was analysed: a notebook's text has no `# %%` lines."""
    if not path.endswith(".ipynb"):
        return LineIndex(text).line_of(offset)
    line = LineIndex(source_of(path, text).text).line_of(offset)
    kept = [number for number, one in enumerate(text.split("\n")) if not one.startswith("# %%")]
    return kept[line]


def subject_of(path: str, text: str) -> Module | Manifest:
    if manifest_kind(path):
        return read_manifest(path, text)
    return Document(source_of(path, text)).module()


def source_of(path: str, text: str) -> SourceFile:
    """A Python file; for an .ipynb path the cells of `text` are separated by lines `# %%`, or `# %% [3]` before one that ran third."""
    if path.endswith(".ipynb"):
        first, *rest = re.split(r"^# %%(?: \[(\d+)\])?\n", text, flags=re.M)
        cells = [
            *([(0, first)] if first else []),
            *((int(count or 0), cell) for count, cell in zip(rest[::2], rest[1::2], strict=True)),
        ]
        sources = [Source(number, cell.rstrip("\n"), count) for number, (count, cell) in enumerate(cells, 1)]
        whole, notebook = joined(sources)
        return SourceFile(path, whole, notebook=notebook)
    return SourceFile(path, text)


def report_of(path: str, text: str, config: Config) -> Report:
    if manifest_kind(path):
        return analyze_manifest(read_manifest(path, text), config)
    return analyze_module(source_of(path, text), config)


def check(files: dict[str, str], config: Config) -> tuple[list[Finding], dict[str, Report]]:
    """Every finding of a small workspace, across rules included; a rule that raises fails the test."""
    reports: dict[str, Report] = {}
    for path, text in files.items():
        reports[path] = report_of(path, text, config)
    findings = []
    for path, report in reports.items():
        assert not [error for error in report.errors if "failed" in error], report.errors
        for finding in report.findings:
            assert 0 <= finding.span.start <= finding.span.end <= len(files[path]), finding
            findings.append(finding if finding.path else Finding_with_path(finding, path))
    findings += analyze_workspace(Workspace(tuple(sorted(files)), reports, config))
    if active_rules(config).outcome:
        return about_suppressions(files, config), reports
    return findings, reports


def about_suppressions(files: dict[str, str], config: Config) -> list[Finding]:
    """What the selected rules about suppressions say where all other rules are on as well."""
    everything = replace(config, select=("all",))
    index = WorkspaceIndex(lambda path: everything, files, complete=True)
    for path, text in files.items():
        index.update(path, report_of(path, text, everything))
    return [finding for finding in index.all_findings() if finding.rule in config.select]


def Finding_with_path(finding: Finding, path: str) -> Finding:
    from dataclasses import replace

    return replace(finding, path=path)


def check_example(rule: Rule, example: Example) -> None:
    config = example.config_for(rule)
    findings, _ = check(example.files, config)
    open_wants = list(example.wants)
    for finding in findings:
        line = line_of(finding.path, example.files[finding.path], finding.span.start)
        said = "\n".join([finding.message, finding.help, *(related.message for related in finding.related)])
        for want in open_wants:
            if want[:2] == (finding.path, line) and want[2] in said:
                open_wants.remove(want)
                break
        else:
            raise AssertionError(
                f"{rule.id}: not wanted in\n{example.text}\n{finding.path}:{line + 1}: {said}"
            )
    assert not open_wants, f"{rule.id}: wanted but not found: {open_wants} in\n{example.text}"
    if example.fixed is not None:
        findings.sort(key=lambda finding: (finding.path, finding.span))
        path = findings[0].path
        fix = fixes_of(findings[0], subject_of(path, example.files[path]), config)[0]
        if fix.creates:
            assert f"# file: {fix.path}\n{applied('', fix)}" == example.fixed
            return
        assert applied(example.files[path], fix) == example.fixed, (
            f"{rule.id}: the fix gives\n{applied(example.files[path], fix)}\ninstead of\n{example.fixed}"
        )


def applied(text: str, fix: Fix) -> str:
    assert fix.edits, f"{fix.title} has no edits: {fix.disabled}"
    return apply_edits(text, fix.edits)
