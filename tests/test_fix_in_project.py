"""`--fix` knows the workspace: a path to a file of the project is found from the project's folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SERVER = Path(__file__).resolve().parent.parent / "server"
TEXT = '''"""Trains."""
import pandas as pd

train = pd.read_csv("/home/ann/churn/data/train.csv")
held_out = pd.read_csv("/home/ann/elsewhere/held_out.csv")
'''


def test_fix_builds_the_path_from_the_project(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.mldebt]\nselect = ["hardcoded-path"]\n', encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "train.csv").write_text("a\n1\n", encoding="utf-8")
    script = tmp_path / "src" / "train.py"
    script.parent.mkdir()
    script.write_text(TEXT, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "mldebt", "--fix", "src", "--no-cache"],
        capture_output=True, text=True, cwd=tmp_path, env={"PYTHONPATH": str(SERVER)}, timeout=60,
    )  # fmt: skip
    assert run.returncode == 1, run.stderr  # the other path is not in the project: it stays, and is told
    assert (
        script.read_text(encoding="utf-8")
        == '''"""Trains."""
from pathlib import Path

import pandas as pd

train = pd.read_csv(Path(__file__).resolve().parents[1] / "data" / "train.csv")
held_out = pd.read_csv("/home/ann/elsewhere/held_out.csv")
'''
    )
