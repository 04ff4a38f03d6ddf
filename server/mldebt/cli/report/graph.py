"""A picture of a directed graph, laid out here: columns by longest way from a source, order by neighbours.

Knows nothing of lineage: nodes have a name, a kind (a class of the style sheet) and a title.
Sugiyama's three steps in their plainest form: break cycles, assign layers, sweep by the mean of
the neighbours. Good for a few hundred nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from mldebt.typed import NamedTuple

WIDTH, HEIGHT, ACROSS, BETWEEN, MARGIN = 190, 30, 70, 12, 8
SWEEPS = 8
MAX_NAME = 23


class Node(NamedTuple):
    id: str
    name: str
    kind: str = ""
    title: str = ""
    """Shown on hovering."""


def picture(nodes: Sequence[Node], edges: Iterable[tuple[str, str]], label: str) -> str:
    """An SVG; "" for no nodes. Edges name nodes by id; unknown ones are left out."""
    if not nodes:
        return ""
    known = {node.id for node in nodes}
    drawn = sorted({(a, b) for a, b in edges if a in known and b in known and a != b})
    layers = _ordered(_layers([node.id for node in nodes], drawn), drawn)
    place = {
        name: (
            MARGIN + column * (WIDTH + ACROSS),
            MARGIN + row * (HEIGHT + BETWEEN) + _inset(len(layer), layers),
        )
        for column, layer in enumerate(layers)
        for row, name in enumerate(layer)
    }
    width = 2 * MARGIN + len(layers) * WIDTH + (len(layers) - 1) * ACROSS
    height = 2 * MARGIN + max(len(layer) for layer in layers) * (HEIGHT + BETWEEN) - BETWEEN
    parts = [
        f'<svg viewBox="0 0 {width} {height:.0f}" width="{width}" height="{height:.0f}" role="img" aria-label="{escape(label)}">',
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path class="tip" d="M0 0L8 4L0 8Z"/></marker></defs>',
    ]
    parts += [_edge(place[a], place[b]) for a, b in drawn]
    parts += [_box(node, *place[node.id]) for node in nodes]
    return "".join([*parts, "</svg>"])


def _inset(n_rows: int, layers: Sequence[Sequence[str]]) -> float:
    """Shorter columns stand in the middle."""
    return (max(map(len, layers)) - n_rows) * (HEIGHT + BETWEEN) / 2


def _layers(names: Sequence[str], edges: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Names by their longest way from a source; edges that close a cycle do not count."""
    after: dict[str, list[str]] = {name: [] for name in names}
    for a, b in edges:
        after[a].append(b)
    order = _topological(names, after)
    rank = {name: number for number, name in enumerate(order)}
    depth = dict.fromkeys(names, 0)
    for name in order:
        for other in after[name]:
            if rank[other] > rank[name]:
                depth[other] = max(depth[other], depth[name] + 1)
    led_to = {other for _, other in edges}
    for name in names:
        if name not in led_to and after[name]:  # a source stands before the first that needs it
            depth[name] = max(0, min(depth[other] for other in after[name]) - 1)
    layers: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for name in names:
        layers[depth[name]].append(name)
    return layers


def _topological(names: Sequence[str], after: Mapping[str, Sequence[str]]) -> list[str]:
    """Depth first, without recursion; where there is a cycle, from its first name on."""
    seen: set[str] = set()
    done: list[str] = []
    for start in names:
        stack = [] if start in seen else [(start, iter(after[start]))]
        seen.add(start)
        while stack:
            name, rest = stack[-1]
            for other in rest:
                if other not in seen:
                    seen.add(other)
                    stack.append((other, iter(after[other])))
                    break
            else:
                done.append(name)
                stack.pop()
    return done[::-1]


def _ordered(layers: list[list[str]], edges: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Each layer sorted by the mean place of its neighbours, forth and back a few times."""
    near: dict[str, list[str]] = {name: [] for layer in layers for name in layer}
    for a, b in edges:
        near[a].append(b)
        near[b].append(a)
    row = {name: float(number) for layer in layers for number, name in enumerate(layer)}
    for sweep in range(SWEEPS):
        for layer in layers if sweep % 2 == 0 else layers[::-1]:
            mean = {
                name: sum(row[other] for other in near[name]) / len(near[name]) if near[name] else row[name]
                for name in layer
            }
            layer.sort(key=lambda name: (mean[name], name))
            offset = (max(map(len, layers)) - len(layer)) / 2
            row.update((name, number + offset) for number, name in enumerate(layer))
    return layers


def _edge(a: tuple[float, float], b: tuple[float, float]) -> str:
    x1, y1 = a[0] + WIDTH, a[1] + HEIGHT / 2
    x2, y2 = b[0], b[1] + HEIGHT / 2
    if x2 <= x1:  # back to an earlier column: around below
        low = max(y1, y2) + HEIGHT
        return (
            f'<path class="edge" marker-end="url(#tip)" d="M{x1:.0f} {y1:.0f}C{x1 + 40:.0f} {low:.0f} '
            f'{x2 - 40:.0f} {low:.0f} {x2 - 1:.0f} {y2:.0f}"/>'
        )
    bend = min(ACROSS, (x2 - x1)) / 2
    return (
        f'<path class="edge" marker-end="url(#tip)" d="M{x1:.0f} {y1:.0f}C{x1 + bend:.0f} {y1:.0f} '
        f'{x2 - bend:.0f} {y2:.0f} {x2 - 1:.0f} {y2:.0f}"/>'
    )


def _box(node: Node, x: float, y: float) -> str:
    name = node.name if len(node.name) <= MAX_NAME else "…" + node.name[-MAX_NAME + 1 :]
    corner = 4 if node.kind.startswith("script") else HEIGHT / 2
    return (
        f'<g><title>{escape(node.title or node.name)}</title><rect class="node {escape(node.kind)}" x="{x:.0f}" '
        f'y="{y:.0f}" width="{WIDTH}" height="{HEIGHT}" rx="{corner:g}"/><text class="name" x="{x + 12:.0f}" '
        f'y="{y + HEIGHT / 2 + 4:.0f}">{escape(name)}</text></g>'
    )
