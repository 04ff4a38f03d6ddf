"""What a chunk does with model outputs: which it serves, and which fields of a response it reads.

    outputs_of(chunk, names)     routes, requests, reads, comparisons, positions, and new names

Made on demand, like details.py, by one walk in source order that follows plain names:
`r = requests.post(URL)`, `data = r.json()`, `score = data["score"]`, `fields = list(data)`.
`names` is what the chunks before it have bound at module level; what this one binds there is in
`names` of the answer. Both branches of an `if` are walked, and the last assignment counts.

Not followed: attributes of objects but `self`, responses passed to other functions, names bound
by unpacking. Unknown is unknown: such values are no response.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from mldebt.syntax.details import parsed_chunk
from mldebt.syntax.lowering import chain_of
from mldebt.syntax.module import Chunk
from mldebt.syntax.nodes import children
from mldebt.text import Span
from mldebt.typed import Any, Literal, NamedTuple

HTTP_ROOTS = frozenset({"requests", "httpx", "aiohttp", "urllib", "urllib3"})
HTTP_VERBS = frozenset({"get", "post", "put", "request", "urlopen"})
LOADS = frozenset({"json.loads", "orjson.loads", "ujson.loads", "simplejson.loads", "msgpack.loads"})
RESPONSE_NAMES = frozenset({"response", "resp", "prediction_response", "model_response"})
"""Parameters and unknown names that say what they are: the weakest evidence."""
VERBS = frozenset({"get", "post", "put", "patch", "route", "api_route", "api", "websocket"})
OPS: dict[type, str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.In: "in", ast.NotIn: "not in",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
MAX_DEPTH = 8


class Origin(NamedTuple):
    """Where a value comes from."""

    kind: Literal["reply", "output", "keys", "values", "field", "text", "number", "words", "other"]
    how: Literal["http", "json", "named", ""] = ""
    """How an output was recognised: decoded from a request of this file, from a text, by its name alone."""
    url: str = ""
    """What was requested, holes as `{}`; of a decoded text its source."""
    value: Any = None
    """The field's name, the text, the number, the tuple of words; of keys the decoded value as written."""


NAMED = Origin("output", "named")
OTHER = Origin("other")
"""A name that sounds like a response and is none that we know."""


class Field(NamedTuple):
    name: str
    span: Span
    """Of the key."""
    type: str
    """float, int, bool, str, list, dict or "" where it is not clear."""
    words: tuple[str, ...]
    """Every string it can be, where all of them are written out."""


class Answer(NamedTuple):
    """One object a handler returns."""

    span: Span
    fields: tuple[Field, ...]
    complete: bool


class Route(NamedTuple):
    path: str
    handler: str
    span: Span
    """Of the handler's name."""
    model: str
    """The response model: a class named by the decorator, the annotation or the return, or ""."""
    answers: tuple[Answer, ...]
    complete: bool
    """Every return is understood."""
    names: frozenset[str]
    """Attributes and functions the handler calls."""


class Request(NamedTuple):
    url: str
    span: Span
    scope: str


class Use(NamedTuple):
    """One use of a response: a field read, compared, or an access by position."""

    kind: Literal["read", "word", "number", "position"]
    field: str
    """The field; of a position its number as text, `popitem` or `first`."""
    span: Span
    """Of the key, the compared literal, or the whole access."""
    origin: Origin
    value: Any = None
    """The literal it is compared with; of a position what is accessed, as written, and how."""


class Outputs(NamedTuple):
    routes: tuple[Route, ...] = ()
    requests: tuple[Request, ...] = ()
    uses: tuple[Use, ...] = ()
    names: tuple[tuple[str, Origin], ...] = ()


NOTHING = Outputs()


def outputs_of(chunk: Chunk, names: Mapping[str, Origin]) -> Outputs:
    """Spans count from the chunk. Remembered for the same `names`."""
    key = tuple(sorted(names.items()))
    known = chunk.memo.get("outputs")
    if known is None or known[0] != key:
        known = chunk.memo["outputs"] = (key, _outputs(chunk, names))
    found: Outputs = known[1]
    return found


