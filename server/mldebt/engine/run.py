"""One check of a workspace: which files, what is remembered of them, what is new, what is shown.

`check` is the whole of it. It asks the cache for the whole run first, then for
each file, and analyses the rest, in processes when there is much of it.
"""

from __future__ import annotations

import gc
import marshal
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mldebt.config import Config
from mldebt.config_files import Configs
from mldebt.engine import storage
from mldebt.engine.cache import Cache, Stat, is_settled, stat_of
from mldebt.engine.discovery import Discovered, discover
from mldebt.engine.gitignore import compiled
from mldebt.engine.index import WorkspaceIndex
from mldebt.engine.limits import FILE_SECONDS, OutOfTime, processor_limit
from mldebt.engine.project import display_prefix, displayed
from mldebt.engine.reading import (
    FINGERPRINTS,
    FIX_EDITS,
    FIX_TITLES,
    Read,
    fingerprints_of,
    fix_rows,
    needs_workspace,
    plain_text,
    read_file,
    subject_of,
)
from mldebt.engine.result import BadConfiguration, Notice, Result
from mldebt.engine.rows import Row, code_lines, row_of
from mldebt.rule import Failure, Finding, Report
from mldebt.rules import all_rules, rules_by_id
from mldebt.syntax.source import Unreadable, digest_of

POOL_BYTES = 1_000_000
# Starting processes costs about as much as 150 files; PERFORMANCE.md, section 8.
BATCH_BYTES = 150_000
# About a fifth of a second of work: a worker asks rarely, and none is left with a long tail.
MAX_READ = 100_000_000
# No file above this is opened; notebooks carry their pictures.


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
        raise BadConfiguration(
            str(problem.seen_from(request.cwd)) for problem in sorted(set(configs.problems))
        )
    complete = request.stdin is None and request.root in request.paths
    state = State(request, configs, cache, WorkspaceIndex(configs.for_path, found.all_paths, complete))
    state.files, state.consulted, state.missing = found.files, found.consulted, found.missing
    state.today = str(configs.today)
    state.skipped = [Notice(skipped.path, skipped.reason, False) for skipped in found.skipped]
    now = time.time_ns()
    todo = _remembered(state, (*found.files, *found.context), now)
    for work, read, blob in analyse(todo, request, state.today):
        _take(state, work, read, blob, now)
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


class Task(NamedTuple):
    """A file for a worker: everything picklable and small."""

    path: str
    absolute: str
    config: int
    """Index into the setup's configurations."""
    data: bytes | None


Done = tuple[Work, Read, bytes | None]
"""A piece of work, its result, and that result as the cache keeps it (None: not made yet)."""


def analyse(todo: list[Work], request: Request, today: str) -> Iterator[Done]:
    """Every piece of work with its result, in any order: here, or in processes when there is much."""
    size = sum(work.stat[2] if work.stat else len(work.data or b"") for work in todo)
    processes = request.jobs or (cores() if size > POOL_BYTES else 1)
    if processes < 2 or size <= POOL_BYTES or len(todo) < 2:
        for number, work in enumerate(todo, 1):
            yield work, analysed(work.path, work.absolute, work.data, work.config, request.detail), None
            if request.progress is not None:
                request.progress(number, len(todo))
        return
    yield from _in_processes(todo, request, today, processes)


def cores() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def _in_processes(todo: list[Work], request: Request, today: str, processes: int) -> Iterator[Done]:
    from mldebt.engine import workers  # brings multiprocessing, as much to import as a small run takes

    configs = list({id(work.config): work.config for work in todo}.values())
    number = {id(config): index for index, config in enumerate(configs)}
    tasks = [Task(work.path, work.absolute, number[id(work.config)], work.data) for work in todo]
    all_rules()  # loaded once, before the processes part
    setup = (tuple(configs), request.detail, today)
    for done, answer in enumerate(workers.answers(_start, setup, tasks, _batches(todo), processes), 1):
        work = todo[answer.task]
        read = storage.unpacked(marshal.loads(answer.data), work.path, today, 0) if answer.data else None
        if answer.failure:
            read = Read(Report(work.path, "", errors=(Failure(answer.failure),)), {}, {})
        elif read is None:
            read = analysed(work.path, work.absolute, work.data, work.config, request.detail)
        if request.progress is not None:
            request.progress(done, len(todo))
        yield work, read, answer.data or None


