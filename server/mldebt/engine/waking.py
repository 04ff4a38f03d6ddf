"""Which rules a file wakes: signals of its text and views, against what rules have said they need.

A signal is a string: `strict` for a word of the text, `'# noqa` for a part of it, `read_csv()`
for a call's last word, `import torch` for an import root, `<numbers>` for a kind of view. Only
those some active rule asks for are kept, so a file has few of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from mldebt.facts import topic
from mldebt.rule import Fact, Finding, Gate, Rule, Subject, parameters_of
from mldebt.text import identifiers
from mldebt.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mldebt.config import Config
    from mldebt.syntax.module import Chunk, Module

Signals = frozenset[str]
NONE: Signals = frozenset()

Needs = tuple[Signals, ...]
"""Of each set at least one signal."""


class Runner:
    """A rule's check or fact maker with what wakes it and what it takes besides its subject."""

    __slots__ = ("_config", "_extra", "_subject", "calls", "needs", "rule")
    needs: Needs
    """What the file must show."""
    calls: Signals
    """What each chunk must show for a chunk rule; empty: anything."""

    def __init__(self, rule: Rule, config: Config, gate: Gate, subject: str) -> None:
        self.rule, self._config, self._subject = rule, config, subject
        self._extra: dict[str, Any] | None = None
        calls = calls_of(rule.id, gate, config)
        # A chunk rule's chunks are asked for the calls one by one.
        self.calls, calls = (calls, NONE) if subject == "chunk" else (NONE, calls)
        self.needs = needs_of(rule.id, gate, config, calls)

    @property
    def check(self) -> Callable[..., Iterable[Finding]]:
        """The rule's check of what this runner looks at. Imports the rule."""
        rule = self.rule
        second = rule.manifest_check if self._subject != rule.subject else None
        return second or rule.check

    @property
    def extra(self) -> dict[str, Any]:
        """The keyword arguments the check asks for by name."""
        if self._extra is None:
            takes = parameters_of(self.check)
            self._extra = {}
            if "options" in takes:
                self._extra["options"] = self._config.options_of(self.rule)
            if "config" in takes:
                self._extra["config"] = self._config
        return self._extra

    def wakes_on(self, signals: Signals) -> bool:
        return not any(need.isdisjoint(signals) for need in self.needs)


class Maker:
    """What makes facts: a rule's own maker, or a shared topic's. With what wakes it."""

    __slots__ = ("calls", "gated", "make", "name", "needs")

    def __init__(
        self, name: str, gated: bool, make: Callable[[Any], Iterable[Fact]], needs: Needs = ()
    ) -> None:
        self.name = name
        """Of the rule or topic, for the log."""
        self.gated, self.make, self.needs, self.calls = gated, make, needs, NONE

    @classmethod
    def of_rule(cls, rule: Rule, config: Config, gate: Gate, subject: Subject) -> Maker:
        def make(module_or_manifest: Any) -> Iterable[Fact]:
            return rule.fact_makers[subject](module_or_manifest)

        calls = calls_of(rule.id, gate, config)
        return cls(rule.id, rule.gated, make, needs_of(rule.id, gate, config, calls))

    @classmethod
    def of_topic(cls, name: str, config: Config, gate: Gate, subject: Subject) -> Maker:
        def make(module_or_manifest: Any) -> Iterable[Fact]:
            found: Iterable[Fact] = getattr(topic(name), f"of_{subject}")(module_or_manifest, config=config)
            return found

        return cls(name, False, make, needs_of(name, gate, config, calls_of(name, gate, config)))

    def wakes_on(self, signals: Signals) -> bool:
        return not any(need.isdisjoint(signals) for need in self.needs)


def needs_of(name: str, gate: Gate, config: Config, calls: Signals) -> Needs:
    """What a gate asks for."""
    needs = [
        frozenset([f"import {root}" for root in gate.imports]),
        frozenset([f"<{view}>" for view in gate.wakes]),
    ]
    if name not in config.options:  # the user may have named further words
        needs += [frozenset(gate.words), frozenset([f"'{part}" for part in gate.text]), calls]
    return tuple(need for need in needs if need)


def calls_of(name: str, gate: Gate, config: Config) -> Signals:
    """The calls a gate asks for."""
    if name in config.options:
        return NONE
    calls = {f"{word}()" for word in gate.calls}
    for table in gate.tables:
        calls |= last_words(getattr(config.knowledge, table))
    return frozenset(calls)


def last_words(table: Iterable[str]) -> set[str]:
    """Signals of the calls a knowledge table tells of."""
    return {f"{key[key.rfind('.') + 1 :]}()" for key in table}


def is_of_word(part: str) -> bool:
    """Whether it lies in one identifier wherever it is found."""
    return part.isascii() and part.replace("_", "a").isalnum()


