"""Findings of whole-file rules that move with the text around them, at next to no cost a keystroke.

A finding is kept counted from the start of the stretch of whole chunks that holds all
its places. An edit before the stretch moves it, an edit behind it does nothing; an
edit inside gives the finding back, counted from the text's start again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from mldebt.rule import Finding
from mldebt.syntax.module import Chunk
from mldebt.typed import Any

Found = dict[str, tuple[Finding, ...]]
"""Rule -> its findings."""
Move = tuple[int, int, int]
"""(start, end, new length) of an edit, in the text left by the one before."""


class Anchored:
    """What stands in one stretch of whole chunks."""

    __slots__ = ("_shown", "at", "by_rule", "length", "memo")

    def __init__(self, at: int, length: int) -> None:
        self.at, self.length = at, length
        self.by_rule: dict[str, list[Finding]] = {}
        self.memo: dict[Any, Any] = {}
        """For whoever derives something from these findings, as a chunk's."""
        self._shown: tuple[AbstractSet[str], tuple[Finding, ...]] | None = None

    def forget(self, rules: AbstractSet[str]) -> None:
        for rule in rules & self.by_rule.keys():
            del self.by_rule[rule]
            self._shown = None

    def of(self, rules: AbstractSet[str]) -> tuple[Finding, ...]:
        """The findings of these rules; the same tuple for the same set."""
        if self._shown is None or self._shown[0] is not rules:
            found = [one for rule, some in self.by_rule.items() if rule in rules for one in some]
            self._shown = (rules, tuple(found))
        return self._shown[1]


class Anchors:
    """Every stretch with findings of whole-file rules."""

    def __init__(self) -> None:
        self._kept: list[Anchored] = []
        self._rules: set[str] = set()
        """Those that may have findings here."""

    def take(
        self,
        found: Mapping[str, tuple[Finding, ...]],
        chunks: Sequence[Chunk],
        starts: list[int],
        across: bool,
    ) -> Found:
        """Keep what stands in one stretch, of several chunks if `across`; what is left."""
        loose: Found = {}
        known = {(one.at, one.length): one for one in self._kept}
        for rule, findings in found.items():
            left = []
            for finding in findings:
                spans = [finding.span, *(one.span for one in finding.related if not one.path)]
                first = max(0, bisect_right(starts, min(span.start for span in spans)) - 1)
                end = max(span.end for span in spans)
                last = max(first, bisect_right(starts, end - 1) - 1)
                at, stop = starts[first], starts[last] + len(chunks[last].text)
                if end > stop or not (across or first == last):
                    left.append(finding)
                    continue
                anchored = known.get((at, stop - at))
                if anchored is None:
                    anchored = known[at, stop - at] = Anchored(at, stop - at)
                anchored.by_rule.setdefault(rule, []).append(finding.shifted(-at))
                self._rules.add(rule)
            loose[rule] = tuple(left)
        self._kept = sorted(known.values(), key=lambda one: one.at)
        return loose

    def follow(self, moves: Sequence[Move]) -> list[tuple[Anchored, Sequence[Move]]]:
        """Go with the text; those an edit has touched, each with the moves it has not made."""
        gone: list[tuple[Anchored, Sequence[Move]]] = []
        for number, (start, end, grown) in enumerate(moves):
            by = grown - (end - start)
            kept = []
            for one in self._kept:
                if end >= one.at and start < one.at + one.length:
                    gone.append((one, moves[number:]))
                    continue
                if end < one.at:
                    one.at += by
                kept.append(one)
            self._kept = kept
        return gone

    def forget(self, rules: AbstractSet[str]) -> None:
        """These speak anew."""
        if self._rules.isdisjoint(rules):
            return
        self._rules -= rules
        for anchored in self._kept:
            anchored.forget(rules)
        self._kept = [anchored for anchored in self._kept if anchored.by_rule]

    def keep(self, rules: AbstractSet[str]) -> None:
        """All others speak no more."""
        self.forget(self._rules - rules)

    def of(self, rules: AbstractSet[str]) -> list[tuple[Chunk | Anchored, int, tuple[Finding, ...]]]:
        """What these rules say of each stretch."""
        return [(one, one.at, found) for one in self._kept if (found := one.of(rules))]
