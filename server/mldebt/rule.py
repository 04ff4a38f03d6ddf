"""The contract between rules and everything else: Rule, @rule, Finding, Fix, Fact, Report, Workspace.

A rule is one file under rules/<category>/. Its docstring is its manual page,
its file name its id, its folder its category; the decorated function's first
annotation says what it checks and so how long its answer lives:

    check(chunk: Chunk, ...)          memoised with the chunk's text; spans count from the chunk
    check(module: Module, ...)        the whole file; spans are absolute
    check(manifest: Manifest, ...)    one YAML, TOML or requirements file
    across(workspace: Workspace, ...) the facts of all files; findings name their path
    check(outcome: Outcome, ...)      one file's suppressions and what they did, after all other rules

A check may take, by name: `options` (its own dataclass) and `config`.

An across-rule asks for facts: its own, made by `@across.facts`, and the shared
ones of `mldebt.facts`, which it names in `needs`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from mldebt.text import Edit, Span

if TYPE_CHECKING:
    from mldebt.config import Config
    from mldebt.suppressions import Suppression


class Severity(IntEnum):
    """Ordered by weight, so that `severity >= fail_on` reads as it sounds."""

    HINT = 1
    INFORMATION = 2
    WARNING = 3
    ERROR = 4

    @property
    def word(self) -> str:
        return self.name.lower()


HINT, INFORMATION, WARNING, ERROR = Severity


class Safety(IntEnum):
    """How much a fix may change."""

    SAFE = 1
    """Keeps behaviour, or removes only what is proven dead."""
    UNSAFE = 2
    """Right in the common case; changes behaviour, values, or generated names."""
    DRAFT = 3
    """Leaves placeholders marked TODO(mldebt); never applied in bulk."""

    @property
    def word(self) -> str:
        return self.name.lower()


SAFE, UNSAFE, DRAFT = Safety


class Related(NamedTuple):
    """Another place that belongs to a finding. An empty path is the finding's own file."""

    span: Span
    message: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits of one file against one text, or why there are none.

    `path` is empty for the finding's own file. A fix with a `disabled` reason
    has no edits: the editor shows it greyed out with that reason.
    """

    title: str
    edits: tuple[Edit, ...]
    safety: Safety
    path: str = ""
    disabled: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell the user.

    `message` stands alone in a narrow panel; `help` says why it matters and
    what to do. A check leaves rule, path and severity to the engine unless it
    knows better (a milder severity for a weaker case, another file in `across`).
    `data` is the rule's own note to its fixes; it holds no offsets.
    """

    span: Span
    message: str
    help: str = ""
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    rule: str = ""
    path: str = ""
    unnecessary: bool = False
    data: tuple[Any, ...] = ()

    def shifted(self, by: int) -> Finding:
        if not by:
            return self
        related = tuple(
            other if other.path else other._replace(span=other.span.shifted(by)) for other in self.related
        )
        return replace(self, span=self.span.shifted(by), related=related)

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        return (self.path, self.span, self.rule, self.message)


class Fact(NamedTuple):
    """A statement about one file that other files may need; picklable and hashable."""

    kind: str
    subject: str
    """What it is about: a column, an artifact path, a module, …"""
    span: Span
    detail: tuple[Any, ...] = ()


class Position(NamedTuple):
    """0-based, in code points; `cell` counts a notebook's cells from 1 and is 0 elsewhere."""

    line: int
    column: int
    cell: int = 0


class Failure(str):
    """An entry of `Report.errors` that is our fault, not the file's: a rule or a worker that failed."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one file's analysis has to say. Findings are absolute, sorted, and not yet suppressed."""

    path: str
    digest: str
    findings: tuple[Finding, ...] = ()
    facts: tuple[Fact, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    errors: tuple[str, ...] = ()
    """Notices about the file itself: not readable, too large, a rule that failed."""
    positions: Mapping[int, Position] = field(default_factory=dict)
    """Line and column of every offset that findings, facts and suppressions name; so no face needs the text."""
    broken: bool = False
    """Part of the text does not parse: rules may have missed something there."""


class Files(Protocol):
    """Sizes and sums of files: the little that across-rules may know of bytes on disk."""

    def size(self, path: str) -> int | None:
        """In bytes; None where there is no such file."""

    def md5(self, path: str) -> frozenset[str]:
        """Hex digests of the file as it is and with CRLF made LF, as DVC counts; empty if missing or above 5 MB."""


class NoFiles:
    """Where nothing is on disk: tests, texts from standard input."""

    def size(self, path: str) -> int | None:
        return None

    def md5(self, path: str) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True, slots=True)