class Watch:
    """The signals that some runner waits for."""

    __slots__ = ("calls", "imports", "parts", "parts_of_words", "views", "words")

    def __init__(self, runners: Sequence[Runner | Maker]) -> None:
        every = NONE.union(*(need for runner in runners for need in (*runner.needs, runner.calls)))
        parts = [(signal[1:], signal) for signal in sorted(every) if signal[0] == "'"]
        self.parts = tuple(pair for pair in parts if not is_of_word(pair[0]))
        self.parts_of_words = tuple(pair for pair in parts if is_of_word(pair[0]))
        self.views = tuple((signal[1:-1], signal) for signal in sorted(every) if signal[0] == "<")
        every -= {signal for _, signal in (*parts, *self.views)}
        calls = frozenset(signal for signal in every if signal[-1] == ")")
        imports = frozenset(signal for signal in every if signal[:7] == "import ")
        self.words = every - calls - imports
        self.calls: Mapping[str, str] = {signal[:-2]: signal for signal in calls}
        self.imports: Mapping[str, str] = {signal[7:]: signal for signal in imports}

    def in_text(self, text: str, module: Module | None = None) -> Signals:
        """Whole identifiers and parts of a text; `module` is the one it is of, which may know its words."""
        vocabulary = module.vocabulary if module is not None else text
        found = [signal for part, signal in self.parts if part in text]
        found += [signal for part, signal in self.parts_of_words if part in vocabulary]
        if self.words:
            found += self.words.intersection(module.words if module is not None else identifiers(text))
        return frozenset(found)

    def in_views(self, chunk: Chunk) -> Signals:
        """Calls and imports of one chunk, and what kinds of views it has."""
        found = [signal for view, signal in self.views if getattr(chunk, view)]
        calls = self.calls
        for call in chunk.calls:
            for name in (call.chain, call.target):
                signal = calls.get(name[name.rfind(".") + 1 :])
                if signal is not None:
                    found.append(signal)
        for view in chunk.imports:
            signal = self.imports.get(view.module.partition(".")[0])
            if signal is not None:
                found.append(signal)
        return frozenset(found)

    def of(self, chunk: Chunk) -> Signals:
        """All signals of one chunk, remembered with it."""
        known: Signals | None = chunk.memo.get(self)
        if known is None:
            known = chunk.memo[self] = self.in_views(chunk) | self.in_text(chunk.text)
        return known


class SignalCount:
    """The signals of a document that is being edited, chunk by chunk: an edit costs what it has replaced."""

    __slots__ = ("_count", "_known", "_watch", "_whole", "each")

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self.each: list[Signals] = []
        """Of each chunk, as of the last `of`."""
        self._count: dict[str, int] = {}
        self._known = False
        self._whole: Signals = NONE

    def of(self, chunks: Sequence[Chunk]) -> Signals:
        """The signals of the whole document."""
        if not self._known:
            self._known = True
            self.each, self._count = [], {}
            self.splice(0, 0, chunks)
        return self._whole

    def forget(self) -> None:
        """Any chunk may be another one."""
        self._known = False

    def splice(self, start: int, stop: int, chunks: Sequence[Chunk]) -> None:
        """`chunks` have taken the place of those from number `start` to `stop`."""
        if not self._known:
            return
        count = self._count
        old, new = self.each[start:stop], [self._watch.of(chunk) for chunk in chunks]
        self.each[start:stop] = new
        if old == new:
            return
        for signals in new:
            for signal in signals:
                count[signal] = count.get(signal, 0) + 1
        for signals in old:
            for signal in signals:
                count[signal] -= 1
                if not count[signal]:
                    del count[signal]
        whole = frozenset(count)
        # The same object while it is the same set, so that plans are found by a hash known already.
        if whole != self._whole:
            self._whole = whole


class Plan:
    """What runs in one kind of file: its role, whether it is ML code, and its signals decide."""

    __slots__ = ("chunk", "facts", "module")

    def __init__(self, chunk: ChunkPlan, module: tuple[Runner, ...], facts: tuple[Maker, ...]) -> None:
        self.chunk, self.module, self.facts = chunk, module, facts


class ChunkPlan:
    """Chunk rules by what wakes them, so that a chunk touches only those that may find something in it."""

    __slots__ = ("_always", "_calls", "_sets", "_views", "runners")

    def __init__(self, runners: tuple[Runner, ...]) -> None:
        self.runners = runners
        # A set of rules is a number: bit i stands for runner i.
        self._always = 0
        self._views: dict[str, int] = {}
        self._calls: dict[str, int] = {}
        self._sets: dict[int, tuple[Runner, ...]] = {0: ()}
        for place, runner in enumerate(runners):
            bit = 1 << place
            if runner.calls:
                for signal in runner.calls:
                    self._calls[signal] = self._calls.get(signal, 0) | bit
            elif runner.rule.wakes:
                for view in runner.rule.wakes:
                    self._views[view] = self._views.get(view, 0) | bit
            else:
                self._always |= bit

    def woken(self, chunk: Chunk, signals: Signals) -> tuple[Runner, ...]:
        """The runners for a chunk with these signals, in order."""
        bits = self._always
        for view, some in self._views.items():
            if getattr(chunk, view):
                bits |= some
        if signals and self._calls:
            for signal in signals:
                bits |= self._calls.get(signal, 0)
        found = self._sets.get(bits)
        if found is None:
            found = self._sets[bits] = tuple(
                runner for place, runner in enumerate(self.runners) if bits >> place & 1
            )
        return found
