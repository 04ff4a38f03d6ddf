"""The analysis of a document that is being typed in: what a keystroke can have at once, and what can wait.

Chunk rules answer from the touched chunks alone. Rules over the whole file are
timed; those that fit into a small budget run with the keystroke, the others
keep their last findings, moved with the text, until `complete` has run in a
pause. `complete` gives what `analyze_document` gives for the same text.

Knows no protocol and no clock but its own stopwatch: what is found never
depends on it, only when.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from mldebt.config import Config
from mldebt.engine.analyze import (
    Runner,
    _applies,
    _chunk_findings,
    _positions,
    _Run,
    _settled,
    active_rules,
)
from mldebt.rule import Finding, Report
from mldebt.rules import rules_by_id
from mldebt.suppressions import Suppression, suppressions_of
from mldebt.syntax.document import Document
from mldebt.syntax.module import Chunk, Module
from mldebt.syntax.source import SourceFile
from mldebt.text import Span

BASE_SECONDS = 0.00015
SECONDS_A_CHARACTER = 2.5e-9
# What all whole-file rules together may take of a keystroke: 0.17 ms in a file of
# 200 lines, 1.2 ms in one of 10,000. There the rest of a keystroke takes 0.6 and 1.5 ms.

LIVE, DIRECTIVE = "live", "directive"
# Keys of a chunk's memo.


class Now(NamedTuple):
    """What is known right after an edit, without what the configuration ignores in this file.

    Not sorted; suppressions not yet applied.
    """

    chunks: list[tuple[Chunk, int, tuple[Finding, ...]]]
    """Chunks with findings of chunk rules: (chunk, its offset, findings counted from it)."""
    others: list[Finding]
    """Findings of whole-file rules, counted from the text's start."""
    suppressions: tuple[Suppression, ...]


