"""Fixing one rule in every file of the workspace: asked for by name, confirmed by the user, one undo step."""

from __future__ import annotations

import asyncio

from lsprotocol import types

from mldebt.engine.fixing import fixes_of
from mldebt.engine.index import settled
from mldebt.engine.live import Live
from mldebt.lsp.actions import collides
from mldebt.lsp.diagnostics import Diagnostics
from mldebt.lsp.documents import OpenDocument
from mldebt.lsp.edits import FileEdits, closed_file, workspace_edit
from mldebt.lsp.projects import Project
from mldebt.lsp.session import Session
from mldebt.rule import UNSAFE
from mldebt.syntax.source import SourceFile
from mldebt.text import Edit

MAX_FILES = 500
# More than anybody looks through before confirming.


async def fix_everywhere(session: Session, diagnostics: Diagnostics, rule: str) -> types.WorkspaceEdit | None:
    """One edit for all files; None if there is nothing to fix. Looks at one file at a time."""
    edits: list[tuple[Project, FileEdits]] = []
    for project in session.projects.opened:
        for path in sorted(project.index.reports):
            if len(edits) >= MAX_FILES or path.endswith(".ipynb"):
                continue
            if any(finding.rule == rule for finding in project.index.findings(path)):
                found = _file_edits(session, diagnostics, project, path, rule)
                if found is not None:
                    edits.append((project, found))
                await asyncio.sleep(0)
    if not edits:
        return None
    label = f"Fix `{rule}` in {len(edits)} file{'s' if len(edits) != 1 else ''}"
    by_project: dict[Project, list[FileEdits]] = {}
    for project, file in edits:
        by_project.setdefault(project, []).append(file)
    made = [workspace_edit(session, project, files, review=label) for project, files in by_project.items()]
    first = made[0]
    for other in made[1:]:
        if first.document_changes is not None:
            first.document_changes = [*first.document_changes, *(other.document_changes or ())]
        else:
            first.changes = {**(first.changes or {}), **(other.changes or {})}
    return first


def _file_edits(
    session: Session, diagnostics: Diagnostics, project: Project, path: str, rule: str
) -> FileEdits | None:
    """The fixes of one rule in one file, open or on disk, that do not collide."""
    document = session.documents.get(project.uri_of(path))
    config = project.config_for(path)
    if document is None:
        try:
            live = Live(SourceFile(path, closed_file(session, project, path).text), config)
        except (OSError, ValueError):
            return None
        findings, module = settled(live.report(), config), live.module()
    else:
        findings, subject = tuple(diagnostics.findings(document)), document.subject()
        if subject is None or not isinstance(document, OpenDocument):
            return None
        module = subject  # type: ignore[assignment]
    taken: list[Edit] = []
    for finding in findings:
        if finding.rule != rule:
            continue
        for fix in fixes_of(finding, module, config, tuple(project.index.paths)):
            if not fix.disabled and fix.safety <= UNSAFE and fix.path in ("", path):
                if not collides(taken, fix.edits):
                    taken += [edit for edit in fix.edits if edit not in taken]
                break
    return FileEdits(document, path, tuple(taken)) if taken else None
