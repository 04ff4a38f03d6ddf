"""A setting that is read here and defined in another file: its answers to the four questions, found by jedi.

jedi is asked only about what looks like a setting: a name read from something called a config,
or a constant that this file imports.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from mldebt.facts.config_keys import OWNER
from mldebt.lsp.answers import card, setting_at
from mldebt.rules.configuration._settings import CONFIG_NAME, UPPER
from mldebt.syntax.module import Module
from mldebt.text import Span

if TYPE_CHECKING:
    from mldebt.engine.resolve import Place
    from mldebt.lsp.documents import Open
    from mldebt.lsp.projects import Project
    from mldebt.lsp.resolving import Resolving

NAME = re.compile(r"((?:\w+\.)*)(\w+)(\s*\()?")


async def setting_elsewhere(
    document: Open, offset: int, project: Project, resolving: Resolving
) -> tuple[str, Span] | None:
    """(card, what it is about); None where nothing of the kind is known, or not in time."""
    subject = document.subject()
    if not isinstance(subject, Module) or not project.folder:
        return None
    name = _name_at(subject, offset)
    if name is None:
        return None
    path = os.path.join(project.folder, document.path)
    for place in await resolving.places(subject.text, project.folder, path, name.start):
        told = None if place.path == path else _card(place, project)
        if told is not None:
            return told, name
    return None


def _name_at(module: Module, offset: int) -> Span | None:
    """The name under the pointer, if it may be that of a setting."""
    text = module.text
    line = text.rfind("\n", 0, offset) + 1
    for match in NAME.finditer(text, line, (text.find("\n", offset) + 1 or len(text) + 1) - 1):
        if not match.start() <= offset <= match.end(2):
            continue
        chain, name, called = match.groups()
        if offset < match.start(2) or called:
            return None
        owner = chain[:-1]
        if owner:
            is_setting = OWNER.search(owner) or CONFIG_NAME.search(owner.rpartition(".")[2])
            return Span(*match.span(2)) if is_setting or UPPER.match(name) else None
        return Span(*match.span(2)) if UPPER.match(name) and _is_imported(module, name) else None
    return None


def _is_imported(module: Module, name: str) -> bool:
    return any(view.alias == name for chunk, _ in module.placed for view in chunk.imports)


def _card(place: Place, project: Project) -> str | None:
    """What the file says of the setting defined there."""
    from mldebt.engine.reading import subject_of
    from mldebt.syntax.source import MAX_FILE_BYTES, Unreadable

    try:
        with open(place.path, "rb") as stream:
            data = stream.read(MAX_FILE_BYTES)
        relative = os.path.relpath(place.path, project.folder).replace(os.sep, "/")
        subject = subject_of(relative, data, project.config_for(relative))
    except (OSError, Unreadable):
        return None
    if not isinstance(subject, Module) or place.line > len(subject.lines.starts):
        return None
    found = setting_at(subject, subject.lines.starts[place.line - 1] + place.column)
    return f"{card(found[0])}\n\nDefined in `{relative}`, line {place.line}." if found is not None else None
