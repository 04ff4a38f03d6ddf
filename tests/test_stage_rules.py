"""Rules about dvc.yaml where they meet the disk and the file's own layout."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from pathlib import Path

import pytest

from examples import check, config_for
from mldebt.cli.main import main
from mldebt.fixes.yaml_list import added_items
from mldebt.syntax.manifest import read_manifest
from mldebt.text import apply_edits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("stages:\n  a:\n    cmd: x\n    deps:\n    - b\n", "stages:\n  a:\n    cmd: x\n    deps:\n    - b\n    - new.py\n"),
        ("stages:\n  a:\n    deps: [b, c]  # why\n", "stages:\n  a:\n    deps: [b, c, new.py]  # why\n"),
        ("stages:\n  a:\n    cmd: x\n", "stages:\n  a:\n    cmd: x\n    deps:\n      - new.py\n"),
        ("stages:\n  a:\n    cmd: x", "stages:\n  a:\n    cmd: x\n    deps:\n      - new.py"),
        (
            "stages:\n  a:\n    deps:\n      - b:\n          hash: md5\n    outs: [c]\n",
            "stages:\n  a:\n    deps:\n      - b:\n          hash: md5\n      - new.py\n    outs: [c]\n",
        ),
        (
            "stages:\r\n  a:\r\n    deps:\r\n      - b # note\r\n",
            "stages:\r\n  a:\r\n    deps:\r\n      - b # note\r\n      - new.py\r\n",
        ),
        (
            "stages:\n  a:\n    cmd: >-\n      python x\n      y\n\n  b:\n    cmd: z\n",
            "stages:\n  a:\n    cmd: >-\n      python x\n      y\n    deps:\n      - new.py\n\n  b:\n    cmd: z\n",
        ),
        ("stages: {a: {cmd: x}}\n", None),
    ],
)  # fmt: skip
def test_an_item_is_added_in_the_files_own_layout(text: str, expected: str | None) -> None:
    edit = added_items(read_manifest("dvc.yaml", text), ("stages", "a"), "deps", ["new.py"])
    assert (apply_edits(text, [edit]) if edit else None) == expected


def test_an_item_that_yaml_would_misread_is_quoted() -> None:
    text = "a:\n  b: [c]\n"
    edit = added_items(read_manifest("dvc.yaml", text), ("a",), "b", ["1: x", "yes", "with space.csv"])
    assert edit is not None
    assert apply_edits(text, [edit]) == 'a:\n  b: [c, "1: x", "yes", with space.csv]\n'


PIPELINE = "stages:\n  train:\n    cmd: python train.py\n    deps: [train.py]\n    outs: [model.pkl]\n"


def lock(md5: str) -> str:
    return (
        "stages:\n  train:\n    cmd: python train.py\n    deps:\n"
        f"    - path: train.py\n      md5: {md5}\n    outs:\n    - path: model.pkl\n      md5: 22a1\n"
    )


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_lock_is_compared_whatever_the_line_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line_end: str
) -> None:
    code = "import pandas\nprint(1)\n"
    (tmp_path / "train.py").write_bytes(code.encode())
    (tmp_path / "dvc.yaml").write_text(PIPELINE, encoding="utf-8")
    md5 = hashlib.md5(code.replace("\n", line_end).encode()).hexdigest()
    (tmp_path / "dvc.lock").write_text(lock(md5), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    run = ["--select", "dvc-lock-stale", "--no-cache", "--format", "concise", "."]
    assert main(run) == 0
    assert "dvc-lock-stale" not in capsys.readouterr().out
    (tmp_path / "train.py").write_bytes(code.encode() + b"print(2)\n")
    assert main(run) == 1
    assert "`train.py`" in capsys.readouterr().out


def test_what_git_ignores_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dvc.yaml").write_text(
        PIPELINE.replace("[train.py]", "[train.py, raw.csv, data]"), encoding="utf-8"
    )
    (tmp_path / "train.py").write_text("import pandas\n", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("raw.csv\n/data\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    run = ["--select", "broken-stage", "--no-cache", "--format", "concise", "."]
    assert main(run) == 1
    assert capsys.readouterr().out.count("broken-stage") == 2
    (tmp_path / "raw.csv").write_text("a\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    assert main(run) == 0


def test_a_stage_made_from_a_template_is_left_alone() -> None:
    text = (
        "stages:\n  each:\n    foreach: [a, b]\n    do:\n      cmd: python run.py ${item}\n      deps: ['${item}.csv']\n"
        "  last:\n    cmd: python run.py\n    deps: [run.py, a.out]\n    outs: [b.csv]\n"
    )
    findings, _ = check(
        {"dvc.yaml": text, "run.py": "import pandas\n"},
        config_for("broken-stage", "stage-script-not-tracked"),
    )
    assert findings == []


def test_a_drafted_pipeline_is_shown_and_never_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "import pandas as pd\n\n"
    steps = ("raw", "a", "b", "c", "d")
    for number, (before, after) in enumerate(pairwise(steps)):
        code = f"{head}pd.read_csv('data/{before}.csv').dropna().to_csv('data/{after}.csv')\n"
        (tmp_path / f"step_{'wxyz'[number]}.py").write_text(code, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["--diff", "--select", "pipeline-without-dag", "--no-cache", "."]) == 0
    shown = capsys.readouterr()
    assert "--- /dev/null\n+++ dvc.yaml\n" in shown.out
    assert "+    cmd: python step_w.py\n" in shown.out
    assert "never writes" in shown.err
    assert main(["--fix", "--unsafe-fixes", "--select", "pipeline-without-dag", "--no-cache", "."]) == 0
    assert not (tmp_path / "dvc.yaml").exists()