class Live:
    """One open document and what its rules said last."""

    def __init__(self, source: SourceFile, config: Config) -> None:
        self.config = config
        self._rules = active_rules(config)
        self.document = Document(source, self._rules.wanted)
        self._module: Module | None = None
        self._seconds: dict[str, float] = {}
        """Rule -> what it took lately."""
        self._found: dict[str, tuple[Finding, ...]] = {}
        """Whole-file rule -> its findings in the text before `_moves`."""
        self._moves: list[tuple[int, int, int]] = []
        self._ml: tuple[tuple[int, ...], bool] | None = None
        self._hidden = frozenset(
            runner.rule.id
            for runner in (*self._rules.chunk, *self._rules.module)
            if config.ignored_in(source.path, runner.rule)
        )
        self.carried: tuple[Finding, ...] = ()
        """What other files have to do with this one: found elsewhere, moved with this text, part of `now` only."""
        self.ready = False
        """Whether the whole-file rules have spoken once, so that `now` has something to move."""

    def edit(self, start: int, end: int, text: str, source: SourceFile) -> None:
        """Take `source`, whose text is the old one with `start` to `end` replaced by `text`."""
        self.document.edit(start, end, text, source)
        self._module = None
        self._moves.append((start, end, len(text)))

    def module(self) -> Module:
        if self._module is None:
            self._module = self.document.module()
        return self._module

    def now(self) -> Now:
        """The findings a keystroke can have: chunk rules anew, quick whole-file rules anew, the others moved."""
        is_ml, role = self._is_ml(), self.config.role_of(self.document.source.path)
        run = _Run(self.document.source.path)
        runners = [runner for runner in self._rules.module if _applies(runner.rule, is_ml, role)]
        quick = self._quick(runners)
        self._move(except_for={runner.rule.id for runner in quick})
        for runner in quick:
            self._check(run, runner, is_ml, role)
        others = [
            finding
            for runner in runners
            if runner.rule.id not in self._hidden
            for finding in self._found.get(runner.rule.id, ())
        ]
        others += self.carried
        return Now(self._of_chunks(run, is_ml, role, self._hidden), others, self._suppressions())

    def _quick(self, runners: Iterable[Runner]) -> list[Runner]:
        """The whole-file rules that fit into a keystroke, by what they took in this file."""
        budget = BASE_SECONDS + SECONDS_A_CHARACTER * len(self.document.source.text)
        known = [runner for runner in runners if runner.rule.id in self._found]
        known.sort(key=lambda runner: self._seconds[runner.rule.id])
        quick = []
        for runner in known:
            budget -= self._seconds[runner.rule.id]
            if budget < 0:
                break
            quick.append(runner)
        return quick

    def _move(self, except_for: set[str]) -> None:
        """Bring the findings that are not looked for anew to where the text has gone."""
        moves, self._moves = self._moves, []
        if moves:
            self.carried = tuple(moved(self.carried, moves))
            for rule, findings in self._found.items():
                if findings and rule not in except_for:
                    self._found[rule] = tuple(moved(findings, moves))

    def complete(self) -> Iterator[Report | None]:
        """The whole report comes last, after a None for each step of at most one rule.

        To be given up if the text is edited in between.
        """
        module = self.module()
        is_ml, role = self._is_ml(), self.config.role_of(module.path)
        run = _Run(module.path)
        self._move(except_for=set())
        runners = [runner for runner in self._rules.module if _applies(runner.rule, is_ml, role)]
        for runner in runners:
            self._check(run, runner, is_ml, role)
            yield None
        findings = [finding for runner in runners for finding in self._found[runner.rule.id]]
        for _, start, found in self._of_chunks(run, is_ml, role):
            findings += [finding.shifted(start) for finding in found]
        for runner in self._rules.facts["module"]:
            if not runner.rule.gated or is_ml:
                run.facts_of(runner, "module", module)
                yield None
        findings.sort(key=lambda finding: finding.sort_key)
        suppressions = self._suppressions()
        self.ready = True
        yield Report(
            path=module.path,
            digest=module.source.digest,
            findings=tuple(findings),
            facts=tuple(sorted(run.facts)),
            suppressions=suppressions,
            errors=tuple(run.errors),
            positions=_positions(module, findings, run.facts, suppressions),
            broken=any(chunk.state != "parsed" for chunk in self.document.chunks),
        )

    def report(self) -> Report:
        """`complete` in one go."""
        *_, report = self.complete()
        assert report is not None
        return report

    def _check(self, run: _Run, runner: Runner, is_ml: bool, role: str) -> None:
        """Run one whole-file rule on the text as it is now, timed."""
        rule = runner.rule
        n_findings, n_errors = len(run.findings), len(run.errors)
        began = time.perf_counter()
        run.check(runner, self.module())
        took = time.perf_counter() - began
        self._seconds[rule.id] = (self._seconds.get(rule.id, took) + took) / 2
        if len(run.errors) > n_errors:
            # It would fail, and be logged, with every keystroke.
            self._seconds[rule.id] = float("inf")
        self._found[rule.id] = tuple(
            _settled(finding, rule, self.config, is_ml, role) for finding in run.findings[n_findings:]
        )

    def _of_chunks(
        self, run: _Run, is_ml: bool, role: str, hidden: frozenset[str] = frozenset()
    ) -> list[tuple[Chunk, int, tuple[Finding, ...]]]:
        applies = [runner for runner in self._rules.chunk if _applies(runner.rule, is_ml, role)]
        if not applies:
            return []
        key = (LIVE, id(self._rules), is_ml, role, hidden)
        rules = rules_by_id()
        found = []
        for chunk, start in zip(self.document.chunks, self.document.starts, strict=True):
            known = chunk.memo.get(key)
            if known is None:
                known = chunk.memo[key] = tuple(
                    _settled(finding, rules[finding.rule], self.config, is_ml, role)
                    for finding in _chunk_findings(run, chunk, applies)
                    if finding.rule not in hidden
                )
            if known:
                found.append((chunk, start, known))
        return found

    def _is_ml(self) -> bool:
        """As `analyze_document` decides it, looked at again only when an import has changed."""
        key = tuple([id(chunk) for chunk in self.document.chunks if chunk.imports])
        if self._ml is None or self._ml[0] != key:
            module = self.module()
            self._ml = (key, module.is_ml or bool(module.roots & self.config.knowledge.ml_roots))
        return self._ml[1]

    def _suppressions(self) -> tuple[Suppression, ...]:
        for chunk in self.document.chunks:
            if chunk.comments and _has_directive(chunk):
                module = self.module()
                return suppressions_of(module.comments(), module.lines, module.text)
        return ()


def _has_directive(chunk: Chunk) -> bool:
    known: bool | None = chunk.memo.get(DIRECTIVE)
    if known is None:
        known = chunk.memo[DIRECTIVE] = any("mldebt:" in comment.text for comment in chunk.comments)
    return known


def moved(findings: Iterable[Finding], moves: Iterable[tuple[int, int, int]]) -> Iterable[Finding]:
    """Findings of a text before some edits, in the text after them.

    `moves` are (start, end, new length) of each edit, each in the text left by
    the one before. A finding whose border an edit has crossed is dropped; one
    with an edit inside it stays.
    """
    for finding in findings:
        span: Span | None = finding.span
        for move in moves:
            span = _moved(span, *move) if span is not None else None
        if span == finding.span and not finding.related:
            yield finding
        elif span is not None:
            related = []
            for other in finding.related:
                place: Span | None = other.span
                if not other.path:
                    for move in moves:
                        place = _moved(place, *move) if place is not None else None
                if place is not None:
                    related.append(other._replace(span=place))
            yield replace(finding, span=span, related=tuple(related))


def _moved(span: Span, start: int, end: int, length: int) -> Span | None:
    if span.end <= start:
        return span
    by = length - (end - start)
    if span.start >= end:
        return Span(span.start + by, span.end + by)
    if span.start < start and end < span.end:
        return Span(span.start, span.end + by)
    return None
