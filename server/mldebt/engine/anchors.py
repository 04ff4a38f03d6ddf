"""Findings of whole-file rules that stand in one chunk: they move with it, at no cost a keystroke.

A finding whose places all lie in one chunk is kept counted from the chunk's
start, beside what the chunk rules say of it. When an edit replaces the chunk, the
finding is given back, counted from the text's start again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Mapping, Sequence

from mldebt.rule import Finding
from mldebt.syntax.module import Chunk

Found = dict[str, tuple[Finding, ...]]
"""Rule -> its findings."""
Move = tuple[int, int, int]
"""(start, end, new length) of an edit, in the text left by the one before."""


class Anchored:
    """What stands in one chunk."""

    __slots__ = ("at", "by_rule", "chunk", "joined")

    def __init__(self, chunk: Chunk, at: int) -> None:
        self.chunk, self.at = chunk, at
        self.by_rule: dict[str, list[Finding]] = {}
        self.joined: tuple[object, tuple[Finding, ...]] | None = None

    def after(self, moves: Sequence[Move]) -> int:
        """Where the chunk starts after these edits; -1 if one of them has touched it."""
        at, length = self.at, len(self.chunk.text)
        for start, end, grown in moves:
            if end <= at and start < at:
                at += grown - (end - start)
            elif start < at + length or end < at + length:
                return -1
        return at


class Anchors:
    """Every chunk with findings of whole-file rules, by its offset."""

    def __init__(self) -> None:
        self._kept: dict[int, Anchored] = {}

    def take(
        self, found: Mapping[str, tuple[Finding, ...]], chunks: Sequence[Chunk], starts: list[int]
    ) -> Found:
        """Keep what stands in one chunk; what is left."""
        loose: Found = {}
        for rule, findings in found.items():
            left = []
            for finding in findings:
                place = max(0, bisect_right(starts, finding.span.start) - 1)
                at, end = starts[place], starts[place] + len(chunks[place].text)
                spans = [finding.span, *(one.span for one in finding.related if not one.path)]
                if all(at <= span.start and span.end <= end for span in spans):
                    known = self._kept.get(at)
                    if known is None:
                        known = self._kept[at] = Anchored(chunks[place], at)
                    known.by_rule.setdefault(rule, []).append(finding.shifted(-at))
                else:
                    left.append(finding)
            loose[rule] = tuple(left)
        return loose

    def follow(self, moves: Sequence[Move], chunks: Sequence[Chunk], starts: list[int]) -> list[Anchored]:
        """Go with the text; those whose chunk is no more, at their old offset."""
        gone, kept = [], {}
        for anchored in self._kept.values():
            at = anchored.after(moves)
            place = bisect_left(starts, at) if at >= 0 else len(starts)
            if place < len(starts) and starts[place] == at and chunks[place] is anchored.chunk:
                anchored.at = at
                kept[at] = anchored
            else:
                gone.append(anchored)
        self._kept = kept
        return gone

    def forget(self, rules: Container[str]) -> None:
        """These speak anew."""
        for anchored in self._kept.values():
            for rule in [rule for rule in anchored.by_rule if rule in rules]:
                del anchored.by_rule[rule]
                anchored.joined = None

    def release(self) -> list[Anchored]:
        kept, self._kept = list(self._kept.values()), {}
        return kept

    def beside(
        self, found: list[tuple[Chunk, int, tuple[Finding, ...]]], rules: frozenset[str]
    ) -> list[tuple[Chunk, int, tuple[Finding, ...]]]:
        """`found` of the chunk rules with what these rules say of each chunk; the same tuples for the same answer."""
        if not self._kept:
            return found
        waiting = dict(self._kept)
        both = []
        for chunk, at, findings in found:
            anchored = waiting.pop(at, None)
            both.append((chunk, at, joined(anchored, findings, rules) if anchored is not None else findings))
        both += [(one.chunk, one.at, joined(one, (), rules)) for one in waiting.values()]
        return both


def joined(anchored: Anchored, findings: tuple[Finding, ...], rules: frozenset[str]) -> tuple[Finding, ...]:
    key = (id(findings), rules)
    if anchored.joined is None or anchored.joined[0] != key:
        more = [one for rule, some in anchored.by_rule.items() if rule in rules for one in some]
        anchored.joined = (key, (*findings, *more))
        # `findings` lives on inside the chunk's memo, so that its identity says which it is.
    return anchored.joined[1]
