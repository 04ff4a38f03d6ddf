"""The lineage as a picture: files that read and write, and what they read and write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mldebt.cli.report.graph import Node, picture
from mldebt.engine.lineage import edges
from mldebt.facts.lineage import lineage as graph_of

if TYPE_CHECKING:
    from mldebt.cli.score import Told

MAX_EDGES = 160
# What one can still follow with the eyes; of more, the edges of models and of the busiest artifacts are drawn.


def lineage(told: Told) -> str:
    """HTML, or "" where no file has to do with what another writes."""
    graph = graph_of(told.workspace)
    found = list(edges(graph))
    if not found:
        return ""
    busy: dict[str, int] = {}
    for _, path, node, _ in found:
        busy[path] = busy.get(path, 0) + (1000 if node.kind == "model" else 1)
    drawn = sorted(found, key=lambda edge: (-busy[edge[1]], edge[1], edge[0]))[:MAX_EDGES]
    nodes: dict[str, Node] = {}
    pairs = []
    for file, path, node, writes in drawn:
        nodes.setdefault("f " + file, Node("f " + file, file.rpartition("/")[2], "script", file))
        kind = "model" if node.kind in ("model", "object") else ""
        if not node.writers and not node.made_by and not node.exists:
            kind += " warn"
        nodes.setdefault("a " + path, Node("a " + path, path, kind.strip(), f"{node.kind}: {path}"))
        ends = ("f " + file, "a " + path) if writes else ("a " + path, "f " + file)
        pairs.append(ends)
    svg = picture(list(nodes.values()), pairs, "which file reads and writes which artifact")
    rest = (
        f" {len(found) - len(drawn)} of {len(found)} connections are left out."
        if len(found) > len(drawn)
        else ""
    )
    legend = (
        "Square: a file or stage. Round: what it reads or writes; filled, a model; dashed, what nothing here makes "
        f"and the folder does not hold.{rest}"
    )
    return f'<p class="quiet">{legend}</p><div class="picture">{svg}</div>'
