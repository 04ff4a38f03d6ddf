"""`--baseline` and `--changed`: a run reports what is new, and says what it left out."""

from __future__ import annotations

import subprocess
from pathlib import Path

import command_line
import pytest
from command_line import Ran

OLD = 'import pandas as pd\n\nold = pd.read_csv("/home/zoe/old.csv")\n'
NEW = 'new = pd.read_csv("/home/zoe/new.csv")\n'


def run(folder: Path, *words: str, path: str = ".", **environment: str) -> Ran:
    options = ("--format", "concise", "--select", "hardcoded-path")
    return command_line.run(folder, "--check", path, *options, *words, env=environment)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "train.py").write_text(OLD)
    (tmp_path / "requirements.txt").write_text("pandas==2.2.0\n")
    (tmp_path / "pyproject.toml").write_text("")
    return tmp_path


def test_known_findings_are_left_out_and_counted(project: Path) -> None:
    assert run(project).code == 1
    written = run(project, "--write-baseline")
    assert (written.code, written.out) == (0, "")
    assert "1 added, 0 removed, 1 in all" in written.err
    with (project / "train.py").open("a") as file:
        file.write(NEW)
    told = run(project, "--baseline", "mldebt-baseline.jsonl")
    assert told.code == 1
    assert [line.split(": ")[0] for line in told.out.splitlines()] == ["train.py:4:19"]
    assert "1 known finding not shown" in told.err


def test_paid_debt_is_named_and_pruned(project: Path) -> None:
    run(project, "--write-baseline")
    (project / "train.py").write_text("import pandas as pd\n")
    assert "1 entry of the baseline is paid off" in run(project, "--baseline", "mldebt-baseline.jsonl").err
    assert "0 added, 1 removed, 0 in all" in run(project, "--prune-baseline").err
    assert (project / "mldebt-baseline.jsonl").read_text().count("\n") == 1


def test_what_a_run_did_not_look_at_is_not_paid_off(project: Path) -> None:
    (project / "other").mkdir()
    (project / "other" / "serve.py").write_text(OLD)
    run(project, "--write-baseline")
    told = run(project, "--baseline", "mldebt-baseline.jsonl", path="other")
    assert "1 known finding not shown" in told.err and "paid off" not in told.err


@pytest.mark.parametrize("option", ["--write-baseline", "--prune-baseline"])
def test_ci_never_writes_a_baseline(project: Path, option: str) -> None:
    told = run(project, option, CI="true")
    assert told.code == 4 and "only read" in told.err
    assert not (project / "mldebt-baseline.jsonl").exists()


@pytest.mark.parametrize(("text", "words"), [(None, "there is no baseline"), ("{", "line 1")])
def test_a_missing_or_broken_baseline_is_said_plainly(project: Path, text: str | None, words: str) -> None:
    if text is not None:
        (project / "known.jsonl").write_text(text)
    told = run(project, "--baseline", "known.jsonl")
    assert told.code == 4 and words in told.err and "Traceback" not in told.err


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def test_changed_shows_findings_on_changed_lines_and_in_new_files(project: Path) -> None:
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "x")
    assert run(project, "--changed").out == ""
    with (project / "train.py").open("a") as file:
        file.write(NEW)
    (project / "serve.py").write_text(OLD)
    places = [line.split(": ")[0] for line in run(project, "--changed").out.splitlines()]
    assert places == ["serve.py:3:19", "train.py:4:19"]
    git(project, "add", "-A")
    git(project, "commit", "-qm", "y")
    assert run(project, "--changed").out == ""
    assert len(run(project, "--changed=HEAD~1").out.splitlines()) == 2


def test_changed_without_git_shows_everything_and_says_so(project: Path) -> None:
    told = run(project, "--changed")
    assert told.code == 1 and "train.py:3" in told.out
    assert "every finding is shown" in told.err


def test_an_unknown_reference_shows_everything_and_says_so(project: Path) -> None:
    git(project, "init", "-q")
    told = run(project, "--changed=--output=/etc/passwd")
    assert "every finding is shown" in told.err and told.code == 1


def test_changed_runs_no_program_that_the_repository_names(project: Path) -> None:
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "x")
    trap = project / "trap.sh"
    trap.write_text('#!/bin/sh\ntouch "$(dirname "$0")/sprung"\n')
    trap.chmod(0o755)
    (project / ".gitattributes").write_text("*.py diff=trap\n")
    for key in ("core.fsmonitor", "diff.external", "diff.trap.textconv", "diff.trap.command"):
        git(project, "config", key, str(trap))
    (project / "train.py").write_text(OLD + NEW)
    assert "train.py:4:19" in run(project, "--changed").out
    assert not (project / "sprung").exists()
