"""Who reads and writes which artifact: one graph of files, stages, artifacts, models and their consumers.

    lineage(workspace)               made once, by the first rule that asks
    graph.writers["data/clean.csv"]  the files (and stages) that write it
    graph.handoffs()                 (writer, artifact, reader) between two different files
    graph.order(files)               these files, writers before readers

A path that the code gives relative to wherever it is started is looked for where the
workspace shows it: from the project's folder (the nearest one above with a manifest or a
README), from the file's own folder (always for notebooks), or as a stage declares it.
Two paths are one artifact if they are equal after that, or if one has holes that the
other fits and both name an ending; a path that is nothing but a hole and an ending joins nothing.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import lru_cache
from re import Pattern

from mldebt.facts.artifacts import Artifact, artifacts
from mldebt.facts.commands import scripts_run
from mldebt.facts.stages import Stage, stages
from mldebt.rule import Workspace
from mldebt.text import Span, regex
from mldebt.typed import NamedTuple

PROJECT_MARKS = frozenset(
    {
        *(
            "dvc.yaml",
            "pyproject.toml",
            "setup.py",
            "setup.cfg",
            "requirements.txt",
            "environment.yml",
            "Makefile",
        ),
        *("README.md", "README.rst", "Pipfile", "MLproject", "environment.yaml", "README.txt", "readme.md"),
    }
)
GRAPH_KINDS = frozenset({"data", "model", "table", "object", "metrics", "file"})
"""What one program may hand to another. Figures, configurations and reports are for people."""


class Use(NamedTuple):
    """One file reads or writes one node."""

    file: str
    span: Span
    writes: bool
    kind: str
    callee: str
    is_certain: bool
    is_predicted: bool
    start: str = ""
    """The folder that the path as written counts from."""


class Node(NamedTuple):
    """An artifact."""

    path: str
    kind: str
    writers: tuple[Use, ...]
    readers: tuple[Use, ...]
    made_by: tuple[Stage, ...]
    """Stages that declare it as an output."""
    used_by: tuple[Stage, ...]
    """Stages that declare it as a dependency."""
    exists: bool
    """Whether it lies in the workspace."""

    @property
    def is_vague(self) -> bool:
        """Whether its folder is not known: two files may mean different places by it."""
        return self.path[:1] == "*"


class Handoff(NamedTuple):
    writer: str
    path: str
    reader: str
    node: Node


class Lineage:
    def __init__(
        self, nodes: dict[str, Node], runs: dict[str, tuple[str, ...]], scripts: dict[tuple[str, str], str]
    ) -> None:
        self.nodes = nodes
        self.runs = runs
        """Script -> the files that run it."""
        self.scripts = scripts
        """(dvc.yaml, stage) -> the one script that the stage runs."""

    def actor(self, stage: Stage) -> str:
        """The script of a stage; `stage NAME` if it runs none of ours, or several."""
        return self.scripts.get((stage.file, stage.name)) or f"stage {stage.name}"

    def handoffs(self) -> Iterator[Handoff]:
        """Every artifact that one file writes and another reads, in order; vague ones are left out."""
        for path, node in self.nodes.items():
            if node.is_vague:
                continue
            writers = sorted({use.file for use in node.writers})
            readers = sorted({use.file for use in node.readers})
            for writer in writers:
                for reader in readers:
                    if reader != writer:
                        yield Handoff(writer, path, reader, node)

    def of_file(self, file: str) -> Iterator[tuple[Node, Use]]:
        for node in self.nodes.values():
            for use in (*node.writers, *node.readers):
                if use.file == file:
                    yield node, use

    def downstream(self) -> dict[str, set[str]]:
        """File -> files that read what it writes."""
        found: dict[str, set[str]] = {}
        for handoff in self.handoffs():
            found.setdefault(handoff.writer, set()).add(handoff.reader)
        return found

    def order(self, files: set[str]) -> list[str]:
        """These files so that writers come before readers as far as there is no cycle; else by path."""
        after = {file: readers & files for file, readers in self.downstream().items() if file in files}
        waiting = dict.fromkeys(files, 0)
        for readers in after.values():
            for reader in readers:
                waiting[reader] += 1
        found: list[str] = []
        while waiting:
            ready = sorted(file for file, count in waiting.items() if not count) or [min(waiting)]
            for file in ready:
                del waiting[file]
                found.append(file)
                for reader in after.get(file, ()):
                    if reader in waiting:
                        waiting[reader] -= 1
        return found


def lineage(workspace: Workspace) -> Lineage:
    known: Lineage | None = workspace.memo.get("lineage")
    if known is None:
        known = workspace.memo["lineage"] = _lineage(workspace)
    return known


def _lineage(workspace: Workspace) -> Lineage:
    places = Places(workspace)
    uses: dict[str, list[Use]] = {}
    for artifact in artifacts(workspace):
        if artifact.kind not in GRAPH_KINDS or workspace.config.role_of(artifact.file) in ("test", "example"):
            continue
        path, start = places.resolved(artifact)
        if path:
            use = Use(
                artifact.file, artifact.span, artifact.writes, artifact.kind, artifact.callee, artifact.is_certain,
                artifact.is_predicted,
                start,
            )  # fmt: skip
            uses.setdefault(path, []).append(use)
    made: dict[str, list[Stage]] = {}
    used: dict[str, list[Stage]] = {}
    for stage in stages(workspace):
        if not stage.is_template:
            for out in stage.outs:
                made.setdefault(out.path, []).append(stage)
            for dep in stage.deps:
                used.setdefault(dep.path, []).append(stage)
    together: dict[str, list[Use]] = {}
    for given, path in _merged([*uses]).items():
        together.setdefault(path, []).extend(uses[given])
    nodes: dict[str, Node] = {}
    for path in sorted({*together, *made, *used}):
        here = together.get(path, [])
        kinds = [use.kind for use in here]
        nodes[path] = Node(
            path,
            max(sorted(set(kinds)), key=kinds.count) if kinds else "file",
            tuple(sorted(use for use in here if use.writes)),
            tuple(sorted(use for use in here if not use.writes)),
            tuple(made.get(path, ())),
            tuple(used.get(path, ())),
            path in places.paths,
        )
    runs = {}
    scripts: dict[tuple[str, str], str] = {}
    for script, found in scripts_run(workspace).items():
        runs[script] = tuple(sorted({owner for owner, _ in found}))
        for owner, fact in found:
            if owner.endswith(("dvc.yaml", "dvc.yml")):
                key = (owner, fact.detail[1])
                scripts[key] = script if scripts.get(key, script) == script else ""
    return Lineage(nodes, runs, scripts)


def _merged(paths: list[str]) -> dict[str, str]:
    """Path -> the name of its node: a pattern that exactly one plain path fits goes by that."""
    plain = [path for path in paths if "*" not in path]
    by_ending: dict[str, list[str]] = {}
    for path in plain:
        by_ending.setdefault(path.rpartition(".")[2], []).append(path)
    found = {path: path for path in paths}
    for path in paths:
        if "*" not in path:
            continue
        if "*" in path.rpartition("/")[2] or "." not in path:
            continue  # a family of files
        fitting = [other for other in by_ending.get(path.rpartition(".")[2], ()) if fits(path, other)]
        if len(fitting) == 1:
            found[path] = fitting[0]
    return found


def fits(pattern: str, path: str) -> bool:
    """Whether a path may be what a pattern with holes means; a hole may hold slashes."""
    return bool(_compiled(pattern).fullmatch(path))


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> Pattern[str]:
    import re

    return re.compile(".*".join(map(re.escape, pattern.split("*"))))


class Places:
    """Where relative paths count from."""

    def __init__(self, workspace: Workspace) -> None:
        self.paths = frozenset(workspace.paths)
        self.folders = {""}
        for path in workspace.paths:
            folder = posixpath.dirname(path)
            while folder and folder not in self.folders:
                self.folders.add(folder)
                folder = posixpath.dirname(folder)
        self._projects: dict[str, str] = {}
        self.declared = {place.path for stage in stages(workspace) for place in (*stage.deps, *stage.outs)}
        self._bases: dict[str, str] = {}
        """Script -> the folder a stage starts it in."""
        for script, runs in scripts_run(workspace).items():
            for _, fact in runs:
                written = posixpath.normpath(fact.detail[3])
                if script.endswith(written) and not written.startswith(".."):
                    self._bases.setdefault(script, script[: len(script) - len(written)].rstrip("/"))

    def project_of(self, folder: str) -> str:
        """The nearest folder from here up that looks like a project's top."""
        known = self._projects.get(folder)
        if known is None:
            prefix = folder + "/" if folder else ""
            if not folder or any(prefix + mark in self.paths for mark in PROJECT_MARKS):
                known = folder
            else:
                known = self.project_of(posixpath.dirname(folder))
            self._projects[folder] = known
        return known

    def resolved(self, artifact: Artifact) -> tuple[str, str]:
        """(path from the workspace's top, folder it counts from); no path for what lies outside or is too vague."""
        path, base = artifact.path, artifact.base
        if base in ("absolute", "url"):
            return (path if "*" not in path else ""), ""
        if base == "table":
            return f"table:{path}", ""
        name = path.rpartition("/")[2]
        if not VAGUE.sub("", path) or not name.strip("*."):
            return "", ""
        if base == "root":
            return (path if not path.startswith("..") else ""), ""
        if path[0] == "*":
            return path, ""
        folder = posixpath.dirname(artifact.file)
        starts = [self._bases[artifact.file]] if artifact.file in self._bases else []
        project = self.project_of(folder)
        starts += (
            [folder, project] if artifact.file.endswith(".ipynb") or path[:2] == ".." else [project, folder]
        )
        ways = [(posixpath.normpath(posixpath.join(start, path)), start) for start in dict.fromkeys(starts)]
        ways = [way for way in ways if not way[0].startswith("..")]
        for way in ways:
            if way[0] in self.paths or way[0] in self.declared:
                return way
        first = path.split("/")[0]
        for way in ways:
            if "/" in path and first not in ("..", ".") and posixpath.join(way[1], first) in self.folders:
                return way
        return ways[0] if ways else ("", "")


VAGUE = regex(r"^[*/]*\*\.\w+$|^[*/.]*$")
