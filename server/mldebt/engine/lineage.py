"""The lineage as a picture: Mermaid for a README, dot for Graphviz, JSON for programs.

Files are boxes, artifacts are rounded, models are hexagons. What a stage declares counts as
done by its script. What nobody hands to anybody is left out of the pictures;
JSON has everything. The graph itself is made in facts/lineage.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from mldebt.facts.lineage import Lineage, Node, lineage
from mldebt.rule import Workspace

FORMATS = ("mermaid", "dot", "json")
KINDS = ("artifact-read", "runs-script", "stage", "role")
"""Facts that the graph is made from."""
MERMAID_SHAPES = {"model": ("{{", "}}"), "table": ("[(", ")]"), "object": ("{{", "}}")}
DOT_SHAPES = {"model": "hexagon", "table": "cylinder", "object": "hexagon"}


def rendered(workspace: Workspace, format: str) -> str:
    graph = lineage(workspace)
    if format == "json":
        return json.dumps(as_data(workspace, graph), indent=2, ensure_ascii=False) + "\n"
    return as_dot(graph) if format == "dot" else as_mermaid(graph)


def edges(graph: Lineage) -> Iterator[tuple[str, str, Node, bool]]:
    """(file, artifact, its node, whether the file writes it) of what two files or stages have to do with."""
    for path, node in graph.nodes.items():
        if path in graph.runs or path.endswith((".py", ".ipynb", ".sh")):
            continue  # code is a file of its own, not an artifact
        writers = [*(use.file for use in node.writers), *map(graph.actor, node.made_by)]
        readers = [*(use.file for use in node.readers), *map(graph.actor, node.used_by)]
        is_declared = bool(node.made_by or node.used_by)
        if len({*writers, *readers}) < 2 and not is_declared and not (writers and node.kind == "model"):
            continue
        for file in dict.fromkeys(writers):
            yield file, path, node, True
        for file in dict.fromkeys(readers):
            yield file, path, node, False


def as_mermaid(graph: Lineage) -> str:
    lines = ["flowchart LR"]
    names: dict[str, str] = {}

    def name(text: str, opening: str, closing: str) -> str:
        if text not in names:
            names[text] = f"n{len(names)}"
            label = text.replace('"', "'").replace("*", "…")
            lines.append(f'  {names[text]}{opening}"{label}"{closing}')
        return names[text]

    found = []
    for file, path, node, writes in edges(graph):
        ends = name(file, "[", "]"), name(path, *MERMAID_SHAPES.get(node.kind, ("(", ")")))
        found.append(f"  {ends[0]} --> {ends[1]}" if writes else f"  {ends[1]} --> {ends[0]}")
    return "\n".join([*lines, *found]) + "\n"


def as_dot(graph: Lineage) -> str:
    lines = ["digraph lineage {", "  rankdir=LR;", '  node [fontname="sans-serif"];']
    seen = set()
    found = []
    for file, path, node, writes in edges(graph):
        for text, shape in ((file, "box"), (path, DOT_SHAPES.get(node.kind, "ellipse"))):
            if text not in seen:
                seen.add(text)
                lines.append(f"  {_quoted(text)} [shape={shape}];")
        ends = (file, path) if writes else (path, file)
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
    }
