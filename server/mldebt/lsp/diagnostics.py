"""Findings of open documents, told to the client: pushed with their version, or pulled; never both."""

from __future__ import annotations

import json
import logging
import time
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from mldebt.lsp.dispatch import INVALID_PARAMS, Raw, ResponseError
from mldebt.lsp.documents import Open, Part
from mldebt.lsp.session import Session
from mldebt.lsp.transport import framed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mldebt.lsp.convert import Wire
    from mldebt.lsp.projects import Project
    from mldebt.rule import Finding

log = logging.getLogger("mldebt.lsp")

MAX_SHOWN = 1000
# Of one document. Nobody reads the thousand-and-first, and an editor draws them all.

SETTLE_SECONDS = 0.15
# Silence after which other files' findings are brought up to date. Shorter than a
# glance at the next file, longer than the gap between two keys.


class Diagnostics:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._changed: dict[int, Open] = {}
        self._wire: Wire | None = None
        self._unsettled: set[Project] = set()
        self._settling: Any = None

    # What happens to documents

    def changed(self, document: Open, opened: bool = False) -> None:
        if opened:
            self._session.project_of(document).uris[document.path] = document.uri
        elif self._session.projects.settings.run == "onSave":
            return
        self._changed[id(document)] = document

    def saved(self, document: Open) -> None:
        if self._session.projects.settings.run == "onSave":
            self._changed[id(document)] = document

    def closed(self, document: Open) -> None:
        self._changed.pop(id(document), None)
        self._session.project_of(document).uris.pop(document.path, None)
        for part in document.parts:
            self.part_closed(part.uri)

    def part_closed(self, uri: str) -> None:
        """Take a gone document's diagnostics off the screen."""
        if not self._session.client.pull:
            self._send(uri, None, "[]")

    def drained(self) -> None:
        """Tell the client about every document that changed, once each."""
        if not self._changed:
            return
        changed, self._changed = self._changed, {}
        for document in changed.values():
            if not self._session.client.pull:
                self.publish(document)

    def publish(self, document: Open) -> None:
        for part, items in self.items(document).items():
            self._send(part.uri, part.buffer.version, items)

    def _send(self, uri: str, version: int | None, items: str) -> None:
        numbered = f'"version":{version},' if version.__class__ is int else ""
        body = (
            '{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":'
            f'{{"uri":{json.dumps(uri)},{numbered}"diagnostics":{items}}}}}'
        )
        self._session.outbox.send(framed(body.encode("ascii")), key=uri)

    # What is found

    def findings(self, document: Open) -> Sequence[Finding]:
        """What is shown of a document's text as it is now, sorted by place."""
        project = self._session.project_of(document)
        settings = self._session.projects.settings
        if not settings.enable or settings.mode == "off":
            return ()
        config = project.config_for(document.path)
        known = document.report
        report = document.analyse(config)
        if report is not known and project.index.update(document.path, report):
            self._settle_soon(project)
        return project.index.findings(document.path)

    def items(self, document: Open) -> dict[Part, str]:
        """The JSON array of diagnostics of each part."""
        began = time.perf_counter()
        try:
            findings = self.findings(document)
        except Exception:
            # Our fault. The editor goes on with what it shows; the next edit starts from scratch.
            log.exception("the analysis of %s failed", document.path)
            document.forget()
            findings = ()
        wire, uri_of = self.wire, self._session.project_of(document).uri_of
        by_part: dict[Part, list[str]] = {part: [] for part in document.parts}
        for finding in findings[:MAX_SHOWN]:
            part = document.part_at(finding.span.start)
            by_part[part].append(wire.diagnostic(finding, document, part, uri_of))
        if len(findings) > MAX_SHOWN:
            rest = len(findings) - MAX_SHOWN
            log.warning("%s: %d further findings are not shown", document.path, rest)
        if self._session.trace != "off":
            took = (time.perf_counter() - began) * 1000
            self._session.dispatcher.notify(
                "$/logTrace", {"message": f"{document.path}: {len(findings)} findings in {took:.1f} ms"}
            )
        return {part: f"[{','.join(items)}]" for part, items in by_part.items()}

    @property
    def wire(self) -> Wire:
        if self._wire is None:
            from mldebt.lsp.convert import Wire

            self._wire = Wire(self._session.client)
        return self._wire

    # What other files have to do with it

    def _settle_soon(self, project: Project) -> None:
        self._unsettled.add(project)
        if self._session.loop is None:
            return
        if self._settling is not None:
            self._settling.cancel()
        self._settling = self._session.loop.call_later(SETTLE_SECONDS, self.settle)

    def settle(self) -> None:
        """Bring findings that rest on several files up to date, and tell the client what they changed."""
        self._settling = None
        unsettled, self._unsettled = self._unsettled, set()
        anything = False
        for project in unsettled:
            try:
                changed = project.index.refresh()
            except Exception:
                log.exception(
                    "the findings across files of %s could not be brought up to date", project.folder
                )
                continue
            anything = anything or bool(changed)
            if self._session.client.pull:
                continue
            for document in self._session.documents:
                if self._session.project_of(document) is project and document.path in changed:
                    self.publish(document)
        if anything:
            self.refresh()

    def refresh(self) -> None:
        """Ask a client that pulls to pull again."""
        if self._session.client.pull and self._session.client.diagnostic_refresh:
            self._session.dispatcher.ask("workspace/diagnostic/refresh", None)

    def show_again(self) -> None:
        """Everything anew, as after a change of configuration."""
        for document in self._session.documents:
            self._changed[id(document)] = document
        self.drained()
        self.refresh()

    # Pull

    def pull(self, params: Any) -> Raw:
        """`textDocument/diagnostic`"""
        uri = uri_in(params)
        document = self._session.documents.get(uri)
        part = document.part_of(uri) if document is not None else None
        if document is None or part is None:
            return Raw(b'{"kind":"full","items":[]}')
        items = self.items(document)[part]
        result = result_id(items)
        if params.get("previousResultId") == result:
            return Raw(b'{"kind":"unchanged","resultId":"%b"}' % result.encode())
        return Raw(f'{{"kind":"full","resultId":"{result}","items":{items}}}'.encode("ascii"))


def result_id(items: str) -> str:
    """Names a list of diagnostics by its content, so that it is right after a restart and an undo."""
    return blake2b(items.encode("ascii"), digest_size=8).hexdigest()


def uri_in(params: Any) -> str:
    """The document a request is about. Raises ResponseError."""
    try:
        uri = params["textDocument"]["uri"]
    except (TypeError, KeyError):
        raise ResponseError(INVALID_PARAMS, "invalid params: no textDocument.uri") from None
    if not isinstance(uri, str):
        raise ResponseError(INVALID_PARAMS, "invalid params: textDocument.uri is not a string")
    return uri
