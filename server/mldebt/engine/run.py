"""One check of a workspace: which files, what is remembered of them, what is new, what is shown.

`check` is the whole of it. It asks the cache for the whole run first, then for
each file, and analyses the rest, in processes when there is much of it.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Sequence

from mldebt.config import Config
from mldebt.config_files import Configs
from mldebt.engine import storage
from mldebt.engine.cache import Cache, Stat, is_settled, stat_of
from mldebt.engine.discovery import Discovered, discover
from mldebt.engine.files import DiskFiles
from mldebt.engine.gitignore import compiled
from mldebt.engine.index import WorkspaceIndex
from mldebt.engine.project import display_prefix, displayed
from mldebt.engine.reading import Read
from mldebt.engine.result import BadConfiguration, Notice, Result
from mldebt.engine.rows import Row
from mldebt.engine.telling import Teller, file_data, rows_of
from mldebt.engine.work import Progress, Work, analyse
from mldebt.rule import Failure
from mldebt.syntax.source import digest_of


class Request:
    """What to check and how."""

    __slots__ = ("cwd", "detail", "force_exclude", "jobs", "paths", "progress", "root", "stdin")

    def __init__(
        self,
        root: str,
        paths: Sequence[str],
        cwd: str,
        detail: int = 0,
        jobs: int = 0,
        force_exclude: bool = False,
    ) -> None:
        self.root = root
        self.paths = paths
        """Absolute."""
        self.cwd = cwd
        """Where printed paths count from."""
        self.detail = detail
        """How much to tell of fixes and fingerprints; see reading.py."""
        self.jobs = jobs
        """Processes at most; 0: as many as there are cores."""
        self.force_exclude = force_exclude
        self.stdin: tuple[str, bytes] | None = None
        """Workspace path and content of a file that is not to be read from disk."""
        self.progress: Progress | None = None


class State:
    """One run under way."""

    __slots__ = ("cache", "configs", "files", "found", "index", "now", "reads", "request", "today", "watched")

    def __init__(self, request: Request, configs: Configs, cache: Cache | None, found: Discovered) -> None:
        self.request, self.configs, self.cache, self.found = request, configs, cache, found
        complete = request.stdin is None and request.root in request.paths
        self.files = DiskFiles(request.root)
        self.index = WorkspaceIndex(configs.for_path, found.all_paths, complete, self.files)
        self.today = str(configs.today)
        self.now = time.time_ns()
        """When the first file was looked at; one that changed just before may change once more."""
        self.reads: dict[str, Read] = {}
        self.watched: dict[str, Stat | None] = {}
        """Every file looked at -> its stat before it was read."""


def check(request: Request, configs: Configs, cache: Cache | None, question: str = "") -> Result:
    """Check everything asked for. Raises BadConfiguration."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        return _check(request, configs, cache, question)
    finally:
        if enabled:
            gc.enable()


def _check(request: Request, configs: Configs, cache: Cache | None, question: str) -> Result:
    state = surveyed(request, configs, cache)
    result = result_of(state)
    kept(state, question, result)
    return result


def surveyed(request: Request, configs: Configs, cache: Cache | None) -> State:
    """Everything asked for, analysed or recalled: the reports and facts behind a check, a score or a picture.

    Raises BadConfiguration. `kept` remembers it for the next run.
    """
    root_config = configs.for_path("")
    found = discovered(request, configs, root_config)
    if configs.problems:
        raise BadConfiguration(
            str(problem.seen_from(request.cwd)) for problem in sorted(set(configs.problems))
        )
    state = State(request, configs, cache, found)
    now = state.now
    todo = recall(state, (*found.files, *found.context), now)
    for work, read, blob in analyse(todo, request.detail, state.today, request.jobs, request.progress):
        take(state, work, read, blob, now)
    return state


def discovered(request: Request, configs: Configs, config: Config) -> Discovered:
    if request.stdin is not None:
        path = request.stdin[0]
        around = discover([], root=request.root)
        return Discovered((path,), around.context, (path, *around.all_paths), ())
    found = discover(
        request.paths,
        root=request.root,
        exclude=config.exclude if not config.above else (),
        respect_gitignore=config.respect_gitignore,
        force_exclude=request.force_exclude,
    )
    named = set() if request.force_exclude else {_relative(path, request.root) for path in request.paths}
    keep = tuple(
        path for path in found.files if path in named or not _excluded(path, configs.for_path(path), config)
    )
    return found._replace(files=keep)


def _relative(path: str, root: str) -> str:
    return os.path.relpath(path, root).replace(os.sep, "/")


