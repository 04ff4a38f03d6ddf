"""One check of a workspace: which files, what is remembered of them, what is new, what is shown.

`check` is the whole of it. It asks the cache for the whole run first, then for
each file, and analyses the rest, in processes when there is much of it.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mldebt.config import Config
from mldebt.config_files import Configs, Problem
from mldebt.engine import storage
from mldebt.engine.cache import Cache, Stat, is_settled, stat_of
from mldebt.engine.discovery import Discovered, discover
from mldebt.engine.gitignore import compiled
from mldebt.engine.index import WorkspaceIndex
from mldebt.engine.project import display_prefix, displayed
from mldebt.engine.reading import (
    FINGERPRINTS,
    FIX_EDITS,
    FIX_TITLES,
    Read,
    fingerprints_of,
    fix_rows,
    read_file,
    subject_of,
)
from mldebt.engine.result import Notice, Result
from mldebt.engine.rows import Row, code_lines, row_of
from mldebt.rule import Failure, Finding, Report
from mldebt.rules import rules_by_id
from mldebt.syntax.source import Unreadable, digest_of

POOL_BYTES = 1_000_000
# Starting processes costs about as much as 150 files; PERFORMANCE.md, section 8.
MAX_READ = 100_000_000
# No file above this is opened; notebooks carry their pictures.


class BadConfiguration(Exception):
    """The problems found in the configuration files that the run would use."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(slots=True)
class Request:
    """What to check and how."""

    root: str
    paths: Sequence[str]
    """Absolute."""
    cwd: str
    detail: int = 0
    """How much to tell of fixes and fingerprints; see reading.py."""
    jobs: int = 0
    """Processes at most; 0: as many as there are cores."""
    force_exclude: bool = False
    stdin: tuple[str, bytes] | None = None
    """Workspace path and content of a file that is not to be read from disk."""
    progress: Callable[[int, int], None] | None = None
    """Told (files done, files to do) now and then."""


@dataclass(slots=True)
class Work:
    """A file that has to be analysed."""

    path: str
    absolute: str
    config: Config
    stat: Stat | None = None
    data: bytes | None = None


@dataclass(slots=True)
class State:
    request: Request
    configs: Configs
    cache: Cache | None
    index: WorkspaceIndex
    reads: dict[str, Read] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    skipped: list[Notice] = field(default_factory=list)
    watched: dict[str, Stat | None] = field(default_factory=dict)
    consulted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    changed: bool = False
    today: str = ""


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
    root_config = configs.for_path("")
    found = _discovered(request, configs, root_config)
    if configs.problems:
        raise BadConfiguration(sorted(set(configs.problems)))
    complete = request.stdin is None and request.root in request.paths
    state = State(request, configs, cache, WorkspaceIndex(configs.for_path, found.all_paths, complete))
    state.files, state.consulted, state.missing = found.files, found.consulted, found.missing
    state.today = str(configs.today)
    state.skipped = [Notice(skipped.path, skipped.reason, False) for skipped in found.skipped]
    now = time.time_ns()
    todo = _remembered(state, (*found.files, *found.context), now)
    for work, read in analyse(todo, request):
        _take(state, work, read, now)
    result = _result(state, root_config)
    if cache is not None:
        _save(state, question, result, now)
    return result


def _discovered(request: Request, configs: Configs, config: Config) -> Discovered:
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


def _remembered(state: State, paths: Sequence[str], now: int) -> list[Work]:
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
    state.changed = bool(todo)
    return todo


def _recalled(cache: Cache, work: Work, detail: int, today: str, now: int) -> Read | None:
    group = work.config.digest
    entry = cache.entry(group, work.path)
    if entry is None or work.stat is None:
        return None
    stat, trusted, content = entry
    if stat != work.stat or not trusted:
        work.data = _data(work.absolute)
        if work.data is None or digest_of(work.data) != content:
            return None
        cache.confirm(group, work.path, work.stat, is_settled(work.stat, now))
    return storage.unpacked(cache.value(group, work.path), work.path, today, detail)


