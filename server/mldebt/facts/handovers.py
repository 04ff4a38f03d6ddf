"""What files hand to each other beside artifacts: columns, answers of a service, outputs to declared consumers.

    handovers(workspace)        [Handover("src/features.py", "tx_mean_7d", "column", ("src/train.py",)), …]

A column is handed over if one file of a project computes it and a few others of that project name
it. Of a column that several compute nobody can say who gives it, and a name of one word ("age",
"state") stands for many things: both are left out. A route is handed to the
files that call its URL. A registry's consumers are names: what they are is not in the workspace.
"""

from __future__ import annotations

from collections import defaultdict

from mldebt.facts.audits import registries_of
from mldebt.facts.columns import computed_of, project_of
from mldebt.facts.serving import requests_of, routes_of, same_route
from mldebt.rule import Workspace
from mldebt.text import regex
from mldebt.typed import NamedTuple

KINDS = ("column", "mentioned", "route", "request", "consumer-registry")
"""Facts that this is made from."""


COMPOUND = regex(r"[A-Za-z]\w*[_\d]\w*")
HOLE = regex(r"\{[^}]*\}|<[^>]*>")
WORD = regex(r"\w")
MAX_TAKERS = 6
# What more files name is not a column of one table any more: "user_id", "created_at".


class Handover(NamedTuple):
    giver: str
    """A file; for a model's outputs the one that registers its consumers."""
    thing: str
    kind: str
    """column, route or outputs"""
    takers: tuple[str, ...]
    """Files; for outputs consumers."""


def handovers(workspace: Workspace) -> list[Handover]:
    """In order of kind, giver and thing."""
    return [*_columns(workspace), *_routes(workspace), *_outputs(workspace)]


def _columns(workspace: Workspace) -> list[Handover]:
    computed: dict[tuple[str, str], set[str]] = defaultdict(set)
    parameters = workspace.config.knowledge.hyperparameter_names
    for one in computed_of(workspace):
        if one.kind != "store" or one.form is None or one.column in parameters:
            continue
        if not COMPOUND.fullmatch(one.column):
            continue
        computed[project_of(workspace, one.path), one.column].add(one.path)
    readers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, fact in workspace.facts("mentioned"):
        if not path.endswith((".py", ".ipynb")) or workspace.config.role_of(path) in ("test", "example"):
            continue
        project = project_of(workspace, path)
        for name in fact.detail[0]:
            if (project, name) in computed:
                readers[project, name].append(path)
    found = []
    for key, givers in computed.items():
        takers = tuple(sorted(set(readers[key]) - givers))
        if len(givers) == 1 and 0 < len(takers) <= MAX_TAKERS:
            found.append(Handover(next(iter(givers)), key[1], "column", takers))
    return sorted(found)


def _routes(workspace: Workspace) -> list[Handover]:
    requests = requests_of(workspace)
    found = set()
    for route in routes_of(workspace):
        if not WORD.search(HOLE.sub("", route.route)):
            continue  # nothing but a hole fits every address
        takers = {path for path, url, _ in requests if path != route.path and same_route(route.route, url)}
        if takers:
            found.add(Handover(route.path, route.route, "route", tuple(sorted(takers))))
    return sorted(found)


def _outputs(workspace: Workspace) -> list[Handover]:
    found = []
    for record in registries_of(workspace):
        takers = set()
        for field in record.children("declared_consumers"):
            name = field.value if field.known else None
            name = name if isinstance(name, str) else record.value(*field.key, "service")
            if isinstance(name, str):
                takers.add(name)
        if takers:
            model = record.name or "the model"
            found.append(Handover(record.path, f"outputs of {model}", "outputs", tuple(sorted(takers))))
    return sorted(found)
