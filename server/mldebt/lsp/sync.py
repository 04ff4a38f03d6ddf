"""Text documents come, change and go: the notifications of a keystroke.

Only the text is kept up to date here. Analysis waits until everything that has
arrived is in, and is the diagnostics' business.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from mldebt.lsp.configuration import Configuration
from mldebt.lsp.documents import OpenDocument, path_of
from mldebt.lsp.session import Session

if TYPE_CHECKING:
    from mldebt.lsp.diagnostics import Diagnostics

log = logging.getLogger("mldebt.lsp")


def register(session: Session, diagnostics: Diagnostics, configuration: Configuration) -> None:
    def did_open(params: Any) -> None:
        item = params["textDocument"]
        uri, text, version = item["uri"], item["text"], item.get("version")
        if not isinstance(uri, str) or not isinstance(text, str):
            raise TypeError("a document without text or URI")
        document = session.documents.text(uri)
        if document is not None:
            # Opened twice: the later text is what the editor shows.
            document.replace(text, version)
        elif session.documents.get(uri) is not None:
            return log.warning("a cell was opened as a document of its own")
        else:
            folder, path = session.projects.place(uri)
            language = item.get("languageId")
            language = language if isinstance(language, str) else ""
            document = OpenDocument(uri, path, text, version, session.client.encoding, folder, language)
            session.documents.add(document)
        return diagnostics.changed(document, opened=True)

    def did_change(params: Any) -> None:
        item = params["textDocument"]
        document = session.documents.text(item["uri"])
        if document is None:
            return log.warning("a change of a document that is not open")
        try:
            document.change(params["contentChanges"], item.get("version"))
        finally:
            diagnostics.changed(document)
        return None

    def did_save(params: Any) -> None:
        uri = params["textDocument"]["uri"]
        document = session.documents.get(uri)
        if document is not None:
            diagnostics.saved(document)
        path = path_of(uri)
        if path is not None:
            configuration.files_changed([path])

    def did_close(params: Any) -> None:
        document = session.documents.text(params["textDocument"]["uri"])
        if document is not None:
            session.documents.remove(document)
            diagnostics.closed(document)
            path = path_of(document.uri)
            if path is not None and configuration.scanning is not None:
                # What was typed and not saved is forgotten with it.
                configuration.scanning.files([path])

    session.dispatcher.notifications["textDocument/didOpen"] = did_open
    session.dispatcher.notifications["textDocument/didChange"] = did_change
    session.dispatcher.notifications["textDocument/didSave"] = did_save
    session.dispatcher.notifications["textDocument/didClose"] = did_close