def _outputs(chunk: Chunk, names: Mapping[str, Origin]) -> Outputs:
    parsed = parsed_chunk(chunk)
    if parsed is None:
        return NOTHING
    low, body = parsed
    walk = _Walk(chunk, low, dict(names))
    walk.block(body, walk.names, "")
    new = tuple((name, origin) for name, origin in walk.names.items() if names.get(name) != origin)
    return Outputs(tuple(walk.routes), tuple(walk.requests), tuple(walk.uses), new)


class _Walk:
    def __init__(self, chunk: Chunk, low: Any, names: dict[str, Origin]) -> None:
        self.chunk, self.low, self.names = chunk, low, names
        self.routes: list[Route] = []
        self.requests: list[Request] = []
        self.uses: list[Use] = []

    def span(self, node: Any) -> Span:
        return self.low.span(node)  # type: ignore[no-any-return]

    def text(self, node: Any) -> str:
        span = self.span(node)
        return self.chunk.text[span.start : span.end]

    # Statements, in order, without recursion into blocks of the same scope ------------------

    def block(self, body: list[Any], names: dict[str, Origin], scope: str) -> None:
        stack = [(node, names, scope) for node in reversed(body)]
        while stack:
            node, known, where = stack.pop()
            if node.__class__ in (ast.FunctionDef, ast.AsyncFunctionDef):
                inner = dict(known)
                arguments = node.args
                for parameter in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
                    inner.pop(parameter.arg, None)
                    if parameter.arg in RESPONSE_NAMES:
                        inner[parameter.arg] = NAMED
                self.route(node)
                self.block(node.body, inner, f"{where}.{node.name}" if where else node.name)
                given = self.returned(node, inner)
                for name in (node.name, f"self.{node.name}"):
                    known.pop(name + "()", None)
                    if given is not None:
                        known[name + "()"] = given
                continue
            if node.__class__ is ast.ClassDef:
                stack += [(child, dict(known), where) for child in reversed(node.body)]
                continue
            for expression in _expressions(node):
                self.expression(expression, known, where)
            self.bind(node, known)
            stack += [(child, known, where) for child in reversed(_bodies(node))]

    def bind(self, node: Any, names: dict[str, Origin]) -> None:
        pairs: list[tuple[Any, Any]]
        if node.__class__ in (ast.With, ast.AsyncWith):
            pairs = [(item.optional_vars, item.context_expr) for item in node.items if item.optional_vars]
        elif node.__class__ is ast.Assign:
            pairs = [(target, node.value) for target in node.targets]
        elif node.__class__ is ast.AnnAssign and node.value is not None:
            pairs = [(node.target, node.value)]
        elif node.__class__ in (ast.For, ast.AsyncFor, ast.AugAssign):
            pairs = [(node.target, None)]
        else:
            return
        for target, value in pairs:
            chain = chain_of(target) if target.__class__ in (ast.Name, ast.Attribute) else ""
            if not chain or ("." in chain and not chain.startswith("self.")):
                continue
            origin = self.origin(value, names) if value is not None else None
            if origin is not None or chain in RESPONSE_NAMES:
                names[chain] = origin or OTHER
            else:
                names.pop(chain, None)

    def returned(self, node: Any, names: Mapping[str, Origin]) -> Origin | None:
        """What a function gives back, if all its returns give a response."""
        found = None
        for child in _own_nodes(node.body):
            if child.__class__ is ast.Return and child.value is not None:
                origin = self.origin(child.value, names)
                if origin is None or origin.kind not in ("reply", "output", "field"):
                    return None
                found = origin
        return found

    # Values -----------------------------------------------------------------------------------

    def origin(self, node: Any, names: Mapping[str, Origin], depth: int = 0) -> Origin | None:
        if depth > MAX_DEPTH:
            return None
        cls = node.__class__
        if cls is ast.Await:
            return self.origin(node.value, names, depth + 1)
        if cls is ast.Constant:
            if node.value.__class__ is str:
                return Origin("text", value=node.value)
            return Origin("number", value=node.value) if node.value.__class__ in (int, float) else None
        if cls in (ast.JoinedStr, ast.BinOp):
            text = self.template(node, names)
            return Origin("text", value=text) if text else None
        if cls in (ast.Name, ast.Attribute):
            chain = chain_of(node)
            known = names.get(chain)
            if known is None and chain in RESPONSE_NAMES and not self.bound(chain):
                return NAMED
            return known
        if cls is ast.IfExp:
            words = _words(node)
            return Origin("words", value=words) if words else None
        if cls is ast.Subscript:
            base = self.origin(node.value, names, depth + 1)
            if base is not None and base.kind == "output" and (name := _literal(node.slice)) is not None:
                return Origin("field", base.how, base.url, name)
            return None
        if cls is ast.Call:
            return self.called(node, names, depth)
        return None

    def bound(self, name: str) -> bool:
        """Whether this chunk binds the name: to what, is not known then."""
        return any(name == bound for scope in self.chunk.scopes for bound, _, _ in scope.bindings) or any(
            name == one.alias for one in self.chunk.imports
        )

    def called(self, node: Any, names: Mapping[str, Origin], depth: int) -> Origin | None:
        chain = chain_of(node.func)
        word = chain.rpartition(".")[2]
        if (known := names.get(chain + "()")) is not None:
            return known
        if word == "json" and node.func.__class__ is ast.Attribute:
            base = self.origin(node.func.value, names, depth + 1)
            if base is not None and base.kind == "reply":
                return Origin("output", "http", base.url)
            receiver = chain_of(node.func.value)
            if (
                receiver in RESPONSE_NAMES
                and names.get(receiver, NAMED) == NAMED
                and not self.bound(receiver)
            ):
                return NAMED
            return None
        if word == "get" and node.args and node.func.__class__ is ast.Attribute:
            base = self.origin(node.func.value, names, depth + 1)
            if base is not None and base.kind == "output" and (name := _literal(node.args[0])) is not None:
                return Origin("field", base.how, base.url, name)
        if word in HTTP_VERBS and self.sends(node.func, names):
            return Origin("reply", "http", self.url_of(node, names))
        if word in ("loads", "load") and node.args:
            return self.decoded(node, names)
        if chain in ("list", "tuple", "iter") and len(node.args) == 1:
            return self.listed(node.args[0], names, depth)
        if chain in ("float", "int", "str", "round", "abs") and node.args:
            inner = self.origin(node.args[0], names, depth + 1)
            return inner if inner is not None and inner.kind == "field" else None
        if chain in ("os.environ.get", "os.getenv", "environ.get", "getenv"):
            return self.origin(node.args[1], names, depth + 1) if len(node.args) > 1 else None
        return None

    def sends(self, func: Any, names: Mapping[str, Origin]) -> bool:
        chain = chain_of(func)
        scope = next((at for at in range(len(self.chunk.scopes) - 1, -1, -1) if self.inside(at, func)), 0)
        target = self.chunk.resolve(chain, scope, self.span(func).start)
        return (target or chain).partition(".")[0] in HTTP_ROOTS

    def inside(self, scope: int, node: Any) -> bool:
        span, own = self.chunk.scopes[scope].span, self.span(node)
        return span.start <= own.start < span.end

    def decoded(self, node: Any, names: Mapping[str, Origin]) -> Origin | None:
        """`json.loads(r.text)`, `json.loads(response_body)`; a file that was read is no response."""
        chain = chain_of(node.func)
        scope = next((at for at in range(len(self.chunk.scopes) - 1, -1, -1) if self.inside(at, node)), 0)
        target = self.chunk.resolve(chain, scope, self.span(node).start) or chain
        if target not in LOADS and target != "json.load":
            return None
        source: Any = node.args[0]
        while source.__class__ in (ast.Attribute, ast.Call, ast.Await):
            base = self.origin(source, names)
            if base is not None and base.kind == "reply":
                return Origin("output", "http", base.url)
            source = getattr(source, "func" if source.__class__ is ast.Call else "value")
        base = self.origin(source, names)
        if base is not None and base.kind == "reply":
            return Origin("output", "http", base.url)
        written = self.text(node.args[0]).lower()
        if target in LOADS and any(word in written for word in ("response", "resp.", "reply", "prediction")):
            return Origin("output", "json", written[:80])
        return None

    def listed(self, node: Any, names: Mapping[str, Origin], depth: int) -> Origin | None:
        """`list(d)`, `list(d.keys())`, `list(d.values())` of a response."""
        kind: Any = "keys"
        if node.__class__ is ast.Call and node.func.__class__ is ast.Attribute and not node.args:
            if node.func.attr == "items":
                return None
            if node.func.attr in ("keys", "values"):
                kind = node.func.attr
                node = node.func.value
        base = self.origin(node, names, depth + 1)
        if base is None or base.kind != "output":
            return None
        return Origin(kind, base.how, base.url, self.text(node))

    def url_of(self, node: Any, names: Mapping[str, Origin]) -> str:
        first = next((word.value for word in node.keywords if word.arg == "url"), None)
        if first is None:
            args = [arg for arg in node.args if _literal(arg) not in ("GET", "POST", "PUT", "get", "post")]
            first = args[0] if args else None
        if first is None:
            return ""
        text = self.template(first, names)
        self.requests.append(Request(text, self.span(first), ""))
        return text

    def template(self, node: Any, names: Mapping[str, Origin]) -> str:
        """A text with `{}` for what is not known."""
        parts: list[str] = []
        stack = [node]
        while stack and len(parts) < 40:
            item = stack.pop()
            cls = item.__class__
            if cls is ast.Constant:
                parts.append(str(item.value))
            elif cls is ast.JoinedStr:
                stack += reversed(item.values)
            elif cls is ast.FormattedValue:
                stack.append(item.value)
            elif cls is ast.BinOp and item.op.__class__ is ast.Add:
                stack += (item.right, item.left)
            elif cls is ast.Call and chain_of(item.func).endswith("urljoin") and len(item.args) == 2:
                stack += (item.args[1], item.args[0])
            elif cls is ast.Call and item.func.__class__ is ast.Attribute and item.func.attr == "format":
                stack.append(item.func.value)
            else:
                known = self.origin(item, names) if cls in (ast.Name, ast.Attribute, ast.Call) else None
                parts.append(known.value if known is not None and known.kind == "text" else "{}")
        return "".join(parts)

    # Expressions --------------------------------------------------------------------------------

    def expression(self, root: Any, names: Mapping[str, Origin], scope: str) -> None:
        stack = [root]
        seen = len(self.requests)
        while stack:
            node = stack.pop()
            cls = node.__class__
            if cls is ast.JoinedStr or cls is ast.Lambda:
                continue  # inner positions of an f-string are wrong before Python 3.12
            if cls is ast.Subscript:
                self.subscript(node, names)
            elif cls is ast.Call:
                self.call(node, names)
            elif cls is ast.Compare and len(node.ops) == 1:
                self.compare(node, names)
            stack += children(node)
        # One request is looked at by everything that asks where its answer comes from.
        new = {request.span: request for request in self.requests[seen:]}
        known = {request.span for request in self.requests[:seen]}
        self.requests[seen:] = [
            request._replace(scope=scope) for span, request in sorted(new.items()) if span not in known
        ]

    def subscript(self, node: Any, names: Mapping[str, Origin]) -> None:
        base = self.origin(node.value, names)
        if base is None:
            return
        name = _literal(node.slice)
        if base.kind == "output" and name is not None and node.ctx.__class__ is ast.Load:
            self.uses.append(Use("read", name, self.span(node.slice), base))
        index = _index(node.slice)
        if base.kind in ("keys", "values") and index is not None:
            self.uses.append(
                Use("position", str(index), self.span(node), base, (base.kind, base.value or ""))
            )

    def call(self, node: Any, names: Mapping[str, Origin]) -> None:
        func = node.func
        if func.__class__ is ast.Attribute and func.attr in ("get", "pop") and node.args:
            base = self.origin(func.value, names)
            name = _literal(node.args[0])
            if base is not None and base.kind == "output" and name is not None:
                self.uses.append(Use("read", name, self.span(node.args[0]), base))
        if func.__class__ is ast.Attribute and func.attr == "popitem" and not node.args:
            base = self.origin(func.value, names)
            if base is not None and base.kind == "output":
                self.uses.append(Use("position", "popitem", self.span(node), base, ("item", "")))
        if func.__class__ is ast.Name and func.id == "next" and node.args:
            inner = self.origin(node.args[0], names)
            if inner is not None and inner.kind in ("keys", "values"):
                self.uses.append(
                    Use("position", "0", self.span(node), inner, (inner.kind, inner.value or ""))
                )
        word = chain_of(func).rpartition(".")[2]
        if word in HTTP_VERBS and self.sends(func, names):
            self.url_of(node, names)

    def compare(self, node: Any, names: Mapping[str, Origin]) -> None:
        op = OPS.get(node.ops[0].__class__, "")
        left, right = node.left, node.comparators[0]
        if not op:
            return
        field, other = self.origin(left, names), right
        if field is None or field.kind != "field":
            field, other = self.origin(right, names), left
        if field is None or field.kind != "field":
            return
        if op in ("==", "!=", "in", "not in"):
            items = other.elts if other.__class__ in (ast.List, ast.Tuple, ast.Set) else [other]
            for item in items:
                word = self.origin(item, names)
                if word is not None and word.kind == "text" and item.__class__ is ast.Constant:
                    self.uses.append(Use("word", field.value, self.span(item), field, word.value))
            return
        number = self.origin(other, names)
        if number is not None and number.kind == "number":
            self.uses.append(Use("number", field.value, self.span(other), field, number.value))

    # Handlers -----------------------------------------------------------------------------------

    def route(self, node: Any) -> None:
        for decorator in node.decorator_list:
            call = decorator if decorator.__class__ is ast.Call else None
            chain = chain_of(call.func if call else decorator)
            if chain.rpartition(".")[2] not in VERBS or "." not in chain:
                continue
            path, model = "/" + node.name, ""
            for keyword in call.keywords if call else ():
                if keyword.arg in ("path", "rule", "route") and (text := _literal(keyword.value)):
                    path = text
                elif keyword.arg == "response_model":
                    model = chain_of(keyword.value)
            if call and call.args and (text := _literal(call.args[0])) is not None:
                path = text
            if not model and node.returns is not None:
                model = chain_of(node.returns)
            answers, complete = self.answers(node)
            calls = frozenset(
                chain_of(child.func).rpartition(".")[2]
                for child in _own_nodes(node.body)
                if child.__class__ is ast.Call
            )
            start = self.chunk.text.find(node.name, self.low.at(node.lineno, 0))
            span = Span(start, start + len(node.name))
            self.routes.append(Route(path, node.name, span, model, answers, complete, calls))
            return

    def answers(self, node: Any) -> tuple[tuple[Answer, ...], bool]:
        """What its returns give; whether all of them are understood."""
        found: list[Answer] = []
        complete = True
        assigned: dict[str, list[Any]] = {}
        stores: dict[str, list[tuple[Any, Any]]] = {}
        nodes = list(_own_nodes(node.body))
        for child in nodes:
            if child.__class__ is ast.Assign and len(child.targets) == 1:
                target = child.targets[0]
                if target.__class__ is ast.Name:
                    assigned.setdefault(target.id, []).append(child.value)
                elif target.__class__ is ast.Subscript and target.value.__class__ is ast.Name:
                    stores.setdefault(target.value.id, []).append((target.slice, child.value))
        for child in nodes:
            if child.__class__ is not ast.Return or child.value is None:
                continue
            value = child.value
            if value.__class__ is ast.Tuple and value.elts:
                status = value.elts[1] if len(value.elts) > 1 else None
                if status.__class__ is ast.Constant and str(status.value) >= "400":
                    continue
                value = value.elts[0]
            value = _unwrapped(value)
            extra: list[tuple[Any, Any]] = []
            if value.__class__ is ast.Name:
                given = assigned.get(value.id, [])
                extra = stores.get(value.id, [])
                value = _unwrapped(given[-1]) if len(given) == 1 else value
            answer = self.answer(value, extra, assigned)
            if answer is None:
                complete = False
            else:
                found.append(answer)
        return tuple(found), complete and bool(found)

    def answer(
        self, value: Any, extra: list[tuple[Any, Any]], assigned: Mapping[str, list[Any]]
    ) -> Answer | None:
        complete = True
        pairs: list[tuple[Any, Any]] = []
        if value.__class__ is ast.Dict:
            pairs = list(zip(value.keys, value.values, strict=True))
        elif value.__class__ is ast.Call and value.keywords and not value.args:
            word = chain_of(value.func).rpartition(".")[2]
            if word not in ("jsonify", "dict") and not word[:1].isupper():
                return None
            pairs = [(keyword, keyword.value) for keyword in value.keywords]
        else:
            return None
        fields = []
        for key, item in (*pairs, *extra):
            if key.__class__ is ast.keyword:
                name, start = key.arg, self.span(key).start
                span = Span(start, start + len(name or ""))
            else:
                name = _literal(key) if key is not None else None
                span = self.span(key) if key is not None else Span(0, 0)
            if name is None:
                complete = False
                continue
            options = assigned.get(item.id, []) if item.__class__ is ast.Name else [item]
            words: tuple[str, ...] = ()
            if options and all(_words(option) for option in options):
                words = tuple(sorted({word for option in options for word in _words(option)}))
            kinds = {_type(option) for option in options}
            fields.append(Field(name, span, kinds.pop() if len(kinds) == 1 else "", words))
        return Answer(self.span(value), tuple(fields), complete)


