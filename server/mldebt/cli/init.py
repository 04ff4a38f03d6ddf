"""`mldebt-lsp --init`: drafts of labels.yaml, consumers.yaml, features.yaml and mldebt.toml from what the folder holds.

Never overwrites: a file that is there, or an audit that is kept anywhere, is left alone
and named. What the code shows is filled in; the rest is a question, TODO(mldebt).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator

from mldebt.cli.arguments import Arguments, BadArguments
from mldebt.cli.check import prepared
from mldebt.config_files import NAMES, read_settings
from mldebt.engine.gather import gathered
from mldebt.facts.audits import features_of, labels_of, registries_of
from mldebt.facts.columns import computed_of, lists_of
from mldebt.facts.lineage import lineage
from mldebt.facts.roles import with_role
from mldebt.facts.serving import requests_of, routes_of, same_route
from mldebt.fixes.audit_files import consumers_text, features_text, labels_text, place_for
from mldebt.rule import Workspace
from mldebt.rules import rules_by_id
from mldebt.text import regex
from mldebt.typed import NamedTuple

KINDS = (
    *("role", "label-record", "consumer-registry", "feature-record", "route", "response-class", "request"),
    *("column", "feature-list", "artifact-read", "artifact-write", "runs-script", "stage"),
)
NOT_A_FEATURE = regex(
    r"X-.*|\w+-\w.*"
    r"|(?:.*[_ ])?(?:auc|accuracy|f1|loss|mae|mape|mse|precision|r2|recall|rmse|rocauc)(?:[_ ]score)?(?:[_ ](?:mean|std))?"
    r"|(?:train|test|val|valid|validation|cv|mean|best)?[_ ]?scores?",
    re.IGNORECASE,
)
"""Headers of a request, and results of an evaluation: stored by name like a column. So are parameters."""
MAX_FEATURES = 200
# More are generated names; a file of them is nobody's documentation.
VENDORED = ("third_party", "vendor", "vendored", "external", "submodules", "extern")


class Draft(NamedTuple):
    """A file to be written, or why there is none."""

    path: str
    """Relative to the folder; "" where nothing is to be written."""
    text: str
    about: str


def init(arguments: Arguments) -> int:
    """The exit code. Raises BadArguments and BadConfiguration."""
    if len(arguments.paths) > 1:
        raise BadArguments("`--init` drafts for one folder")
    folder = os.path.realpath(arguments.paths[0] if arguments.paths else ".")
    if not os.path.isdir(folder):
        raise BadArguments(f"`--init` drafts for a folder, and {arguments.paths[0]} is none")
    request, configs = prepared(arguments)
    workspace = gathered(request, configs, KINDS)
    inside = os.path.relpath(folder, request.root).replace(os.sep, "/")
    for draft in drafts(workspace, folder, "" if inside == "." else inside + "/"):
        if draft.path and not _written(os.path.join(folder, *draft.path.split("/")), draft.text):
            draft = Draft("", "", f"{draft.path}: exists, left alone")
        sys.stdout.write(f"{draft.path}: {draft.about}\n" if draft.path else f"{draft.about}\n")
    return 0


def _written(path: str, text: str) -> bool:
    """Whether the file is new; one that exists is never opened for writing."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return False
    except OSError as error:
        raise BadArguments(
            f"{path} cannot be written: {(error.strerror or type(error).__name__).lower()}"
        ) from None
    return True


def drafts(workspace: Workspace, folder: str, inside: str) -> Iterator[Draft]:
    """What to write in `folder`, which lies at `inside` ("" or with a slash at the end) in the workspace."""
    paths = [path[len(inside) :] for path in workspace.paths if path.startswith(inside)]
    yield _labels(workspace, paths)
    yield _consumers(workspace, paths)
    yield _features(workspace, paths)
    yield _settings(workspace, paths, folder, inside)


def _labels(workspace: Workspace, paths: list[str]) -> Draft:
    known = labels_of(workspace)
    if known:
        return Draft("", "", f"labels.yaml: kept already, in {known[0].path}")
    if not with_role(workspace, "train"):
        return Draft("", "", "labels.yaml: not drafted, nothing here trains a model")
    models = _models(workspace)
    told = f"{len(models)} model{'' if len(models) == 1 else 's'}, the questions open"
    return Draft(place_for("labels.yaml", paths), labels_text(models), told)


