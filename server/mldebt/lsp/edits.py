"""Our edits as the client's workspace edits: its columns, its line ends, its abilities."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import NamedTuple

from lsprotocol import types

from mldebt.lsp.buffer import Buffer
from mldebt.lsp.convert import range_of
from mldebt.lsp.documents import Open, Part
from mldebt.lsp.projects import Project
from mldebt.lsp.session import Session
from mldebt.text import Edit

REVIEW = "mldebt-review"
PLACEHOLDER = re.compile(r"TODO\(mldebt\)(?::[ \t]*)?([^\r\n\"']*)")
SNIPPET_SPECIAL = re.compile(r"[\\$}]")


class FileEdits(NamedTuple):
    """Edits of one file against its text as it is now, open or on disk."""

    document: Open | None
    path: str
    """Relative to the project."""
    edits: tuple[Edit, ...]
    create: str | None = None
    """Text of a file that does not exist yet; `edits` is then empty."""


def workspace_edit(
    session: Session,
    project: Project,
    files: Iterable[FileEdits],
    review: str = "",
    placeholders: bool = False,
) -> types.WorkspaceEdit:
    """One undo step. `review` is a question the user is asked first, where the client can ask.

    `placeholders` makes each TODO(mldebt) of the new text a stop of the cursor, where the client can.
    Raises OSError or ValueError if a file on disk cannot be read.
    """
    client = session.client
    annotated = bool(review) and client.change_annotations and client.document_changes
    snippets = placeholders and client.snippet_edits and client.document_changes
    changes: list[
        tuple[str, int | None, list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit]]
    ] = []
    creations: list[types.CreateFile] = []
    for file in files:
        if file.create is not None:
            uri = project.uri_of(file.path)
            # Not ignore_if_exists: the text would then go on top of what is there.
            creations.append(types.CreateFile(uri=uri))
            start = types.Position(0, 0)
            changes.append((uri, None, [types.TextEdit(types.Range(start, start), file.create)]))
            continue
        by_part: dict[Part, list[Edit]] = {}
        document = file.document or closed_file(session, project, file.path)
        for edit in sorted(file.edits):
            by_part.setdefault(document.part_at(edit.span.start), []).append(edit)
        for part, part_edits in by_part.items():
            version = part.buffer.version if file.document is not None else None
            made = [_text_edit(part, edit, annotated, snippets) for edit in part_edits]
            changes.append((part.uri, version, made))
    if not client.document_changes and not creations:
        plain = {
            uri: [edit for edit in edits if isinstance(edit, types.TextEdit)] for uri, _, edits in changes
        }
        return types.WorkspaceEdit(changes=plain)
    annotations = (
        {REVIEW: types.ChangeAnnotation(label=review, needs_confirmation=True)} if annotated else None
    )
    parts: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = [
        *creations
    ]
    for uri, version, edits in changes:
        document_id = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
        parts.append(types.TextDocumentEdit(text_document=document_id, edits=edits))
    return types.WorkspaceEdit(document_changes=parts, change_annotations=annotations)


def _text_edit(
    part: Part, edit: Edit, annotated: bool, snippets: bool
) -> types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit:
    place = range_of(part, edit.span)
    span = types.Range(types.Position(**place["start"]), types.Position(**place["end"]))
    text = with_line_ends_of(part.buffer, edit.text)
    if snippets and PLACEHOLDER.search(text):
        return types.SnippetTextEdit(range=span, snippet=types.StringValue(value=as_snippet(text)))
    if annotated:
        return types.AnnotatedTextEdit(range=span, new_text=text, annotation_id=REVIEW)
    return types.TextEdit(range=span, new_text=text)


def with_line_ends_of(buffer: Buffer, text: str) -> str:
    """`text` with the line ends the buffer uses."""
    if "\n" not in text:
        return text
    first = buffer.lines[0]
    if first.endswith("\r\n"):
        return text.replace("\r\n", "\n").replace("\n", "\r\n")
    return text.replace("\r\n", "\n") if first.endswith("\n") else text


def as_snippet(text: str) -> str:
    """LSP snippet syntax for `text`, with a stop at each TODO(mldebt)."""
    parts, at = [], 0
    for number, match in enumerate(PLACEHOLDER.finditer(text), 1):
        parts.append(_escaped(text[at : match.start()]))
        parts.append(f"${{{number}:{_escaped(match[0])}}}")
        at = match.end()
    return "".join([*parts, _escaped(text[at:])])


def _escaped(text: str) -> str:
    return SNIPPET_SPECIAL.sub(lambda match: "\\" + match[0], text)


def closed_file(session: Session, project: Project, path: str) -> Open:
    """A file that is not open, as far as edits need it. Raises OSError, or ValueError if it is no text."""
    from mldebt.engine.reading import is_code, manifest_text
    from mldebt.syntax.manifest import manifest_kind
    from mldebt.syntax.source import decode

    with open(os.path.join(project.folder, *path.split("/")), "rb") as file:
        data = file.read()
    # The very text its findings count in: of a manifest with a byte order mark too.
    text = manifest_text(data) if manifest_kind(path) and not is_code(path) else decode(data)[0]
    closed = Open(project.uri_of(path), project.folder, path)
    closed.text = text
    closed.parts = [Part(closed.uri, Buffer(text, None, session.client.encoding))]
    return closed
