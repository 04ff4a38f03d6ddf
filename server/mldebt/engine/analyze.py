"""The two pure functions: what one file says, and what only several files can show.

Same input, same output: no clock, disk or environment in here. A rule that
raises costs only its own findings in that file; the report's errors name both.
"""

from __future__ import annotations

from collections.abc import Iterable

from mldebt.config import Config, WatchedConfig
from mldebt.engine.trouble import log_failure
from mldebt.engine.waking import ChunkPlan, Maker, Plan, Runner, Signals, Watch
from mldebt.facts import topics_of
from mldebt.plain import replace
from mldebt.rule import OPEN, Fact, Failure, Finding, Outcome, Position, Report, Rule, Severity, Workspace
from mldebt.rules import all_rules, rules_by_id, topic_gates
from mldebt.suppressions import suppressions_of
from mldebt.syntax.document import Copies, Document
from mldebt.syntax.module import WANTED, Chunk, Module
from mldebt.syntax.source import SourceFile
from mldebt.text import LineIndex, Span
from mldebt.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mldebt.syntax.manifest import Manifest


class ActiveRules:
    """The rules a configuration turns on, by what they look at. Made once per configuration."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.chunk: list[Runner] = []
        self.module: list[Runner] = []
        self.manifest: list[Runner] = []
        self.workspace: list[Runner] = []
        self.outcome: list[Runner] = []
        self.facts: dict[str, list[Maker]] = {"module": [], "manifest": []}
        needed: set[str] = set(config.extra_facts)
        wanted: set[str] = set()
        topics = topic_gates()
        for gates in topics.values():
            for gate in gates.values():
                wanted.update(gate.calls)
        for rule in all_rules():
            # Of every rule, also those turned off: what a file's views are must not depend on who looks.
            for gate in (rule.gate, *rule.fact_gates.values()):
                wanted.update(gate.calls)
            if not config.enabled(rule):
                continue
            getattr(self, rule.subject).append(Runner(rule, config, rule.gate, rule.subject))
            if rule.in_manifests:
                self.manifest.append(Runner(rule, config, OPEN, "manifest"))
            for subject, gate in rule.fact_gates.items():
                self.facts[subject].append(Maker.of_rule(rule, config, gate, subject))
            needed |= rule.needs
        for name in topics_of(needed):
            for subject, gate in topics[name].items():
                self.facts[subject].append(Maker.of_topic(name, config, gate, subject))
        self.watch = Watch([*self.chunk, *self.module, *self.facts["module"]])
        self.manifest_watch = Watch([*self.manifest, *self.facts["manifest"]])
        self.wanted = WANTED | config.knowledge.terminals | wanted
        self.copies = Copies()
        """For files analysed one after the other."""
        self._plans: dict[Any, Plan] = {}
        self._chunk_plans: dict[tuple[Runner, ...], ChunkPlan] = {}

    def plan(self, is_ml: bool, role: str, signals: Signals, hidden: frozenset[str] = frozenset()) -> Plan:
        """What runs in a file of this kind, without the rules in `hidden`; the same object for the same answer."""
        key = (is_ml, role == "test", hidden, signals)
        known = self._plans.get(key)
        if known is None:
            chunk = tuple(
                runner
                for runner in self.chunk
                if _applies(runner.rule, is_ml, role)
                and runner.rule.id not in hidden
                and runner.wakes_on(signals)
            )
            if len(self._plans) > MAX_PLANS:
                self._plans.clear()
            known = self._plans[key] = Plan(
                self._chunk_plans.setdefault(chunk, ChunkPlan(chunk)),
                tuple(
                    runner
                    for runner in self.module
                    if _applies(runner.rule, is_ml, role) and runner.wakes_on(signals)
                ),
                tuple(
                    maker
                    for maker in self.facts["module"]
                    if (is_ml or not maker.gated) and maker.wakes_on(signals)
                ),
            )
        return known


MAX_PLANS = 4096


_ACTIVE: dict[int, ActiveRules] = {}


def active_rules(config: Config) -> ActiveRules:
    """Memoised by the configuration's identity: a configuration is never changed, only replaced."""
    known = _ACTIVE.get(id(config))
    if known is None or known.config is not config:
        if len(_ACTIVE) > 64:
            _ACTIVE.clear()
        known = _ACTIVE[id(config)] = ActiveRules(config)
    return known


