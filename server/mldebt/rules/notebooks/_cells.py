"""A notebook's cells with the names they bind and need, and what no cell has to bind."""

from __future__ import annotations

import builtins

from mldebt.syntax.cell_names import WORD, CellNames, Use, cell_names
from mldebt.syntax.module import Module
from mldebt.syntax.notebook import Cell
from mldebt.text import Span, regex
from mldebt.typed import NamedTuple

GIVEN = frozenset(dir(builtins)) | frozenset(
    "get_ipython display In Out _ __ ___ _i _ii _iii _dh _oh _ih exit quit __file__ __builtins__ open input "
    # Databricks, EMR, Synapse and Colab put these into every notebook.
    "spark sc sqlContext dbutils displayHTML sqlc sql mssparkutils notebookutils HiveContext table getArgument "
    "pip conda ls cd pwd cat mkdir rm cp mv "
    # Python 2 had these; code for both versions asks first.
    "unicode xrange raw_input basestring long reduce unichr cmp execfile file reload".split()
)
"""Names that are there before the first cell."""
ANYTHING = regex(
    r"%{1,2}(?:run|pylab|load|store|cython|local|rerun|recall|macro|edit|paste|cpaste|ipytest|inject|restore|spark)\b"
)
"""Magics after which any name may exist."""
NUMBERED = regex(r"_i?\d+$")


class Told(NamedTuple):
    """One cell and what it binds and needs."""

    cell: Cell
    names: CellNames
    masked: frozenset[str]
    """Words of its magics and shell lines; `%time x = f()` binds x."""
    anything: bool
    """It may bind names that cannot be told."""

    @property
    def bound(self) -> frozenset[str]:
        return self.names.bound | self.masked

    def span(self, use: Use) -> Span:
        return Span(self.cell.start + use.start, self.cell.start + use.end)


def cells_of(module: Module) -> list[Told]:
    """Of a notebook, in order."""
    notebook = module.source.notebook
    if notebook is None:
        return []
    told = []
    for cell in notebook.cells:
        names = cell_names(module.text[cell.start : cell.end])
        words: frozenset[str] = frozenset()
        masked = [magic.text for magic in notebook.magics if cell.start <= magic.start <= cell.end]
        if masked:
            words = frozenset(word for text in masked for word in WORD.findall(text.partition("\n")[0]))
        anything = names.anything or any(ANYTHING.match(text) for text in masked)
        told.append(Told(cell, names, words, anything))
    return told


def is_given(name: str) -> bool:
    return name in GIVEN or NUMBERED.match(name) is not None
