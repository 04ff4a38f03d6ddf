"""Where a name is defined, across files: the only home of jedi.

`serve` runs in a process of its own, for as long as somebody asks: jedi takes from a few
milliseconds to some seconds an answer, and what it holds is of no use to anybody else. It
reads the workspace and runs nothing of it: no environment but our own interpreter's is asked,
and no compiled module of the workspace is loaded. Whoever asks sets the time limit.
"""

from __future__ import annotations

import contextlib
import os
from multiprocessing.connection import Connection

from mldebt.engine import workers
from mldebt.typed import NamedTuple

NICENESS = 5


class Question(NamedTuple):
    number: int
    root: str
    """Absolute folder of the workspace."""
    path: str
    """Absolute file."""
    text: str
    """As the editor has it."""
    line: int
    """From 1."""
    column: int
    """From 0, in code points."""


class Place(NamedTuple):
    """Where a name is defined."""

    path: str
    """Absolute file in the workspace."""
    line: int
    column: int


class Answer(NamedTuple):
    number: int
    places: tuple[Place, ...]
    """[] where nothing of the workspace was found."""
    trouble: str = ""
    """Why there is none, for the log."""


def is_there() -> bool:
    """Whether jedi is installed beside us."""
    from importlib.util import find_spec

    return find_spec("jedi") is not None


def serve(connection: Connection) -> None:
    """Answer until the other side has gone; the whole life of a resolving process."""
    workers.die_with_parent()
    with contextlib.suppress(OSError, AttributeError):
        os.nice(NICENESS)
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            question = connection.recv()
            connection.send(answer(question))


def answer(question: Question) -> Answer:
    """Never raises: jedi does, on some code."""
    try:
        return Answer(question.number, tuple(_places(question)))
    except Exception as error:
        return Answer(question.number, (), f"{type(error).__name__}: {error}")


def _places(question: Question) -> list[Place]:
    import jedi
    from jedi.api.environment import InterpreterEnvironment

    # Without an environment of its own, jedi looks for one in the workspace and starts its Python.
    project = jedi.Project(
        question.root,
        environment_path=None,
        load_unsafe_extensions=False,
        smart_sys_path=True,
    )
    script = jedi.Script(
        question.text, path=question.path, project=project, environment=InterpreterEnvironment()
    )
    found = []
    for name in script.goto(question.line, question.column, follow_imports=True):
        path = name.module_path
        if path is None or name.line is None or name.column is None:
            continue
        inside = os.path.realpath(path).startswith(os.path.realpath(question.root) + os.sep)
        if inside:
            found.append(Place(str(path), name.line, name.column))
    return found
