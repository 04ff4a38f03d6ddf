"""The command line and the server say the same of the same files: every file, opened and closed, notebooks too.

Our demo by default; every repository of MLDEBT_CORPUS with MLDEBT_NIGHTLY=1.
"""

from __future__ import annotations

import json
import shutil
import tokenize
from pathlib import Path
from typing import Any

import pytest
from command_line import run
from harness import Client
from nightly import CORPUS, NIGHTLY, OWN_CODE, size
from test_session import BASIC
from test_workspace import until

from mldebt.engine.discovery import discover

DEMO = OWN_CODE.parents[1] / "demo"
REPOSITORIES = sorted(path for path in CORPUS.iterdir() if path.is_dir()) if NIGHTLY else [DEMO]
SEVERITIES = {"error": 1, "warning": 2, "information": 3, "hint": 4}
SHOWN = 1000
# Of one document; the command line has no such limit.

Told = tuple[Any, ...]

# An editor that counts as the command line does.
EDITOR: dict[str, Any] = {
    "capabilities": {
        **BASIC["capabilities"],
        "general": {"positionEncodings": ["utf-32"]},
        "notebookDocument": {"synchronization": {}},
        "workspace": {
            **BASIC["capabilities"]["workspace"],
            "didChangeWatchedFiles": {"dynamicRegistration": True},
        },
    }
}


def of_command_line(found: dict[str, Any]) -> Told:
    """(rule, severity, place, cell, message)"""
    place = (found["line"] - 1, found["column"] - 1, found["end_line"] - 1, found["end_column"] - 1)
    return (found["rule"], SEVERITIES[found["severity"]], place, found.get("cell", 0), found["message"])


def of_server(found: dict[str, Any], cell: int = 0) -> Told:
    start, end = found["range"]["start"], found["range"]["end"]
    place = (start["line"], start["character"], end["line"], end["character"])
    message = found["message"].partition("\n")[0].removesuffix(f" [{found['code']}]")
    return (found["code"], found["severity"], place, cell, message)


def first_line(told: list[Told]) -> list[Told]:
    return sorted((*one[:4], one[4].partition("\n")[0].removesuffix(f" [{one[0]}]")) for one in told)


class Editor:
    """Opens a file and waits for what is shown of it."""

    def __init__(self, client: Client, root: Path) -> None:
        self.client, self.root = client, root
        self.cells: dict[str, list[tuple[int, str]]] = {}
        """Of the notebook that is open: (number, URI)."""

    def shown(self, path: str) -> list[Told]:
        """Right now, of a file by its relative path."""
        uris = self.cells.get(path) or [(0, (self.root / path).as_uri())]
        found = []
        for cell, uri in uris:
            latest = self.client.latest(uri)
            found += [of_server(one, cell) for one in (latest["diagnostics"] if latest else ())]
        return sorted(found)

    def open(self, path: str) -> bool:
        """Whether an editor would open it."""
        file = self.root / path
        uri = file.as_uri()
        if path.endswith(".ipynb"):
            return self._open_notebook(path, uri)
        try:
            with tokenize.open(file) as stream:
                text = file.read_bytes().decode(stream.encoding)
        except (OSError, SyntaxError, UnicodeDecodeError):
            return False
        self.client.open(uri, text, language="python" if path.endswith((".py", ".pyi")) else "plaintext")
        return True

    def _open_notebook(self, path: str, uri: str) -> bool:
        try:
            content = json.loads((self.root / path).read_text("utf-8"))
            sources = [(one["cell_type"], "".join(one["source"])) for one in content["cells"]]
            counts = [one.get("execution_count") for one in content["cells"]]
        except (OSError, ValueError, KeyError, TypeError):
            return False
        cells = [f"vscode-notebook-cell:{uri.removeprefix('file:')}#W{n}" for n in range(1, len(sources) + 1)]
        self.cells = {path: list(enumerate(cells, 1))}
        self.client.notify(
            "notebookDocument/didOpen",
            {
                "notebookDocument": {
                    "uri": uri,
                    "notebookType": "jupyter-notebook",
                    "version": 1,
                    "cells": [
                        {
                            "kind": 2 if kind == "code" else 1,
                            "document": cell,
                            **({"executionSummary": {"executionOrder": count}} if count else {}),
                        }
                        for cell, (kind, _), count in zip(cells, sources, counts)
                    ],
                },
                "cellTextDocuments": [
                    {
                        "uri": cell,
                        "languageId": "python" if kind == "code" else "markdown",
                        "version": 1,
                        "text": text,
                    }
                    for cell, (kind, text) in zip(cells, sources)
                ],
            },
        )
        return True

    def close(self, path: str) -> None:
        uri = (self.root / path).as_uri()
        if path.endswith(".ipynb"):
            self.client.notify("notebookDocument/didClose", {"notebookDocument": {"uri": uri}})
            self.cells = {}
        else:
            self.client.close(uri)


