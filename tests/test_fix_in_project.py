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


STAGES = """\
stages:
  train:
    cmd: python train.py
    deps:
      - data/train.csv
    outs:
      - model.pkl
"""
TRAIN = """\
import pickle

import pandas as pd
from sklearn.linear_model import Ridge

table = pd.read_csv("data/train.csv")
extra = pd.read_csv("data/extra.csv")
model = Ridge().fit(table, extra)
pickle.dump(model, open("model.pkl", "wb"))
"""


def project(tmp_path: Path) -> Path:
    rules = '["stage-script-not-tracked", "undeclared-stage-io"]'
    (tmp_path / "pyproject.toml").write_text(f"[tool.mldebt]\nselect = {rules}\n", encoding="utf-8")
    (tmp_path / "dvc.yaml").write_text(STAGES, encoding="utf-8")
    (tmp_path / "train.py").write_text(TRAIN, encoding="utf-8")
    (tmp_path / "data").mkdir()
    for name in ("train.csv", "extra.csv"):
        (tmp_path / "data" / name).write_text("a\n1\n", encoding="utf-8")
    return tmp_path


def mldebt(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mldebt", *arguments, "--no-cache"],
        capture_output=True, text=True, cwd=cwd, env={"PYTHONPATH": str(SERVER)}, timeout=60,
    )  # fmt: skip


def test_unsafe_fixes_of_what_several_files_show_are_made_too(tmp_path: Path) -> None:
    root = project(tmp_path)
    found = mldebt(root, "--check", ".", "--format", "concise").stdout
    assert "stage-script-not-tracked" in found and "undeclared-stage-io" in found
    safe = mldebt(root, "--fix", ".")
    assert (root / "dvc.yaml").read_text(encoding="utf-8") == STAGES, safe.stderr
    shown = mldebt(root, "--fix", "--unsafe-fixes", "--diff", ".")
    assert "+      - train.py" in shown.stdout and "+      - data/extra.csv" in shown.stdout, shown.stderr
    assert shown.returncode == 1 and (root / "dvc.yaml").read_text(encoding="utf-8") == STAGES
    fixed = mldebt(root, "--fix", "--unsafe-fixes", ".")
    assert "Applied 2 fixes (1 stage-script-not-tracked, 1 undeclared-stage-io) in 1 file" in fixed.stderr
    text = (root / "dvc.yaml").read_text(encoding="utf-8")
    assert "      - train.py\n" in text and "      - data/extra.csv\n" in text
    assert "No findings" in mldebt(root, "--check", ".").stdout
    again = mldebt(root, "--fix", "--unsafe-fixes", ".")
    assert "Applied 0 fixes" in again.stderr and (root / "dvc.yaml").read_text(encoding="utf-8") == text


def test_a_fix_that_brings_a_finding_elsewhere_is_left_out(tmp_path: Path) -> None:
    """Here by a rule that is told a lie: what it proposes takes its finding away and makes another file's true."""
    root = project(tmp_path)
    code = (
        "import sys\n"
        "from mldebt.rule import UNSAFE, Fix\n"
        "from mldebt.rules import rules_by_id\n"
        "from mldebt.text import Edit, Span\n"
        "rule = rules_by_id()['stage-script-not-tracked']\n"
        "at = open('dvc.yaml').read().index('train.py')\n"
        "rule.fixer = lambda manifest, finding: [Fix('Run another', (Edit(Span(at, at + 8), 'other.py'),), UNSAFE)]\n"
        "from mldebt.__main__ import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "--fix", "--unsafe-fixes", "--select", "stage-script-not-tracked,broken-stage", "--no-cache", "."],
        capture_output=True, text=True, cwd=root, env={"PYTHONPATH": str(SERVER)}, timeout=60,
    )  # fmt: skip
    assert "left out: “Run another” (stage-script-not-tracked)" in run.stderr, run.stderr
    assert (root / "dvc.yaml").read_text(encoding="utf-8") == STAGES
