"""The article is the acceptance test: small projects in the spirit of its code blocks.

Each folder of tests/workspaces is one project, checked as a user would. A line that must be
found ends with a comment `# want: rule-id` (several: `# want: one, other`), which is taken
away before the check; files without comments are named in the project's wants.txt, a line
`path:line rule-id` each. What is not announced must not be found: by the rules that the
project's own mldebt.toml selects, or by all that are on by default. So a project that shows
the right way has no marker, and usually no mldebt.toml.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from command_line import files as write

from mldebt.config_files import Configs
from mldebt.engine.run import Request, check
from mldebt.rules import rules_by_id

WORKSPACES = Path(__file__).parent / "workspaces"
TODAY = datetime.date(2026, 1, 15)
WANT = re.compile(r"[ \t]*(?:#|//|<!--)[ \t]*want:[ \t]*([\w, \t-]+?)[ \t]*(?:-->)?[ \t]*$", re.M)
PROJECTS = sorted(path.name for path in WORKSPACES.iterdir() if path.is_dir())
NOT_TEXT = {".parquet", ".pkl", ".png", ".joblib"}


def project(name: str) -> tuple[dict[str, str | bytes], set[tuple[str, int, str]]]:
    """Its files without markers, and what they announce: (path, 1-based line, rule)."""
    folder = WORKSPACES / name
    contents: dict[str, str | bytes] = {}
    wants: set[tuple[str, int, str]] = set()
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if not file.is_file() or path == "wants.txt":
            continue
        if file.suffix in NOT_TEXT:
            contents[path] = file.read_bytes()
            continue
        text = file.read_text(encoding="utf-8")
        for match in WANT.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            wants |= {(path, line, rule.strip()) for rule in match[1].split(",")}
        contents[path] = WANT.sub("", text)
    listed = folder / "wants.txt"
    if listed.exists():
        for row in listed.read_text(encoding="utf-8").splitlines():
            place, _, rule = row.strip().rpartition(" ")
            path, _, number = place.rpartition(":")
            wants.add((path, int(number), rule))
    return contents, wants


@pytest.mark.parametrize("name", PROJECTS)
def test_project_yields_what_a_reader_of_the_article_expects(name: str, tmp_path: Path) -> None:
    contents, wants = project(name)
    assert {rule for *_, rule in wants} <= set(rules_by_id()), "no rule of that name"
    root = str(write(tmp_path / "project", contents))
    result = check(Request(root, [root], root), Configs(root, rules_by_id(), TODAY), None)
    assert not [notice for notice in result.notices if notice.internal]
    found = {(row.path, row.line, row.rule): row.message for row in result.rows}
    missed = sorted(wants - set(found))
    surplus = sorted(
        f"{path}:{line} {rule}: {found[path, line, rule]}" for path, line, rule in set(found) - wants
    )
    assert not missed, f"wanted but not found: {missed}; beside: {surplus}"
    assert not surplus, f"not wanted: {surplus}"