def _data(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read(MAX_READ)
    except OSError:
        return None


# What is new ---------------------------------------------------------------


def analyse(todo: list[Work], request: Request) -> list[tuple[Work, Read]]:
    return [(work, analysed(work, request.detail)) for work in todo]


def analysed(work: Work, detail: int) -> Read:
    """The report on one file, read now if its bytes are not at hand."""
    data = work.data
    if data is None:
        try:
            with open(work.absolute, "rb") as file:
                data = file.read(MAX_READ)
        except OSError as error:
            why = (error.strerror or type(error).__name__).lower()
            return Read(Report(work.path, "", errors=(f"cannot be read: {why}",)), {}, {})
    return read_file(work.path, data, work.config, detail)


def _take(state: State, work: Work, read: Read, now: int) -> None:
    state.index.update(work.path, read.report)
    state.reads[work.path] = read
    if state.cache is None or work.stat is None or not read.content:
        return
    if any(isinstance(error, Failure) for error in read.report.errors):
        return
    blob = storage.packed(read, state.today, state.request.detail)
    if blob is not None:
        settled = is_settled(work.stat, now)
        state.cache.remember(work.config.digest, work.path, work.stat, settled, read.content, blob)


# What is shown -------------------------------------------------------------


def _result(state: State, root_config: Config) -> Result:
    request, index = state.request, state.index
    prefix = display_prefix(request.root, request.cwd)

    def shown(path: str) -> str:
        return displayed(path, request.root, prefix)

    rows: list[Row] = []
    index.refresh()
    asked = set(state.files)
    for path in sorted({*index.reports, *index.across_paths}):
        # What stands beside the paths asked for is read for its facts, not judged.
        if path in index.reports and path not in asked:
            continue
        rows += _rows(state, path, shown)
    rows.sort(key=lambda row: (row.path, row.cell, *row[1:5], row.rule, row.message))
    notices = [Notice(shown(path), message, internal) for path, message, internal in state.skipped]
    for path in state.files:
        report = index.reports.get(path)
        for error in report.errors if report else ():
            notices.append(Notice(shown(path), str(error), isinstance(error, Failure)))
    notices += [Notice("", error, True) for error in index.errors]
    return Result(rows, sorted(set(notices)), len(state.files), int(root_config.fail_on), request.root)


def _rows(state: State, path: str, shown: Callable[[str], str]) -> list[Row]:
    findings = state.index.findings(path)
    if not findings:
        return []
    reports, rules = state.index.reports, rules_by_id()
    read = state.reads.get(path)
    own = {}
    if read is not None:
        own = {(one.rule, one.span, one.message): number for number, one in enumerate(read.report.findings)}
    late = [one for one in findings if (one.rule, one.span, one.message) not in own]
    told = _told_late(state, path, late) if late else {}
    rows = []
    for finding in findings:
        key = (finding.rule, finding.span, finding.message)
        number = own.get(key)
        if number is None or read is None:
            code, fixes, fingerprint = told.get(key, ((), (), ""))
        else:
            code, fixes = read.code.get(finding.span.start, ()), read.fixes.get(number, ())
            fingerprint = read.fingerprints[number] if number < len(read.fingerprints) else ""
        rows.append(row_of(finding, rules[finding.rule].category, reports, shown, code, fixes, fingerprint))
    return rows


def _told_late(
    state: State, path: str, findings: Sequence[Finding]
) -> dict[Any, Any]:
    """Code, fixes and fingerprints of findings that came after the file's own analysis: from across rules,
    and about suppressions. Reads the file once more."""
    request = state.request
    if request.stdin is not None and path == request.stdin[0]:
        data: bytes | None = request.stdin[1]
    else:
        data = _data(os.path.join(request.root, path))
    if data is None:
        return {}
    config = state.configs.for_path(path)
    try:
        subject = subject_of(path, data, config)
    except Unreadable:
        return {}
    prints = (
        fingerprints_of(path, findings, subject.text)
        if request.detail & FINGERPRINTS
        else [""] * len(findings)
    )
    wants_fixes = request.detail & (FIX_TITLES | FIX_EDITS)
    return {
        (one.rule, one.span, one.message): (
            code_lines(subject.text, *one.span),
            fix_rows(one, subject, config, request.detail) if wants_fixes else (),
            fingerprint,
        )
        for one, fingerprint in zip(findings, prints, strict=True)
    }


# What is kept --------------------------------------------------------------


def _save(state: State, question: str, result: Result, now: int) -> None:
    cache, configs = state.cache, state.configs
    assert cache is not None
    if state.index.complete:
        by_group: dict[str, set[str]] = {}
        for path in state.index.reports:
            by_group.setdefault(configs.for_path(path).digest, set()).add(path)
        for group, paths in by_group.items():
            cache.keep_only(group, paths)
    internal = any(notice.internal for notice in result.notices)
    if question and state.consulted and not internal:
        watched = dict(state.watched)
        for path in (*state.consulted, *configs.consulted):
            watched.setdefault(path, stat_of(path))
        missing = sorted({*configs.missing, *state.missing})
        if all(stat is not None and is_settled(stat, now) for stat in watched.values()):
            cache.remember_run(question, (sorted(watched.items()), missing, result.plain()))
    cache.save()
