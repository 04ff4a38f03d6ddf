"""What README.md promises is so: its rule table, its first command, its settings and its links."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mldebt.rules import all_rules
from readme import README, renewed

ROOT = README.parent
TEXT = README.read_text(encoding="utf-8")


def cli(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mldebt", *arguments],
        capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT / "server")}, timeout=100,
    )  # fmt: skip


def test_the_rule_table_is_up_to_date() -> None:
    assert renewed(TEXT) == TEXT, "run: python tests/readme.py"


def test_the_first_command_shows_most_of_what_we_find() -> None:
    assert "mldebt-lsp --check demo" in re.findall(r"^```(?:sh|bash)?\n(.*?)^```", TEXT, re.M | re.S)[0]
    done = cli("--check", "demo", "--no-cache", "--format", "json", "--today", "2026-01-15")
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert not report["errors"]
    shown = {finding["rule"] for finding in report["findings"]}
    default = {rule.id for rule in all_rules() if rule.default}
    assert len(shown & default) > len(default) / 2, f"not in the demo: {sorted(default - shown)}"
    assert {finding["path"] for finding in report["findings"] if finding.get("cell")}, (
        "nothing in the notebook"
    )


def test_every_file_it_links_to_is_there() -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", TEXT)
    missing = [link for link in links if not (ROOT / link).exists()]
    assert not missing


def test_the_settings_it_shows_are_understood(tmp_path: Path) -> None:
    blocks = re.findall(r"^```toml\n(.*?)^```", TEXT, re.M | re.S)
    assert blocks
    for number, block in enumerate(blocks):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "pyproject.toml").write_text(block, encoding="utf-8")
        (folder / "a.py").write_text("import pandas\n", encoding="utf-8")
        done = cli("--check", str(folder), "--no-cache")
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("option", sorted(set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", TEXT))))
def test_the_options_it_names_exist(option: str) -> None:
    outside = {"--quiet", "--upgrade", "--group", "--editable"}
    assert option in cli("--help").stdout or option in outside


def test_rule_names_in_the_text_exist() -> None:
    known = {rule.id for rule in all_rules()} | {rule.category for rule in all_rules()}
    named = set(re.findall(r"ignore(?:-file)?\[([\w, -]+)\]", TEXT))
    assert named
    for names in named:
        assert {name.strip() for name in names.split(",")} <= known
