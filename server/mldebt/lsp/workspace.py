"""Findings of files that are not open: pushed, or pulled by `workspace/diagnostic`; only if the user wants all files.

A pull is answered with what has changed since the client last asked. If that is
nothing, it is left waiting until there is something: clients ask again at once,
and an idle editor must not keep anyone busy.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from mldebt.lsp.diagnostics import Diagnostics, problem_json, result_id
from mldebt.lsp.documents import Open, uri_of
from mldebt.lsp.projects import Project
from mldebt.lsp.session import Session

if TYPE_CHECKING:
    from mldebt.rule import Finding

log = logging.getLogger("mldebt.lsp")

STREAM_ITEMS = 100
# Files in one partial result of a pull.


class Closed:
    """What one file that is not open shows."""

    __slots__ = ("items", "result")

    def __init__(self, items: str) -> None:
        self.items = items
        self.result = result_id(items)


class WorkspaceDiagnostics:
    def __init__(self, session: Session, diagnostics: Diagnostics) -> None:
        self._session = session
        self._diagnostics = diagnostics
        self._shown: dict[str, Closed] = {}
        """URI -> what is shown of it, of every closed file with findings."""
        self._dirty: dict[Project, set[str] | None] = {}
        """Paths to look at again; None for all of a project."""
        self._task: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        # A slow disk must not hold up a keystroke. One thread: this is never urgent.
        self._reader = ThreadPoolExecutor(1, "mldebt-files")
        self._parked: list[asyncio.Event] = []

    def changed(self, project: Project, paths: Iterable[str] | None) -> None:
        """The findings of these closed files (None: of any) may be different."""
        known = self._dirty.get(project, set())
        self._dirty[project] = None if paths is None or known is None else known | set(paths)
        if self._session.loop is not None and self._task is None:
            self._task = self._session.loop.create_task(self._work())

    def wants_all(self) -> bool:
        settings = self._session.projects.settings
        return settings.enable and settings.mode == "workspace"

    async def _work(self) -> None:
        try:
            while self._dirty:
                project, paths = self._dirty.popitem()
                for path in sorted(self._paths(project) if paths is None else paths):
                    await self._look_at(project, path)
        except Exception:
            log.exception("the findings of files that are not open could not be shown")
        finally:
            self._task = None
            self._news.set()
            self._news = asyncio.Event()

    def _paths(self, project: Project) -> set[str]:
        index = project.index
        known = {path for path in index.reports if index.findings(path)} | set(index.across_paths)
        shown = {path for path in index.reports if project.uri_of(path) in self._shown}
        return known | shown

    async def _look_at(self, project: Project, path: str) -> None:
        uri = project.uri_of(path)
        if self._session.documents.get(uri) is not None:
            self._shown.pop(uri, None)  # It is told by those who show open documents.
            return
        findings = self._findings(project, path)
        items = "[]"
        if findings:
            from mldebt.lsp.edits import closed_file

            assert self._session.loop is not None
            try:
                read = self._session.loop.run_in_executor(
                    self._reader, closed_file, self._session, project, path
                )
                items = self._json(project, await read, findings)
            except (OSError, ValueError) as error:
                log.info("%s is not shown: %s", path, error)
        before = self._shown.get(uri)
        if items == "[]":
            if self._shown.pop(uri, None) is None:
                return
        elif before is not None and before.items == items:
            return
        else:
            self._shown[uri] = Closed(items)
        if not self._session.client.pull:
            self._diagnostics.send(uri, None, items)
        # One file at a time, and whoever types goes first.
        await asyncio.sleep(0)

    def _findings(self, project: Project, path: str) -> list[Finding]:
        """What is shown of a closed file. Not of notebooks: nobody knows what the client would call their cells."""
        if not self.wants_all() or path.endswith(".ipynb"):
            return []
        from mldebt.rules import rules_by_id

        # Reports of closed files are made with the project's settings; the editor's are narrower.
        config, rules = project.config_for(path), rules_by_id()
        return [one for one in project.index.findings(path) if config.enabled(rules[one.rule])]

    def _json(self, project: Project, closed: Open, findings: Iterable[Finding]) -> str:
        part, wire = closed.parts[0], self._diagnostics.wire
        return f"[{','.join([wire.diagnostic(one, closed, part, project) for one in findings])}]"

    # Pull

    async def pull(self, previous: dict[str, str], stream: Any) -> list[dict[str, Any]]:
        """The reports that differ from `previous` (URI -> result id), waiting for the first one if there is none.

        `stream` sends some of them ahead as partial results, or is None.
        """
        self._wake_older()
        mine = asyncio.Event()
        self._parked.append(mine)
        try:
            while True:
                reports = self._reports(previous)
                if reports or mine.is_set():
                    break
                news = asyncio.ensure_future(self._news.wait())
                woken = asyncio.ensure_future(mine.wait())
                try:
                    await asyncio.wait({news, woken}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    news.cancel()
                    woken.cancel()
        finally:
            self._parked.remove(mine)
        if stream is None:
            return reports
        for at in range(0, len(reports), STREAM_ITEMS):
            stream(reports[at : at + STREAM_ITEMS])
            await asyncio.sleep(0)
        return []

    def _wake_older(self) -> None:
        """A client that asks anew has no use for its older question."""
        for event in self._parked:
            event.set()

    def _reports(self, previous: dict[str, str]) -> list[dict[str, Any]]:
        """Full reports of what is new, empty ones of what is gone; nothing of what the client has."""
        opened = self._session.documents
        current = {uri: shown for uri, shown in self._shown.items() if opened.get(uri) is None}
        current.update(self._problems())
        reports: list[dict[str, Any]] = []
        for uri, shown in current.items():
            if previous.get(uri) != shown.result:
                items = json.loads(shown.items)
                reports.append(
                    {"kind": "full", "uri": uri, "version": None, "resultId": shown.result, "items": items}
                )
        for uri in previous:
            if uri not in current and opened.get(uri) is None:
                reports.append({"kind": "full", "uri": uri, "version": None, "items": []})
        return reports

    def _problems(self) -> dict[str, Closed]:
        """What is wrong in configuration files that are not open."""
        found: dict[str, list[str]] = {}
        for project in self._session.projects:
            for problem in project.problems:
                uri = uri_of(problem.path)
                if self._session.documents.get(uri) is None:
                    found.setdefault(uri, []).append(problem_json(problem, None))
        return {uri: Closed(f"[{','.join(items)}]") for uri, items in found.items()}

    def shut_down(self) -> None:
        self._wake_older()
