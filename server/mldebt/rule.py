"""The contract between rules and everything else: Rule, @rule, Finding, Fix, Fact, Report, Workspace.

A rule is one file under rules/<category>/. Its docstring is its manual page,
its file name its id, its folder its category; the decorated function's first
annotation says what it checks and so how long its answer lives:

    check(chunk: Chunk, ...)          memoised with the chunk's text; spans count from the chunk
    check(module: Module, ...)        the whole file; spans are absolute
    check(manifest: Manifest, ...)    one YAML, TOML or requirements file
    across(workspace: Workspace, ...) the facts of all files; findings name their path
    check(outcome: Outcome, ...)      one file's suppressions and what they did, after all other rules

A check may take, by name: `options` (its own dataclass) and `config`. A rule about
code that means the same in a configuration file has a second check,
`@check.manifests def in_manifest(manifest: Manifest, ...)`.

An across-rule asks for facts: its own, made by `@across.facts`, and the shared
ones of `mldebt.facts`, which it names in `needs`.

A rule that cannot fire costs nothing, not even its import, if it says what it
needs to fire. Every one of these that is given must hold; of each, one name is
enough. They are tested once for a file, against all rules at a time:

    words=("strict", "allow_pickle")  identifiers or digits, whole, anywhere in the text: code, string, comment
    calls=("read_csv", "to_datetime") last words of callees, as written or as resolved; in a chunk rule the
                                      chunk must call one, in a module rule the file
    tables=("splitters", "readers")   knowledge tables: the last words of their keys, the user's too, join `calls`
    imports=("torch", "lightning")    import roots, at any level of the file
    text=("#", ".ckpt")               parts of the text, on one line; each costs a search, so only where words do not do
    wakes=("numbers", "comments")     kinds of views: the chunk (in a chunk rule), otherwise the file has some
    kinds=("due-date",)               an across rule: kinds of facts, its own or shared; it runs if there is one

Say as much as is true whatever the rule's options are by default; where a user
has set options of this rule, its words, text and calls are not asked. Never less than
the truth: `tables` rather than a copy of a table in `calls`, and a rule that
also fires without the word has no `words`. An across rule says the same of its
fact makers, with the decorator: `@across.facts(calls=("to_csv",))`. A manifest
knows `words` and `text` only. What stands in the decorator must come from the rule's own
file, a `_name.py` beside it, knowledge/, facts/ or syntax/flow_gates.py: it is remembered until one of these changes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import IntEnum

from mldebt.plain import dataclass, field, replace
from mldebt.text import Edit, Span
from mldebt.typed import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, overload

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
    creates: bool = False
    """`path` is a file that does not exist yet, and the edits are its whole text: see `new_file`.
    Never applied in bulk, and never offered where the file is there."""


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


def new_file(title: str, path: str, text: str) -> Fix:
    """A draft of a file that the workspace does not have yet."""
    return Fix(title, (Edit(Span(0, 0), text),), DRAFT, path, creates=True)


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

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder."""

    def md5(self, path: str) -> frozenset[str]:
        """Hex digests of the file as it is and with each kind of line end; empty if missing or above 5 MB."""


class NoFiles:
    """Where nothing is on disk: tests, texts from standard input."""

    def size(self, path: str) -> int | None:
        return None

    def exists(self, path: str) -> bool:
        return False

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


class Gate(NamedTuple):
    """The cheapest evidence a check or fact maker needs; see the top of this file. Empty: none."""

    words: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    wakes: tuple[str, ...] = ()


OPEN = Gate()
LATE = frozenset({"doc", "check", "manifest_check", "options", "fixer", "fact_makers"})
"""What only a rule's own file can say."""


