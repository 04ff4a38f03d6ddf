"""The documents an editor has open: their text, their place in the workspace, and their analysis.

Nothing is analysed until a report is asked for. The edits since the last report
are merged into one region, so a hundred of them cost what one costs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from mldebt.lsp.buffer import Buffer, Change, Encoding

if TYPE_CHECKING:
    from mldebt.config import Config
    from mldebt.rule import Report
    from mldebt.syntax.document import Document
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


class OpenDocument:
    """One Python document. `uri` is spelled as the client spells it."""

    def __init__(
        self, uri: str, path: str, text: str, version: int | None, encoding: Encoding, folder: str = ""
    ) -> None:
        self.uri = uri
        self.folder = folder
        """The workspace folder it belongs to, an absolute path, or ""."""
        self.path = path
        """Relative to its workspace folder, with forward slashes: what rules and globs see."""
        self.buffer = Buffer(text, version, encoding)
        self.text = text
        """The text the last report is about."""
        self.report: Report | None = None
        self.published: Any = None
        """What the client was told last; the diagnostics' business."""
        self._document: Document | None = None
        self._config: Config | None = None
        self._touched: Region | None = None

    @property
    def version(self) -> int | None:
        return self.buffer.version

    @property
    def dirty(self) -> bool:
        return self._touched is not None or self.report is None

    def change(self, changes: Iterable[Any], version: int | None) -> None:
        """Take the content changes of one event. Raises TypeError, KeyError or ValueError if one is malformed."""
        try:
            for change in changes:
                done = self.buffer.apply((change,))[0]
                if self._touched is None:
                    self._touched = Region(done)
                else:
                    self._touched.add(done)
        finally:
            self.buffer.version = version

    def replace(self, text: str, version: int | None) -> None:
        """The whole text anew, as when a document is opened twice."""
        self.change(({"text": text},), version)

    def analyse(self, config: Config) -> Report:
        """The report on the text as it is now; the last one if nothing has changed since."""
        if self.report is not None and self._touched is None and self._config is config:
            return self.report
        from mldebt.engine.analyze import active_rules, analyze_document
        from mldebt.syntax.document import Document
        from mldebt.syntax.source import SourceFile

        if self._document is None or self._config is not config:
            self.text = self.buffer.text
            self._document = Document(SourceFile(self.path, self.text), active_rules(config).wanted)
        elif self._touched is not None:
            start, old_end, new_end = self._touched.start, self._touched.old_end, self._touched.new_end
            new = self.buffer.slice(start, new_end)
            self.text = f"{self.text[:start]}{new}{self.text[old_end:]}"
            self._document.edit(start, old_end, new, SourceFile(self.path, self.text))
        self._touched = None
        self._config = config
        self.report = analyze_document(self._document, config)
        return self.report

    def module(self) -> Module:
        """The views behind the last report, for what is built on demand."""
        assert self._document is not None
        return self._document.module()


class Documents:
    """Open documents by URI, whatever part of it the client escapes."""

    def __init__(self) -> None:
        self._by_key: dict[str, OpenDocument] = {}

    def __iter__(self) -> Any:
        return iter(self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    def get(self, uri: Any) -> OpenDocument | None:
        return self._by_key.get(key_of(uri)) if isinstance(uri, str) else None

    def add(self, document: OpenDocument) -> None:
        self._by_key[key_of(document.uri)] = document

    def remove(self, uri: str) -> OpenDocument | None:
        return self._by_key.pop(key_of(uri), None)


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
    best = ""
    for folder in folders:
        inside = path.startswith(folder + os.sep) if not folder.endswith(os.sep) else path.startswith(folder)
        if inside and len(folder) > len(best):
            best = folder
    if not best:
        return "", os.path.basename(path)
    return best, os.path.relpath(path, best).replace(os.sep, "/")
