"""Findings of open documents, told to the client: pushed with their version, or pulled; never both.

An edit is answered at once with what is quickly known, and once more after a
pause if the whole analysis has more to say. Both are about the version they
name; nothing is ever published for an older text.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from mldebt.lsp.analyses import Analyses, Endless
from mldebt.lsp.dispatch import INVALID_PARAMS, Raw, ResponseError
from mldebt.lsp.documents import Open, Part, path_of, uri_of
from mldebt.lsp.session import Session
from mldebt.lsp.transport import framed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mldebt.config_files import Problem
    from mldebt.engine.live import Now, Standing
    from mldebt.lsp.buffer import Buffer
    from mldebt.lsp.convert import Wire
    from mldebt.lsp.projects import Project
    from mldebt.lsp.workspace import WorkspaceDiagnostics
    from mldebt.rule import Finding, Report

log = logging.getLogger("mldebt.lsp")

MAX_SHOWN = 1000
# Of one document. Nobody reads the thousand-and-first, and an editor draws them all.

INFO = 3
# LSP 3.17 `MessageType.Info`.

SETTLE_SECONDS = 0.05
MAX_SETTLE_SECONDS = 5.0
# After that, before findings that rest on several files are brought up to date.


class Diagnostics:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._changed: dict[int, Open] = {}
        self._wire: Wire | None = None
        self.analyses = Analyses(session, self.finished, self._failed)
        self.shown: Callable[[Open], None] = lambda document: None
        """Called when the client has all that the analysis of a document says."""
        self._unsettled: set[Project] = set()
        self._settling: Any = None
        self._last_failure = ""
        self._held = False
        self._others_changed: dict[Project, set[str] | None] = {}
        """Project -> files that are not open and may have other findings; None for any."""
        self._settling_took = 0.0
        self.workspace: WorkspaceDiagnostics | None = None
        """Who shows files that are not open."""
        self._told_problems: dict[str, str] = {}
        """URI of a configuration file that is not open -> its problems as the client knows them."""

    # What happens to documents

    def changed(self, document: Open, opened: bool = False) -> None:
        if opened:
            self._session.project_of(document).uris[document.path] = document.uri
        elif self._session.projects.settings.run == "onSave":
            return
        self._changed[id(document)] = document

    def saved(self, document: Open) -> None:
        if self._session.projects.settings.run == "onSave":
            self._changed[id(document)] = document

    def forget_place(self, document: Open) -> None:
        """Take a document out of its project, which it leaves or which is gone."""
        project = self._session.project_of(document)
        project.uris.pop(document.path, None)
        if project.implied:
            project.index.remove(document.path)

    def closed(self, document: Open) -> None:
        self._changed.pop(id(document), None)
        self.analyses.drop(document)
        self.forget_place(document)
        for part in document.parts:
            self.part_closed(part.uri)

    def part_closed(self, uri: str) -> None:
        """Take a gone document's diagnostics off the screen."""
        if not self._session.client.pull:
            self.send(uri, None, "[]")

    def hold(self, seconds: float) -> None:
        """Tell the client nothing until `release`, or this long: its settings are on the way."""
        self._held = True
        if self._session.loop is not None:
            self._session.loop.call_later(seconds, self.release)

    def release(self) -> None:
        if self._held:
            self._held = False
            self.drained()

    def drained(self) -> None:
        """Tell the client about every document that changed, once each."""
        if not self._changed or self._held:
            return
        changed, self._changed = self._changed, {}
        for document in changed.values():
            if self._session.client.pull:
                self.analyses.soon(document)
            else:
                self.publish(document)
        self._publish_problems()

    def publish(self, document: Open) -> None:
        """Push what is known of the text as it is now, and see to the rest."""
        if not self._ready(document) and not document.waits:
            # Just opened, or all anew: the whole report follows at once, and half of it would flicker.
            document.waits = True
            self.analyses.soon(document)
            return
        # Who types on before that report has come gets it now.
        self._tell(document, self._items(document, whole=document.waits))
        document.waits = False

    def _tell(self, document: Open, items: dict[Part, list[str]]) -> None:
        document.told = list(items.values())
        for part, told in items.items():
            self.send(part.uri, part.buffer.version, _array(told))

    def send(self, uri: str, version: int | None, items: str) -> None:
        numbered = f'"version":{version},' if version.__class__ is int else ""
        body = (
            '{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":'
            f'{{"uri":{json.dumps(uri)},{numbered}"diagnostics":{items}}}}}'
        )
        self._session.outbox.send(framed(body.encode("ascii")), key=uri)

    # What is known

    def _off(self) -> bool:
        settings = self._session.projects.settings
        return not settings.enable or settings.mode == "off"

    def _items(self, document: Open, whole: bool = False) -> dict[Part, list[str]]:
        """The diagnostics of each part, as JSON: quickly, or `whole` at whatever it takes."""
        items: dict[Part, list[str]] = {part: [] for part in document.parts}
        if self._off():
            return items
        began = time.perf_counter()
        try:
            if whole:
                self.analyses.whole(document)
            self._collect(document, items)
        except Exception:
            self._failed(document)
        if self._session.trace != "off":
            took = (time.perf_counter() - began) * 1000
            n_items = sum(map(len, items.values()))
            self._session.dispatcher.notify(
                "$/logTrace", {"message": f"{document.path}: {n_items} findings in {took:.1f} ms"}
            )
        return items

    def _collect(self, document: Open, items: dict[Part, list[str]]) -> None:
        project = self._session.project_of(document)
        wire = self.wire
        live = document.live(project.config_for(document.path))
        if document.report is not None:
            others: Sequence[Finding] = self._settled(document, document.report)
        else:
            assert live is not None
            now = self.analyses.now(document, live)
            if not now.suppressions and not document.known_debt:
                others = now.others
                for part, places in self._by_part(document, now.standing).items():
                    items[part] += wire.standing(places, part, document, project)
            else:
                others = _all(now)
            self.analyses.soon(document)
        others = self._without_known(document, others)
        before, after = document.wired, {}
        for finding in others[:MAX_SHOWN]:
            part = document.part_at(finding.span.start)
            # An edit makes a new finding of each that it moves: the same object is at the same place.
            known = before.get(id(finding))
            if known is None or known[0] is not finding:
                known = (finding, wire.diagnostic(finding, document, part, project))
            after[id(finding)] = known
            items[part].append(known[1])
        document.wired = after
        if document.path.endswith(".toml"):
            items[document.parts[0]] += self._problems_of(document)
        if len(others) > MAX_SHOWN or any(len(told) > MAX_SHOWN for told in items.values()):
            self._say(document, f"there are more than {MAX_SHOWN:,} findings; the others are not shown")
        for told in items.values():
            del told[MAX_SHOWN:]
        for error in document.report.errors if document.report is not None else ():
            self._say(document, error)

    def _by_part(self, document: Open, standing: list[Standing]) -> dict[Part, list[Standing]]:
        if len(document.parts) == 1:
            return {document.parts[0]: standing}
        found: dict[Part, list[Standing]] = {}
        for one in standing:
            found.setdefault(document.part_at(one[1]), []).append(one)
        return found

    def _say(self, document: Open, words: str) -> None:
        """Something about the analysis, where whoever looks for it finds it; once for each document."""
        if words not in document.said:
            document.said.add(words)
            message = {"type": INFO, "message": f"{document.path}: {words}"}
            self._session.dispatcher.notify("window/logMessage", message)

    def findings(self, document: Open, whole: bool = False) -> Sequence[Finding]:
        """What is shown of a document's text as it is now, as findings, sorted by place.

        `whole`: with those that are otherwise looked for when nobody types, for whoever fixes and saves at once.
        """
        if self._off():
            return ()
        project = self._session.project_of(document)
        live = document.live(project.config_for(document.path))
        if live is not None and (whole or not live.ready):
            self.analyses.whole(document)
        if document.report is not None:
            return self._settled(document, document.report)
        assert live is not None
        now = self.analyses.now(document, live)
        self.analyses.soon(document)
        return sorted(_all(now), key=lambda finding: finding.sort_key)

    # Known debt

    def _without_known(self, document: Open, findings: Sequence[Finding]) -> Sequence[Finding]:
        """The findings with those that the baseline lists made faint, or left out."""
        project = self._session.project_of(document)
        if not project.debt.lists(document.path):
            document.known_debt = set()
            return findings
        if document.report is not None:
            known = project.debt.known_in(document.path, findings, document.text)
            document.known_debt = {(findings[index].rule, findings[index].message) for index in known}
        else:
            # Which of several alike is the known one takes the whole text to tell.
            alike = document.known_debt
            known = {index for index, one in enumerate(findings) if (one.rule, one.message) in alike}
        from mldebt.lsp.debt import shown_debt

        return shown_debt(findings, known, self._session.projects.settings.baseline_shown)

    def accept(self, document: Open, rule: str, start: int) -> bool:
        """Add a finding to the baseline; whether it could be."""
        project = self._session.project_of(document)
        self.analyses.whole(document)
        findings = self.findings(document)
        for index, finding in enumerate(findings):
            if finding.rule == rule and finding.span.start == start and project.folder:
                project.debt.accept(document.path, findings, document.text, index)
                self.show_again()
                return True
        return False

    def _settled(self, document: Open, report: Report) -> Sequence[Finding]:
        """What is shown of a complete report, other files' part in it as last known."""
        project, path = self._session.project_of(document), document.path
        index = project.index
        if index.reports.get(path) is not report and index.update(path, report):
            self._settle_soon(project)
        live = self.analyses.live(document)
        if index.stale and live is not None:
            # The index's part of other files is about an older text of this one.
            from mldebt.engine.index import settled

            return settled(report, project.config_for(path), live.carried)
        return index.findings(path)

    @property
    def wire(self) -> Wire:
        if self._wire is None:
            from mldebt.lsp.convert import Wire

            self._wire = Wire(self._session.client)
        return self._wire

    # Configuration files

    def _problems_of(self, document: Open) -> list[str]:
        """What is wrong in a configuration file that is open, where it is wrong."""
        path = path_of(document.uri)
        part = document.parts[0]
        return [
            problem_json(problem, part.buffer)
            for problem in self._session.project_of(document).problems
            if problem.path == path
        ]

    def _publish_problems(self) -> None:
        """Push what is wrong in configuration files that are not open."""
        if self._session.client.pull or self._off():
            return
        found: dict[str, list[str]] = {}
        for project in self._session.projects:
            for problem in project.problems:
                uri = uri_of(problem.path)
                if self._session.documents.get(uri) is None:
                    found.setdefault(uri, []).append(problem_json(problem, None))
        for uri in {*found, *self._told_problems}:
            items = _array(found.get(uri, []))
            if self._session.documents.get(uri) is None and self._told_problems.get(uri, "[]") != items:
                self.send(uri, None, items)
        self._told_problems = {uri: _array(items) for uri, items in found.items()}

    # What takes longer

    def _failed(self, document: Open) -> None:
        """Our fault: an exception is being handled. Nothing remembered is trusted, the next edit starts from scratch."""
        error = sys.exc_info()[1]
        if isinstance(error, Endless):
            log.error("%s: %s", document.path, error)
            return
        what = repr(error)
        # One traceback tells what there is to tell; the same one with every keystroke would bury it.
        log.error("the analysis of %s failed: %s", document.path, what, exc_info=what != self._last_failure)
        self._last_failure = what
        document.forget()
        self.analyses.drop(document)

    def _ready(self, document: Open) -> bool:
        """Whether the quick answer is one: rules over the whole file have spoken once since it was last made anew."""
        if self._off():
            return True
        try:
            live = self.analyses.live(document)
        except Exception:
            self._failed(document)
            return True
        return live is None or live.ready

    def finished(self, document: Open) -> None:
        """Tell the client what the whole analysis has shown, unless it knows."""
        document.waits = False
        items = self._items(document)
        known = document.told
        if known is None or _all_of(items.values()) != _all_of(known):
            if not self._session.client.pull:
                self._tell(document, items)
            elif known is not None:
                self.refresh()
        self.shown(document)

    def foresee(self, document: Open) -> None:
        """Derive what the next key needs of the text as it is now, when nobody types."""
        if document.report is None or self._off():
            return
        try:
            live = self.analyses.live(document)
            if live is not None:
                now = self.analyses.now(document, live)
                project = self._session.project_of(document)
                for part, places in self._by_part(document, now.standing).items():
                    self.wire.standing(places, part, document, project)
        except Exception:
            self._failed(document)

    # What other files have to do with it

    def unsettled(self, project: Project, paths: set[str] | None = None) -> None:
        """Reports of these other files (None: of any) have come in."""
        known = self._others_changed.get(project, set())
        self._others_changed[project] = None if paths is None or known is None else known | paths
        self._settle_soon(project)

    def _settle_soon(self, project: Project) -> None:
        self._unsettled.add(project)
        if self._session.loop is None:
            return
        if self._settling is not None:
            self._settling.cancel()
        # In a large workspace this takes long, and whoever types would wait for it.
        wait = min(MAX_SETTLE_SECONDS, max(SETTLE_SECONDS, 4 * self._settling_took))
        self._settling = self._session.loop.call_later(wait, self.settle)

    def settle(self) -> None:
        """Bring findings that rest on several files up to date, and tell the client what they changed."""
        self._settling = None
        unsettled, self._unsettled = self._unsettled, set()
        anything = False
        for project in unsettled:
            began = time.perf_counter()
            try:
                changed = project.index.refresh()
                self._settling_took = time.perf_counter() - began
            except Exception:
                log.exception(
                    "the findings across files of %s could not be brought up to date", project.folder
                )
                continue
            anything = anything or bool(changed)
            others = self._others_changed.pop(project, set())
            if self.workspace is not None:
                self.workspace.changed(project, None if others is None else others | changed)
            for document in self._session.documents:
                if self._session.project_of(document) is project and document.report is not None:
                    self._carry(document, project)
                    if document.path in changed:
                        self.finished(document)
        if anything:
            self.refresh()

    def _carry(self, document: Open, project: Project) -> None:
        """Leave with a document what other files have to do with it, to be shown while it is typed in."""
        from mldebt.rules import rules_by_id

        live, rules = self.analyses.live(document), rules_by_id()
        if live is not None:
            found = project.index.findings(document.path)
            live.carried = tuple(one for one in found if rules[one.rule].subject == "workspace")

    def refresh(self) -> None:
        """Ask a client that pulls to pull again."""
        if self._session.client.pull and self._session.client.diagnostic_refresh:
            self._session.dispatcher.ask("workspace/diagnostic/refresh", None)

    def show_again(self) -> None:
        """Everything anew, as after a change of configuration."""
        for document in self._session.documents:
            self._changed[id(document)] = document
        self.drained()
        for project in self._session.projects.opened:
            self.unsettled(project)
        self.refresh()

    # Pull

    def pull(self, params: Any) -> Raw:
        """`textDocument/diagnostic`"""
        uri = uri_in(params)
        document = self._session.documents.get(uri)
        part = document.part_of(uri) if document is not None else None
        if document is None or part is None:
            return Raw(b'{"kind":"full","items":[]}')
        items = self._items(document, whole=not self._ready(document))
        document.told = list(items.values())
        told = _array(items[part])
        result = result_id(told)
        if params.get("previousResultId") == result:
            return Raw(b'{"kind":"unchanged","resultId":"%b"}' % result.encode())
        return Raw(f'{{"kind":"full","resultId":"{result}","items":{told}}}'.encode("ascii"))


