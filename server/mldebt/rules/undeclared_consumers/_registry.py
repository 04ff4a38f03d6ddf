"""The consumer registry as rules ask it: which model a use belongs to, and which declared consumer a file is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import matches
from mldebt.facts.audits import Field, Record, registries_of
from mldebt.facts.serving import OutputUse, Route, requests_of, routes_of, same_route, uses_of
from mldebt.rule import Workspace
from mldebt.text import Span, regex
from mldebt.typed import NamedTuple

NEEDS = ("consumer-registry", "route", "response-class", "request", "output-use", "role")
ENUM = regex(r"(?:enum|one of|oneof)\s*:?\s*[\[({]?(.*?)[\])}]?\s*$", re.IGNORECASE)
TYPES = {
    "float": "float", "double": "float", "number": "float", "decimal": "float",
    "int": "int", "integer": "int", "str": "str", "string": "str", "text": "str",
    "bool": "bool", "boolean": "bool", "list": "list", "array": "list", "dict": "dict", "object": "dict",
}  # fmt: skip
ENVELOPE = frozenset(
    {"error", "errors", "detail", "message", "status", "status_code", "request_id", "success"}
)
"""Keys that wrap an answer and are no part of a model's output."""


class Output(NamedTuple):
    """One field of the registered schema."""

    name: str
    type: str
    words: tuple[str, ...]
    span: Span


class Consumer(NamedTuple):
    """One declared consumer."""

    service: str
    fields: tuple[str, ...]
    threshold: Field | None
    paths: tuple[str, ...]
    span: Span


class Model(NamedTuple):
    """One registry."""

    name: str
    record: Record
    schema: dict[str, Output]
    consumers: tuple[Consumer, ...]
    routes: tuple[str, ...]


def models_of(workspace: Workspace) -> list[Model]:
    known: list[Model] | None = workspace.memo.get("models")
    if known is None:
        known = workspace.memo["models"] = [_model(record) for record in registries_of(workspace)]
    return known


def _model(record: Record) -> Model:
    consumers = []
    for field in record.children("declared_consumers"):
        key = field.key
        service = record.get(*key, "service")
        if field.known and isinstance(field.value, str):
            consumers.append(Consumer(field.value, (), None, (), field.span))
            continue
        if service is None or not isinstance(service.value, str):
            continue
        used = tuple(one.value for one in record.values(*key, "fields_used") if isinstance(one.value, str))
        paths = record.value(*key, "paths")
        listed = tuple(one.value for one in record.values(*key, "paths") if isinstance(one.value, str))
        consumers.append(
            Consumer(
                service.value,
                used,
                record.get(*key, "threshold_dependency"),
                (paths,) if isinstance(paths, str) else listed,
                service.span,
            )
        )
    routes = record.value("routes")
    return Model(
        record.name or "the model",
        record,
        {output.name: output for output in map(_output(record), record.children("schema"))},
        tuple(consumers),
        (routes,)
        if isinstance(routes, str)
        else tuple(one.value for one in record.values("routes") if isinstance(one.value, str)),
    )


def _output(record: Record):  # type: ignore[no-untyped-def]
    def output(field: Field) -> Output:
        name = str(field.key[-1])
        if field.known and isinstance(field.value, str):
            kind, words = described(field.value)
            return Output(name, kind, words, field.key_span)
        if field.known and field.value.__class__ is tuple:
            return Output(name, "str", tuple(str(word) for word in field.value), field.key_span)
        kind = record.value(*field.key, "type")
        words = tuple(str(one.value) for one in record.values(*field.key, "enum"))
        return Output(name, TYPES.get(str(kind).lower(), ""), words, field.key_span)

    return output


def described(text: str) -> tuple[str, tuple[str, ...]]:
    """Type and words of `float [0.0, 1.0]`, `string enum ['FRAUD', 'LEGITIMATE']`, `list of {…}`."""
    head = text.strip().partition(" ")[0].partition("[")[0].partition("(")[0].lower()
    match = ENUM.search(text)
    words: tuple[str, ...] = ()
    if match:
        quoted = re.findall(r"""["']([^"']*)["']""", match[1])
        words = tuple(quoted or [part.strip() for part in re.split(r"[,|]", match[1]) if part.strip()])
    return TYPES.get(head, "str" if words else ""), words


