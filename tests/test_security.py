"""Checking a workspace runs nothing of it, and asks nobody on the network.

One test looks at what our code could do, the others at what it does in a
workspace where every door that usually runs code is wired to leave a trace.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "server" / "mldebt"
DEMO = PACKAGE.parent.parent / "demo"

RUNS_CODE = {
    "eval", "exec", "compile", "__import__", "breakpoint",
    "importlib.import_module", "import_module", "importlib.reload", "runpy.run_path", "runpy.run_module",
    "os.system", "os.popen", "os.execv", "os.execve", "os.execvp", "os.startfile",
    "pickle.load", "pickle.loads", "shelve.open", "dill.load", "joblib.load",
    "yaml.load", "yaml.full_load", "yaml.unsafe_load", "jedi.Interpreter",
    "subprocess.run", "subprocess.Popen", "subprocess.call", "subprocess.check_output", "subprocess.check_call",
}  # fmt: skip
"""Calls that run code, or load data that can."""

MAY = {
    "facts/__init__.py": {"importlib.import_module"},
    # Our own rules and output formats, by names that are not taken from the workspace.
    "rules/__init__.py": {"importlib.import_module"},
    "cli/output.py": {"import_module"},
    "engine/rubric/__init__.py": {"importlib.import_module"},
    "syntax/manifest_toml.py": {"import_module"},
    "config_files.py": {"import_module"},
    # Made of the field names of our own named tuples, as the standard library does.
    "typed.py": {"eval"},
    # `git`, when --changed asks for it, told to run nothing that the repository names.
    "engine/changes.py": {"subprocess.run"},
}
NETWORK_MODULES = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "telnetlib", "xmlrpc", "requests",
                   "httpx", "aiohttp", "urllib3", "webbrowser"}  # fmt: skip
MAY_LISTEN = {"lsp/transport.py"}
"""Serves an editor over TCP when the user asks for it with --tcp."""


def test_our_code_has_no_call_that_runs_what_it_reads() -> None:
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called in RUNS_CODE and called not in MAY.get(name, ()):
                    wrong.append(f"{name}:{node.lineno} calls {called}")
    assert not wrong, "\n".join(wrong)


def test_our_code_opens_no_connection() -> None:
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [f"{node.module}.{alias.name}" for alias in node.names] + [str(node.module)]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            for module in modules:
                known = module in NETWORK_MODULES or module.partition(".")[0] in NETWORK_MODULES
                if known and name not in MAY_LISTEN:
                    wrong.append(f"{name}:{node.lineno} imports {module}")
    assert not wrong, "\n".join(wrong)


TRACE = "import pathlib\npathlib.Path(__file__).with_name('TRACE-' + __name__).touch()\n"
DOORS = (
    "setup.py", "conftest.py", "sitecustomize.py", "usercustomize.py", "__init__.py", "noxfile.py", "manage.py",
    "yaml.py", "tomllib.py", "tomli.py", "jedi.py", "parso.py", "pandas.py", "numpy.py", "sklearn.py", "json.py",
    "ast.py", "re.py", "mldebt_plugin.py", "config.py", "helpers.py",
)  # fmt: skip
"""Files that some tool or import would run, among them the names of modules we import ourselves."""


@pytest.fixture
def trapped(tmp_path: Path) -> Path:
    """A copy of the demo in which running any file, or importing our libraries by name, leaves a trace."""
    workspace = tmp_path / "workspace"
    shutil.copytree(DEMO, workspace)
    for path in workspace.rglob("*.py"):
        path.write_text(path.read_text(encoding="utf-8") + TRACE, encoding="utf-8")
    for name in DOORS:
        (workspace / name).write_text(TRACE, encoding="utf-8")
    (workspace / "train.py").write_text("import helpers\nfrom config import *\n" + TRACE, encoding="utf-8")
    (workspace / "params.yaml").write_text(
        "model: !!python/object/apply:os.system ['touch TRACE-yaml']\n", encoding="utf-8"
    )
    (workspace / ".mldebt_cache").mkdir()
    (workspace / ".mldebt_cache" / "v1").write_bytes(b"cos\nsystem\n(S'touch TRACE-pickle'\ntR.")
    return workspace


def traces(workspace: Path) -> list[str]:
    return sorted(path.name for path in workspace.rglob("TRACE*"))


def script(folder: Path, body: str) -> Path:
    """A start script outside the workspace, as pip installs one: the working folder is not on the import path."""
    path = folder / "start.py"
    path.write_text(body, encoding="utf-8")
    return path


def run(start: Path, workspace: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    return subprocess.run(
        [sys.executable, start, *arguments],
        capture_output=True, text=True, cwd=workspace, env=environment, timeout=100,
    )  # fmt: skip


def test_checking_runs_nothing_of_the_workspace(trapped: Path, tmp_path: Path) -> None:
    start = script(tmp_path, "import sys\nfrom mldebt.__main__ import main\n\nsys.exit(main())\n")
    done = run(start, trapped, "--check", ".", "--format", "json", "--jobs", "2")
    assert done.returncode in (0, 1), done.stderr
    assert json.loads(done.stdout)["findings"]
    again = run(start, trapped, "--check", ".", "--format", "json")
    assert json.loads(again.stdout) == json.loads(done.stdout)
    assert traces(trapped) == []


def test_the_working_folder_is_not_on_the_import_path(trapped: Path, tmp_path: Path) -> None:
    """Also of `python -m mldebt`, which Python itself starts with the working folder before everything else."""
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(
        [sys.executable, "-m", "mldebt", "--check", ".", "--format", "json", "--no-cache"],
        capture_output=True, text=True, cwd=trapped, env=environment, timeout=100,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    assert traces(trapped) == []


NO_NETWORK = """\
import sys
import socket

