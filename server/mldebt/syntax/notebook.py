"""A notebook's code cells as one module, with a table of origins.

Magics and shell lines are masked by code of the same length, so that the text
parses and every offset stays. Cells in other languages are blanked whole.
Markdown and raw cells are never read, and of outputs only what pip says. Python's `json` reads the file;
nothing is executed.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from mldebt.syntax.repair import NOT_BREAK
from mldebt.syntax.source import MAX_FILE_BYTES, Unreadable
from mldebt.text import regex
from mldebt.typed import Any, NamedTuple

PYTHON_CELL_MAGICS = frozenset("time timeit capture prun memit mprun local debug".split())
MAGIC = regex(r"^([ \t]*)([%!][^\r\n]*|\?+[\w.][^\r\n]*|[\w.]+\?{1,2}[ \t]*)$", re.M)
ASSIGNED = regex(r"^([ \t]*[\w., \t]+=[ \t]*)([!%][^\r\n]*)$", re.M)


class Source(NamedTuple):
    """A Python code cell as the file or the editor has it."""

    number: int
    """1-based over all cells of the notebook, Markdown included."""
    text: str
    count: int = 0  # type: ignore[assignment]  # hides tuple.count, which nobody asks
    """When it ran, as Jupyter counts; 0 where that is not known."""
    installed: tuple[tuple[str, str], ...] = ()
    """(package, version) that a `pip install` in it said it has installed, by its stored output."""


class Cell(NamedTuple):
    number: int
    """1-based over all cells of the notebook, Markdown included."""
    start: int
    """Offset of its first character in the joined text."""
    end: int
    count: int = 0  # type: ignore[assignment]  # hides tuple.count, which nobody asks
    """When it ran, as Jupyter counts; 0 where that is not known."""


class Magic(NamedTuple):
    """What was masked: a magic, a shell line, or a whole cell in another language."""

    start: int
    """Offset in the joined text."""
    text: str


class Notebook(NamedTuple):
    cells: tuple[Cell, ...]
    """Code cells only, in order."""
    magics: tuple[Magic, ...] = ()
    installed: tuple[tuple[str, str], ...] = ()
    """(package, version) that stored outputs say were installed."""

    @property
    def parts(self) -> tuple[tuple[int, int], ...]:
        """(start, end) of each cell's share of the joined text, together the whole text."""
        ends = [cell.start for cell in self.cells[1:]]
        starts = [0, *ends]
        if not self.cells:
            return ((0, 0),)
        return tuple(zip(starts, [*ends, self.cells[-1].end + 1], strict=True))

    def cell_at(self, offset: int) -> Cell:
        if not self.cells:  # prose only
            return Cell(1, 0, 0)
        return self.cells[max(0, bisect_right([cell.start for cell in self.cells], offset) - 1)]


def masked(source: str) -> str:
    """A cell's source with everything that is not Python masked; same length, same lines."""
    if "%" not in source and "!" not in source and "?" not in source:
        return source
    head = source.lstrip()
    if head.startswith("%%"):
        match = re.match(r"%%(\w+)", head)
        line_end = source.find("\n", len(source) - len(head))
        if not match or match[1] not in PYTHON_CELL_MAGICS or line_end < 0:
            return NOT_BREAK.sub(" ", source)
        source = NOT_BREAK.sub(" ", source[:line_end]) + source[line_end:]
    source = ASSIGNED.sub(lambda match: match[1] + "0" + " " * (len(match[2]) - 1), source)
    return MAGIC.sub(lambda match: match[1] + "0" + " " * (len(match[2]) - 1), source)


def magics_of(source: str, start: int) -> Iterator[Magic]:
    """What `masked` hides of a cell that begins at `start`."""
    head = source.lstrip()
    if head.startswith("%%"):
        at = len(source) - len(head)
        line_end = source.find("\n", at)
        match = re.match(r"%%(\w+)", head)
        if not match or match[1] not in PYTHON_CELL_MAGICS or line_end < 0:
            yield Magic(start + at, head)
            return
        yield Magic(start + at, source[at:line_end])
    for pattern in (ASSIGNED, MAGIC):
        for match in pattern.finditer(source):
            if not match[2].startswith("%%"):
                yield Magic(start + match.start(2), match[2])