def _unwrapped(value: Any) -> Any:
    """The object inside `jsonify(…)`, `JSONResponse(content=…)`, `json.dumps(…)`."""
    for _ in range(3):
        if value.__class__ is not ast.Call:
            return value
        word = chain_of(value.func).rpartition(".")[2]
        if word not in ("jsonify", "JSONResponse", "ORJSONResponse", "make_response", "Response", "dumps"):
            return value
        inner = next((one.value for one in value.keywords if one.arg in ("content", "response")), None)
        if inner is None and value.args:
            inner = value.args[0]
        if inner is None:
            return value
        value = inner
    return value


def _words(node: Any) -> tuple[str, ...]:
    """The strings an expression can be, if all are written out."""
    stack, found = [node], []
    while stack:
        item = stack.pop()
        if item.__class__ is ast.IfExp:
            stack += (item.body, item.orelse)
        elif item.__class__ is ast.Constant and item.value.__class__ is str:
            found.append(item.value)
        else:
            return ()
    return tuple(sorted(found))


TYPES: dict[str, str] = {
    "float": "float", "int": "int", "bool": "bool", "str": "str", "round": "float", "list": "list",
    "tolist": "list", "dict": "dict", "len": "int", "isoformat": "str", "join": "str",
}  # fmt: skip


