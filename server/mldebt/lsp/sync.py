"""Text documents come, change and go: the notifications of a keystroke.

Only the text is kept up to date here. Analysis waits until everything that has
arrived is in, and is the diagnostics' business.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from mldebt.lsp.documents import OpenDocument
from mldebt.lsp.session import Session

log = logging.getLogger("mldebt.lsp")


def register(session: Session, changed: Callable[[OpenDocument], None], closed: Callable[[OpenDocument], None]) -> None:
    """`changed` is called after each opening and edit, `closed` when a document is gone."""

    def did_open(params: Any) -> None:
        item = params["textDocument"]
        uri, text, version = item["uri"], item["text"], item.get("version")
        if not isinstance(uri, str) or not isinstance(text, str):
            raise TypeError("a document without text or URI")
        document = session.documents.get(uri)
        if document is not None:
            # Opened twice: the later text is what the editor shows.
            document.replace(text, version)
        else:
            folder, path = session.folder_and_path(uri)
            document = OpenDocument(uri, path, text, version, session.client.encoding, folder)
            session.documents.add(document)
        changed(document)

    def did_change(params: Any) -> None:
        item = params["textDocument"]
        document = session.documents.get(item["uri"])
        if document is None:
            log.warning("a change of a document that is not open")
            return
        try:
            document.change(params["contentChanges"], item.get("version"))
        finally:
            changed(document)

    def did_close(params: Any) -> None:
        document = session.documents.remove(params["textDocument"]["uri"])
        if document is not None:
            closed(document)

    session.dispatcher.notifications["textDocument/didOpen"] = did_open
    session.dispatcher.notifications["textDocument/didChange"] = did_change
    session.dispatcher.notifications["textDocument/didClose"] = did_close
