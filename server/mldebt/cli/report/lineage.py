"""The lineage as a picture: files that read and write, and what they read and write."""

from __future__ import annotations

from mldebt.cli.report.graph import Node, picture
from mldebt.engine.lineage import edges, handed
from mldebt.facts.lineage import lineage as graph_of
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from mldebt.cli.score import Told

MAX_EDGES = 160
# What one can still follow with the eyes; of more, the edges of models and of the busiest artifacts are drawn.


def lineage(told: Told) -> str:
    """HTML, or "" where no file has to do with what another writes."""
    graph = graph_of(told.workspace)
    found = [*edges(graph), *handed(told.workspace)]
    if not found:
        return ""
    busy: dict[str, int] = {}
    for edge in found:
        busy[edge.thing] = busy.get(edge.thing, 0) + (1000 if edge.kind == "model" else 1)
    drawn = sorted(found, key=lambda edge: (-busy[edge.thing], edge.thing, edge.file))[:MAX_EDGES]
    nodes: dict[str, Node] = {}
    pairs = []
    for edge in drawn:
        file, thing = "f " + edge.file, "a " + edge.thing
        nodes.setdefault(file, Node(file, edge.file.rpartition("/")[2], "script", edge.file))
        kind = "model" if edge.kind in ("model", "object") else ""
        if not edge.exists:
            kind += " warn"
        nodes.setdefault(thing, Node(thing, edge.thing, kind.strip(), f"{edge.kind}: {edge.thing}"))
        pairs.append((file, thing) if edge.gives else (thing, file))
    svg = picture(list(nodes.values()), pairs, "which file hands what to which other")
    rest = (
        f" {len(found) - len(drawn)} of {len(found)} connections are left out."
        if len(found) > len(drawn)
        else ""
    )
    legend = (
        "Square: a file, stage or consumer. Round: what it gives or takes: data, columns, a service's answers; "
        "filled, a model; dashed, what nothing here makes "
        f"and the folder does not hold.{rest}"
    )
    return f'<p class="quiet">{legend}</p><div class="picture">{svg}</div>'