def _type(node: Any) -> str:
    cls = node.__class__
    if cls is ast.Constant:
        return "" if node.value is None else node.value.__class__.__name__
    if cls in (ast.List, ast.ListComp, ast.Tuple):
        return "list"
    if cls in (ast.Dict, ast.DictComp):
        return "dict"
    if cls is ast.JoinedStr or _words(node):
        return "str"
    if cls is ast.Compare:
        return "bool"
    if cls is ast.Call:
        return TYPES.get(chain_of(node.func).rpartition(".")[2], "")
    return ""


def _literal(node: Any) -> str | None:
    return node.value if node.__class__ is ast.Constant and node.value.__class__ is str else None


def _index(node: Any) -> int | None:
    if (
        node.__class__ is ast.UnaryOp
        and node.op.__class__ is ast.USub
        and node.operand.__class__ is ast.Constant
    ):
        return -node.operand.value if node.operand.value.__class__ is int else None
    return node.value if node.__class__ is ast.Constant and node.value.__class__ is int else None


def _bodies(node: Any) -> list[Any]:
    """The statements inside a statement that stay in its scope."""
    found = [*getattr(node, "body", ())] if isinstance(getattr(node, "body", None), list) else []
    found += getattr(node, "orelse", ()) if isinstance(getattr(node, "orelse", None), list) else []
    for handler in getattr(node, "handlers", ()):
        found += handler.body
    found += getattr(node, "finalbody", ())
    for case in getattr(node, "cases", ()):
        found += case.body
    return found


def _expressions(node: Any) -> Iterator[Any]:
    """The expressions of one statement, without those of the statements inside."""
    for child in children(node):
        if isinstance(child, ast.withitem):
            yield child.context_expr
        elif isinstance(child, ast.expr):
            yield child


def _own_nodes(body: list[Any]) -> Iterator[Any]:
    """Every node of a function's body, nested functions left out, in source order of statements."""
    stack = list(reversed(body))
    while stack:
        node = stack.pop()
        yield node
        if node.__class__ in (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef):
            continue
        stack += reversed(children(node))
