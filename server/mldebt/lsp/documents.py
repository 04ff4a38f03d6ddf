"""The documents an editor has open: their text, their place in the workspace, and their analysis.

Nothing is analysed until a report is asked for. The edits since the last report
are merged into one region, so a hundred of them cost what one costs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from mldebt.lsp.buffer import Buffer, Change, Encoding

if TYPE_CHECKING:
    from mldebt.config import Config
    from mldebt.rule import Report
    from mldebt.syntax.document import Document
    from mldebt.syntax.manifest import Manifest
    from mldebt.syntax.module import Module


class Region:
    """What several edits in a row have touched: old offsets `start` to `old_end` became `start` to `new_end`."""

    __slots__ = ("new_end", "old_end", "start")

    def __init__(self, change: Change) -> None:
        self.start = change.start
        self.old_end = change.start + change.removed
        self.new_end = change.start + len(change.text)

    def add(self, change: Change) -> None:
        """Widen it by an edit that was made after those in it."""
        end = max(self.new_end, change.start + change.removed)
        self.old_end += end - self.new_end
        self.new_end = end - change.removed + len(change.text)
        self.start = min(self.start, change.start)


class Part:
    """One text the client shows under one URI: a whole document, or one cell of a notebook."""

    __slots__ = ("buffer", "start", "uri")

    def __init__(self, uri: str, buffer: Buffer, start: int = 0) -> None:
        self.uri = uri
        """As the client spells it."""
        self.buffer = buffer
        self.start = start
        """Offset of its first character in the analysed text."""


class Open:
    """What is analysed as one: a document or a whole notebook. Spans count from the analysed text."""

    def __init__(self, uri: str, folder: str, path: str) -> None:
        self.uri = uri
        self.folder = folder
        """The workspace folder it belongs to, an absolute path, or ""."""
        self.path = path
        """Relative to that folder, with forward slashes: what rules and globs see."""
        self.text = ""
        """The text the last report is about."""
        self.report: Report | None = None
        self.parts: list[Part] = []
        self._document: Document | None = None
        self._manifest: Manifest | None = None
        self._config: Config | None = None

    @property
    def fresh(self) -> bool:
        """Whether the last report is about the text as it is now."""
        return self.report is not None

    def analyse(self, config: Config) -> Report:
        """The report on the text as it is now; the last one if nothing has changed since."""
        if self._config is not config:
            self._document = None
        if self.report is None or self._config is not config:
            self._config = config
            self.report = self._analysed(config)
        return self.report

    def _analysed(self, config: Config) -> Report:
        raise NotImplementedError

    def forget(self) -> None:
        """Start from scratch at the next report: after a failure nothing remembered is trusted."""
        self.report = self._document = self._manifest = None

    def subject(self) -> Module | Manifest | None:
        """What the last report was made from, for what is built on demand; None for text nobody analyses."""
        if self._document is not None:
            return self._document.module()
        return self._manifest

    def part_at(self, offset: int) -> Part:
        """The part that holds this offset of the analysed text."""
        return self.parts[0]

    def part_of(self, uri: str) -> Part | None:
        wanted = key_of(uri)
        for part in self.parts:
            if key_of(part.uri) == wanted:
                return part
        return None


class OpenDocument(Open):
    """One text document: Python, or a manifest our rules read."""

    def __init__(
        self,
        uri: str,
        path: str,
        text: str,
        version: int | None,
        encoding: Encoding,
        folder: str = "",
        language: str = "",
    ) -> None:
        super().__init__(uri, folder, path)
        self.buffer = Buffer(text, version, encoding)
        self.parts = [Part(uri, self.buffer)]
        self.language = language
        self._touched: Region | None = None

    @property
    def version(self) -> int | None:
        return self.buffer.version

    def change(self, changes: Iterable[Any], version: int | None) -> None:
        """Take the content changes of one event. Raises TypeError, KeyError or ValueError if one is malformed."""
        try:
            for change in changes:
                done = self.buffer.apply((change,))[0]
                self.report = None
                if self._touched is None:
                    self._touched = Region(done)
                else:
                    self._touched.add(done)
        finally:
            self.buffer.version = version

    def replace(self, text: str, version: int | None) -> None:
        """The whole text anew, as when a document is opened twice."""
        self.change(({"text": text},), version)

    def _analysed(self, config: Config) -> Report:
        from mldebt.engine.analyze import active_rules, analyze_document, analyze_manifest
        from mldebt.rule import Report
        from mldebt.syntax.document import Document
        from mldebt.syntax.manifest import manifest_kind, read_manifest
        from mldebt.syntax.source import MAX_FILE_BYTES, SourceFile

        touched, self._touched = self._touched, None
        if len(self.buffer) > MAX_FILE_BYTES:
            self.forget()
            self.text = self.buffer.text
            limit = f"{MAX_FILE_BYTES:,}"
            return Report(
                self.path, "", errors=(f"the file has more than {limit} characters and is passed over",)
            )
        if self.language not in PYTHON and (manifest_kind(self.path) or not is_python(self.path)):
            self.text = self.buffer.text
            if not manifest_kind(self.path):
                return Report(self.path, "")
            self._manifest = read_manifest(self.path, self.text)
            return analyze_manifest(self._manifest, config)
        if self._document is None or touched is None:
            self.text = self.buffer.text
            self._document = Document(SourceFile(self.path, self.text), active_rules(config).wanted)
        else:
            new = self.buffer.slice(touched.start, touched.new_end)
            self.text = f"{self.text[: touched.start]}{new}{self.text[touched.old_end :]}"
            self._document.edit(touched.start, touched.old_end, new, SourceFile(self.path, self.text))
        return analyze_document(self._document, config)


PYTHON = frozenset({"python", "python3", "cython"})
"""What clients call Python in `languageId`."""


def is_python(path: str) -> bool:
    return path.endswith((".py", ".pyi", ".pyw"))


class Documents:
    """Everything open, by the URIs of its parts, whatever of a URI the client escapes."""

    def __init__(self) -> None:
        self._by_key: dict[str, Open] = {}
        self._all: dict[int, Open] = {}

    def __iter__(self) -> Iterator[Open]:
        return iter(list(self._all.values()))

    def get(self, uri: Any) -> Open | None:
        """The document or notebook that has this URI, or a cell of it."""
        return self._by_key.get(key_of(uri)) if isinstance(uri, str) else None

    def text(self, uri: Any) -> OpenDocument | None:
        found = self.get(uri)
        return found if isinstance(found, OpenDocument) else None

    def add(self, document: Open) -> None:
        self._all[id(document)] = document
        self._by_key[key_of(document.uri)] = document
        for part in document.parts:
            self._by_key[key_of(part.uri)] = document

    def remove(self, document: Open) -> None:
        self._all.pop(id(document), None)
        for uri in (document.uri, *(part.uri for part in document.parts)):
            if self._by_key.get(key_of(uri)) is document:
                del self._by_key[key_of(uri)]


def key_of(uri: str) -> str:
    """One spelling of a URI: clients disagree on what to escape, and on the case of drive letters."""
    if "%" in uri:
        uri = unquote(uri)
    if uri[:8] == "file:///" and uri[9:10] == ":":
        uri = uri[:8] + uri[8].lower() + uri[9:]
    return uri


def path_of(uri: str) -> str | None:
    """The absolute path of a `file:` URI on this machine; None for any other."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return None
    path = unquote(parts.path, errors="surrogateescape")
    if sys.platform == "win32":
        if parts.netloc:
            return os.path.normpath(f"//{parts.netloc}{path}")
        return os.path.normpath(path.lstrip("/"))
    return os.path.normpath(path) if path else None


def uri_of(path: str) -> str:
    """The `file:` URI of an absolute path."""
    from urllib.parse import quote

    path = path.replace("\\", "/") if sys.platform == "win32" else path
    if path[1:2] == ":":
        path = "/" + path[0].lower() + path[1:]
    return "file://" + quote(os.fsencode(path), safe="/:@!$&'()*+,;=~")


def relative_path(uri: str, folders: Iterable[str]) -> tuple[str, str]:
    """(the folder it belongs to, its path from there with forward slashes).

    The innermost of the absolute `folders` wins; without one the folder is "" and
    the path is the document's name alone.
    """
    path = path_of(uri)
    if path is None:
        return "", unquote(uri.rpartition("/")[2].rpartition(":")[2]) or "untitled"
    # JupyterLab shows a notebook's code as a document of this hidden folder, which may not exist.
    path = path.replace(f"{os.sep}.virtual_documents{os.sep}", os.sep)
    best = ""
    for folder in folders:
        inside = path.startswith(folder + os.sep) if not folder.endswith(os.sep) else path.startswith(folder)
        if inside and len(folder) > len(best):
            best = folder
    if not best:
        return "", os.path.basename(path)
    return best, os.path.relpath(path, best).replace(os.sep, "/")