def copied(repository: Path, to: Path) -> Path:
    """The repository without its history, so that nothing is written into the original."""
    data = shutil.ignore_patterns(
        ".git", "*.csv", "*.png", "*.jpg", "*.zip", "*.h5", "*.pkl", "*.pth", "*.pt", "*.gz", ".mldebt_cache"
    )
    root = to / "work"
    shutil.copytree(repository, root, symlinks=True, ignore=data)
    (root / ".git").mkdir(exist_ok=True)
    return root


@pytest.mark.timeout(size(120, 3600))
@pytest.mark.parametrize("repository", REPOSITORIES, ids=lambda path: path.name)
def test_command_line_and_server_agree_on_every_file(repository: Path, tmp_path: Path) -> None:
    root = copied(repository, tmp_path)
    checked = json.loads(run(root, "--check", ".", "--format", "json", "--no-cache", timeout=900).out)
    wanted: dict[str, list[Told]] = {}
    for found in checked["findings"]:
        wanted.setdefault(found["path"], []).append(of_command_line(found))
    wanted = {path: first_line(told) for path, told in wanted.items()}
    files = discover([str(root)], root=str(root)).files
    differences: dict[str, Any] = {}
    with Client() as client:
        client.initialize(EDITOR, root=root, options={"diagnosticMode": "workspace"})
        editor = Editor(client, root)
        closed = {
            path: told for path, told in wanted.items() if not path.endswith(".ipynb") and len(told) <= SHOWN
        }
        until(lambda: {path for path in closed if editor.shown(path) != closed[path]} == set(), size(60, 900))
        n_opened = 0
        for path in files:
            expected = wanted.get(path, [])
            if len(expected) > SHOWN or not editor.open(path):
                continue
            n_opened += 1
            if not path.endswith(".ipynb"):
                client.diagnostics((root / path).as_uri(), seconds=60)
            try:
                until(lambda p=path, e=expected: editor.shown(p) == e, 10)  # type: ignore[misc]
            except AssertionError:
                shown = editor.shown(path)
                differences[path] = (
                    [one for one in expected if one not in shown],
                    [one for one in shown if one not in expected],
                )
            editor.close(path)
            del client.log[:]
        assert client.leave() == 0
    print(f"\n{repository.name}: {n_opened} files opened, {sum(map(len, wanted.values()))} findings")
    assert n_opened or not files
    assert not differences


def test_they_agree_on_odd_names_and_byte_order_marks(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "a+b (c) & d").mkdir(parents=True)
    (project / "a+b (c) & d" / "train+1.py").write_text(
        "import pandas as pd\n\ntable = pd.read_csv('/home/ann/churn/a.csv')\n", encoding="utf-8-sig"
    )
    stages = "stages:\n  train:\n    cmd: python train.py\n    outs:\n      - model.pkl\n"
    (project / "dvc.yaml").write_text(stages, encoding="utf-8-sig")
    (project / "train.py").write_text("import sklearn\n", encoding="utf-8")
    test_command_line_and_server_agree_on_every_file(project, tmp_path)