def analyze_module(source: SourceFile, config: Config) -> Report:
    """Findings and facts of one Python file or notebook."""
    return analyzed(source, config)[1]


def analyzed(source: SourceFile, config: Config) -> tuple[Document, Report]:
    """The same, with the document; chunks that an earlier file had too are not looked at again."""
    rules = active_rules(config)
    document = Document(source, rules.wanted, keep_trees=True, copies=rules.copies)
    report = analyze_document(document, config)
    if not (isinstance(config, WatchedConfig) and config.date_asked):
        document.keep_copies()  # a copy would not ask for the date again, and so not be known to depend on it
    return document, report


def analyze_document(document: Document, config: Config) -> Report:
    """The same, of a document that may remember most of the answer from before its last edit."""
    rules = active_rules(config)
    module = document.module()
    run = _Run(module.path)
    is_ml = module.is_ml or bool(module.roots & config.knowledge.ml_roots)
    role = config.role_of(module.path)
    watch = rules.watch
    woken_by = [watch.in_views(chunk) for chunk, _ in module.placed]
    plan = rules.plan(is_ml, role, watch.in_text(module.text, module).union(*woken_by))
    for (chunk, start), signals in zip(module.placed, woken_by, strict=True):
        known = chunk.memo.get(plan.chunk)
        if known is None:
            known = chunk.memo[plan.chunk] = tuple(
                _chunk_findings(run, chunk, plan.chunk.woken(chunk, signals))
            )
        for finding in known:
            run.findings.append(finding.shifted(start))
    for runner in plan.module:
        run.check(runner, module)
    for maker in plan.facts:
        run.facts_of(maker, module)
    shown = [_settled(finding, runner_rule, config, is_ml, role) for finding, runner_rule in run.with_rules()]
    findings = tuple(sorted(shown, key=lambda finding: finding.sort_key))
    has_directive = any("mldebt:" in comment.text for chunk, _ in module.placed for comment in chunk.comments)
    suppressions = suppressions_of(module.comments(), module.lines, module.text) if has_directive else ()
    return Report(
        path=module.path,
        digest=module.source.digest,
        findings=findings,
        facts=tuple(sorted(run.facts)),
        suppressions=suppressions,
        errors=tuple(run.errors),
        positions=_positions(module, findings, run.facts, suppressions),
        broken=any(chunk.state != "parsed" for chunk, _ in module.placed),
    )


def analyze_manifest(manifest: Manifest, config: Config) -> Report:
    """Findings and facts of one YAML, TOML or requirements file."""
    rules = active_rules(config)
    run = _Run(manifest.path)
    signals = rules.manifest_watch.in_text(manifest.text)
    for runner in rules.manifest:
        if runner.wakes_on(signals):
            run.check(runner, manifest)
    for maker in rules.facts["manifest"]:
        if maker.wakes_on(signals):
            run.facts_of(maker, manifest)
    role = config.role_of(manifest.path)
    findings = tuple(
        sorted(
            (_settled(finding, rule, config, True, role) for finding, rule in run.with_rules()),
            key=lambda finding: finding.sort_key,
        )
    )
    errors = (*run.errors, manifest.error) if manifest.error else tuple(run.errors)
    lines = LineIndex(manifest.text)
    said = suppressions_of(manifest.comments, lines, manifest.text)
    positions = {offset: Position(*lines.position(offset)) for offset in _offsets(findings, run.facts, said)}
    return Report(manifest.path, "", findings, tuple(sorted(run.facts)), said, errors, positions)


def analyze_outcome(outcome: Outcome, config: Config) -> tuple[Finding, ...]:
    """What the rules about suppressions say of one file, once all others have spoken."""
    run = _Run(outcome.report.path)
    for runner in active_rules(config).outcome:
        run.check(runner, outcome)
    settled = (
        replace(finding, path=run.path, severity=config.severity_of(rule, finding.severity))
        for finding, rule in run.with_rules()
    )
    return tuple(sorted(settled, key=lambda finding: finding.sort_key))


