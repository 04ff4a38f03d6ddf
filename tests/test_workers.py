"""The pool: every task is answered whatever happens to a worker, and no worker outlives the pool."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import SERVER, files, run

from mldebt.engine.limits import OutOfTime, processor_limit
from mldebt.engine.work import cores
from mldebt.engine.workers import Answer, answers


def start(setup: Path) -> Callable[[str], bytes]:
    """Does what the task says; `setup` is a folder to leave traces in."""

    def answer(task: str) -> bytes:
        word, _, rest = task.partition(" ")
        if word == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "die-once" and not (setup / rest).exists():
            (setup / rest).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "hang":
            time.sleep(100)
        if word == "raise":
            raise ValueError("no")
        if word == "exit":
            os._exit(7)
        return task.encode()

    return answer


def asked(
    tmp_path: Path,
    tasks: list[str],
    batches: list[list[int]],
    processes: int = 2,
    method: str = "fork",
    hang_seconds: float = 60.0,
) -> list[Answer]:
    found = sorted(answers(start, tmp_path, tasks, batches, processes, hang_seconds, method))
    assert [one.task for one in found] == list(range(len(tasks))), "each task is answered once"
    return found


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_every_task_is_answered_in_any_number_of_processes(tmp_path: Path, method: str) -> None:
    tasks = [f"task {n}" for n in range(20)]
    for processes in (1, 3):
        found = asked(tmp_path, tasks, [[n, n + 1] for n in range(0, 20, 2)], processes, method)
        assert [one.data.decode() for one in found] == tasks


def test_a_killed_worker_costs_only_its_task(tmp_path: Path) -> None:
    found = asked(tmp_path, ["a", "die", "b", "c", "exit", "d"], [[0, 1, 2], [3, 4, 5]])
    assert [one.data for one in found] == [b"a", b"", b"b", b"c", b"", b"d"]
    assert found[1].failure == "analysis was ended by SIGKILL"
    assert found[4].failure == "analysis ended its process (exit code 7)"


def test_a_killed_task_gets_a_second_chance(tmp_path: Path) -> None:
    found = asked(tmp_path, ["a", "die-once x", "b"], [[0, 1, 2]])
    assert [one.data for one in found] == [b"a", b"die-once x", b"b"]


def test_a_hanging_task_is_given_up(tmp_path: Path) -> None:
    before = time.monotonic()
    found = asked(tmp_path, ["a", "hang", "b"], [[0, 1, 2]], processes=1, hang_seconds=1.0)
    assert [one.failure for one in found] == ["", "analysis did not end within 1 s", ""]
    assert time.monotonic() - before < 20


def test_an_exception_costs_only_its_task(tmp_path: Path) -> None:
    found = asked(tmp_path, ["raise", "a"], [[0, 1]])
    assert found[0].failure == "analysis failed (ValueError: no)" and found[1].data == b"a"


def test_leaving_early_ends_the_workers(tmp_path: Path) -> None:
    import multiprocessing

    pool = answers(start, tmp_path, ["a", "hang", "hang"], [[0], [1], [2]], 3, method="fork")
    next(pool)
    pool.close()
    assert multiprocessing.active_children() == []


def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    script = (
        f"import sys, os; sys.path[:0] = [{str(SERVER)!r}, {str(Path(__file__).parent)!r}]\n"
        "from pathlib import Path\n"
        "from test_workers import start\n"
        "from mldebt.engine.workers import answers\n"
        "import threading, multiprocessing, time\n"
        "def tell():\n"
        "    time.sleep(1)\n"
        "    print(*[child.pid for child in multiprocessing.active_children()], flush=True)\n"
        "threading.Thread(target=tell, daemon=True).start()\n"
        f"list(answers(start, Path({str(tmp_path)!r}), ['hang'] * 2, [[0], [1]], 2, method='fork'))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pids = [int(word) for word in parent.stdout.readline().split()]
    assert len(pids) == 2
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 3
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, pids))


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_processor_time_is_limited() -> None:
    with pytest.raises(OutOfTime), processor_limit(0.05):
        while True:
            pass
    with processor_limit(0.05):
        time.sleep(0.1)  # waiting costs no processor time


def test_a_runaway_file_is_given_up_and_the_others_are_checked(tmp_path: Path) -> None:
    leaky = 'import pandas as pd\n\nframe = pd.read_csv("/home/maria/train.csv")\n'
    root = files(tmp_path / "w", {"a.py": leaky, "stuck.py": leaky, "z.py": leaky})
    slow = files(
        tmp_path / "inject",
        {
            "sitecustomize.py": (
                "import mldebt.engine.work as r\n"
                "import mldebt.engine.limits as limits\n"
                "real = r.read_file\n"
                "def read(path, *rest):\n"
                "    while path == 'stuck.py': pass\n"
                "    return real(path, *rest)\n"
                "r.read_file = read\n"
                "r.processor_limit = lambda: limits.processor_limit(0.2)\n"
            )
        },
    )
    path = os.pathsep.join([str(slow), str(SERVER)])
    for jobs in ("1", "2"):
        ran = run(
            root,
            ".",
            "--select",
            "hardcoded-path",
            "--format",
            "json",
            "--no-cache",
            "--jobs",
            jobs,
            env={"PYTHONPATH": path},
        )
        assert [one["path"] for one in ran.findings] == ["a.py", "z.py"]
        assert ran.code == 2 and "stuck.py: analysis took more than" in ran.err


def test_there_is_a_core() -> None:
    assert cores() >= 1
