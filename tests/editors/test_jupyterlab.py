"""JupyterLab with the setup text of README.md: a file and a notebook, findings while typing. It has no menu of fixes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import UNPACKED
from jupyterlab import JupyterLab
from readme_text import setup_text
from scenario import FLAGSHIPS, SAMPLE

PATH = '"/home/mara/projects/churn/churn.csv"'
TYPED = 'backup = pd.read_csv("/home/mara/old/churn_backup.csv")'
CELLS = ("%matplotlib inline\nimport pandas as pd", f"# 🙂 notes\nframe = pd.read_csv({PATH})")


def notebook(cells: tuple[str, ...]) -> str:
    found = [
        {
            "cell_type": "code",
            "id": f"c{n}",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": text,
        }
        for n, text in enumerate(cells)
    ]
    language = {"name": "python", "version": "3.11", "file_extension": ".py", "mimetype": "text/x-python"}
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": language}
    return json.dumps({"cells": found, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def programs() -> tuple[list[str], list[str]]:
    jupyter = UNPACKED / "jupyterlab" / "bin" / "jupyter"
    browser = shutil.which("chromium")
    if not jupyter.exists() or not browser:
        pytest.skip("not run: JupyterLab or Chromium is not there")
    return [str(jupyter)], [browser]


def test_a_session_in_jupyterlab(workplace) -> None:
    program, browser = programs()
    folder = workplace.file.parent
    (folder / "explore.ipynb").write_text(notebook(CELLS))
    setup = setup_text("JupyterLab", "json")
    env = {**workplace.env, "PATH": f"{workplace.env['PATH']}:{Path(program[0]).parent}"}
    lab = JupyterLab(program, browser, env, setup, folder, workplace.home)
    try:
        lab.open("train.py")
        lab.until("the path is marked", lambda: PATH in lab.marked())
        lab.until("all findings are marked", lambda: len(lab.marked()) >= len(FLAGSHIPS))
        assert "hardcoded-path" in lab.tip_of("/home/mara")
        before = len(lab.marked())
        lab.put_the_cursor_at_the_end()
        lab.type(f"\n{TYPED}")
        lab.until("what was typed is marked", lambda: any("churn_backup" in one for one in lab.marked()))
        lab.save(lambda: TYPED in workplace.file.read_text(encoding="utf-8"))
        lab.undo_all()
        lab.until("what was typed is gone", lambda: len(lab.marked()) == before)
        lab.save(lambda: workplace.file.read_bytes() == SAMPLE.read_bytes())

        lab.open("explore.ipynb")
        lab.until("the second cell has its finding", lambda: PATH in lab.marked())
        assert "hardcoded-path" in lab.tip_of("/home/mara")
        lab.put_the_cursor_at_the_end()
        lab.type(f"\n{TYPED}")
        lab.until("what was typed is marked", lambda: any("churn_backup" in one for one in lab.marked()))
    finally:
        lab.close()
