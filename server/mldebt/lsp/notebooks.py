"""Notebooks: the code cells of one are one module, and findings land in their cells.

Keeps each cell's text as the client edits it, whatever else the notebook does:
cells are added, moved, split, retagged. Only Python code cells are analysed;
the others keep their place and are shown nothing.
"""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mldebt.lsp.buffer import Buffer, Encoding
from mldebt.lsp.documents import PYTHON, Open, Part, key_of, narrowed
from mldebt.lsp.session import Session

if TYPE_CHECKING:
    from mldebt.config import Config
    from mldebt.lsp.diagnostics import Diagnostics

log = logging.getLogger("mldebt.lsp")

CODE = 2
# LSP 3.17 `NotebookCellKind.Code`.


class Cell:
    """One cell, of any kind; `buffer` is None while its text is not known."""

    __slots__ = ("buffer", "count", "kind", "language", "uri")

    def __init__(self, uri: str, kind: int, count: int = 0) -> None:
        self.uri = uri
        self.kind = kind
        self.count = count
        """When it ran last, as the client counts; 0: not known."""
        self.language = ""
        self.buffer: Buffer | None = None

    @property
    def is_python(self) -> bool:
        return self.kind == CODE and self.buffer is not None and self.language in PYTHON


class OpenNotebook(Open):
    """A notebook whose analysed text is its Python cells, joined."""

    def __init__(self, uri: str, folder: str, path: str, encoding: Encoding) -> None:
        super().__init__(uri, folder, path)
        self.encoding = encoding
        self.cells: list[Cell] = []
        self._starts: list[int] = []
        self._stale = True

    def cell(self, uri: Any) -> Cell | None:
        wanted = key_of(uri) if isinstance(uri, str) else ""
        return next((cell for cell in self.cells if key_of(cell.uri) == wanted), None)

    def changed(self) -> None:
        """The cells or their texts are different: the next analysis looks again."""
        self.report = None
        self._stale = True
        python = [cell for cell in self.cells if cell.is_python]
        self.parts = [Part(cell.uri, cell.buffer) for cell in python if cell.buffer is not None]

    def part_at(self, offset: int) -> Part:
        return self.parts[max(0, bisect_right(self._starts, offset) - 1)]

    def _refresh(self, config: Config) -> None:
        from mldebt.engine.live import Live
        from mldebt.syntax.notebook import Source, joined
        from mldebt.syntax.source import SourceFile

        if not self._stale and self._live is not None:
            return
        self._stale = False
        known = {id(cell.buffer): (number, cell.count) for number, cell in enumerate(self.cells, 1)}
        sources = []
        for part in self.parts:
            number, count = known[id(part.buffer)]
            sources.append(Source(number, part.buffer.text, count))
        text, notebook = joined(sources)
        for part, cell in zip(self.parts, notebook.cells, strict=True):
            part.start = cell.start
        self._starts = [part.start for part in self.parts]
        source = SourceFile(self.path, text, notebook=notebook)
        if self._live is None:
            self._live = Live(source, config, self.endless, self.careful)
        else:
            start, end, new = narrowed(self.text, text)
            self.edited = max(end - start, len(new))
            self._live.edit(start, end, new, source)
        self.text = text


def register(session: Session, diagnostics: Diagnostics) -> None:
    """Route the notebook notifications."""

    def notebook(params: Any) -> OpenNotebook | None:
        found = session.documents.get(params["notebookDocument"]["uri"])
        if isinstance(found, OpenNotebook):
            return found
        log.warning("a change of a notebook that is not open")
        return None

    def did_open(params: Any) -> None:
        item = params["notebookDocument"]
        known = session.documents.get(item["uri"])
        if isinstance(known, OpenNotebook):
            session.documents.remove(known)
        folder, path = session.projects.place(item["uri"])
        opened = OpenNotebook(item["uri"], folder, path, session.client.encoding)
        opened.cells = [_cell(cell) for cell in item.get("cells") or ()]
        _take_texts(opened, params.get("cellTextDocuments") or ())
        opened.changed()
        session.documents.add(opened)
        diagnostics.changed(opened, opened=True)

    def did_change(params: Any) -> None:
        found = notebook(params)
        changes = params["change"].get("cells")
        if found is None or not isinstance(changes, Mapping):
            return
        before = {part.uri for part in found.parts}
        session.documents.remove(found)
        try:
            _change_cells(found, changes)
        finally:
            found.changed()
            session.documents.add(found)
            for uri in before - {part.uri for part in found.parts}:
                diagnostics.part_closed(uri)
            diagnostics.changed(found)

    def did_save(params: Any) -> None:
        found = notebook(params)
        if found is not None:
            diagnostics.saved(found)

    def did_close(params: Any) -> None:
        found = notebook(params)
        if found is not None:
            session.documents.remove(found)
            diagnostics.closed(found)

    session.dispatcher.notifications["notebookDocument/didOpen"] = did_open
    session.dispatcher.notifications["notebookDocument/didChange"] = did_change
    session.dispatcher.notifications["notebookDocument/didSave"] = did_save
    session.dispatcher.notifications["notebookDocument/didClose"] = did_close


def _cell(item: Any) -> Cell:
    return Cell(item["document"], item.get("kind", CODE), _count(item))


def _count(item: Any) -> int:
    order = (item.get("executionSummary") or {}).get("executionOrder")
    return order if isinstance(order, int) and order > 0 else 0


def _take_texts(notebook: OpenNotebook, items: Sequence[Any]) -> None:
    for item in items:
        cell = notebook.cell(item["uri"])
        if cell is None:
            log.warning("the text of a cell that is not in its notebook")
            continue
        cell.buffer = Buffer(item["text"], item.get("version"), notebook.encoding)
        cell.language = str(item.get("languageId") or "")


def _change_cells(notebook: OpenNotebook, changes: Mapping[str, Any]) -> None:
    """Apply the `cells` of one change event, in the order the specification gives them."""
    structure = changes.get("structure")
    if structure:
        array = structure["array"]
        start, gone = array["start"], array["deleteCount"]
        # A moved cell is deleted here and comes back there, with the text it had.
        known = {key_of(cell.uri): cell for cell in notebook.cells}
        fresh = []
        for item in array.get("cells") or ():
            cell = _cell(item)
            old = known.get(key_of(cell.uri))
            if old is not None:
                cell.buffer, cell.language = old.buffer, old.language
            fresh.append(cell)
        notebook.cells[start : start + gone] = fresh
        closed = {key_of(item["uri"]) for item in structure.get("didClose") or ()}
        for cell in notebook.cells:
            if key_of(cell.uri) in closed:
                cell.buffer = None
        _take_texts(notebook, structure.get("didOpen") or ())
    for item in changes.get("data") or ():
        found = notebook.cell(item["document"])
        if found is not None:
            found.kind = item.get("kind", found.kind)
            found.count = _count(item)
    for change in changes.get("textContent") or ():
        found = notebook.cell(change["document"]["uri"])
        if found is not None and found.buffer is not None:
            found.buffer.apply(change["changes"])
            found.buffer.version = change["document"].get("version")
