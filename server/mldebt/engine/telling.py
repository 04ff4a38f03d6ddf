"""Findings of an index as rows to print, with the code, fixes and fingerprints that go with them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from mldebt.engine.index import WorkspaceIndex
from mldebt.engine.reading import (
    FINGERPRINTS,
    FIX_EDITS,
    FIX_TITLES,
    Read,
    fingerprints_of,
    fix_rows,
    needs_workspace,
    plain_text,
    subject_of,
)
from mldebt.engine.rows import Row, code_lines, row_of
from mldebt.engine.work import MAX_READ
from mldebt.rule import Finding
from mldebt.rules import rules_by_id
from mldebt.syntax.source import Unreadable
from mldebt.typed import Any, NamedTuple


class Teller(NamedTuple):
    """What rows are made from."""

    root: str
    workspace: WorkspaceIndex
    reads: Mapping[str, Read]
    shown: Callable[[str], str]
    """Workspace path -> the path to print."""
    detail: int
    """How much to tell of fixes and fingerprints; see reading.py."""
    stdin: tuple[str, bytes] | None = None
    """Workspace path and content of a file that is not to be read from disk."""


def rows_of(teller: Teller, path: str) -> list[Row]:
    """What is shown for one file."""
    findings = teller.workspace.findings(path)
    if not findings:
        return []
    reports, rules = teller.workspace.reports, rules_by_id()
    read = teller.reads.get(path)
    own = {}
    if read is not None:
        own = {(one.rule, one.span, one.message): number for number, one in enumerate(read.report.findings)}
    wants_fixes = teller.detail & (FIX_TITLES | FIX_EDITS)
    late = [
        one
        for one in findings
        if (one.rule, one.span, one.message) not in own or (wants_fixes and needs_workspace(rules[one.rule]))
    ]
    told = _told_late(teller, path, late) if late else {}
    rows = []
    for finding in findings:
        key = (finding.rule, finding.span, finding.message)
        number = own.get(key)
        code, fixes, fingerprint = told.get(key, ((), (), ""))
        if number is not None and read is not None:
            code, fixes = read.code.get(finding.span.start, ()), fixes or read.fixes.get(number, ())
            fingerprint = read.fingerprints[number] if number < len(read.fingerprints) else ""
        rows.append(
            row_of(finding, rules[finding.rule].category, reports, teller.shown, code, fixes, fingerprint)
        )
    return rows


def _told_late(teller: Teller, path: str, findings: Sequence[Finding]) -> dict[Any, Any]:
    """Code, fixes and fingerprints that a file's own analysis cannot tell: of across rules, of suppressions,
    and of fixes that point at other files. Reads the file once more."""
    if teller.stdin is not None and path == teller.stdin[0]:
        data: bytes | None = teller.stdin[1]
    else:
        data = file_data(os.path.join(teller.root, path))
    if data is None:
        return {}
    config, detail, rules = teller.workspace.config_for(path), teller.detail, rules_by_id()
    wants_fixes = detail & (FIX_TITLES | FIX_EDITS) and any(rules[one.rule].fixer for one in findings)
    try:
        text = plain_text(path, data)
        subject = subject_of(path, data, config) if wants_fixes else None
    except Unreadable:
        return {}
    prints = fingerprints_of(path, findings, text) if detail & FINGERPRINTS else [""] * len(findings)
    paths = tuple(sorted(teller.workspace.paths)) if subject is not None else ()
    return {
        (one.rule, one.span, one.message): (
            code_lines(text, *one.span),
            fix_rows(one, subject, config, detail, paths) if subject is not None else (),
            fingerprint,
        )
        for one, fingerprint in zip(findings, prints, strict=True)
    }


def file_data(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read(MAX_READ)
    except OSError:
        return None
