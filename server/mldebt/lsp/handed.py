"""What the whole workspace has to do with a name in this file: a column, or the path of an artifact.

From the facts of the last look at all files; nothing is computed here but words.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mldebt.facts.columns import computed_of, lists_of
from mldebt.facts.lineage import lineage
from mldebt.facts.roles import roles_of
from mldebt.lsp.documents import Open, uri_of
from mldebt.lsp.projects import Project
from mldebt.syntax.module import Module
from mldebt.text import Span

if TYPE_CHECKING:
    from mldebt.rule import Workspace

MAX_PLACES = 8
LITERAL = re.compile(r"""(["'])((?:(?!\1)[^\\\n])+)\1""")
CONSUMES = {
    "train": "trains on it",
    "serve": "serves it",
    "evaluate": "evaluates on it",
    "monitor": "monitors it",
}


def handed_at(document: Open, project: Project, offset: int) -> tuple[str, Span] | None:
    """(card, place) of the column or artifact whose literal is at `offset`."""
    subject = document.subject()
    workspace = project.index.workspace_for(document.path)
    if not isinstance(subject, Module) or workspace is None:
        return None
    found = _literal_at(subject.text, offset)
    if found is None:
        return None
    value, span = found
    told = _artifact(workspace, project, document, value, offset) or _column(workspace, project, value)
    return (told, span) if told else None


def _literal_at(text: str, offset: int) -> tuple[str, Span] | None:
    """The quoted text on one line; a key in brackets has no view of its own."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    for match in LITERAL.finditer(text, start, len(text) if end < 0 else end):
        if match.start() <= offset <= match.end():
            return match[2], Span(*match.span())
    return None


# Artifacts


def _artifact(workspace: Workspace, project: Project, document: Open, value: str, offset: int) -> str:
    if not ("/" in value or "." in value):
        return ""
    graph = lineage(workspace)
    nodes = []
    if document.report is project.index.reports.get(document.path):
        # Spans of facts count in the text that this report is about.
        nodes = [
            node
            for node, use in graph.of_file(document.path)
            if use.span.start <= offset <= use.span.end and _fits(node.path, value)
        ]
    nodes = nodes or [node for node in graph.nodes.values() if _fits(node.path, value)]
    if len({node.path for node in nodes}) != 1:
        return ""
    node = nodes[0]
    lines = [f"**`{node.path}`** · {node.kind}" + ("" if node.exists else " · not in the workspace now")]
    writers = [_place(workspace, project, use.file, use.span, use.callee) for use in node.writers]
    readers = [_place(workspace, project, use.file, use.span, use.callee) for use in node.readers]
    writers += [f"stage `{stage.name}`" for stage in node.made_by]
    readers += [f"stage `{stage.name}`" for stage in node.used_by]
    lines.append(f"- **Written by:** {_listed(writers) or '*nothing here*'}")
    lines.append(f"- **Read by:** {_listed(readers) or '*nothing here*'}")
    beyond = sorted(
        _after(graph.downstream(), {use.file for use in node.readers}) - {u.file for u in node.readers}
    )
    if beyond:
        lines.append(f"- **And through them:** {_listed([_file(project, path) for path in beyond])}")
    return "\n".join((lines[0], "", *lines[1:]))


def _fits(path: str, value: str) -> bool:
    """Whether a literal names this node: all of it, or its end."""
    normal = posixpath.normpath(value)
    return path == normal or path.endswith(f"/{normal}")


def _after(downstream: dict[str, set[str]], files: Iterable[str]) -> set[str]:
    found, todo = set(), [*files]
    while todo:
        for reader in downstream.get(todo.pop(), ()):
            if reader not in found:
                found.add(reader)
                todo.append(reader)
    return found


# Columns


def _column(workspace: Workspace, project: Project, name: str) -> str:
    computed = [one for one in computed_of(workspace) if one.column == name]
    listed = [one for one in lists_of(workspace) if name in one.items]
    if not computed and not listed:
        return ""
    lines = [f"**`{name}`** · column", ""]
    places = [_place(workspace, project, one.path, one.span, one.function) for one in computed]
    lines.append(f"- **Computed:** {_listed(places) or '*nowhere here*'}")
    if listed:
        places = [_place(workspace, project, one.path, one.span, one.name) for one in listed]
        lines.append(f"- **Model input in:** {_listed(places)}")
    readers = readers_of(workspace, name) - {one.path for one in computed}
    if readers:
        lines.append(f"- **Named in:** {_listed([_file(project, path) for path in sorted(readers)])}")
    lines.append(
        f"- **Consumed:** {_listed(list(_consumers(workspace, project, name))) or '*by nothing seen here*'}"
    )
    return "\n".join(lines)


def readers_of(workspace: Workspace, column: str) -> set[str]:
    """The files that name a column."""
    return {path for path, fact in workspace.facts("mentioned") if column in fact.detail[0]}


def _consumers(workspace: Workspace, project: Project, column: str) -> Iterator[str]:
    roles = roles_of(workspace)
    for path in sorted(readers_of(workspace, column)):
        does = [words for role, words in CONSUMES.items() if role in roles.get(path, ())]
        if does:
            yield f"{_file(project, path)} {' and '.join(does)}"


def touched_by(document: Open, project: Project) -> Iterator[tuple[Span, str]]:
    """(the definition's key, what a change of it would touch) of each column this file computes and others name."""
    workspace = project.index.workspace_for(document.path)
    if workspace is None or document.report is not project.index.reports.get(document.path):
        return
    roles = roles_of(workspace)
    for one in computed_of(workspace):
        if one.path != document.path:
            continue
        others = readers_of(workspace, one.column) - {document.path}
        if others:
            parts = {role for path in others for role in roles.get(path, ()) if role in CONSUMES}
            does = f" ({', '.join(sorted(parts))})" if parts else ""
            names = ", ".join(sorted(others)[:3]) + (
                f" and {len(others) - 3} more" if len(others) > 3 else ""
            )
            yield one.span, f"a change of `{one.column}` touches {names}{does}"


# Words


def _place(workspace: Workspace, project: Project, path: str, span: Span, what: str) -> str:
    report = workspace.reports.get(path)
    at = report.positions.get(span.start) if report is not None else None
    line = f":{at.line + 1}" if at is not None else ""
    where = _file(project, path, line, f"#L{at.line + 1}" if at is not None else "")
    return f"{where} (`{what}`)" if what else where


def _file(project: Project, path: str, line: str = "", anchor: str = "") -> str:
    return f"[{path}{line}]({uri_of(os.path.join(project.folder, *path.split('/')))}{anchor})"


def _listed(places: list[str]) -> str:
    places = list(dict.fromkeys(places))
    more = f" and {len(places) - MAX_PLACES} more" if len(places) > MAX_PLACES else ""
    return ", ".join(places[:MAX_PLACES]) + more
