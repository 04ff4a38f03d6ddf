"""One file from its bytes to what is remembered of it: its report, and the code and fixes of its findings."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Sequence

from mldebt.config import Config, WatchedConfig
from mldebt.engine.analyze import active_rules, analyze_manifest, analyzed
from mldebt.engine.fixing import fixes_of
from mldebt.engine.index import keeps
from mldebt.engine.rows import code_lines
from mldebt.rule import Finding, Report, Rule, parameters_of
from mldebt.rules import rules_by_id
from mldebt.syntax.document import Document
from mldebt.syntax.manifest import Manifest, manifest_kind, read_manifest
from mldebt.syntax.module import Module
from mldebt.syntax.source import SourceFile, Unreadable, decode, digest_of
from mldebt.text import LineIndex
from mldebt.typed import Any, NamedTuple

CODE_ENDINGS = (".py", ".pyi", ".pyw", ".ipynb")


FIX_TITLES = 1
FIX_EDITS = 2
FINGERPRINTS = 4
"""What may be asked about findings besides themselves; added up."""


class Read(NamedTuple):
    """What one file has to say."""

    report: Report
    code: dict[int, tuple[str, ...]]
    """Start of a finding -> the first lines of its code."""
    fixes: dict[int, tuple[Any, ...]]
    """Number of a finding in the report -> its fixes as rows hold them; empty unless asked for."""
    fingerprints: tuple[str, ...] = ()
    """Of each finding, if asked for."""
    dated: bool = False
    """Whether today's date has had a say."""
    content: str = ""
    """Digest of the file's bytes; empty when it could not be read."""


def source_of(path: str, data: bytes) -> SourceFile:
    """A Python file or notebook from its bytes. Raises Unreadable."""
    if path.endswith(".ipynb"):
        from mldebt.syntax.notebook import joined, read_sources

        text, notebook = joined(read_sources(data))
        return SourceFile(path, text, notebook=notebook)
    text, encoding, bom = decode(data)
    return SourceFile(path, text, encoding, bom)


def is_code(path: str) -> bool:
    return path.endswith(CODE_ENDINGS)


def manifest_of(path: str, data: bytes) -> Manifest:
    """A YAML, TOML or requirements file from its bytes."""
    return read_manifest(path, manifest_text(data))


def manifest_text(data: bytes) -> str:
    """What is not UTF-8 is replaced.

    UTF-16 is read where its byte order mark says so: PowerShell writes requirements that way.
    """
    encoding = "utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8"
    return data.decode(encoding, "replace")


def subject_of(path: str, data: bytes, config: Config) -> Module | Manifest:
    """What the fixes of a finding in this file are built from. Raises Unreadable."""
    if is_code(path) or not manifest_kind(path):
        return Document(source_of(path, data), active_rules(config).wanted).module()
    return manifest_of(path, data)


def plain_text(path: str, data: bytes) -> str:
    """The text that the spans of this file's findings refer to. Raises Unreadable."""
    if is_code(path) or not manifest_kind(path):
        return source_of(path, data).text
    return manifest_text(data)


def read_file(path: str, data: bytes, config: Config, detail: int = 0) -> Read:
    """The report on one file's bytes; what cannot be read becomes a notice in it."""
    content = digest_of(data)
    subject: Module | Manifest
    if isinstance(config, WatchedConfig):
        config.forget()
    try:
        if is_code(path) or not manifest_kind(path):
            document, report = analyzed(source_of(path, data), config)
            subject = document.module()
        else:
            subject = manifest_of(path, data)
            report = analyze_manifest(subject, config)
    except Unreadable as error:
        return Read(Report(path, "", errors=(str(error),)), {}, {}, content=content)
    text = subject.text
    return Read(
        report,
        {one.span.start: code_lines(text, one.span.start, one.span.end) for one in report.findings},
        fixes_by_number(report, subject, config, detail) if detail & (FIX_TITLES | FIX_EDITS) else {},
        fingerprints_of(path, report.findings, text) if detail & FINGERPRINTS else (),
        isinstance(config, WatchedConfig) and config.date_asked,
        content,
    )


def fingerprints_of(path: str, findings: Sequence[Finding], text: str) -> tuple[str, ...]:
    from mldebt.engine.baseline import entries_of

    return tuple(entry.fingerprint for entry in entries_of(path, findings, text))


def fixes_by_number(
    report: Report, subject: Module | Manifest, config: Config, detail: int
) -> dict[int, tuple[Any, ...]]:
    """The fixes of those findings of a report that are shown, but for those that need to know other files."""
    rules = rules_by_id()
    found = {}
    for number, finding in enumerate(report.findings):
        if needs_workspace(rules[finding.rule]) or not keeps(finding, report, config):
            continue
        rows = fix_rows(finding, subject, config, detail)
        if rows:
            found[number] = rows
    return found


def needs_workspace(rule: Rule) -> bool:
    """Whether this rule's fixes point at other files, and so cannot be told from one file's bytes."""
    return rule.fixer is not None and "paths" in parameters_of(rule.fixer)


def fix_rows(
    finding: Finding, subject: Module | Manifest, config: Config, detail: int, paths: tuple[str, ...] = ()
) -> tuple[Any, ...]:
    """(title, safety, path, edits, creates) of each fix that can be applied; edits only where `detail` asks for them."""
    rule = rules_by_id().get(finding.rule)
    if rule is None or rule.fixer is None:
        return ()
    return tuple(
        (
            fix.title,
            fix.safety.word,
            fix.path,
            tuple(_edit_rows(fix.edits, subject)) if detail & FIX_EDITS else (),
            fix.creates,
        )
        for fix in fixes_of(finding, subject, config, paths)
        if not fix.disabled
    )


def _edit_rows(
    edits: Iterable[Any], subject: Module | Manifest
) -> Iterator[tuple[int, int, int, int, int, str]]:
    lines = LineIndex(subject.text)
    notebook = subject.source.notebook if isinstance(subject, Module) else None
    for edit in edits:
        line, column = lines.position(edit.span.start)
        end_line, end_column = lines.position(edit.span.end)
        number = shift = 0
        if notebook is not None:
            cell = notebook.cell_at(edit.span.start)
            number, shift = cell.number, lines.line_of(cell.start)
        yield line + 1 - shift, column + 1, end_line + 1 - shift, end_column + 1, number, edit.text