def _all(now: Now) -> list[Finding]:
    """All findings, without the suppressed ones."""
    found = [*now.others, *(one.shifted(start) for _, start, findings in now.standing for one in findings)]
    if not now.suppressions:
        return found
    from mldebt.rules import rules_by_id

    rules = rules_by_id()
    return [one for one in found if not any(each.silences(one, rules[one.rule]) for each in now.suppressions)]


def problem_json(problem: Problem, buffer: Buffer | None) -> str:
    """A configuration problem as a diagnostic; without the file's text it covers the line."""
    if buffer is not None and problem.end:
        line, column = buffer.position(problem.start)
        end_line, end_column = buffer.position(problem.end)
    else:
        line, column, end_line, end_column = problem.line - 1, 0, problem.line, 0
    found = {
        "range": {
            "start": {"line": line, "character": column},
            "end": {"line": end_line, "character": end_column},
        },
        "severity": 1,
        "code": "configuration",
        "source": "mldebt",
        "message": f"{problem.message}\nGoing on without it.",
    }
    return json.dumps(found, separators=(",", ":"))


def _all_of(items: Iterable[list[str]]) -> frozenset[str]:
    return frozenset(told for part in items for told in part)


def _array(items: list[str]) -> str:
    return f"[{','.join(items)}]"


def result_id(items: str) -> str:
    """Names a list of diagnostics by its content, so that it is right after a restart and an undo."""
    return blake2b(items.encode("ascii"), digest_size=8).hexdigest()


def uri_in(params: Any) -> str:
    """The document a request is about. Raises ResponseError."""
    try:
        uri = params["textDocument"]["uri"]
    except (TypeError, KeyError):
        raise ResponseError(INVALID_PARAMS, "invalid params: no textDocument.uri") from None
    if not isinstance(uri, str):
        raise ResponseError(INVALID_PARAMS, "invalid params: textDocument.uri is not a string")
    return uri
