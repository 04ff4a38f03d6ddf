"""The lineage as a picture: Mermaid for a README, dot for Graphviz, JSON for programs.

Files are boxes, artifacts are rounded, models are hexagons; columns are slanted, one for all that go
from one file to the same others; a service's routes and a model's registered outputs are pills. What a
stage declares counts as done by its script. What nobody hands to anybody is left out of the pictures;
JSON has everything. The graph itself is made in facts/lineage.py and facts/handovers.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from mldebt.facts import handovers
from mldebt.facts.handovers import Handover
from mldebt.facts.lineage import Lineage, lineage
from mldebt.rule import Workspace
from mldebt.text import some_of
from mldebt.typed import Any, NamedTuple

FORMATS = ("mermaid", "dot", "json")
KINDS = ("artifact-read", "runs-script", "stage", "role", *handovers.KINDS)
"""Facts that the graph is made from."""
MERMAID_SHAPES = {
    "model": ("{{", "}}"), "table": ("[(", ")]"), "object": ("{{", "}}"),
    "column": ("[/", "/]"), "route": ("([", "])"), "outputs": ("([", "])"),
}  # fmt: skip
DOT_SHAPES = {
    "model": "hexagon", "table": "cylinder", "object": "hexagon",
    "column": "parallelogram", "route": "oval", "outputs": "oval",
}  # fmt: skip
MAX_NAMES = 3
# Columns named in a picture's node; the others are counted.


def rendered(workspace: Workspace, format: str) -> str:
    graph = lineage(workspace)
    if format == "json":
        return json.dumps(as_data(workspace, graph), indent=2, ensure_ascii=False) + "\n"
    found = [*edges(graph), *handed(workspace)]
    return as_dot(found) if format == "dot" else as_mermaid(found)


class Edge(NamedTuple):
    """A file, or who stands for one, gives a thing or takes it."""

    file: str
    thing: str
    kind: str
    gives: bool
    exists: bool = True
    """Whether somebody here makes the thing, or the folder holds it."""


def edges(graph: Lineage) -> Iterator[Edge]:
    """What two files or stages have to do with."""
    for path, node in graph.nodes.items():
        if path in graph.runs or path.endswith((".py", ".ipynb", ".sh")):
            continue  # code is a file of its own, not an artifact
        writers = [*(use.file for use in node.writers), *map(graph.actor, node.made_by)]
        readers = [*(use.file for use in node.readers), *map(graph.actor, node.used_by)]
        is_declared = bool(node.made_by or node.used_by)
        if len({*writers, *readers}) < 2 and not is_declared and not (writers and node.kind == "model"):
            continue
        exists = bool(node.writers or node.made_by or node.exists)
        for gives, files in ((True, writers), (False, readers)):
            for file in dict.fromkeys(files):
                yield Edge(file, path, node.kind, gives, exists)


def handed(workspace: Workspace) -> Iterator[Edge]:
    """The same of columns, routes and outputs; columns that go the same way are one thing."""
    together: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    others: list[Handover] = []
    for one in handovers.handovers(workspace):
        if one.kind == "column":
            together.setdefault((one.giver, one.takers), []).append(one.thing)
        else:
            others.append(one)
    for (giver, takers), names in together.items():
        others.append(Handover(giver, some_of(names, MAX_NAMES), "column", takers))
    for one in others:
        yield Edge(one.giver, one.thing, one.kind, True)
        for taker in one.takers:
            yield Edge(taker, one.thing, one.kind, False)


def as_mermaid(edges: Iterable[Edge]) -> str:
    lines = ["flowchart LR"]
    names: dict[tuple[str, bool], str] = {}

    def name(text: str, is_file: bool, opening: str, closing: str) -> str:
        if (text, is_file) not in names:
            names[text, is_file] = f"n{len(names)}"
            label = text.replace('"', "'").replace("*", "…")
            lines.append(f'  {names[text, is_file]}{opening}"{label}"{closing}')
        return names[text, is_file]

    found = []
    for edge in edges:
        file = name(edge.file, True, "[", "]")
        thing = name(edge.thing, False, *MERMAID_SHAPES.get(edge.kind, ("(", ")")))
        found.append(f"  {file} --> {thing}" if edge.gives else f"  {thing} --> {file}")
    return "\n".join([*lines, *found]) + "\n"


def as_dot(edges: Iterable[Edge]) -> str:
    lines = ["digraph lineage {", "  rankdir=LR;", '  node [fontname="sans-serif"];']
    seen = set()
    found = []
    for edge in edges:
        for text, shape in ((edge.file, "box"), (edge.thing, DOT_SHAPES.get(edge.kind, "ellipse"))):
            if text not in seen:
                seen.add(text)
                lines.append(f"  {_quoted(text)} [shape={shape}];")
        ends = (edge.file, edge.thing) if edge.gives else (edge.thing, edge.file)
        found.append(f"  {_quoted(ends[0])} -> {_quoted(ends[1])};")
    return "\n".join([*lines, *found, "}"]) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def as_data(workspace: Workspace, graph: Lineage) -> dict[str, Any]:
    def use(one: Any) -> dict[str, Any]:
        position = workspace.reports[one.file].positions.get(one.span.start)
        return {
            "file": one.file,
            "line": position.line + 1 if position else None,
            "cell": position.cell or None if position else None,
            "call": one.callee,
            "predictions": one.is_predicted,
            "certain": one.is_certain,
        }

    return {
        "artifacts": [
            {
                "path": path,
                "kind": node.kind,
                "exists": node.exists,
                "written_by": [use(one) for one in node.writers],
                "read_by": [use(one) for one in node.readers],
                "output_of": [{"stage": one.name, "file": one.file} for one in node.made_by],
                "dependency_of": [{"stage": one.name, "file": one.file} for one in node.used_by],
            }
            for path, node in graph.nodes.items()
        ],
        "runs": [{"script": script, "run_by": list(files)} for script, files in sorted(graph.runs.items())],
        "handovers": [
            {"kind": one.kind, "name": one.thing, "from": one.giver, "to": list(one.takers)}
            for one in handovers.handovers(workspace)
        ],
    }