def refused(*args, **kwargs):
    raise AssertionError("a connection was asked for")

socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refused
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refused
from mldebt.__main__ import main
sys.exit(main())
"""


def test_checking_asks_nobody_on_the_network(trapped: Path, tmp_path: Path) -> None:
    (trapped / "urls.py").write_text(
        'import pandas as pd\n\ntable = pd.read_csv("https://example.invalid/a.csv")\n', encoding="utf-8"
    )
    start = script(tmp_path, NO_NETWORK)
    done = run(start, trapped, "--check", ".", "--no-cache", "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    assert "a connection was asked for" not in done.stderr
    assert traces(trapped) == []


ASK = """\
import json
import sys
from mldebt.engine.resolve import Question, answer

path, root = sys.argv[1:]
text = open(path, encoding="utf-8").read()
print(json.dumps([answer(Question(1, root, path, text, line, column)).places for line, column in ((1, 8), (3, 1), (4, 9), (5, 4))]))
"""


def test_resolving_a_name_runs_nothing_of_the_workspace(trapped: Path, tmp_path: Path) -> None:
    """Also no Python of an environment that stands in it, and nothing its `.jedi` folder asks for."""
    python = trapped / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\ntouch '{trapped}/TRACE-python'\n", encoding="utf-8")
    python.chmod(0o755)
    (trapped / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\n", encoding="utf-8")
    (trapped / ".jedi").mkdir()
    options = {
        "environment_path": str(python),
        "load_unsafe_extensions": True,
        "added_sys_path": [str(trapped)],
    }
    (trapped / ".jedi" / "project.json").write_text(json.dumps([1, options]), encoding="utf-8")
    (trapped / "gi.py").write_text(TRACE, encoding="utf-8")
    (trapped / "helpers.py").write_text(TRACE + "VALUE = 1\n", encoding="utf-8")
    (trapped / "asks.py").write_text(
        "import helpers\nimport gi, numpy, pandas, json\nnumpy.array([1])\nhelpers.VALUE\ngi.repository\n",
        encoding="utf-8",
    )
    done = run(script(tmp_path, ASK), trapped, str(trapped / "asks.py"), str(trapped))
    assert done.returncode == 0, done.stderr
    imported, _, value, _ = json.loads(done.stdout)
    assert [place[0] for place in imported + value] == [str(trapped / "helpers.py")] * 2
    assert value[0][1:] == [3, 0]
    assert traces(trapped) == []
