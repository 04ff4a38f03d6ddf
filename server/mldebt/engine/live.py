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
from collections.abc import Callable, Iterable, Iterator, Sequence

from mldebt.config import Config
from mldebt.engine.analyze import _chunk_findings, _positions, _Run, _settled, active_rules
from mldebt.engine.anchors import Anchored, Anchors
from mldebt.engine.waking import Plan, Runner, SignalCount, Signals, Watch
from mldebt.rule import Finding, Related, Report
from mldebt.rules import rules_by_id
from mldebt.suppressions import Suppression, suppressions_of
from mldebt.syntax.document import Document
from mldebt.syntax.module import Chunk, Module
from mldebt.syntax.source import SourceFile
from mldebt.text import Span
from mldebt.typed import NamedTuple

BASE_SECONDS = 0.0001
SECONDS_A_CHARACTER = 0.4e-9
# What all whole-file rules together may take of a keystroke: 0.1 ms in a file of
# 200 lines, 0.25 ms in one of 10,000. The rest of a keystroke takes 0.4 and 0.8 ms.

LIVE, DIRECTIVE = "live", "directive"
# Keys of a chunk's memo.


Standing = tuple[Chunk | Anchored, int, tuple[Finding, ...]]
"""(where findings stand as long as nothing there is edited, its offset, findings counted from it)."""


class Now(NamedTuple):
    """What is known right after an edit, without what the configuration ignores in this file.

    Not sorted; suppressions not yet applied.
    """

    standing: list[Standing]
    others: list[Finding]
    """The findings that stand nowhere for long, counted from the text's start."""
    suppressions: tuple[Suppression, ...]