def _batches(todo: list[Work]) -> list[list[int]]:
    """The biggest files first and alone, the small ones together."""
    sizes = [work.stat[2] if work.stat else len(work.data or b"") for work in todo]
    batches: list[list[int]] = []
    room = 0
    for index in sorted(range(len(todo)), key=lambda index: (-sizes[index], todo[index].path)):
        if sizes[index] > room:
            batches.append([])
            room = BATCH_BYTES
        batches[-1].append(index)
        room -= sizes[index]
    return batches


def _start(setup: tuple[tuple[Config, ...], int, str]) -> Callable[[Task], bytes]:
    """What a worker runs first; see workers.py."""
    configs, detail, today = setup

    def answer(task: Task) -> bytes:
        read = analysed(task.path, task.absolute, task.data, configs[task.config], detail)
        return storage.packed(read, today, detail) or b""

    return answer


def analysed(path: str, absolute: str, data: bytes | None, config: Config, detail: int) -> Read:
    """The report on one file, read now if its bytes are not at hand."""
    if data is None:
        try:
            with open(absolute, "rb") as file:
                data = file.read(MAX_READ)
        except OSError as error:
            why = (error.strerror or type(error).__name__).lower()
            return Read(Report(path, "", errors=(f"cannot be read: {why}",)), {}, {})
    try:
        with processor_limit():
            return read_file(path, data, config, detail)
    except OutOfTime:
        why = f"analysis took more than {FILE_SECONDS:.0f} s of processor time and was given up"
        return Read(Report(path, "", errors=(Failure(why),)), {}, {}, content=digest_of(data))


def _take(state: State, work: Work, read: Read, blob: bytes | None, now: int) -> None:
    state.index.update(work.path, read.report)
    state.reads[work.path] = read
    if state.cache is None or work.stat is None or not read.content:
        return
    blob = blob or storage.packed(read, state.today, state.request.detail)
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
    wants_fixes = state.request.detail & (FIX_TITLES | FIX_EDITS)
    late = [
        one
        for one in findings
        if (one.rule, one.span, one.message) not in own or (wants_fixes and needs_workspace(rules[one.rule]))
    ]
    told = _told_late(state, path, late) if late else {}
    rows = []
    for finding in findings:
        key = (finding.rule, finding.span, finding.message)
        number = own.get(key)
        code, fixes, fingerprint = told.get(key, ((), (), ""))
        if number is not None and read is not None:
            code, fixes = read.code.get(finding.span.start, ()), fixes or read.fixes.get(number, ())
            fingerprint = read.fingerprints[number] if number < len(read.fingerprints) else ""
        rows.append(row_of(finding, rules[finding.rule].category, reports, shown, code, fixes, fingerprint))
    return rows


def _told_late(state: State, path: str, findings: Sequence[Finding]) -> dict[Any, Any]:
    """Code, fixes and fingerprints that a file's own analysis cannot tell: of across rules, of suppressions,
    and of fixes that point at other files. Reads the file once more."""
    request = state.request
    if request.stdin is not None and path == request.stdin[0]:
        data: bytes | None = request.stdin[1]
    else:
        data = _data(os.path.join(request.root, path))
    if data is None:
        return {}
    config, detail, rules = state.configs.for_path(path), request.detail, rules_by_id()
    wants_fixes = detail & (FIX_TITLES | FIX_EDITS) and any(rules[one.rule].fixer for one in findings)
    try:
        text = plain_text(path, data)
        subject = subject_of(path, data, config) if wants_fixes else None
    except Unreadable:
        return {}
    prints = fingerprints_of(path, findings, text) if detail & FINGERPRINTS else [""] * len(findings)
    paths = tuple(sorted(state.index.paths)) if subject is not None else ()
    return {
        (one.rule, one.span, one.message): (
            code_lines(text, *one.span),
            fix_rows(one, subject, config, detail, paths) if subject is not None else (),
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
    # A rule that failed will fail again; a file that could not be read, or an analysis that was killed, may not.
    if question and state.consulted and all(read.content for read in state.reads.values()):
        watched = dict(state.watched)
        for path in (*state.consulted, *configs.consulted):
            watched.setdefault(path, stat_of(path))
        missing = sorted({*configs.missing, *state.missing})
        if all(stat is not None and is_settled(stat, now) for stat in watched.values()):
            cache.remember_run(question, (sorted(watched.items()), missing, result.plain()))
    cache.save()
