"""All reports of a workspace, as a stream, made in a process of its own.

`serve` runs there: it lists the files, takes what the cache remembers, has the
rest analysed by workers, and sends everything through one pipe in small parts.
So whoever listens (an editor's server) never waits for a disk or a parse. It
ends with its parent, and its workers with it.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection

from mldebt.config_files import Configs, Overrides
from mldebt.engine import run, workers
from mldebt.engine.cache import project_cache
from mldebt.engine.discovery import Discovered
from mldebt.engine.project import project_root
from mldebt.engine.work import Done, Work, analysed, cores, in_processes
from mldebt.rule import Report
from mldebt.rules import rules_by_id
from mldebt.typed import NamedTuple

NICENESS = 10
# Behind everything the user does; on an idle machine it costs nothing.
FEW_FILES = 5
# Analysed right here: a worker takes as long to start as 20 files to analyse.
PART_SECONDS = 0.05
MAX_PART = 50
# A part is unpickled in one go by a process that somebody types into: 50 reports take about 2 ms.


class Order(NamedTuple):
    """What to look at."""

    root: str
    """Absolute folder."""
    paths: tuple[str, ...] = ()
    """Absolute files; empty: everything below the root."""
    careful: bool = False
    """Trust no file with this process, not even the only one."""


class Listing(NamedTuple):
    """Sent first: what there is. All paths are relative to the root."""

    files: tuple[str, ...]
    """What is going to be reported on."""
    paths: tuple[str, ...]
    """Every file of the workspace, also those no rule reads; empty unless all of it is looked at."""


class Part(NamedTuple):
    """Some reports by relative path, and how far the work is."""

    reports: tuple[tuple[str, Report], ...]
    done: int


class End(NamedTuple):
    """Sent last."""

    trouble: str
    """Why there may be reports missing, or ""."""


Message = Listing | Part | End


def serve(connection: Connection, order: Order) -> None:
    """Send the messages of one order through the pipe; the whole life of a scanning process."""
    workers.die_with_parent()
    with contextlib.suppress(OSError, AttributeError):
        os.nice(NICENESS)
    try:
        for message in messages(order):
            connection.send(message)
    except (OSError, BrokenPipeError):
        pass  # Nobody listens any more.
    finally:
        connection.close()


def messages(order: Order) -> Iterator[Message]:
    """What a scan has to say. Never raises: trouble is said at the end."""
    try:
        yield from _scanned(order)
    except Exception as error:  # the editor goes on without other files' findings, and its log says why
        yield End(f"{type(error).__name__}: {error}")
    else:
        yield End("")


def _scanned(order: Order) -> Iterator[Message]:
    configs = Configs(order.root, rules_by_id(), datetime.date.today(), Overrides())
    whole = not order.paths
    paths = order.paths or (order.root,)
    request = run.Request(root=order.root, paths=paths, cwd=order.root, force_exclude=True)
    found: Discovered = run.discovered(request, configs, configs.for_path(""))
    yield Listing(found.files, found.all_paths if whole else ())
    top, marked = project_root([order.root])
    cache = project_cache(order.root, marked and top == os.path.realpath(order.root))
    state = run.State(request, configs, cache, found)
    now = time.time_ns()
    todo = run.recall(state, found.files, now)
    remembered = sorted(state.index.reports.items())
    done = 0
    for at in range(0, len(remembered), MAX_PART):
        part = tuple(remembered[at : at + MAX_PART])
        done += len(part)
        yield Part(part, done)
    waiting: list[tuple[str, Report]] = []
    sent = time.monotonic()
    for work, read, blob in _analysed(todo, request, str(configs.today), order.careful):
        run.take(state, work, read, blob, now)
        waiting.append((work.path, read.report))
        if len(waiting) >= MAX_PART or time.monotonic() - sent > PART_SECONDS:
            done += len(waiting)
            yield Part(tuple(waiting), done)
            waiting, sent = [], time.monotonic()
    yield Part(tuple(waiting), done + len(waiting))
    if cache is not None:
        cache.save()


def _analysed(todo: list[Work], request: run.Request, today: str, careful: bool) -> Iterator[Done]:
    if len(todo) <= FEW_FILES and not careful:
        for work in todo:
            yield work, analysed(work.path, work.absolute, work.data, work.config, request.detail), None
    elif todo:
        yield from in_processes(todo, request.detail, today, max(1, cores() - 1))
