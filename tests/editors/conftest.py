"""Which editors there are, and a clean home for each.

Plain `pytest` leaves this folder out: it needs programs that pip cannot install. `tests/editors/run`
installs them and sets MLDEBT_EDITORS.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))
pytest.register_assert_rewrite("scenario")

CHOSEN = os.environ.get("MLDEBT_EDITORS", "").replace(",", " ").split()
MUST_RUN = bool(os.environ.get("MLDEBT_EDITORS_NAMED"))
"""The user named the editors: one of which nothing could be run is a failure."""
collect_ignore_glob = [] if CHOSEN else ["test_*.py"]

UNPACKED = Path(
    os.environ.get("MLDEBT_EDITORS_CACHE")
    or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mldebt-editors"
)
SERVER_ENDS_SECONDS = 5.0


ran: dict[str, bool] = {}
"""By test file, whether any of its sessions was run."""


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    file = report.location[0]
    ran[file] = ran.get(file, False) or (
        report.when == "call" and (not report.skipped or hasattr(report, "wasxfail"))
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    never = [file for file, any_ran in ran.items() if not any_ran]
    if MUST_RUN and never:
        print(f"\nnot run at all: {', '.join(never)}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@dataclass(frozen=True)
class Workplace:
    """A home folder with nothing of the user's in it, and the sample open to be worked on."""

    home: Path
    file: Path
    env: dict[str, str]

    def program(self, name: str, source: str) -> Sequence[str]:
        """The words that start an editor: from the PATH, or unpacked from a Debian suite. Skips if it is not there."""
        if not shutil.which("tmux"):
            pytest.skip("not run: tmux is not installed")
        if source == "PATH":
            if not shutil.which(name):
                pytest.skip(f"not run: there is no {name} on the PATH")
            return [name]
        run = UNPACKED / source / "run"
        if not run.exists() or not any((run.parent / "usr" / "bin").glob(f"{name}*")):
            pytest.skip(f"not run: {name} of Debian {source} has not been unpacked")
        return [str(run), name]


@pytest.fixture
def workplace() -> Iterator[Workplace]:
    from scenario import SAMPLE

    # Sockets need short paths, so not pytest's own folder.
    home = Path(tempfile.mkdtemp(prefix="mldebt-"))
    project = home / "churn"
    project.mkdir()
    file = project / "train.py"
    shutil.copy(SAMPLE, file)
    env = {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "PATH": f"{folder_of_our_command(home)}{os.pathsep}{os.environ['PATH']}",
    }
    yield Workplace(home, file, env)
    left = processes_of(home)
    shutil.rmtree(home, ignore_errors=True)
    assert not left, f"still running after the editor has ended: {left}"


def folder_of_our_command(home: Path) -> Path:
    """Where `mldebt-lsp` is: installed beside this Python, or made for this checkout."""
    installed = Path(sys.executable).parent
    if (installed / "mldebt-lsp").exists():
        return installed
    folder = home / "bin"
    folder.mkdir()
    command = folder / "mldebt-lsp"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT / "server"}" exec "{sys.executable}" -m mldebt "$@"\n')
    command.chmod(0o755)
    return folder


def processes_of(home: Path) -> list[str]:
    """Command lines of what was started with this home folder and does not end. Knows Linux only."""
    end = time.monotonic() + SERVER_ENDS_SECONDS
    mark = f"HOME={home}\0".encode()
    while True:
        running = [words for process in Path("/proc").glob("[0-9]*") if (words := words_if(process, mark))]
        if not running or time.monotonic() > end:
            return running
        time.sleep(0.1)


def words_if(process: Path, mark: bytes) -> str:
    """The command line of a process whose environment has the mark; "" for any other, or one that has ended."""
    with contextlib.suppress(OSError):
        if mark in (process / "environ").read_bytes():
            return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    return ""
