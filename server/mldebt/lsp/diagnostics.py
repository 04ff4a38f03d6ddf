"""Findings of open documents, told to the client: pushed with their version, or pulled; never both."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from mldebt.lsp.dispatch import INVALID_PARAMS, Raw, ResponseError
from mldebt.lsp.documents import OpenDocument
from mldebt.lsp.session import Session
from mldebt.lsp.transport import framed

if TYPE_CHECKING:
    from mldebt.lsp.convert import Wire
    from mldebt.rule import Finding


class Diagnostics:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._changed: dict[str, OpenDocument] = {}
        self._wire: Wire | None = None

    def changed(self, document: OpenDocument) -> None:
        self._changed[document.uri] = document

    def closed(self, document: OpenDocument) -> None:
        self._changed.pop(document.uri, None)
        if not self._session.client.pull:
            self._send(document.uri, None, "[]")

    def drained(self) -> None:
        """Tell the client about every document that changed, once each."""
        if not self._changed:
            return
        changed, self._changed = self._changed, {}
        if self._session.client.pull:
            return
        for document in changed.values():
            self._send(document.uri, document.version, self.items(document))

    def _send(self, uri: str, version: int | None, items: str) -> None:
        numbered = f'"version":{version},' if version.__class__ is int else ""
        body = (
            '{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":'
            f'{{"uri":{json.dumps(uri)},{numbered}"diagnostics":{items}}}}}'
        )
        self._session.outbox.send(framed(body.encode("ascii")), key=uri)

    def items(self, document: OpenDocument) -> str:
        """The JSON array of a document's diagnostics, on its text as it is now."""
        return self.wire.diagnostics(self.shown(document), document.buffer, document.uri)

    def shown(self, document: OpenDocument) -> list[Finding]:
        from mldebt.rules import rules_by_id

        config = self._session.config_for(document.folder)
        report = document.analyse(config)
        rules = rules_by_id()
        return [
            finding
            for finding in report.findings
            if not any(suppression.silences(finding, rules[finding.rule]) for suppression in report.suppressions)
        ]

    @property
    def wire(self) -> Wire:
        if self._wire is None:
            from mldebt.lsp.convert import Wire

            self._wire = Wire(self._session.client, lambda path: path)
        return self._wire

    # Pull

    def pull(self, params: Any) -> Raw:
        """`textDocument/diagnostic`"""
        document = self._session.documents.get(_uri(params))
        if document is None:
            return Raw(b'{"kind":"full","items":[]}')
        items = self.items(document)
        result = blake2b(items.encode("ascii"), digest_size=8).hexdigest()
        if params.get("previousResultId") == result:
            return Raw(b'{"kind":"unchanged","resultId":"%b"}' % result.encode())
        return Raw(f'{{"kind":"full","resultId":"{result}","items":{items}}}'.encode("ascii"))


def _uri(params: Any) -> str:
    try:
        uri = params["textDocument"]["uri"]
    except (TypeError, KeyError):
        raise ResponseError(INVALID_PARAMS, "invalid params: no textDocument.uri") from None
    if not isinstance(uri, str):
        raise ResponseError(INVALID_PARAMS, "invalid params: textDocument.uri is not a string")
    return uri
