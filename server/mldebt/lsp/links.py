"""Document links: from the rules a suppression names to their pages, and from artifact paths to the files."""

from __future__ import annotations

import os
from collections.abc import Iterator

from mldebt.lsp.convert import rule_page
from mldebt.lsp.documents import Open, uri_of
from mldebt.lsp.projects import Project
from mldebt.rules import rules_by_id
from mldebt.syntax.module import Module
from mldebt.text import Span

MAX_LINKS = 200
# Each costs a look at the disk.


def links_in(document: Open, project: Project) -> Iterator[tuple[Span, str, str]]:
    """(place, URI, tooltip), in no particular order."""
    rules = rules_by_id()
    report = document.report
    for suppression in report.suppressions if report is not None else ():
        text = document.text[suppression.span.start : suppression.span.end]
        for name in suppression.names:
            if name in rules:
                at = suppression.span.start + text.find(name)
                yield Span(at, at + len(name)), rule_page(name), rules[name].title
    subject = document.subject()
    if not isinstance(subject, Module) or not project.folder:
        return
    n_links = 0
    for string in subject.strings():
        if n_links >= MAX_LINKS or string.kind != "str":
            continue
        path = _existing(string.value, project.folder, os.path.dirname(document.path))
        if path is not None:
            n_links += 1
            yield string.span, uri_of(path), f"Open {string.value}"


def _existing(value: str, folder: str, beside: str) -> str | None:
    """The file of the workspace a path literal names, counted from the folder or from the document's own."""
    if "\0" in value or len(value) > 500 or os.path.isabs(value):
        return None
    for base in (folder, os.path.join(folder, beside)):
        path = os.path.normpath(os.path.join(base, value))
        if path.startswith(folder + os.sep) and os.path.isfile(path):
            return path
    return None
