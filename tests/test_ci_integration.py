"""What teams put into their pipelines: the pre-commit hooks, the GitHub Action, and the snippets of README.md, each run."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
ACTION: dict[str, Any] = yaml.safe_load((ROOT / ".github/actions/check/action.yml").read_text())
README = (ROOT / "README.md").read_text(encoding="utf-8")
LEAKY = "import pandas as pd\n\ndf = pd.read_csv('/home/ann/train.csv')\nprint(df)  # mldebt: ignore[magic-number] no\n"


@pytest.fixture(scope="module")
def bin_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the command `mldebt-lsp`, as an installation has it, running this source."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "mldebt-lsp"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}/server" exec "{sys.executable}" -m mldebt "$@"\n')
    command.chmod(0o755)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "train.py").write_text(LEAKY)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    return folder


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def shell(script: str, folder: Path, path: Path, **given: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{path}{os.pathsep}{os.environ['PATH']}", **given}
    environment.pop("GITHUB_ACTIONS", None)
    bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(bash, cwd=folder, env=environment, capture_output=True, text=True, timeout=110)


@pytest.mark.parametrize("hook", sorted(HOOKS))
def test_a_hook_is_what_pre_commit_wants(hook: str) -> None:
    assert HOOKS[hook]["language"] == "python", "pre-commit installs this package by itself"
    assert HOOKS[hook]["require_serial"], "rules across files want all files in one run"
    assert HOOKS[hook]["entry"].startswith("mldebt-lsp ") and "--force-exclude" in HOOKS[hook]["entry"]


def test_the_hook_fails_on_debt_and_the_other_one_fixes_what_is_safe(project: Path, bin_folder: Path) -> None:
    found = shell(f"{HOOKS['mldebt']['entry']} train.py", project, bin_folder)
    assert found.returncode == 1 and "hardcoded-path" in found.stdout, found.stderr
    shell(f"{HOOKS['mldebt-fix']['entry']} train.py", project, bin_folder)
    assert "ignore[" not in (project / "train.py").read_text()


def test_the_files_that_the_hook_asks_for() -> None:
    wanted = re.compile(HOOKS["mldebt"]["files"])
    for path in (
        "a.py",
        "x/b.ipynb",
        "params.yaml",
        "pyproject.toml",
        "requirements.txt",
        "x/dev-requirements.in",
    ):
        assert wanted.search(path), path
    for path in ("notes.txt", "model.pkl", "README.md"):
        assert not wanted.search(path), path


@pytest.mark.skipif(not importlib.util.find_spec("pre_commit"), reason="pre-commit is not installed here")
def test_pre_commit_itself_installs_and_runs_the_hook(project: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(
        ROOT,
        source,
        ignore=shutil.ignore_patterns(".git", ".venv", "node_modules", "bundled", "build", "dist"),
    )
    git(source, "init", "-q")
    git(source, "add", ".")
    git(source, "commit", "-qm", "as it is")
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(source), "mldebt", "--all-files"]
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "hooks")}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, timeout=115)
    assert done.returncode == 1 and "train.py:3:" in done.stdout, done.stdout + done.stderr


def steps(**given: str) -> list[tuple[str, dict[str, str]]]:
    """The scripts of the action's steps, each with its environment, for a caller who gives these inputs."""
    inputs = {name: one["default"] for name, one in ACTION["inputs"].items()} | given

    def filled(text: str) -> str:
        text = text.replace("${{ github.action_path }}", str(ROOT / ".github/actions/check"))
        return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: inputs[found[1]], text)

    return [
        (step["run"], {name: filled(str(value)) for name, value in step["env"].items()})
        for step in ACTION["runs"]["steps"]
    ]


def test_no_input_of_the_action_is_written_into_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"] and step["shell"] == "bash"


def test_the_action_annotates_sums_up_and_fails(project: Path, bin_folder: Path, tmp_path: Path) -> None:
    runner = tmp_path / "runner"
    (runner / "mldebt/bin").mkdir(parents=True)
    shutil.copy(bin_folder / "mldebt-lsp", runner / "mldebt/bin")
    files = {name: str(tmp_path / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    (_, check) = steps(sarif="debt.sarif")
    done = shell(check[0], project, bin_folder, RUNNER_TEMP=str(runner), **files, **check[1])
    assert done.returncode == 1, done.stderr
    assert re.search(r"^::(warning|error) file=train\.py,line=3", done.stdout, re.M), done.stdout
    assert "exit-code=1" in Path(files["GITHUB_OUTPUT"]).read_text()
    assert "hardcoded-path" in Path(files["GITHUB_STEP_SUMMARY"]).read_text()
    assert json.loads((project / "debt.sarif").read_text())["runs"][0]["results"]
    (_, check) = steps(**{"fail-on": "never", "paths": "train.py; touch pwned"})
    done = shell(check[0], project, bin_folder, RUNNER_TEMP=str(runner), **files, **check[1])
    assert not (project / "pwned").exists()


@pytest.mark.skipif(not os.environ.get("MLDEBT_VENV"), reason="an installation takes long: tests/run does it")
def test_the_action_installs_this_very_source(tmp_path: Path) -> None:
    (install, environment), _ = steps(python=sys.executable)
    done = shell(install, tmp_path, tmp_path, RUNNER_TEMP=str(tmp_path), **environment)
    assert done.returncode == 0, done.stderr
    version = subprocess.run(
        [tmp_path / "mldebt/bin/mldebt-lsp", "--version"], capture_output=True, text=True
    )
    assert version.stdout.startswith("mldebt-lsp ")


def test_the_snippets_of_the_readme_are_yaml_and_their_commands_work(project: Path, bin_folder: Path) -> None:
    section = README.partition("\n## In CI\n")[2].partition("\n## ")[0]
    blocks = [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```", section, re.M | re.S)]
    assert len(blocks) >= 4
    text = json.dumps(blocks)
    commands = re.findall(r"mldebt-lsp --check [^\"\\&|]+", text)
    assert commands
    for command in commands:
        done = shell(command, project, bin_folder)
        assert done.returncode in (0, 1), done.stderr
    assert json.loads((project / "mldebt.sarif").read_text())["version"] == "2.1.0"
    quality = json.loads((project / "gl-code-quality-report.json").read_text())
    assert quality and {"description", "fingerprint", "severity", "location"} <= set(quality[0])
    hooks = {hook["id"] for block in blocks for repo in (block.get("repos") or ()) for hook in repo["hooks"]}
    assert hooks and hooks <= set(HOOKS)
    assert ".github/actions/check" in text
