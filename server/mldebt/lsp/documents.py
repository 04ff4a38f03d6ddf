"""The documents an editor has open: their text, their place in the workspace, and their analysis.

Nothing is analysed until somebody asks. The edits since then are merged into
one region, so a hundred of them cost what one costs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from mldebt.lsp.buffer import Buffer, Change, Encoding

if TYPE_CHECKING:
    from mldebt.config import Config
    from mldebt.engine.live import Live
    from mldebt.rule import Finding, Report
    from mldebt.syntax.manifest import Manifest
    from mldebt.syntax.module import Module


MAX_REGIONS = 8
# Kept apart, each costs a copy of the text; beyond that they are joined into one.


class Region(NamedTuple):
    """`old_start` to `old_end` of one text became `start` to `end` of a later one."""

    start: int
    end: int
    old_start: int
    old_end: int

    @property
    def size(self) -> int:
        """Characters that came or went."""
        return max(self.end - self.start, self.old_end - self.old_start)


def joined_regions(regions: Sequence[Region], change: Change) -> list[Region]:
    """What several edits have touched, after one more; disjoint and in order."""
    at, end, more = change.start, change.start + change.removed, len(change.text) - change.removed
    if len(regions) == 1:
        only = regions[0]
        if only.start <= at and end <= only.end:
            return [Region(only.start, only.end + more, only.old_start, only.old_end)]
    before = [region for region in regions if region.end < at]
    after = [region for region in regions if region.start > end]
    touched = regions[len(before) : len(regions) - len(after)]
    shift = before[-1].old_end - before[-1].end if before else 0
    old_start, old_end = at + shift, end + shift
    if touched:
        first, last = touched[0], touched[-1]
        old_start = min(first.old_start, first.old_start - (first.start - at))
        old_end = max(last.old_end, last.old_end + (end - last.end))
        at, end = min(at, first.start), max(end, last.end)
    joined = [
        *before,
        Region(at, end + more, old_start, old_end),
        *(Region(one.start + more, one.end + more, one.old_start, one.old_end) for one in after),
    ]
    if len(joined) > MAX_REGIONS:
        return [Region(joined[0].start, joined[-1].end, joined[0].old_start, joined[-1].old_end)]
    return joined


def narrowed(old: str, new: str) -> tuple[int, int, str]:
    """(start, end, text): `new` as a replacement of part of `old`, as small as halving finds it.

    For clients that send whole texts: the rest keeps its findings.
    """
    shorter = min(len(old), len(new))
    start = _longest(shorter, lambda size: old.startswith(new[:size]))
    rest = shorter - start
    tail = _longest(rest, lambda size: not size or old.endswith(new[-size:]))
    return start, len(old) - tail, new[start : len(new) - tail]


def _longest(limit: int, holds: Callable[[int], bool]) -> int:
    """The largest size up to `limit` for which `holds`, which must hold for all smaller ones."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low


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
        """The complete report on the text as it is now; None while there is none."""
        self.parts: list[Part] = []
        self.known_debt: set[tuple[str, str]] = set()
        """(rule, message) of the findings that the baseline listed when last looked at."""
        self.told: list[list[str]] | None = None
        """The diagnostics the client was told last, of each part."""
        self.wired: dict[int, tuple[Finding, str]] = {}
        """The findings shown last, by identity, with their JSON."""
        self.waits = False
        """Nothing is shown of it yet, or nothing that is still right: the first whole report is under way."""
        self.said: set[str] = set()
        """What the user has been told about the analysis itself, which need not be said again."""
        self.endless: frozenset[str] = frozenset()
        """Rules that did not end on it, and are left out until it is opened anew."""
        self.careful = False
        """A rule that could not be named did not end on it."""
        self.edited = 0
        """Characters that came or went since the analysis before."""
        self.seconds = 0.0
        """What the last complete report took."""
        self._live: Live | None = None
        self._manifest: Manifest | None = None
        self._config: Config | None = None

    def live(self, config: Config) -> Live | None:
        """The analysis of the text as it is now; None for text that has no Python in it."""
        if self._config is not config:
            self.forget()
            self._config = config
        self._refresh(config)
        return self._live

    def _refresh(self, config: Config) -> None:
        """Bring the analysis to the text as it is now. Text without Python gets its report at once."""
        raise NotImplementedError

    def forget(self) -> None:
        """Start from scratch at the next report: after a failure nothing remembered is trusted."""
        self.report = self._live = self._manifest = None

    def subject(self) -> Module | Manifest | None:
        """What the last analysis looked at, for what is built on demand; None for text nobody analyses."""
        return self._live.module() if self._live is not None else self._manifest

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
        self._touched: list[Region] = []
        self._only: str | None = None
        """The new text of the region that is touched, if a single change has touched it."""

    @property
    def version(self) -> int | None:
        return self.buffer.version

    def change(self, changes: Iterable[Any], version: int | None) -> None:
        """Take the content changes of one event. Raises TypeError, KeyError or ValueError if one is malformed."""
        try:
            for change in changes:
                old = self.buffer.text if "range" not in change else ""
                done = self.buffer.apply((change,))[0]
                if old:
                    start, end, text = narrowed(old, done.text)
                    done = done._replace(start=start, removed=end - start, text=text)
                self.report = None
                self._only = done.text if not self._touched else None
                self._touched = joined_regions(self._touched, done)
        finally:
            self.buffer.version = version

    def replace(self, text: str, version: int | None) -> None:
        """The whole text anew, as when a document is opened twice."""
        self.change(({"text": text},), version)

    def _refresh(self, config: Config) -> None:
        from mldebt.rule import Report
        from mldebt.syntax.manifest import manifest_kind
        from mldebt.syntax.source import MAX_FILE_BYTES, SourceFile

        touched, self._touched = self._touched, []
        if not touched and (self._live is not None or self.report is not None):
            return
        self.edited = sum(region.size for region in touched)
        if len(self.buffer) > MAX_FILE_BYTES:
            self.forget()
            self.text = self.buffer.text
            limit = f"{MAX_FILE_BYTES:,}"
            error = f"the file has more than {limit} characters and is passed over"
            self.report = Report(self.path, "", errors=(error,))
        elif self.language not in PYTHON and (manifest_kind(self.path) or not is_python(self.path)):
            self._refresh_manifest(config)
        elif self._live is None:
            from mldebt.engine.live import Live

            self.text = self.buffer.text
            self._live = Live(SourceFile(self.path, self.text), config, self.endless, self.careful)
        else:
            # From the last to the first, so that what lies before still has its old offsets.
            for region in reversed(touched):
                new = self._only
                if new is None:
                    new = self.buffer.slice(region.start, region.end)
                self.text = f"{self.text[: region.old_start]}{new}{self.text[region.old_end :]}"
                self._live.edit(region.old_start, region.old_end, new, SourceFile(self.path, self.text))

    def _refresh_manifest(self, config: Config) -> None:
        from mldebt.engine.analyze import analyze_manifest
        from mldebt.rule import Report
        from mldebt.syntax.manifest import manifest_kind, read_manifest

        self.text = self.buffer.text
        if manifest_kind(self.path):
            self._manifest = read_manifest(self.path, self.text)
            self.report = analyze_manifest(self._manifest, config)
        else:
            self.report = Report(self.path, "")


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