def joined(sources: Sequence[tuple[int, str] | Source]) -> tuple[str, Notebook]:
    """One text from `Source`s, or (cell number, source) pairs: each masked, followed by a newline."""
    installed: list[tuple[str, str]] = []
    parts: list[str] = []
    cells: list[Cell] = []
    magics: list[Magic] = []
    at = 0
    for one in sources:
        number, source = one[0], one[1]
        if isinstance(one, Source):
            installed += one.installed
        hidden = masked(source)
        if hidden is not source:
            magics += magics_of(source, at)
        parts += (hidden, "\n")
        cells.append(Cell(number, at, at + len(source), one.count if isinstance(one, Source) else 0))
        at += len(source) + 1
    return "".join(parts), Notebook(tuple(cells), tuple(sorted(magics)), tuple(installed))


def read_cells(data: bytes) -> list[tuple[int, str]]:
    """(cell number, source) of each Python code cell of an .ipynb file. Raises Unreadable."""
    return [(one.number, one.text) for one in read_sources(data)]


def read_sources(data: bytes) -> list[Source]:
    """Each Python code cell of an .ipynb file. Raises Unreadable."""
    notebook = load(data)
    language = _language(notebook)
    if language not in ("python", ""):
        raise Unreadable(f"its language is {language}, not Python")
    return [
        Source(number, source_of(cell), _count(cell), _installed(cell))
        for number, cell in enumerate(cells_of(notebook), 1)
        if isinstance(cell, dict) and cell.get("cell_type") == "code"
    ]


def _count(cell: dict[str, Any]) -> int:
    count = cell.get("execution_count", cell.get("prompt_number"))
    return count if isinstance(count, int) and count > 0 else 0


INSTALLED = regex(r"^Successfully installed (.+)$", re.M)
SATISFIED = regex(r"^Requirement already satisfied: ([\w.-]+)[^\n]*? in [^\n]*\((\d[\w.+!-]*)\)\s*$", re.M)
PACKAGE = regex(r"(?P<name>\w[\w.-]*?)-(?P<version>\d[\w.+!]*)(?=\s|$)")


def _installed(cell: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What pip said in the cell's outputs: the one thing that is read of any output."""
    if "install" not in source_of(cell):
        return ()
    texts = []
    for output in cell.get("outputs") or ():
        text = output.get("text") if isinstance(output, dict) else None
        texts.append(
            "".join(map(str, text)) if isinstance(text, list) else text if isinstance(text, str) else ""
        )
    said = "\n".join(texts)
    found = [
        (one["name"], one["version"]) for line in INSTALLED.findall(said) for one in PACKAGE.finditer(line)
    ]
    return (*SATISFIED.findall(said), *found)


def load(data: bytes) -> dict[str, Any]:
    """The notebook's JSON. Raises Unreadable."""
    if len(data) > 20 * MAX_FILE_BYTES:
        raise Unreadable(
            f"the notebook has {len(data):,} bytes; notebooks above {20 * MAX_FILE_BYTES:,} are passed over"
        )
    if not data.strip():
        return {"cells": []}
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"it is not a notebook: {error}") from None
    if not isinstance(notebook, dict):
        raise Unreadable("it is not a notebook: the file holds no JSON object")
    return notebook


def cells_of(notebook: dict[str, Any]) -> list[Any]:
    """All cells, also of the format before 4 (worksheets)."""
    cells = notebook.get("cells")
    if isinstance(cells, list):
        return cells
    sheets = notebook.get("worksheets")
    if not isinstance(sheets, list):
        return []
    return [cell for sheet in sheets if isinstance(sheet, dict) for cell in sheet.get("cells") or []]


def source_of(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        return "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _language(notebook: dict[str, Any]) -> str:
    metadata = notebook.get("metadata")
    if not isinstance(metadata, dict):
        return ""
    for key in ("language_info", "kernelspec"):
        part = metadata.get(key)
        if isinstance(part, dict):
            name = part.get("name") if key == "language_info" else part.get("language")
            if isinstance(name, str):
                return (
                    "python" if name.lower() in ("python", "ipython", "python2", "python3") else name.lower()
                )
    return ""
