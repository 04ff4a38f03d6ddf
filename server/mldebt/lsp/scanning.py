"""Keeps each project's index complete: a scan of the whole folder, then of what changes.

The work is done in processes; here their messages are only taken in, between
keystrokes. Shows progress for what takes long, and stops when the user says so.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import time
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any

from mldebt.engine import scan
from mldebt.lsp.projects import Project
from mldebt.lsp.session import Session

if TYPE_CHECKING:
    from mldebt.lsp.diagnostics import Diagnostics

log = logging.getLogger("mldebt.lsp")

PROGRESS_SECONDS = 0.5
# What is shorter is over before anyone has read what it was.
FEW_FILES = 20
GATHER_SECONDS = 0.3
# A branch switch changes hundreds of files; they come as one scan, not as hundreds.
RECHECK_SECONDS = 30.0
# Where the client watches no files: how long their state is believed, while somebody works.
MAX_POLL_MESSAGES = 4


class Scanning:
    """The scans of all projects, one at a time each."""

    def __init__(self, session: Session, diagnostics: Diagnostics) -> None:
        self._session = session
        self._diagnostics = diagnostics
        self._running: dict[Project, _Scan] = {}
        self._waiting: dict[Project, set[str]] = {}
        """Project -> absolute paths to look at next; empty means everything."""
        self._gathering: Any = None
        self._scanned: dict[Project, float] = {}
        session.at_exit.append(self.stop)

    def everything(self) -> None:
        """Scan every folder the user has opened that has not been, or is to be anew."""
        for project in self._session.projects.opened:
            self._order(project, set())

    def files(self, paths: list[str]) -> None:
        """These files have changed on disk, appeared or gone."""
        for project in self._session.projects.opened:
            inside = {path for path in paths if path.startswith(project.folder + os.sep)}
            if inside:
                self._order(project, inside)

    def recheck(self) -> None:
        """Look at everything again if nobody tells us of changes and some time has passed."""
        if self._session.client.watch_files:
            return
        for project in self._session.projects.opened:
            if time.monotonic() - self._scanned.get(project, time.monotonic()) > RECHECK_SECONDS:
                self._order(project, set())

    def _order(self, project: Project, paths: set[str]) -> None:
        known = self._waiting.get(project)
        if known is None:
            self._waiting[project] = paths
        elif known:
            self._waiting[project] = known | paths if paths else set()
        if self._gathering is None and self._session.loop is not None:
            self._gathering = self._session.loop.call_later(GATHER_SECONDS, self._start)

    def _start(self) -> None:
        self._gathering = None
        settings = self._session.projects.settings
        for project, paths in list(self._waiting.items()):
            if project in self._running:
                continue  # It is started when that one ends.
            del self._waiting[project]
            if settings.enable and settings.mode != "off":
                self._running[project] = _Scan(self, self._session, project, paths)

    def ended(self, run: _Scan) -> None:
        """A scan is over, done or not."""
        self._running.pop(run.project, None)
        self._scanned[run.project] = time.monotonic()
        if self._waiting and self._gathering is None and self._session.loop is not None:
            self._gathering = self._session.loop.call_later(GATHER_SECONDS, self._start)

    def took_in(self, project: Project, paths: set[str] | None) -> None:
        self._diagnostics.unsettled(project, paths)

    def again(self, project: Project, paths: set[str]) -> None:
        """Start a scan once more, each file in a process of its own kind: one of them ended the last."""
        self._running[project] = _Scan(self, self._session, project, paths, careful=True)

    def cancel(self, token: Any) -> None:
        """The user has closed a progress display."""
        for running in list(self._running.values()):
            if running.token == token:
                running.stop("cancelled by the user")

    def stop(self) -> None:
        for running in list(self._running.values()):
            running.kill()

    @property
    def quiet(self) -> bool:
        """Whether every folder has been looked at and nothing is under way."""
        return not self._running and not self._waiting and self._gathering is None


class _Scan:
    """One scanning process and what it has said so far."""

    def __init__(
        self, scanning: Scanning, session: Session, project: Project, paths: set[str], careful: bool = False
    ) -> None:
        self.project = project
        self._careful = careful
        self.token = f"mldebt-scan-{id(self)}"
        self._scanning = scanning
        self._session = session
        self._paths = paths
        self._seen: set[str] = set()
        self._n_files = 0
        self._began = time.monotonic()
        self._shows_progress = False
        assert session.loop is not None
        self._loop = session.loop
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe(duplex=False)
        order = scan.Order(project.folder, tuple(sorted(paths)), careful=careful)
        self._process: BaseProcess = context.Process(
            target=scan.serve, args=(theirs, order), name="mldebt-scan"
        )
        self._process.start()
        theirs.close()
        self._watched = watch(self._loop, self._connection, self._readable)

    def _readable(self) -> None:
        """Take in a few messages; the rest when the loop comes round again."""
        for _ in range(MAX_POLL_MESSAGES):
            try:
                if not self._connection.poll():
                    return
                message = self._connection.recv()
            except (EOFError, OSError):
                why = f"the scanning process ended by itself (exit code {self._exit_code()})"
                self.stop(why)
                if not self._careful:
                    self._scanning.again(self.project, self._paths)
                return None
            if isinstance(message, scan.Listing):
                self._list(message)
            elif isinstance(message, scan.Part):
                self._take(message)
            else:
                return self._finish(message)
        return None

    def _list(self, listing: scan.Listing) -> None:
        self._n_files = len(listing.files)
        self._began = time.monotonic()
        if not self._paths:
            self.project.index.paths.update(listing.paths)
            gone = set(self.project.index.reports) - set(listing.files)
            for path in gone - set(self.project.uris):
                self.project.index.remove(path)

    def _take(self, part: scan.Part) -> None:
        index, opened = self.project.index, self.project.uris
        for path, report in part.reports:
            self._seen.add(path)
            # What is open is known better here than on disk.
            if path not in opened:
                index.update(path, report)
        late = time.monotonic() - self._began > PROGRESS_SECONDS
        if not self._shows_progress and late and self._n_files > FEW_FILES:
            self._show_progress(part.done)
        elif self._shows_progress:
            self._progress(
                {
                    "kind": "report",
                    "message": self._how_far(part.done),
                    "percentage": self._percent(part.done),
                }
            )

    def _finish(self, end: scan.End) -> None:
        if end.trouble:
            log.error("the scan of %s had trouble: %s", self.project.folder, end.trouble)
        index = self.project.index
        for absolute in self._paths:
            path = os.path.relpath(absolute, self.project.folder).replace(os.sep, "/")
            if path not in self._seen and path not in self.project.uris and not os.path.exists(absolute):
                index.remove(path)
        if not self._paths and not end.trouble:
            index.complete = True
        self._close()

    def stop(self, why: str) -> None:
        """End it before its time."""
        log.warning("the scan of %s was not finished: %s", self.project.folder, why)
        self._close()

    def _close(self) -> None:
        self._watched()
        self.kill()
        if self._shows_progress:
            self._progress({"kind": "end"})
        self._scanning.ended(self)
        self._scanning.took_in(self.project, self._seen if self._paths else None)

    def kill(self) -> None:
        if self._process.is_alive():
            self._process.terminate()
        self._connection.close()

    def _exit_code(self) -> int | None:
        self._process.join(0.5)
        return self._process.exitcode

    # Progress

    def _show_progress(self, done: int) -> None:
        if not self._session.client.progress:
            return
        self._shows_progress = True
        dispatcher = self._session.dispatcher

        def created(result: Any, error: Any) -> None:
            if error is not None:
                self._shows_progress = False

        dispatcher.ask("window/workDoneProgress/create", {"token": self.token}, created)
        title = f"Looking for debt in {os.path.basename(self.project.folder)}"
        begin = {"kind": "begin", "title": title, "cancellable": True, "message": self._how_far(done)}
        self._progress({**begin, "percentage": self._percent(done)})

    def _progress(self, value: Any) -> None:
        # Keyed: a client that does not read gets the latest state, not all of them.
        key = f"{self.token}-report" if value["kind"] == "report" else ""
        self._session.dispatcher.notify("$/progress", {"token": self.token, "value": value}, key)

    def _how_far(self, done: int) -> str:
        return f"{done:,} of {self._n_files:,} files"

    def _percent(self, done: int) -> int:
        return min(100, 100 * done // max(1, self._n_files))


def watch(loop: Any, connection: Any, readable: Any) -> Any:
    """Call `readable` on the loop while there is something to read; a function that ends that."""
    try:
        loop.add_reader(connection.fileno(), readable)
    except (NotImplementedError, OSError):
        return _poll(loop, readable)
    fd = connection.fileno()
    return lambda: loop.remove_reader(fd)


def _poll(loop: Any, readable: Any) -> Any:
    """The same where the loop cannot watch pipes (Windows)."""
    handle: list[Any] = []

    def again() -> None:
        handle[:] = [loop.call_later(0.05, again)]
        readable()

    handle.append(loop.call_later(0.05, again))
    return lambda: handle[0].cancel()