# Who is who ------------------------------------------------------------------------------------


def consumer_at(path: str, model: Model) -> Consumer | None:
    """The declared consumer that a file is part of: by its `paths`, or by the name of a folder or file."""
    parts = [_plain(part) for part in path.split("/")]
    parts[-1] = _plain(path.rpartition("/")[2].rpartition(".")[0])
    for consumer in model.consumers:
        if any(matches(path, pattern) for pattern in consumer.paths):
            return consumer
    for consumer in model.consumers:
        name = _plain(consumer.service)
        if any(part == name or part.startswith(name + "_") for part in parts):
            return consumer
    return None


def _plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(" ", "_")


def model_of_route(route: Route, models: list[Model]) -> Model | None:
    """The model that a route serves: named in its registry, or answering with its fields."""
    for model in models:
        if any(same_route(own, route.route) for own in model.routes):
            return model
    if any(model.routes for model in models) and len(models) == 1:
        return None
    names = {field.name for answer in route.answers for field in answer.fields}
    shared = [(len(names & set(model.schema)), index) for index, model in enumerate(models)]
    best = max(shared, default=(0, 0), key=lambda one: (one[0], -one[1]))
    if best[0] and sum(one[0] == best[0] for one in shared) == 1:
        return models[best[1]]
    return models[0] if len(models) == 1 and route.predicts and not route.answers else None


class Link(NamedTuple):
    """A use of an output and the model it belongs to."""

    use: OutputUse
    model: Model
    certain: bool
    """By a called route, or by several registered fields; not by a name alone."""


def links_of(workspace: Workspace) -> list[Link]:
    """Every use of a response that belongs to a registered model."""
    known: list[Link] | None = workspace.memo.get("consumer-links")
    if known is None:
        known = workspace.memo["consumer-links"] = list(_links(workspace))
    return known


def _links(workspace: Workspace) -> Iterator[Link]:
    models = models_of(workspace)
    if not models:
        return
    routes = [(route, model_of_route(route, models)) for route in routes_of(workspace)]
    read: dict[tuple[str, str, str], set[str]] = {}
    for use in uses_of(workspace):
        if use.kind == "read":
            read.setdefault((use.path, use.how, use.url), set()).add(use.field)
    for use in uses_of(workspace):
        if use.how == "http":
            served = [model for route, model in routes if same_route(route.route, use.url)]
            served += [model for model in models if any(same_route(route, use.url) for route in model.routes)]
            found = {id(model): model for model in served if model is not None}
            if len(found) == 1:
                yield Link(use, next(iter(found.values())), True)
                continue
            if found or not may_be_ours(use.url):
                continue
        fields = read.get((use.path, use.how, use.url), set())
        fits = [model for model in models if len(fields & set(model.schema)) == len(fields & _all(models))]
        fits = [model for model in fits if fields & set(model.schema)]
        if len(fits) != 1:
            continue
        shared = fields & set(fits[0].schema)
        telling = len(shared) > 1 or any("_" in field for field in shared)
        if telling or use.how == "named":
            yield Link(use, fits[0], telling and use.how != "named")


def may_be_ours(url: str) -> bool:
    """Whether a URL can be a service of our own: not a host of the outer world."""
    return same_route("/{}", url) or url in ("", "{}")


def _all(models: list[Model]) -> set[str]:
    return {field for model in models for field in model.schema}


def callers_of(workspace: Workspace, model: Model) -> Iterator[tuple[str, str, Span]]:
    """(path, URL, span) of every request to a route of this model."""
    models = models_of(workspace)
    own = [route.route for route in routes_of(workspace) if model_of_route(route, models) is model]
    for path, url, span in requests_of(workspace):
        if any(same_route(route, url) for route in (*own, *model.routes)):
            yield path, url, span
