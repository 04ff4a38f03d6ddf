"""What a dimension is judged by: findings, facts and paths of the whole repository, and the words of a judgement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from mldebt.facts.roles import with_role
from mldebt.rule import HINT, INFORMATION, Fact, Finding, Report, Rule, Severity, Workspace
from mldebt.text import Span
from mldebt.typed import NamedTuple

START = Span(0, 0)
MAX_SHOWN = 5
# Places of one kind in the evidence; the count tells how many there are.


class Evidence(NamedTuple):
    """One observation, for or against, and where it was made."""

    message: str
    path: str = ""
    """"" for the repository as a whole."""
    span: Span = START
    good: bool = False
    rule: str = ""
    """The rule whose finding this is, or ""."""


class Step(NamedTuple):
    """What would raise a mark, and to what."""

    to: int
    what: str


class Judgement(NamedTuple):
    mark: int | None
    """0 to 2; None: the repository has nothing this could be said about."""
    summary: str
    evidence: tuple[Evidence, ...] = ()
    steps: tuple[Step, ...] = ()


class View:
    """One repository. Findings are what is shown: suppressed ones and tests' hints do not count."""

    def __init__(
        self,
        workspace: Workspace,
        findings: Sequence[Finding],
        rules: Iterable[Rule],
        is_on: Callable[[Rule], bool],
    ) -> None:
        self.workspace, self.findings = workspace, findings
        self._rules = {rule.id: rule for rule in rules}
        self._is_on = is_on
        self._by_rule: dict[str, list[Finding]] = {}
        for finding in findings:
            self._by_rule.setdefault(finding.rule, []).append(finding)
        sizes = {path: fact.detail for path, fact in workspace.facts("size")}
        self.ml_files = sorted(
            path for path, (_, is_ml, _) in sizes.items() if is_ml and not self.is_aside(path)
        )
        self.ml_lines = sum(sizes[path][0] for path in self.ml_files)
        self.all_lines = sum(n_lines for n_lines, _, _ in sizes.values())
        self.run = frozenset(path for path, (_, _, runs) in sizes.items() if runs)
        """Files that do something when they are run."""

    # Findings ---------------------------------------------------------------

    def found(self, *rules: str, least: Severity = INFORMATION) -> list[Finding]:
        """What these rules say from this severity up, in their order; a rule that does not exist says nothing."""
        return [
            finding
            for rule in rules
            for finding in self._by_rule.get(rule, ())
            if (finding.severity or HINT) >= least
        ]

    def against(self, *rules: str, least: Severity = INFORMATION, shown: int = MAX_SHOWN) -> list[Evidence]:
        """The findings of these rules as evidence, a few of each rule; the first tells how many there are."""
        told = []
        for rule in rules:
            found = self.found(rule, least=least)
            for number, finding in enumerate(found[:shown]):
                more = f" (and {len(found) - shown} more)" if not number and len(found) > shown else ""
                told.append(Evidence(first_line(finding) + more, finding.path, finding.span, False, rule))
        return told

    def unheard(self, *rules: str) -> list[str]:
        """Those of these rules that exist and are turned off: the mark was given without them."""
        return [
            rule
            for rule in rules
            if (known := self._rules.get(rule)) and not self._is_on(known) and known.default
        ]

    # Facts ------------------------------------------------------------------

    def practice(self, name: str, tests: bool = False) -> list[tuple[str, Fact]]:
        """Where this practice is seen; in test files only if asked for."""
        return [
            (path, fact)
            for path, fact in self.workspace.facts("practice")
            if fact.subject == name and (self.workspace.config.role_of(path) == "test") == tests
        ]

    def shows(self, what: str, found: Sequence[tuple[str, Fact]], shown: int = MAX_SHOWN) -> list[Evidence]:
        """Facts as evidence in favour; `{}` in `what` is the first word of a fact's detail."""
        told = []
        for number, (path, fact) in enumerate(found[:shown]):
            more = (
                f" (and {counted(len(found) - shown, 'more file')})"
                if not number and len(found) > shown
                else ""
            )
            told.append(
                Evidence(what.format(fact.detail[0] if fact.detail else "") + more, path, fact.span, True)
            )
        return told

    def role(self, role: str, scripts_only: bool = False) -> list[tuple[str, Span]]:
        return with_role(self.workspace, role, scripts_only)

    # Paths ------------------------------------------------------------------

    def files(self, *patterns: str) -> list[str]:
        """Paths whose name, in lower case, matches one of these globs; `a/b` patterns match the whole path."""
        return [
            path
            for path in self.workspace.paths
            if any(
                fnmatchcase(path.lower() if "/" in glob else path.rpartition("/")[2].lower(), glob)
                for glob in patterns
            )
        ]

    def is_aside(self, path: str) -> bool:
        return self.workspace.config.role_of(path) in ("test", "example")

    def report(self, path: str) -> Report | None:
        return self.workspace.reports.get(path)

    def tests(self) -> Iterator[str]:
        for path in self.workspace.paths:
            if path.endswith(".py") and self.workspace.config.role_of(path) == "test":
                yield path


def first_line(finding: Finding) -> str:
    return finding.message.partition("\n")[0]


def counted(number: int, one: str, many: str = "") -> str:
    """`1 file`, `2 files`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
