"""Edits that turn a rule off for a whole project, in the configuration file that is in force."""

from __future__ import annotations

import os

from mldebt.lsp.documents import Open
from mldebt.lsp.edits import FileEdits, closed_file
from mldebt.lsp.projects import Project
from mldebt.lsp.session import Session
from mldebt.syntax.manifest_toml import read_toml
from mldebt.text import Edit, Span


def ignore_in_project(session: Session, project: Project, path: str, rule: str) -> FileEdits | None:
    """`rule` added to `ignore` for everything the configuration of `path` covers; None where that is not to be done
    by machine (a configuration outside the folder, or written in a way we do not edit)."""
    if not project.folder:
        return None
    source = project.configs.settings_for(path).path or os.path.join(project.folder, "pyproject.toml")
    name = os.path.relpath(source, project.folder).replace(os.sep, "/")
    if name.startswith("../"):
        return None
    if not os.path.isfile(source):
        return FileEdits(None, "mldebt.toml", (), create=f'ignore = ["{rule}"]\n')
    document: Open | None = session.documents.get(project.uri_of(name))
    try:
        text = (
            document.parts[0].buffer.text
            if document is not None
            else closed_file(session, project, name).text
        )
    except (OSError, ValueError):
        return None
    edit = ignoring_edit(text, rule, os.path.basename(source) == "pyproject.toml")
    return FileEdits(document, name, (edit,)) if edit is not None else None


def ignoring_edit(text: str, rule: str, in_pyproject: bool) -> Edit | None:
    """`rule` added to `ignore` in a configuration file's text."""
    prefix = ("tool", "mldebt") if in_pyproject else ()
    content = read_toml(text)
    if content.error:
        return None
    entries = {entry.key: entry for entry in content.entries}
    known = entries.get((*prefix, "ignore"))
    if known is not None:
        if text[known.value_span.start] != "[":
            return None
        elements = [
            entry for key, entry in entries.items() if key[:-1] == known.key and isinstance(key[-1], int)
        ]
        if elements:
            at = max(entry.value_span.end for entry in elements)
            return Edit(Span(at, at), f', "{rule}"')
        return Edit(Span(known.value_span.start + 1, known.value_span.start + 1), f'"{rule}"')
    line = f'ignore = ["{rule}"]\n'
    if not in_pyproject:
        return Edit(Span(0, 0), line)
    table = entries.get(prefix)
    if table is None:
        if any(key[:2] == prefix for key in entries):
            return None
        gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
        return Edit(Span(len(text), len(text)), f"{gap}[tool.mldebt]\n{line}")
    if text[table.value_span.start] != "[":
        return None
    end = text.find("\n", table.value_span.start)
    if end < 0:
        return Edit(Span(len(text), len(text)), f"\n{line}")
    return Edit(Span(end + 1, end + 1), line)
