"""Which model outputs a file serves, and which it reads: routes and their answers, requests, fields used.

    routes_of(workspace)      every route, its answers, and its response model's fields
    uses_of(workspace)        fields of responses that are read, compared, or taken by position
    requests_of(workspace)    URLs that are called

    Fact("route", "/predict", span of the handler's name, (handler, model, predicts, complete, answers))
    Fact("response-class", "Prediction", span of its name, (fields,))
    Fact("request", "http://host/predict", span of the URL, (scope,))
    Fact("output-use", "fraud_score", span, (kind, how, url, value))

Fields are (name, span, type, words). Tests and examples are left out of all answers.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.roles import SERVING_ROOTS
from mldebt.rule import Fact, Workspace
from mldebt.text import Span, regex
from mldebt.typed import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from mldebt.config import Config
    from mldebt.syntax.module import Module
    from mldebt.syntax.outputs import Origin, Outputs

HTTP_ROOTS = frozenset({"requests", "httpx", "aiohttp", "urllib", "urllib3"})
DECODES = regex(r"\bloads\(|\b(?:resp|response)(?:\.json\(\))?(?:\[[\"']|\.get\()")
CLASSES = frozenset({"BaseModel", "TypedDict", "Schema", "NamedTuple"})
LITERAL = regex(r"(?:typing\.)?Literal\[(.*)\]", 16)
QUOTED = regex(r"""["']([^"']*)["']""")
PREDICTS = frozenset(
    "predict predict_proba predict_one decision_function score_samples inference infer run_inference forward "
    "get_prediction make_prediction predict_single model classify".split()
)
PREDICTING_PATH = regex(
    r"(?:^|[/_-])(?:predict\w*|scor(?:e|es|ing)|infer\w*|classif\w+|recommend\w*|forecast\w*|detect\w*|embed\w*)(?:$|[/_{<-])",
    2,
)


def of_module(module: Module, config: Config) -> Iterator[Fact]:
    roots = module.roots
    serves = bool(roots & SERVING_ROOTS)
    if serves or "BaseModel" in module.text or "TypedDict" in module.text:
        yield from _classes(module)
    if not (serves or roots & HTTP_ROOTS):
        if ("loads(" not in module.text and "resp" not in module.text) or not DECODES.search(module.text):
            return
    for start, outputs in _outputs(module):
        for route in outputs.routes:
            # A handler that calls the model outweighs one that only sounds like it.
            predicts = 2 if route.names & PREDICTS else int(bool(PREDICTING_PATH.search(route.path)))
            answers = tuple(
                (
                    answer.span.shifted(start),
                    tuple((f.name, f.span.shifted(start), f.type, f.words) for f in answer.fields),
                    answer.complete,
                )
                for answer in route.answers
            )
            detail = (route.handler, route.model, predicts, route.complete, answers)
            yield Fact("route", route.path, route.span.shifted(start), detail)
        for request in outputs.requests:
            yield Fact("request", request.url, request.span.shifted(start), (request.scope,))
        for use in outputs.uses:
            yield Fact(
                "output-use",
                use.field,
                use.span.shifted(start),
                (use.kind, use.origin.how, use.origin.url, use.value),
            )


def _outputs(module: Module) -> Iterator[tuple[int, Outputs]]:
    from mldebt.syntax.outputs import outputs_of

    names: dict[str, Origin] = {}
    for chunk, start in module.placed:
        outputs = outputs_of(chunk, names)
        names.update(outputs.names)
        yield start, outputs


def _classes(module: Module) -> Iterator[Fact]:
    """Classes whose annotated attributes are the fields of an object."""
    fields: dict[str, list[tuple[str, Span, str, tuple[str, ...]]]] = {}
    for chunk, start in module.placed:
        for assignment in chunk.assignments:
            scope = chunk.scopes[assignment.scope]
            owner = scope.name if scope.kind == "class" else chunk.owner if not assignment.scope else ""
            if owner and assignment.annotation:
                kind, words = annotated(assignment.annotation)
                fields.setdefault(owner, []).append(
                    (assignment.name, assignment.name_span.shifted(start), kind, words)
                )
    for view in module.classes():
        if any(base.rpartition(".")[2] in CLASSES for base in view.bases) and view.name in fields:
            yield Fact("response-class", view.name, view.name_span, (tuple(fields[view.name]),))


def annotated(annotation: str) -> tuple[str, tuple[str, ...]]:
    """Type and words of an annotation: `Optional[float]` -> float, `Literal["A", "B"]` -> its words."""
    text = annotation.replace(" ", "")
    for wrapper in ("Optional[", "typing.Optional["):
        if text.startswith(wrapper):
            text = text[len(wrapper) : -1]
    text = text.removesuffix("|None")
    match = LITERAL.fullmatch(text)
    if match:
        return "str", tuple(sorted(QUOTED.findall(annotation)))
    word = text.partition("[")[0].rpartition(".")[2]
    return {"List": "list", "Dict": "dict", "confloat": "float", "constr": "str"}.get(
        word, word if word in ("float", "int", "bool", "str", "list", "dict") else ""
    ), ()


# What rules ask ------------------------------------------------------------------------------


class Field(NamedTuple):
    name: str
    span: Span
    type: str
    words: tuple[str, ...]


class Answer(NamedTuple):
    path: str
    """Of the file its fields stand in."""
    span: Span
    fields: tuple[Field, ...]
    complete: bool


class Route(NamedTuple):
    path: str
    """Of the file."""
    route: str
    span: Span
    handler: str
    predicts: int
    """2: the handler calls a model; 1: its path says so; 0: neither."""
    answers: tuple[Answer, ...]
    complete: bool


class OutputUse(NamedTuple):
    path: str
    kind: str
    """read, word, number, position."""
    field: str
    span: Span
    how: str
    """http, json, named: decoded from a request in this file, from a text, by its name alone."""
    url: str
    value: Any


def routes_of(workspace: Workspace) -> list[Route]:
    known: list[Route] | None = workspace.memo.get("routes")
    if known is not None:
        return known
    classes: dict[str, list[tuple[str, Fact]]] = {}
    for path, fact in workspace.facts("response-class"):
        classes.setdefault(fact.subject, []).append((path, fact))
    known = []
    for path, fact in workspace.facts("route"):
        if workspace.config.role_of(path) in ("test", "example"):
            continue
        handler, model, predicts, complete, raw = fact.detail
        answers = [
            Answer(path, span, tuple(Field(*field) for field in fields), whole) for span, fields, whole in raw
        ]
        candidates = classes.get(model.rpartition(".")[2], [])
        candidates = [one for one in candidates if one[0] == path] or candidates
        if len(candidates) == 1:
            where, one = candidates[0]
            answers = [Answer(where, one.span, tuple(Field(*field) for field in one.detail[0]), True)]
            complete = True
        known.append(Route(path, fact.subject, fact.span, handler, predicts, tuple(answers), complete))
    known.sort(key=lambda route: (route.path, route.span))
    workspace.memo["routes"] = known
    return known


def uses_of(workspace: Workspace) -> list[OutputUse]:
    known: list[OutputUse] | None = workspace.memo.get("output-uses")
    if known is None:
        known = [
            OutputUse(path, fact.detail[0], fact.subject, fact.span, *fact.detail[1:])
            for path, fact in workspace.facts("output-use")
            if workspace.config.role_of(path) not in ("test", "example")
        ]
        known.sort(key=lambda use: (use.path, use.span))
        workspace.memo["output-uses"] = known
    return known


def requests_of(workspace: Workspace) -> list[tuple[str, str, Span]]:
    """(path, URL with `{}` for its holes, span), in order."""
    found = [
        (path, fact.subject, fact.span)
        for path, fact in workspace.facts("request")
        if workspace.config.role_of(path) not in ("test", "example")
    ]
    return sorted(found, key=lambda one: (one[0], one[2]))


OUTSIDE = regex(
    r"https?://(?:[\w.-]+\.)?[\w-]+\.(?:com|org|net|io|ai|co|dev|app|gov|edu|info|me|uk|de|fr|cn)(?![\w.-])",
    2,
)


def same_route(route: str, url: str) -> bool:
    """Whether a called URL can be this route: its path ends with it, and its host is not of the outer world."""
    if not url or OUTSIDE.match(url):
        return False
    asked = _segments(url.partition("?")[0].partition("://")[2] or url.partition("?")[0])
    own = _segments(route)
    if not own or len(asked) < len(own):
        return False
    return all(
        mine[:1] in "{<" or mine == theirs
        for mine, theirs in zip(own, asked[len(asked) - len(own) :], strict=True)
    )


def _segments(path: str) -> list[str]:
    return [part for part in path.strip().strip("/").split("/") if part]