def _models(workspace: Workspace) -> list[str]:
    """Names of the models: as registered, else as the files are called that the code writes."""
    registered = [record.name for record in registries_of(workspace) if record.name]
    if registered:
        return registered
    found = []
    for path, node in lineage(workspace).nodes.items():
        name = path.rpartition("/")[2].partition(".")[0]
        if node.kind == "model" and node.writers and name.replace("_", "").replace("-", "").isalnum():
            found.append(name)
    return list(dict.fromkeys(found))[:20] or ["the_model"]


def _consumers(workspace: Workspace, paths: list[str]) -> Draft:
    known = registries_of(workspace)
    if known:
        return Draft("", "", f"consumers.yaml: kept already, in {known[0].path}")
    routes = [route for route in routes_of(workspace) if route.predicts]
    if not routes:
        return Draft("", "", "consumers.yaml: not drafted, nothing here answers requests with a model")
    first = min(routes, key=lambda route: (not route.complete, route.path, route.span))
    fields = tuple(
        dict.fromkeys((one.name, one.type, one.words) for answer in first.answers for one in answer.fields)
    )
    serving = {route.path for route in routes}
    callers = [
        path.split("/")[-2] if "/" in path else path.rpartition(".")[0]
        for path, url, _ in requests_of(workspace)
        if path not in serving and any(same_route(route.route, url) for route in routes)
    ]
    text = consumers_text(_models(workspace)[0], fields, first.route, list(dict.fromkeys(callers)))
    told = f"{len(fields)} field{'' if len(fields) == 1 else 's'} of `{first.route}`, {len(set(callers))} known callers"
    return Draft(place_for("consumers.yaml", paths), text, told)


def _features(workspace: Workspace, paths: list[str]) -> Draft:
    known = features_of(workspace)
    if known:
        return Draft("", "", f"features.yaml: kept already, in {known[0].path}")
    listed = [name for one in lists_of(workspace) for name in one.items]
    parameters = workspace.config.knowledge.hyperparameter_names
    computed = [
        one.column
        for one in computed_of(workspace)
        if one.kind == "store" and one.form is not None and one.column not in parameters
        if not NOT_A_FEATURE.fullmatch(one.column)
    ]
    names = list(dict.fromkeys(listed or computed))
    if not names or not with_role(workspace, "train"):
        return Draft(
            "", "", "features.yaml: not drafted, no list of features and no computed column was found"
        )
    told = f"{min(len(names), MAX_FEATURES)} features, owners and contracts open"
    return Draft(place_for("features.yaml", paths), features_text(names[:MAX_FEATURES]), told)


def _settings(workspace: Workspace, paths: list[str], folder: str, inside: str) -> Draft:
    for name in NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path) and read_settings(path, rules_by_id()) is not None:
            return Draft("", "", f"{name}: has settings already")
    lines = [
        "# Settings of mldebt-lsp. All of them: mldebt-lsp --config-schema. What is in force: --show-config FILE.",
        "",
        "# TODO(mldebt): a start that fails on what is surely wrong; `warning` once that is clean.",
        'fail-on = "error"',
    ]
    vendored = sorted({part for path in paths for part in path.split("/")[:-1] if part in VENDORED})
    if vendored:
        lines += [
            "",
            "# Code of others.",
            f"extend-exclude = [{', '.join(_quoted(one) for one in vendored)}]",
        ]
    lines += [
        "",
        "# What files do is told by their imports and calls. Say here where that is wrong.",
        "[roles]",
    ]
    for role in ("train", "serve"):
        found = [path[len(inside) :] for path, _ in with_role(workspace, role) if path.startswith(inside)]
        lines.append(f"# {role} = [{', '.join(map(_quoted, sorted(found)[:6]))}]")
    lines += [
        "",
        "# Splitters, transformers, readers and trackers of your own, by their full names.",
        "[knowledge]",
        '# transformers = ["acme.features.Winsorizer"]',
    ]
    return Draft("mldebt.toml", "\n".join(lines) + "\n", "a starting configuration")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