def analyze_workspace(workspace: Workspace, errors: list[str] | None = None) -> tuple[Finding, ...]:
    """What only several files can show. Rules that fail are named in `errors`."""
    config = workspace.config
    run = _Run("")
    kinds = {fact.kind for report in workspace.reports.values() for fact in report.facts}
    for runner in active_rules(config).workspace:
        if not runner.rule.kinds or not kinds.isdisjoint(runner.rule.kinds):
            run.check(runner, workspace)
    if errors is not None:
        errors += run.errors
    found = (
        replace(finding, rule=rule.id, severity=config.severity_of(rule, finding.severity))
        for finding, rule in run.with_rules()
        if not config.ignored_in(finding.path, rule)
    )
    return tuple(sorted(found, key=lambda finding: finding.sort_key))


class _Run:
    """Collects what rules say about one subject, and survives the ones that raise."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.facts: list[Fact] = []
        self.errors: list[str] = []

    def check(self, runner: Runner, subject: Any) -> None:
        try:
            found = list(runner.check(subject, **runner.extra))
        except Exception as error:  # a rule that raises costs only its own findings
            self.failed(runner.rule.id, error)
            return
        self.findings += [replace(finding, rule=runner.rule.id) for finding in found]

    def facts_of(self, maker: Maker, subject: Any) -> None:
        try:
            self.facts += list(maker.make(subject))
        except Exception as error:
            self.failed(maker.name, error)

    def failed(self, name: str, error: Exception) -> None:
        log_failure("rule", name, self.path, error)
        self.errors.append(
            Failure(f"rule {name} failed here ({type(error).__name__}: {error}); its findings are missing")
        )

    def with_rules(self) -> Iterable[tuple[Finding, Rule]]:
        by_id = rules_by_id()
        return [(finding, by_id[finding.rule]) for finding in self.findings]


def _applies(rule: Rule, is_ml: bool, role: str) -> bool:
    return (is_ml or not rule.gated) and (rule.in_tests or role != "test")


def _chunk_findings(run: _Run, chunk: Chunk, runners: Iterable[Runner]) -> Iterable[Finding]:
    for runner in runners:
        rule = runner.rule
        try:
            for finding in rule.check(chunk, **runner.extra):
                yield replace(finding, rule=rule.id)
        except Exception as error:  # a rule that raises costs only its own findings
            run.failed(rule.id, error)


def _settled(finding: Finding, rule: Rule, config: Config, is_ml: bool, role: str) -> Finding:
    """With its severity decided: milder in tests and outside ML code, unless configured."""
    severity = config.severity_of(rule, finding.severity)
    if rule.id not in config.severity and rule.category not in config.severity:
        if role == "test":
            severity = Severity.HINT
        elif not is_ml and severity > Severity.HINT:
            severity = Severity(severity - 1)
    return replace(finding, severity=severity)


def _offsets(findings: Iterable[Finding], facts: Iterable[Fact], suppressions: Iterable[Any]) -> set[int]:
    wanted: set[int] = set()
    for finding in findings:
        wanted.update(finding.span)
        for related in finding.related:
            if not related.path:
                wanted.update(related.span)
    for suppression in suppressions:
        wanted.update(suppression.span)
    for fact in facts:
        wanted.update(fact.span)
        stack = [fact.detail] if fact.detail else []
        while stack:  # an across rule may point at any place a fact names
            for value in stack.pop():
                if value.__class__ is Span:
                    wanted.update(value)
                elif value.__class__ is tuple:
                    stack.append(value)
    return wanted


def _positions(
    module: Module, findings: Iterable[Finding], facts: Iterable[Fact], suppressions: Iterable[Any]
) -> dict[int, Position]:
    wanted = _offsets(findings, facts, suppressions)
    if not wanted:
        return {}
    lines, notebook = module.lines, module.source.notebook
    if notebook is None:
        return {offset: Position(*lines.position(offset)) for offset in wanted}
    found = {}
    for offset in wanted:
        line, column = lines.position(offset)
        cell = notebook.cell_at(offset)
        found[offset] = Position(line - lines.line_of(cell.start), column, cell.number)
    return found
