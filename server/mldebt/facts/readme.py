"""What a project says of itself: that it is a template for others, and which scripts it tells people to use.

    Fact("template", what says so, Span(0, 0))         a README's heading, the name in pyproject.toml
    Fact("shown-script", "src/train.py", Span(0, 0))   a README names it

`in_template(workspace, path)`: whether a project is made from this file, rather than run
as it is. Whoever asks what a project as a whole lacks (exact versions, tests, monitoring) says it
as a hint there: it is decided in the project that is made.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import Fact, Workspace
from mldebt.syntax.manifest import Manifest
from mldebt.text import Span, regex

TEMPLATE = "template"
SHOWN = "shown-script"
START = Span(0, 0)
MARKS = ("cookiecutter.json", "copier.yml", "copier.yaml", "databricks_template_schema.json")
"""Files that a generator of projects reads in its template. What it writes down in the project has other names."""
CALLED = regex(
    r"\b(?:templates?|boilerplate)(?=\W*$|[ -](?:projects?|repo(?:sitory)?|code)\b| for\b| \()"
    r"|\bcookie[ -]?cutter\b|\bproject (?:skeleton|seed)\b|\bstarter (?:kit|project|template)s?\b",
    re.IGNORECASE,
)
"""`PyTorch Template Project`, `Lightning-Hydra-Template`, not `Template Matching`. Checked on the headings of
1,248 READMEs in 230 public repositories, 2026-11: 19 match, and each is a template."""
NOT_ITSELF = regex(
    r"\b(?:prompts?|e-?mails?|html|chat|messages?|issues?|documents?|jinja\d?|reports?|instructions?|questions?)[ -]templates?\b"
    r"|\b(?:based on|(?:generated|created|made|built|started) (?:by|from|with|using)|from (?:a|the)|using (?:a|the|cookie))\b",
    re.IGNORECASE,
)
"""A template of something else, or a project that was made from one."""


def of_manifest(manifest: Manifest, config: Config) -> Iterator[Fact]:
    if manifest.kind == "readme":
        said = manifest.value("title", default="")
        for entry in manifest.under("script"):
            yield Fact(SHOWN, entry.value, START)
    elif manifest.kind == "pyproject":
        said = manifest.value("project", "name", default="") or manifest.value(
            "tool", "poetry", "name", default=""
        )
    else:
        return
    if isinstance(said, str) and is_template_name(said):
        yield Fact(TEMPLATE, said, START)


def is_template_name(title: str) -> bool:
    lowered = title.lower()
    if not any(word in lowered for word in ("templat", "boilerplate", "cutter", "project s", "starter")):
        return False
    return CALLED.search(title) is not None and NOT_ITSELF.search(title) is None


# What rules ask ------------------------------------------------------------------------------


def in_template(workspace: Workspace, path: str) -> bool:
    """Whether the file lies in a folder that projects are made from."""
    said = {posixpath.dirname(other) for other, _ in workspace.facts(TEMPLATE)}
    folder = posixpath.dirname(path)
    while True:
        if folder in said or any(_is_there(workspace, posixpath.join(folder, mark)) for mark in MARKS):
            return True
        if not folder:
            return False
        folder = posixpath.dirname(folder)


def _is_there(workspace: Workspace, path: str) -> bool:
    # The paths are sorted, and there may be a hundred thousand: no set for one question.
    place = bisect_left(workspace.paths, path)
    return workspace.paths[place : place + 1] == (path,)
