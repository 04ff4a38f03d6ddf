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
from mldebt.syntax.module import PARSE_FAILURES, WANTED, Chunk, Lowered, Module, Placed, lower_piece, parse
from mldebt.syntax.names import bound, needed
from mldebt.syntax.source import SourceFile
from mldebt.text import line_starts

MEMO_SIZE = 4096
# Lowered pieces kept by text, about 2 KB each: undo, paste and branch switches hit.


class Document:
    """One Python text (or notebook: a text per cell) and its chunks."""

    def __init__(self, source: SourceFile, wanted: frozenset[str] = WANTED) -> None:
        self.wanted = wanted
        self.memo: OrderedDict[tuple[str, str], Lowered] = OrderedDict()
        self.replace(source)

    def replace(self, source: SourceFile) -> None:
        """Take a whole new text."""
        self.source = source
        self.pieces: list[Piece] = []
        self.lowered: list[Lowered] = []
        self.chunks: list[Chunk] = []
        parts = source.notebook.parts if source.notebook else ((0, len(source.text)),)
        for start, end in parts:
            for piece, lowered in self._cut(source.text[start:end]):
                self.pieces.append(
                    Piece(piece.start + start, piece.end + start, *piece[2:]) if start else piece
                )
                self.lowered.append(lowered)
        self._bind(0, len(self.lowered))

    def edit(self, start: int, end: int, text: str, source: SourceFile) -> None:
        """Take `source`, whose text is the old one with `start` to `end` replaced by `text`."""
        if source.notebook or self.source.notebook or not self.pieces:
            self._replace_cells(source)
            return
        self.source = source
        whole = source.text
        grown = len(text) - (end - start)
        starts = [piece.start for piece in self.pieces]
        low = max(0, bisect_right(starts, start) - 2)
        first = self.pieces[low]
        safe = _second_line_after(whole, start + len(text))
        fresh: list[Piece] = []
        high = bisect_right(starts, end)
        old = self.pieces
        stop = len(old)
        for piece in chunks.pieces(whole, first.start, first.owner, first.indent):
            at = piece.start - grown
            if fresh and piece.start >= safe:
                while high < len(old) and old[high].start < at:
                    high += 1
                if high < len(old) and old[high][0] == at and old[high][2:] == piece[2:]:
                    stop = high
                    break
            fresh.append(piece)
        hidden: dict[str, str] = {}
        for chunk in self.chunks[low:stop]:
            hidden.update(chunk.exports)
        lowered = [self._lower(whole[piece.start : piece.end], piece.owner) for piece in fresh]
        rest = old[stop:]
        if grown:
            rest = [Piece(a + grown, b + grown, owner, indent) for a, b, owner, indent in rest]
        self.pieces[low:] = fresh + rest
        self.lowered[low:stop] = lowered
        self.chunks[low:stop] = [None] * len(lowered)  # type: ignore[list-item]
        self._bind(low, low + len(lowered), hidden)

    def module(self) -> Module:
        placed = [Placed(chunk, piece.start) for chunk, piece in zip(self.chunks, self.pieces, strict=True)]
        return Module(self.source, placed)

    def _replace_cells(self, source: SourceFile) -> None:
        old = {
            (piece.owner, lowered.text): lowered
            for piece, lowered in zip(self.pieces, self.lowered, strict=True)
        }
        self.memo.update(old)
        bound_before = {id(lowered): chunk for lowered, chunk in zip(self.lowered, self.chunks, strict=True)}
        self.replace(source)
        for index, lowered in enumerate(self.lowered):
            before = bound_before.get(id(lowered))
            if before is not None and before.names.environment == self.chunks[index].names.environment:
                self.chunks[index] = before

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
            yield (
                piece,
                Lowered(part, piece.owner, nodes, starts, 0, piece.start, text, self.wanted, "parsed"),
            )

    def _lower(self, text: str, owner: str) -> Lowered:
        key = (owner, text)
        known = self.memo.get(key)
        if known is None:
            known = self.memo[key] = lower_piece(text, owner, self.wanted)
            if len(self.memo) > MEMO_SIZE:
                self.memo.popitem(last=False)
        return known

    def _bind(self, low: int, high: int, hidden: dict[str, str] | None = None) -> None:
        """Resolve the names of the pieces from `low` to `high`, and of the later ones where they may have changed.

        `hidden` is what the pieces formerly in their place exported; None where there were none.
        """
        environment: dict[str, str] = {}
        for chunk in self.chunks[:low]:
            environment.update(chunk.exports)
        if hidden is None:
            for lowered in self.lowered[low:]:
                chunk = bound(lowered, needed(lowered, environment))
                self.chunks.append(chunk)
                environment.update(chunk.exports)
            return
        exported: dict[str, str] = {}
        for index in range(low, high):
            chunk = self.chunks[index] = bound(self.lowered[index], needed(self.lowered[index], environment))
            environment.update(chunk.exports)
            exported.update(chunk.exports)
        if exported == hidden:
            return
        for index in range(high, len(self.lowered)):
            lowered, chunk = self.lowered[index], self.chunks[index]
            need = needed(lowered, environment)
            if chunk.names.environment != need:
                chunk = self.chunks[index] = bound(lowered, need)
            environment.update(chunk.exports)


def _second_line_after(text: str, offset: int) -> int:
    """Start of the second line after the one that holds `offset`: from there cuts cannot have changed."""
    for _ in range(2):
        found = text.find("\n", offset)
        if found < 0:
            return len(text) + 1
        offset = found + 1
    return offset