@dataclass(slots=True, eq=False)
class Rule:
    """One rule, made by `@rule`; id, category and manual come from its file.

    Those in `rules.all_rules()` may know only what is remembered of them; their
    file is imported when somebody asks for more.
    """

    id: str
    category: str
    title: str
    severity: Severity
    subject: Subject
    wakes: frozenset[str]
    """Names of chunk views (`numbers`, `comments`, …); a chunk without any of them is passed over."""
    gated: bool
    """Runs only in files that import an ML or data library, or are reached from one."""
    in_tests: bool
    """Runs in test files too."""
    default: bool
    """On unless configured otherwise."""
    needs: frozenset[str]
    """Kinds of shared facts an across-rule asks for; see `mldebt.facts`."""
    gate: Gate
    kinds: frozenset[str]
    """Kinds of facts without which an across rule has nothing to say; empty: it may have."""
    fact_gates: dict[Subject, Gate]
    """What its fact makers look at -> what they need there."""
    in_manifests: bool = False
    """Has a second check, of manifests."""
    load: Callable[[], Rule] | None = field(default=None, repr=False)
    """Imports the rule's file; None where that has been done."""
    doc: str = field(init=False, repr=False)
    check: Check = field(init=False, repr=False)
    options: type[Any] | None = field(init=False, repr=False)
    manifest_check: Check | None = field(init=False, repr=False)
    fixer: Fixer | None = field(init=False, repr=False)
    """Builds the fixes of one of this rule's findings, on demand: fixes(module, finding, …)."""
    fact_makers: dict[Subject, FactMaker] = field(init=False, repr=False)

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there yet."""
        if name not in LATE or self.load is None:
            raise AttributeError(name)
        loaded, self.load = self.load(), None
        for late in LATE:
            try:
                object.__getattribute__(self, late)
            except AttributeError:
                setattr(self, late, getattr(loaded, late))
        return getattr(self, name)

    def manifests(self, function: Check) -> Check:
        """Decorator: `@check.manifests def in_manifest(manifest, …)` says the same of configuration files."""
        if self.subject == "manifest" or subject_of(function) != "manifest":
            raise TypeError(f"{function.__module__}: a second check is one of manifests, beside one of code")
        self.manifest_check, self.in_manifests = function, True
        return function

    def fixes(self, function: Fixer) -> Fixer:
        """Decorator: `@check.fixes def fixes(module, finding)` yields `Fix`es, best first."""
        self.fixer = function
        return function

    @overload
    def facts(self, function: FactMaker) -> FactMaker: ...
    @overload
    def facts(
        self,
        function: None = None,
        *,
        words: Iterable[str] = (),
        calls: Iterable[str] = (),
        tables: Iterable[str] = (),
        imports: Iterable[str] = (),
        text: Iterable[str] = (),
        wakes: Iterable[str] = (),
    ) -> Callable[[FactMaker], FactMaker]: ...
    def facts(self, function: FactMaker | None = None, **gate: Iterable[str]) -> Any:
        """Decorator: `@across.facts def facts(module)` yields `Fact`s of one Module or Manifest.

        May be used once for each of the two, with or without a gate.
        """

        def decorate(maker: FactMaker) -> FactMaker:
            subject = subject_of(maker)
            self.fact_makers[subject] = maker
            self.fact_gates[subject] = gate_of(maker, subject, **gate)
            return maker

        return decorate if function is None else decorate(function)

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
    words: Iterable[str] = (),
    calls: Iterable[str] = (),
    tables: Iterable[str] = (),
    imports: Iterable[str] = (),
    text: Iterable[str] = (),
    kinds: Iterable[str] = (),
) -> Callable[[Check], Rule]:
    """Make the decorated check a Rule. Its file gives id, category and manual."""

    def decorate(check: Check) -> Rule:
        package, _, stem = check.__module__.rpartition(".")
        subject = subject_of(check)
        doc = cleaned(sys.modules[check.__module__].__doc__ or "")
        made = Rule(
            id=stem.replace("_", "-"),
            category=package.rpartition(".")[2].replace("_", "-"),
            title=doc.partition("\n")[0].rstrip("."),
            severity=severity,
            subject=subject,
            wakes=frozenset(wakes),
            gated=gated,
            in_tests=in_tests,
            default=default,
            needs=frozenset(needs),
            gate=gate_of(
                check,
                subject,
                words=words,
                calls=calls,
                tables=tables,
                imports=imports,
                text=text,
                wakes=wakes if subject == "module" else (),
            ),
            kinds=frozenset(kinds),
            fact_gates={},
        )
        made.doc, made.check, made.options, made.fixer = doc, check, options, None
        made.manifest_check, made.fact_makers = None, {}
        if made.kinds and subject != "workspace":
            raise TypeError(f"{check.__module__}: only an across rule asks for kinds of facts")
        return made

    return decorate


def gate_of(function: Callable[..., Any], subject: Subject, **given: Iterable[str]) -> Gate:
    """Raises TypeError for what cannot be asked of such a subject."""
    gate = Gate(**{name: tuple(sorted(frozenset(names))) for name, names in given.items()})
    wrong = gate.calls or gate.tables or gate.imports or gate.wakes
    if subject in ("workspace", "outcome") and gate != OPEN:
        raise TypeError(f"{function.__module__}: this looks at no single file; gate its fact makers instead")
    if subject == "manifest" and wrong:
        raise TypeError(f"{function.__module__}: a manifest is asked for words and text only")
    for word in (*("w" + word for word in gate.words), *gate.calls, *gate.imports):
        if not word.isidentifier():
            raise TypeError(f"{function.__module__}: {word!r} is no single identifier")
    return gate


def parameters_of(function: Callable[..., Any]) -> tuple[str, ...]:
    """Names of a plain function's parameters. (`inspect` would do, at ten times the price.)"""
    code = function.__code__
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


def cleaned(doc: str) -> str:
    """A module's docstring without blank lines around it; its lines are not indented."""
    return doc.strip().expandtabs()


def subject_of(function: Callable[..., Any]) -> Subject:
    """What a check or fact maker looks at, by its first parameter's annotation."""
    annotation = function.__annotations__.get(next(iter(parameters_of(function)), ""), "")
    name = str(getattr(annotation, "__name__", annotation)).rpartition(".")[2]
    if name not in SUBJECTS:
        raise TypeError(
            f"{function.__module__}: annotate the first parameter as one of {', '.join(SUBJECTS)}"
        )
    return SUBJECTS[name]
