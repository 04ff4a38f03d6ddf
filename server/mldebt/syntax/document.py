"""A text that can be edited: only the pieces an edit touches are cut, parsed and lowered again.

After any edits `module()` equals that of a fresh `Document` with the same text:
cutting and lowering are pure functions, and this file only avoids repeating them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable

from mldebt.syntax import chunks
from mldebt.syntax.chunks import Piece
from mldebt.syntax.module import (
    PARSE_FAILURES,
    WANTED,
    Chunk,
    Lowered,
    Module,
    Placed,
    Tree,
    lower_piece,
    parse,
)
from mldebt.syntax.names import bound, needed
from mldebt.syntax.source import SourceFile
from mldebt.text import line_starts
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from mldebt.syntax.around import Around

MEMO_SIZE = 4096
# Lowered pieces kept by text, about 2 KB each: undo, paste and branch switches hit.


class Copies:
    """Chunks of files analysed before, for the next file that holds the same code: a fifth of notebooks
    and competition code is copied. What has been found out about such a chunk stands in its memo."""

    def __init__(self) -> None:
        self._chunks: OrderedDict[tuple[str, str], Chunk] = OrderedDict()

    def get(self, owner: str, text: str) -> Chunk | None:
        return self._chunks.get((owner, text))

    def keep(self, chunks: Iterable[Chunk]) -> None:
        known = self._chunks
        for chunk in chunks:
            chunk.memo.pop("tree", None)  # of the file it was last in
            key = (chunk.owner, chunk.text)
            known[key] = chunk
            known.move_to_end(key)
        while len(known) > COPIES_SIZE:
            known.popitem(last=False)


COPIES_SIZE = 1000
# About 5 KB each. Copies are near each other, in one folder: four thousand chunks find no more.


class Document:
    """One Python text (or notebook: a text per cell) and its chunks."""

    def __init__(
        self,
        source: SourceFile,
        wanted: frozenset[str] = WANTED,
        keep_trees: bool = False,
        copies: Copies | None = None,
    ) -> None:
        """`keep_trees` is for a document analysed once and dropped: a rule that follows values takes
        the statements from its module instead of parsing them again. `copies` are those of other files
        with the same `wanted`; whoever gives them calls `keep_copies` in the end."""
        self.wanted = wanted
        self._copies = copies
        self._trees: dict[tuple[str, str], Tree] | None = {} if keep_trees else None
        self.memo: OrderedDict[tuple[str, str], Lowered] = OrderedDict()
        self._cells: dict[str, list[tuple[Piece, Lowered]]] = {}
        """A notebook's cells as they were cut, by their text."""
        self.replace(source)

    def replace(self, source: SourceFile) -> None:
        """Take a whole new text."""
        self.source = source
        self.changed: tuple[int, int] | None = None
        """The chunks that the last edit has replaced: number of the first, and of the one after the last.
        None: any may be another one."""
        self.starts: list[int] = []
        """Offset of each chunk."""
        self.lowered: list[Lowered] = []
        self.chunks: list[Chunk] = []
        self._levels: list[tuple[str, str]] = []
        """Owner and indentation of each piece."""
        self._around: Around | None = None
        """The piece somebody types in, without the line."""
        self._made: Lowered | None = None
        """What was last made from it."""
        self._before: tuple[int, dict[str, str]] = (0, {})
        """(a chunk's number, what the chunks before it export): typing goes on where it was."""
        parts = source.notebook.parts if source.notebook else ((0, len(source.text)),)
        known, self._cells = self._cells, {}
        for start, end in parts:
            text = source.text[start:end]
            cut = known.get(text) or list(self._cut(text))
            if source.notebook:
                self._cells[text] = cut
            for piece, lowered in cut:
                self.starts.append(piece.start + start)
                self._levels.append((piece.owner, piece.indent))
                self.lowered.append(lowered)
        self._bind(0, len(self.lowered))

    @property
    def pieces(self) -> list[Piece]:
        ends = [*self.starts[1:], len(self.source.text)]
        return [
            Piece(start, end, *level)
            for start, end, level in zip(self.starts, ends, self._levels, strict=True)
        ]

    def edit(self, start: int, end: int, text: str, source: SourceFile) -> None:
        """Take `source`, whose text is the old one with `start` to `end` replaced by `text`."""
        if source.notebook or self.source.notebook:
            self._replace_cells(source)
            return
        old, self.source = self.source.text, source
        whole = source.text
        grown = len(text) - (end - start)
        starts, levels = self.starts, self._levels
        low = max(0, bisect_right(starts, start) - 1)
        stop = low + 1
        if chunks.keeps_cuts(old, whole, starts[low], levels[low], (start, end, text)):
            after = starts[stop] + grown if stop < len(starts) else len(whole)
            fresh = [Piece(starts[low], after, *levels[low])]
        else:
            if not 0 <= whole.find("\n", starts[low], start) < start:
                # An edit of its first line may make a piece go on where the one above ends.
                low = max(0, low - 1)
            fresh, stop = self._recut(low, start + len(text), end, grown)
        hidden: dict[str, str] = {}
        before: dict[int, Chunk] = {}
        stood: dict[tuple[str, str], Lowered] = {}
        for chunk in self.chunks[low:stop]:
            hidden.update(chunk.exports)
            before[id(chunk.names.piece)] = chunk
            stood[chunk.owner, chunk.text] = chunk.names.piece
        lowered = []
        for number, piece in enumerate(fresh, low):
            part = whole[piece.start : piece.end]
            known = stood.get((piece.owner, part)) or self.memo.get((piece.owner, part))
            if known is None and number < stop and starts[number] == piece.start:
                known = self._typed(self.chunks[number], part, piece, start, end)
            lowered.append(known or self._lower(part, piece.owner))
        later = starts[stop:]
        if grown:
            later = [at + grown for at in later]
        starts[low:] = [piece.start for piece in fresh] + later
        levels[low:stop] = [(piece.owner, piece.indent) for piece in fresh]
        self.lowered[low:stop] = lowered
        self.chunks[low:stop] = [None] * len(lowered)  # type: ignore[list-item]
        self.changed = (low, self._bind(low, low + len(lowered), hidden, before))

    def _typed(self, chunk: Chunk, text: str, piece: Piece, start: int, end: int) -> Lowered | None:
        """A piece that begins where this chunk did, from the chunk's views, if an edit inside a line makes it."""
        from mldebt.syntax.around import around

        if self._around is None or self._around.middle(text, piece.owner) is None:
            start, end = start - piece.start, end - piece.start
            self._around = around(chunk, start, end) if 0 <= start <= end <= len(chunk.text) else None
        if self._around is None:
            return None
        known = self._around.with_text(text, piece.owner, self.wanted)
        if known is not None:
            self._made = known
            self._keep(known)
        return known

    def _recut(self, low: int, start: int, end: int, grown: int) -> tuple[list[Piece], int]:
        """(the pieces from number `low` to where nothing has changed, the number of the old piece that comes next).

        The edit reaches to `start` in the text as it is now, to `end` in the one before.
        """
        text, starts, levels = self.source.text, self.starts, self._levels
        safe = _second_line_after(text, start)
        fresh: list[Piece] = []
        high = bisect_right(starts, end)
        for piece in chunks.pieces(text, starts[low], *levels[low]):
            if fresh and piece.start >= safe:
                at = piece.start - grown
                while high < len(starts) and starts[high] < at:
                    high += 1
                if high < len(starts) and starts[high] == at and levels[high] == (piece.owner, piece.indent):
                    return fresh, high
            fresh.append(piece)
        return fresh, len(starts)

    def module(self) -> Module:
        trees, self._trees = self._trees, None
        if trees:
            for chunk in self.chunks:
                if (tree := trees.get((chunk.owner, chunk.text))) is not None:
                    chunk.memo["tree"] = tree
        placed = list(map(Placed._make, zip(self.chunks, self.starts, strict=True)))
        return Module(self.source, placed, trees)

    def keep_copies(self) -> None:
        """Its chunks may stand for those of other files from now on."""
        if self._copies is not None:
            self._copies.keep(self.chunks)

    def _replace_cells(self, source: SourceFile) -> None:
        """Take a notebook anew, keeping what cells with the same text and the same names around them had."""
        before = {id(lowered): chunk for lowered, chunk in zip(self.lowered, self.chunks, strict=True)}
        self.replace(source)
        for index, lowered in enumerate(self.lowered):
            chunk = before.pop(id(lowered), None)
            if chunk is not None and chunk.names.environment == self.chunks[index].names.environment:
                self.chunks[index] = chunk

    def _cut(self, text: str) -> Iterable[tuple[Piece, Lowered]]:
        try:
            tree = parse(text)
        except PARSE_FAILURES:
            for piece in chunks.pieces(text):
                yield piece, self._lower(text[piece.start : piece.end], piece.owner)
            return
        starts = line_starts(text)
        for piece, nodes in chunks.pieces_of_tree(text, starts, tree):
            part = text[piece.start : piece.end]
            if self._trees is not None:
                self._trees[piece.owner, part] = Tree(nodes, starts, piece.start)
            copy = self._copies.get(piece.owner, part) if self._copies is not None else None
            if copy is not None:
                yield piece, copy.names.piece
            else:
                yield (
                    piece,
                    Lowered(part, piece.owner, nodes, starts, 0, piece.start, text, self.wanted, "parsed"),
                )

    def _lower(self, text: str, owner: str) -> Lowered:
        key = (owner, text)
        known = self.memo.get(key)
        if known is None:
            known = lower_piece(text, owner, self.wanted)
            self._keep(known)
        return known

    def _keep(self, lowered: Lowered) -> None:
        self.memo[lowered.owner, lowered.text] = lowered
        if len(self.memo) > MEMO_SIZE:
            self.memo.popitem(last=False)

    def _bind(
        self,
        low: int,
        high: int,
        hidden: dict[str, str] | None = None,
        before: dict[int, Chunk] | None = None,
    ) -> int:
        """Resolve the names of the pieces from `low` to `high`, and of the later ones where they have changed;
        the number after the last piece that is another one now.

        `hidden` is what the pieces formerly in their place exported; None where there were none. `before` are
        their chunks by the pieces' identity: most neighbours of an edit come out as they were, and keep what is remembered.
        """
        environment = self._exports_before(low)
        before = before or {}
        if hidden is None:
            for lowered in self.lowered[low:]:
                need = needed(lowered, environment)
                chunk = self._copies.get(lowered.owner, lowered.text) if self._copies is not None else None
                if chunk is None or chunk.names.environment != need:
                    chunk = bound(lowered, need)
                self.chunks.append(chunk)
                environment.update(chunk.exports)
            return len(self.chunks)
        exported: dict[str, str] = {}
        for index in range(low, high):
            lowered = self.lowered[index]
            need = needed(lowered, environment)
            # No chunk stands in two places: who remembers where it stands would mix them up.
            chunk = before.pop(id(lowered), None)
            if chunk is None or chunk.names.environment != need:
                around = self._around if lowered is self._made else None
                chunk = around.chunk(lowered, need) if around is not None else bound(lowered, need)
            self.chunks[index] = chunk
            environment.update(chunk.exports)
            exported.update(chunk.exports)
        names = {name for name in exported.keys() | hidden.keys() if exported.get(name) != hidden.get(name)}
        if not names:
            return high
        end = high
        for index in range(high, len(self.lowered)):
            lowered, chunk = self.lowered[index], self.chunks[index]
            if not names.isdisjoint(lowered.roots):
                need = needed(lowered, environment)
                if chunk.names.environment != need:
                    names.update(name for name, _ in chunk.exports)
                    chunk = self.chunks[index] = bound(lowered, need)
                    names.update(name for name, _ in chunk.exports)
                    end = index + 1
            environment.update(chunk.exports)
        return end

    def _exports_before(self, low: int) -> dict[str, str]:
        """What the chunks before number `low` export, as a dict of its own."""
        known, environment = self._before
        if known > low:
            known, environment = 0, {}
        environment = environment.copy()
        for chunk in self.chunks[known:low]:
            environment.update(chunk.exports)
        self._before = (low, environment)
        return environment.copy()


def _second_line_after(text: str, offset: int) -> int:
    """Start of the second line after the one that holds `offset`: from there cuts cannot have changed."""
    for _ in range(2):
        found = text.find("\n", offset)
        if found < 0:
            return len(text) + 1
        offset = found + 1
    return offset