class Live:
    """One open document and what its rules said last."""

    def __init__(
        self,
        source: SourceFile,
        config: Config,
        without: frozenset[str] = frozenset(),
        careful: bool = False,
    ) -> None:
        self.config = config
        self.at = ""
        """The whole-file rule at work, if one is: who is to blame when the analysis does not end."""
        self._without = without
        """Rules that did not end on this document and are asked no more."""
        self._careful = careful
        """Name chunk rules in `at` as well, which costs something for each chunk."""
        self._rules = active_rules(config)
        self.document = Document(source, self._rules.wanted)
        self._module: Module | None = None
        self._whole: Module | None = None
        """The one the last whole report was made of. A large one takes 20 ms to take apart, which no key waits for."""
        self._seconds: dict[str, float] = {}
        """Rule -> what it took lately."""
        self._found: dict[str, tuple[Finding, ...]] = {}
        """Whole-file rule -> its findings in the text before `_moves`, but for the anchored ones."""
        self._anchors = Anchors()
        self._moves: list[tuple[int, int, int]] = []
        self._ml: bool | None = None
        self._rows = _Rows(self._rules.watch)
        self._hidden = frozenset(
            runner.rule.id
            for runner in (*self._rules.chunk, *self._rules.module)
            if config.ignored_in(source.path, runner.rule)
        )
        self._last_shown: tuple[tuple[Runner, ...], frozenset[str]] = ((), frozenset())
        self.carried: tuple[Finding, ...] = ()
        """What other files have to do with this one: found elsewhere, moved with this text, part of `now` only."""
        self.ready = False
        """Whether the whole-file rules have spoken once, so that `now` has something to move."""

    def edit(self, start: int, end: int, text: str, source: SourceFile) -> None:
        """Take `source`, whose text is the old one with `start` to `end` replaced by `text`."""
        n_chunks = len(self.document.chunks)
        self.document.edit(start, end, text, source)
        if self._rows.splice(self.document, n_chunks):
            self._ml = None
        self._module = None
        self._moves.append((start, end, len(text)))

    def module(self) -> Module:
        if self._module is None:
            self._module = self.document.module()
        return self._module

    def now(self) -> Now:
        """The findings a keystroke can have: chunk rules anew, quick whole-file rules anew, the others moved."""
        document = self.document
        is_ml, role = self._is_ml(), self.config.role_of(document.source.path)
        run = _Run(document.source.path)
        rows = self._rows
        signals = rows.signals.of(document.chunks)
        plan = self._rules.plan(is_ml, role, signals, self._hidden | self._without)
        runners = self._asked(plan.module)
        quick = self._quick(runners)
        anew = {runner.rule.id for runner in quick}
        self._move(except_for=anew)
        self._anchors.forget(anew)
        for runner in quick:
            self._check(run, runner, is_ml, role)
        shown = self._shown(runners)
        others = [finding for rule, found in self._found.items() if rule in shown for finding in found]
        others += self.carried
        rows.fill(document.chunks, (plan.chunk, is_ml, role), self._looker(run, plan, is_ml, role))
        found: list[Standing] = [
            (document.chunks[at], document.starts[at], rows.found[at]) for at in rows.hot
        ]
        found += self._anchors.of(shown)
        return Now(found, others, self._suppressions(rows.n_directives))

    def _shown(self, runners: tuple[Runner, ...]) -> frozenset[str]:
        """Ids of those that are not ignored here; the same object for the same answer."""
        if self._last_shown[0] != runners:
            ids = frozenset([runner.rule.id for runner in runners]) - self._hidden
            self._last_shown = (runners, ids)
        return self._last_shown[1]

    def _asked(self, runners: tuple[Runner, ...]) -> tuple[Runner, ...]:
        if not self._without:
            return runners
        return tuple(runner for runner in runners if runner.rule.id not in self._without)

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
            for gone, rest in self._anchors.follow(moves):
                self._loosen(gone, rest)

    def _loosen(self, anchored: Anchored, moves: Sequence[tuple[int, int, int]]) -> None:
        """Count what stood somewhere from the text's start again, after these edits."""
        for rule, findings in anchored.by_rule.items():
            back = moved([finding.shifted(anchored.at) for finding in findings], moves)
            self._found[rule] = (*self._found.get(rule, ()), *back)

    def complete(self) -> Iterator[Report | None]:
        """The whole report comes last, after a None for each step of at most one rule.

        To be given up if the text is edited in between, or anywhere by an exception from outside; then `given_up`.
        """
        self._whole = None
        module = self.module()
        is_ml, role = self._is_ml(), self.config.role_of(module.path)
        run = _Run(module.path)
        self._move(except_for=set())
        plan = self._rules.plan(is_ml, role, self._rows.signals.of(self.document.chunks), self._without)
        runners = self._asked(plan.module)
        ids = {runner.rule.id for runner in runners}
        self._found = {rule: found for rule, found in self._found.items() if rule in ids}
        self._anchors.keep(ids)
        for runner in runners:
            self._check(run, runner, is_ml, role)
            self._anchors.forget({runner.rule.id})
            yield None
        findings = [finding for runner in runners for finding in self._found[runner.rule.id]]
        look = self._looker(run, plan, is_ml, role)
        for chunk, start, signals in zip(
            self.document.chunks, self.document.starts, self._rows.signals.each, strict=True
        ):
            findings += [finding.shifted(start) for finding in look(chunk, signals)]
        for maker in plan.facts:
            if maker.name not in self._without:
                self.at = maker.name
                run.facts_of(maker, module)
                self.at = ""
                yield None
        findings.sort(key=lambda finding: finding.sort_key)
        suppressions = self._suppressions(sum(map(has_directive, self.document.chunks)))
        self.ready = True
        # A cell of a notebook moves without its neighbours.
        across = module.source.notebook is None
        self._found = self._anchors.take(self._found, self.document.chunks, self.document.starts, across)
        self._whole = module
        yield Report(
            path=module.path,
            digest=module.source.digest,
            findings=tuple(findings),
            facts=tuple(sorted(run.facts)),
            suppressions=suppressions,
            errors=(*run.errors, *(f"rule {rule} does not end here" for rule in sorted(self._without))),
            positions=_positions(module, findings, run.facts, suppressions),
            broken=any(chunk.state != "parsed" for chunk in self.document.chunks),
        )

    def given_up(self) -> None:
        """`complete` was left in the middle of a step: what it had begun to derive is not to be trusted."""
        self.at = ""
        self._module = None

    def report(self) -> Report:
        """`complete` in one go."""
        *_, report = self.complete()
        assert report is not None
        return report

    def _check(self, run: _Run, runner: Runner, is_ml: bool, role: str) -> None:
        """Run one whole-file rule on the text as it is now, timed."""
        rule = runner.rule
        n_findings, n_errors = len(run.findings), len(run.errors)
        module = self.module()
        began = time.perf_counter()
        self.at = rule.id
        run.check(runner, module)
        self.at = ""
        took = time.perf_counter() - began
        self._seconds[rule.id] = (self._seconds.get(rule.id, took) + took) / 2
        if len(run.errors) > n_errors:
            # It would fail, and be logged, with every keystroke.
            self._seconds[rule.id] = float("inf")
        self._found[rule.id] = tuple(
            _settled(finding, rule, self.config, is_ml, role) for finding in run.findings[n_findings:]
        )

    def _looker(
        self, run: _Run, plan: Plan, is_ml: bool, role: str
    ) -> Callable[[Chunk, Signals], tuple[Finding, ...]]:
        """What the chunk rules say of one chunk with its signals, remembered with it."""
        key = (LIVE, plan.chunk, is_ml, role)

        def look(chunk: Chunk, signals: Signals) -> tuple[Finding, ...]:
            known: tuple[Finding, ...] | None = chunk.memo.get(key)
            if known is None:
                rules = rules_by_id()
                known = chunk.memo[key] = tuple(
                    _settled(finding, rules[finding.rule], self.config, is_ml, role)
                    for finding in self._said_of(run, chunk, plan.chunk.woken(chunk, signals))
                )
            return known

        return look

    def _said_of(self, run: _Run, chunk: Chunk, runners: tuple[Runner, ...]) -> Iterable[Finding]:
        if not self._careful:
            yield from _chunk_findings(run, chunk, runners)
            return
        for runner in runners:
            self.at = runner.rule.id
            yield from _chunk_findings(run, chunk, [runner])
            self.at = ""

    def _is_ml(self) -> bool:
        """As `analyze_document` decides it, looked at again only when an import may have changed."""
        if self._ml is None:
            module = self.module()
            self._ml = module.is_ml or bool(module.roots & self.config.knowledge.ml_roots)
        return self._ml

    def _suppressions(self, n_directives: int) -> tuple[Suppression, ...]:
        if not n_directives:
            return ()
        module = self.module()
        return suppressions_of(module.comments(), module.lines, module.text)


