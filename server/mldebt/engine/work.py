"""Files to be analysed: here one after the other, or in processes when there is much of them."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Iterator

from mldebt.config import Config
from mldebt.engine import storage
from mldebt.engine.cache import Stat
from mldebt.engine.limits import FILE_SECONDS, OutOfTime, processor_limit
from mldebt.engine.reading import Read, read_file
from mldebt.rule import Failure, Report
from mldebt.rules import all_rules
from mldebt.syntax.source import digest_of
from mldebt.typed import NamedTuple

POOL_BYTES = 1_000_000
# Starting processes costs about as much as 150 files; PERFORMANCE.md, section 8.
BATCH_BYTES = 150_000
# About a fifth of a second of work: a worker asks rarely, and none is left with a long tail.
MAX_READ = 100_000_000
# No file above this is opened; notebooks carry their pictures.

Progress = Callable[[int, int], None]
"""Told (files done, files to do)."""


class Work:
    """A file that has to be analysed; `data` is None until somebody has read it."""

    __slots__ = ("absolute", "config", "data", "path", "stat")

    def __init__(self, path: str, absolute: str, config: Config) -> None:
        self.path, self.absolute, self.config = path, absolute, config
        self.stat: Stat | None = None
        self.data: bytes | None = None

    @property
    def size(self) -> int:
        return self.stat[2] if self.stat else len(self.data or b"")


class Task(NamedTuple):
    """A file for a worker: everything picklable and small."""

    path: str
    absolute: str
    config: int
    """Index into the setup's configurations."""
    data: bytes | None


Done = tuple[Work, Read, bytes | None]
"""A piece of work, its result, and that result as the cache keeps it (None: not made yet)."""


def analyse(
    todo: list[Work], detail: int, today: str, jobs: int = 0, progress: Progress | None = None
) -> Iterator[Done]:
    """Every piece of work with its result, in any order. `jobs`: processes at most; 0: one for each core."""
    size = sum(work.size for work in todo)
    processes = jobs or (cores() if size > POOL_BYTES else 1)
    if processes < 2 or size <= POOL_BYTES or len(todo) < 2:
        for number, work in enumerate(todo, 1):
            yield work, analysed(work.path, work.absolute, work.data, work.config, detail), None
            if progress is not None:
                progress(number, len(todo))
        return
    for number, done in enumerate(in_processes(todo, detail, today, processes), 1):
        if progress is not None:
            progress(number, len(todo))
        yield done


def cores() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def in_processes(todo: list[Work], detail: int, today: str, processes: int) -> Iterator[Done]:
    from mldebt.engine import workers  # brings multiprocessing, as much to import as a small run takes

    configs = list({id(work.config): work.config for work in todo}.values())
    number = {id(config): index for index, config in enumerate(configs)}
    tasks = [Task(work.path, work.absolute, number[id(work.config)], work.data) for work in todo]
    all_rules()  # loaded once, before the processes part
    setup = (tuple(configs), detail, today)
    for answer in workers.answers(start, setup, tasks, _batches(todo), processes):
        work = todo[answer.task]
        read = storage.unpacked(marshal.loads(answer.data), work.path, today, 0) if answer.data else None
        if answer.failure:
            read = Read(Report(work.path, "", errors=(Failure(answer.failure),)), {}, {})
        elif read is None:
            read = analysed(work.path, work.absolute, work.data, work.config, detail)
        yield work, read, answer.data or None


def _batches(todo: list[Work]) -> list[list[int]]:
    """The biggest files first and alone, the small ones together."""
    sizes = [work.size for work in todo]
    batches: list[list[int]] = []
    room = 0
    for index in sorted(range(len(todo)), key=lambda index: (-sizes[index], todo[index].path)):
        if sizes[index] > room:
            batches.append([])
            room = BATCH_BYTES
        batches[-1].append(index)
        room -= sizes[index]
    return batches


def start(setup: tuple[tuple[Config, ...], int, str]) -> Callable[[Task], bytes]:
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