def _excluded(path: str, config: Config, root_config: Config) -> bool:
    """Whether a configuration below (or above) the root leaves the file out; the root's own has been asked."""
    if not config.exclude or (config is root_config and not config.above):
        return False
    patterns = compiled(config.exclude)
    if patterns is None:
        return False
    seen = config.relative(path)
    parts = seen.split("/")
    ways = ["/".join(parts[:depth]) + "/" for depth in range(1, len(parts))]
    return any(patterns.verdict(way) for way in (*ways, seen))


# What is remembered --------------------------------------------------------


def recall(state: State, paths: Sequence[str], now: int) -> list[Work]:
    """Take over what is remembered of unchanged files; the work that is left."""
    todo = []
    request, cache = state.request, state.cache
    for path in paths:
        config = state.configs.for_path(path)
        work = Work(path, os.path.join(request.root, path), config)
        if request.stdin is not None and path == request.stdin[0]:
            work.data = request.stdin[1]
            todo.append(work)
            continue
        work.stat = stat_of(work.absolute)
        state.watched[work.absolute] = work.stat
        read = (
            _recalled(cache, work, request.detail, state.today, now)
            if cache is not None and work.stat
            else None
        )
        if read is None:
            todo.append(work)
        else:
            state.index.update(path, read.report)
            state.reads[path] = read
    return todo


def _recalled(cache: Cache, work: Work, detail: int, today: str, now: int) -> Read | None:
    group = work.config.digest
    entry = cache.entry(group, work.path)
    if entry is None or work.stat is None:
        return None
    stat, trusted, content = entry
    if stat != work.stat or not trusted:
        work.data = file_data(work.absolute)
        if work.data is None or digest_of(work.data) != content:
            return None
        cache.confirm(group, work.path, work.stat, is_settled(work.stat, now))
    return storage.unpacked(cache.value(group, work.path), work.path, today, detail)


# What is new ---------------------------------------------------------------


def take(state: State, work: Work, read: Read, blob: bytes | None, now: int) -> None:
    state.index.update(work.path, read.report)
    state.reads[work.path] = read
    if state.cache is None or work.stat is None or not read.content:
        return
    blob = blob or storage.packed(read, state.today, state.request.detail)
    if blob is not None:
        settled = is_settled(work.stat, now)
        state.cache.remember(work.config.digest, work.path, work.stat, settled, read.content, blob)


# What is shown -------------------------------------------------------------


def result_of(state: State) -> Result:
    request, index = state.request, state.index
    fail_on = int(state.configs.for_path("").fail_on)
    prefix = display_prefix(request.root, request.cwd)

    def shown(path: str) -> str:
        return displayed(path, request.root, prefix)

    teller = Teller(request.root, index, state.reads, shown, request.detail, request.stdin)
    rows: list[Row] = []
    index.refresh()
    asked = set(state.found.files)
    for path in sorted({*index.reports, *index.across_paths}):
        # What stands beside the paths asked for is read for its facts, not judged.
        if path in index.reports and path not in asked:
            continue
        rows += rows_of(teller, path)
    rows.sort(key=lambda row: (row.path, row.cell, *row[1:5], row.rule, row.message))
    notices = [Notice(shown(path), message, False) for path, message in state.found.skipped]
    for path in state.found.files:
        report = index.reports.get(path)
        for error in report.errors if report else ():
            notices.append(Notice(shown(path), str(error), isinstance(error, Failure)))
    notices += [Notice("", error, True) for error in index.errors]
    return Result(rows, sorted(set(notices)), len(state.found.files), fail_on, request.root)


# What is kept --------------------------------------------------------------


def kept(state: State, question: str, result: Result) -> None:
    """Remember a run for the next one; nothing without a cache."""
    cache, configs, now = state.cache, state.configs, state.now
    if cache is None:
        return
    if state.index.complete:
        by_group: dict[str, set[str]] = {}
        for path in state.index.reports:
            by_group.setdefault(configs.for_path(path).digest, set()).add(path)
        for group, paths in by_group.items():
            cache.keep_only(group, paths)
    # A rule that failed will fail again; a file that could not be read, or an analysis that was killed, may not.
    if question and state.found.consulted and all(read.content for read in state.reads.values()):
        watched = dict(state.watched)
        for path in (*state.found.consulted, *configs.consulted):
            watched.setdefault(path, stat_of(path))
        asked = state.files.asked
        watched.update((path, stat) for path, stat in asked.items() if stat is not None)
        gone = {path for path, stat in asked.items() if stat is None}
        missing = sorted({*configs.missing, *state.found.missing, *gone})
        if all(stat is not None and is_settled(stat, now) for stat in watched.values()):
            cache.remember_run(question, (sorted(watched.items()), missing, result.plain()))
    cache.save()