class _Rows:
    """What the chunk rules have said of each chunk, in step with the document: an edit costs what it has replaced."""

    def __init__(self, watch: Watch) -> None:
        self.signals = SignalCount(watch)
        self.found: list[tuple[Finding, ...]] = []
        self.hot: list[int] = []
        """Numbers of the chunks with findings, in order."""
        self.n_directives = 0
        self._directives: list[bool] = []
        self._imports: list[bool] = []
        self._key: object = None
        self._new = (0, 0)
        """Numbers of the chunks nobody has looked at yet: from, to."""

    def splice(self, document: Document, n_before: int) -> bool:
        """Follow an edit; whether an import may have come or gone."""
        if document.changed is None or n_before != len(self.found):
            self._key = None
            self.signals.forget()
            return True
        low, high = document.changed
        more = len(document.chunks) - n_before
        stop = high - more
        self.signals.splice(low, stop, document.chunks[low:high])
        imports = [bool(chunk.imports) for chunk in document.chunks[low:high]]
        changed = any(imports) or any(self._imports[low:stop])
        self.n_directives -= sum(self._directives[low:stop])
        self.found[low:stop] = [()] * (high - low)
        self._directives[low:stop] = [False] * (high - low)
        self._imports[low:stop] = imports
        self.hot = [at for at in self.hot if at < low] + [at + more for at in self.hot if at >= stop]
        first, last = self._new
        if first == last:
            self._new = (low, high)
        else:
            # What ended inside the part that is gone ends with what came in its place.
            last = last + more if last >= stop else min(last, high)
            self._new = (min(first, low), max(last, high))
        return changed

    def fill(
        self, chunks: list[Chunk], key: object, look: Callable[[Chunk, Signals], tuple[Finding, ...]]
    ) -> None:
        """Look at the chunks nobody has looked at; at all of them if `key` is another than last time."""
        if key != self._key:
            self._key = key
            self.found = [()] * len(chunks)
            self._directives = [False] * len(chunks)
            self._imports = [bool(chunk.imports) for chunk in chunks]
            self.hot, self.n_directives = [], 0
            self._new = (0, len(chunks))
        low, high = self._new
        if low == high:
            return
        self._new = (0, 0)
        hot = []
        for at in range(low, high):
            self.found[at] = look(chunks[at], self.signals.each[at])
            if self.found[at]:
                hot.append(at)
            was, self._directives[at] = self._directives[at], has_directive(chunks[at])
            self.n_directives += self._directives[at] - was
        self.hot = [at for at in self.hot if at < low] + hot + [at for at in self.hot if at >= high]


def has_directive(chunk: Chunk) -> bool:
    """Whether one of its comments speaks to us."""
    if not chunk.comments:
        return False
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
    moves = tuple(moves)
    for finding in findings:
        span = _after(finding.span, moves)
        if span is None:
            continue
        related = finding.related
        if related:
            related = tuple(
                [
                    other if place is other.span else new(Related, (place, other.message, other.path))
                    for other in related
                    if (place := other.span if other.path else _after(other.span, moves)) is not None
                ]
            )
        if span is finding.span and related == finding.related:
            yield finding
            continue
        # `replace` would do, at ten times the price; a key in a file full of findings moves hundreds.
        copy = object.__new__(Finding)
        put = object.__setattr__
        put(copy, "span", span)
        put(copy, "related", related)
        for name in KEPT:
            put(copy, name, getattr(finding, name))
        yield copy


KEPT = tuple(name for name in Finding.__match_args__ if name not in ("span", "related"))
new = tuple.__new__


def _after(span: Span, moves: tuple[tuple[int, int, int], ...]) -> Span | None:
    found: Span | None = span
    for start, end, length in moves:
        if found is None:
            return None
        if found[1] > start:
            found = _moved(found, start, end, length)
    return found


def _moved(span: Span, start: int, end: int, length: int) -> Span | None:
    if span.end <= start:
        return span
    by = length - (end - start)
    if span.start >= end:
        return new(Span, (span[0] + by, span[1] + by))
    if span.start < start and end < span.end:
        return Span(span.start, span.end + by)
    return None