class Workspace:
    """What an across-rule sees: every path, every report, and nothing of any text."""

    paths: tuple[str, ...]
    """All files of the workspace, relative with forward slashes, sorted; also those not analysed."""
    reports: Mapping[str, Report]
    config: Config
    files: Files = field(default_factory=NoFiles)
    memo: dict[str, Any] = field(default_factory=dict, compare=False)
    """What several rules derive from the same facts (the lineage), made by the first that asks."""

    def facts(self, kind: str) -> Iterator[tuple[str, Fact]]:
        """(path, fact) of every fact of this kind, in order of path and place."""
        by_kind = self.memo.get("facts")
        if by_kind is None:
            by_kind = self.memo["facts"] = {}
            for path in sorted(self.reports):
                for fact in self.reports[path].facts:
                    by_kind.setdefault(fact.kind, []).append((path, fact))
        return iter(by_kind.get(kind, ()))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule about suppressions sees: one file's report and what its suppressions have silenced."""

    report: Report
    silenced: tuple[frozenset[str], ...]
    """For each of the report's suppressions the rules it silenced a finding of."""
    judged: frozenset[str]
    """Ids of the rules that have had their full say about this file: turned on, not ignored here, not failed."""
    pending: frozenset[str]
    """Ids of the rules that are turned on and have not: part of the file is broken, or of the project unread."""
    rules: Mapping[str, str]
    """Every rule id there is -> its category."""


Subject = Literal["chunk", "module", "manifest", "workspace", "outcome"]
Check = Callable[..., Iterable[Finding]]
Fixer = Callable[..., Iterable[Fix]]
FactMaker = Callable[..., Iterable[Fact]]
SUBJECTS: dict[str, Subject] = {
    "Chunk": "chunk",
    "Module": "module",
    "Manifest": "manifest",
    "Workspace": "workspace",
    "Outcome": "outcome",
}


@dataclass(slots=True)
class Rule:
    """One rule, made by `@rule`; id, category and manual come from its file."""

    id: str
    category: str
    doc: str
    severity: Severity
    subject: Subject
    check: Check
    options: type[Any] | None
    wakes: frozenset[str]
    """Names of chunk views (`numbers`, `comments`, …); a chunk without any of them is passed over."""
    gated: bool
    """Runs only in files that import an ML or data library, or are reached from one."""
    in_tests: bool
    """Runs in test files too."""
    default: bool
    """On unless configured otherwise."""
    needs: frozenset[str] = frozenset()
    """Kinds of shared facts an across-rule asks for; see `mldebt.facts`."""
    takes: frozenset[str] = frozenset()
    fixer: Fixer | None = None
    """Builds the fixes of one of this rule's findings, on demand: fixes(module, finding, …)."""
    fact_makers: dict[Subject, FactMaker] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.doc.strip().partition("\n")[0].rstrip(".")

    def fixes(self, function: Fixer) -> Fixer:
        """Decorator: `@check.fixes def fixes(module, finding)` yields `Fix`es, best first."""
        self.fixer = function
        return function

    def facts(self, function: FactMaker) -> FactMaker:
        """Decorator: `@across.facts def facts(module)` yields `Fact`s of one Module or Manifest.

        May be used once for each of the two.
        """
        self.fact_makers[subject_of(function)] = function
        return function

    def __call__(self, *args: Any, **kwargs: Any) -> Iterable[Finding]:
        return self.check(*args, **kwargs)


def rule(
    *,
    severity: Severity,
    options: type[Any] | None = None,
    wakes: Iterable[str] = (),
    gated: bool = True,
    in_tests: bool = False,
    default: bool = True,
    needs: Iterable[str] = (),
) -> Callable[[Check], Rule]:
    """Make the decorated check a Rule. Its file gives id, category and manual."""

    def decorate(check: Check) -> Rule:
        package, _, stem = check.__module__.rpartition(".")
        return Rule(
            id=stem.replace("_", "-"),
            category=package.rpartition(".")[2].replace("_", "-"),
            doc=inspect.cleandoc(inspect.getmodule(check).__doc__ or ""),
            severity=severity,
            subject=subject_of(check),
            check=check,
            options=options,
            wakes=frozenset(wakes),
            gated=gated,
            in_tests=in_tests,
            default=default,
            needs=frozenset(needs),
            takes=frozenset(inspect.signature(check).parameters),
        )

    return decorate


def subject_of(function: Callable[..., Any]) -> Subject:
    """What a check or fact maker looks at, by its first parameter's annotation."""
    first = next(iter(inspect.signature(function).parameters.values()))
    name = str(getattr(first.annotation, "__name__", first.annotation)).rpartition(".")[2]
    if name not in SUBJECTS:
        raise TypeError(
            f"{function.__module__}: annotate the first parameter as one of {', '.join(SUBJECTS)}"
        )
    return SUBJECTS[name]
