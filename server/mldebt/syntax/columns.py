"""Which columns a chunk computes and lists, and which frames it holds against a schema.

    columns_of(chunk)    computed columns with their forms, lists of names, functions, schemas, checks

Made on demand, like details.py. A computed column is `df["x"] = …`, `df.assign(x=…)` or a key of a
dict written out (`{"x": …}`); its form is forms.py's. Local variables are followed inside one
function, in order; one that is assigned twice is not understood.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from mldebt.syntax.details import parsed_chunk
from mldebt.syntax.forms import Form, form_of
from mldebt.syntax.lowering import chain_of
from mldebt.syntax.module import Chunk
from mldebt.syntax.nodes import children
from mldebt.text import Span
from mldebt.typed import Any, Literal, NamedTuple

MAX_ITEMS = 300
MIN_LIST = 2
MODULES = frozenset("np numpy pd pandas math re string nltk scipy stats torch tf jnp pl cp F sklearn".split())
"""Names that everybody gives to these imports."""
SCHEMAS = frozenset({"DataFrameSchema"})
MODELS = frozenset({"DataFrameModel", "SchemaModel"})


class Computed(NamedTuple):
    """One column and how it is computed."""

    column: str
    span: Span
    """Of the key."""
    value: Span
    kind: Literal["store", "dict"]
    form: Form
    function: str


class NameList(NamedTuple):
    """A list of names written out, and what is done with it."""

    name: str
    """Its variable; "" where it is used at once."""
    span: Span
    items: tuple[str, ...]
    spans: tuple[Span, ...]
    use: str
    """Of a list without a variable: index, columns, or the name that gets the frame: `X`."""


class ListUse(NamedTuple):
    """One use of a variable that may hold such a list."""

    name: str
    use: Literal["index", "columns", "each"]
    target: str


class Defined(NamedTuple):
    """A function whose body is understood: its statements as forms."""

    name: str
    span: Span
    body: tuple[Form, ...]


class FrameSchema(NamedTuple):
    """A declared schema: `DataFrameSchema({…})` or a `DataFrameModel` class."""

    name: str
    span: Span
    columns: tuple[tuple[str, str], ...]
    """(column, its type as written)."""


class FrameUse(NamedTuple):
    """What is done with a frame that a schema has validated."""

    schema: str
    column: str
    span: Span
    cast: str
    """The type it is cast to, or ""."""


class Columns(NamedTuple):
    computed: tuple[Computed, ...] = ()
    lists: tuple[NameList, ...] = ()
    uses: tuple[ListUse, ...] = ()
    functions: tuple[Defined, ...] = ()
    schemas: tuple[FrameSchema, ...] = ()
    frames: tuple[FrameUse, ...] = ()


NOTHING = Columns()


def columns_of(chunk: Chunk) -> Columns:
    """Spans count from the chunk."""
    known: Columns | None = chunk.memo.get("columns")
    if known is None:
        known = chunk.memo["columns"] = _columns(chunk)
    return known


def _columns(chunk: Chunk) -> Columns:
    parsed = parsed_chunk(chunk)
    if parsed is None:
        return NOTHING
    low, body = parsed
    walk = _Walk(chunk, low)
    walk.block(body, "")
    return Columns(
        tuple(walk.computed),
        tuple(walk.lists),
        tuple(walk.uses),
        tuple(walk.functions),
        tuple(walk.schemas),
        tuple(walk.frames),
    )


class _Walk:
    def __init__(self, chunk: Chunk, low: Any) -> None:
        self.chunk, self.low = chunk, low
        self.computed: list[Computed] = []
        self.lists: list[NameList] = []
        self.uses: list[ListUse] = []
        self.functions: list[Defined] = []
        self.schemas: list[FrameSchema] = []
        self.frames: list[FrameUse] = []

    def span(self, node: Any) -> Span:
        return self.low.span(node)  # type: ignore[no-any-return]

    def is_module(self, node: Any) -> bool:
        """Whether a chain names an imported module: `np` of `np.log1p`."""
        chain = chain_of(node)
        if not chain or "(" in chain or "[" in chain:
            return False
        if chain in MODULES:
            return True
        # A chunk knows the imports its calls need, not all of its file.
        target = self.chunk.resolve(chain, 0, len(self.chunk.text) + 1)
        return bool(target) and target[:1].islower() and "(" not in target

    # Statements -------------------------------------------------------------------------------

    def block(self, body: list[Any], function: str) -> None:
        stack: list[tuple[list[Any], str]] = [(body, function)]
        while stack:
            nodes, name = stack.pop()
            # One scope at a time, so that a variable's form is that of its own function.
            names: dict[str, Form | None] = {}
            validated: dict[str, str] = {}
            written: set[str] = set()
            open_: list[Any] = list(reversed(nodes))
            while open_:
                node = open_.pop()
                cls = node.__class__
                if cls in (ast.FunctionDef, ast.AsyncFunctionDef):
                    stack.append((node.body, node.name))
                    self.function(node)
                    continue
                if cls is ast.ClassDef:
                    self.model(node)
                    stack.append((node.body, name))
                    continue
                self.statement(node, names, name)
                self.validation(node, validated, written)
                open_ += reversed(_inner(node))

    def statement(self, node: Any, names: dict[str, Form | None], function: str) -> None:
        cls = node.__class__
        if cls is ast.Assign and len(node.targets) == 1:
            self.assign(node.targets[0], node.value, names, function)
        elif cls is ast.AnnAssign and node.value is not None:
            self.assign(node.target, node.value, names, function)
        elif cls in (ast.AugAssign, ast.For, ast.AsyncFor):
            for child in ast.walk(node.target):
                if child.__class__ is ast.Name:
                    names[child.id] = None
        for expression in _expressions(node):
            self.expression(expression, node, names, function)

    def assign(self, target: Any, value: Any, names: dict[str, Form | None], function: str) -> None:
        if target.__class__ is ast.Name:
            items = self.items(value)
            if items is not None:
                self.lists.append(NameList(target.id, self.span(value), *items, ""))
            if value.__class__ is ast.Dict:
                names[target.id] = None
                return
            form = form_of(value, names, self.is_module)
            # A frame that is replaced step by step stays a frame: `df = df.dropna()`.
            names[target.id] = form if target.id not in names else None
        elif target.__class__ is ast.Subscript:
            key = target.slice
            if key.__class__ is ast.Constant and key.value.__class__ is str:
                self.compute(key.value, key, value, "store", names, function)

    def compute(
        self, column: str, key: Any, value: Any, kind: Any, names: dict[str, Form | None], function: str
    ) -> None:
        form = form_of(value, names, self.is_module)
        if form is not None and form[0] in "cmoui" and _has_leaf(form):
            at = self.span(key)
            if key.__class__ is ast.keyword:
                at = Span(at.start, at.start + len(column))
            self.computed.append(Computed(column, at, self.span(value), kind, form, function))

    def expression(self, root: Any, statement: Any, names: dict[str, Form | None], function: str) -> None:
        target = ""
        if statement.__class__ is ast.Assign:
            target = chain_of(statement.targets[0])
        stack = [root]
        while stack:
            node = stack.pop()
            cls = node.__class__
            if cls is ast.Name or cls is ast.Constant or cls is ast.JoinedStr or cls is ast.Lambda:
                continue
            if cls is ast.Subscript and node.ctx.__class__ is ast.Load:
                self.index(node.slice, target)
            elif cls is ast.Call:
                self.call(node, names, function, target)
            elif cls is ast.Dict and len(node.keys) > 1:
                for key, value in zip(node.keys, node.values, strict=True):
                    if key.__class__ is ast.Constant and key.value.__class__ is str:
                        self.compute(key.value, key, value, "dict", names, function)
            elif cls in (ast.ListComp, ast.GeneratorExp):
                for generator in node.generators:
                    if generator.iter.__class__ is ast.Name and node.elt.__class__ in (
                        ast.Subscript,
                        ast.Call,
                        ast.IfExp,
                    ):
                        self.uses.append(ListUse(generator.iter.id, "each", target))
            stack += children(node)

    def index(self, key: Any, target: str) -> None:
        if key.__class__ is ast.Name:
            self.uses.append(ListUse(key.id, "index", target))
            return
        items = self.items(key)
        if items is not None:
            self.lists.append(NameList("", self.span(key), *items, target or "index"))

    def call(self, node: Any, names: dict[str, Form | None], function: str, target: str) -> None:
        func = node.func
        if func.__class__ is ast.Attribute and func.attr == "assign":
            for keyword in node.keywords:
                if keyword.arg:
                    value = keyword.value
                    if value.__class__ is ast.Lambda:
                        value = value.body
                    self.compute(keyword.arg, keyword, value, "store", names, function)
        word = chain_of(func).rpartition(".")[2]
        for keyword in node.keywords:
            if keyword.arg == "columns" and word in ("DataFrame", "reindex", "read_csv"):
                if keyword.value.__class__ is ast.Name:
                    self.uses.append(ListUse(keyword.value.id, "columns", target))
                elif (items := self.items(keyword.value)) is not None:
                    self.lists.append(NameList("", self.span(keyword.value), *items, "columns"))
        if word in SCHEMAS and node.args and node.args[0].__class__ is ast.Dict:
            self.schema(node, target)

    def items(self, node: Any) -> tuple[tuple[str, ...], tuple[Span, ...]] | None:
        if node.__class__ not in (ast.List, ast.Tuple) or not MIN_LIST <= len(node.elts) <= MAX_ITEMS:
            return None
        values = [getattr(item, "value", None) for item in node.elts if item.__class__ is ast.Constant]
        if len(values) < len(node.elts) or not all(value.__class__ is str for value in values):
            return None
        return tuple(map(str, values)), tuple(self.span(item) for item in node.elts)

    # Functions --------------------------------------------------------------------------------

    def function(self, node: Any) -> None:
        names: dict[str, Form | None] = {
            parameter.arg: ("v", f"_{index}") for index, parameter in enumerate(node.args.args)
        }
        body = _statements(node.body, names, self.is_module)
        if body:
            start = self.chunk.text.find(node.name, self.low.at(node.lineno, 0))
            self.functions.append(Defined(node.name, Span(start, start + len(node.name)), body))

    # Schemas ------------------------------------------------------------------------------------

    def schema(self, node: Any, target: str) -> None:
        columns = []
        for key, value in zip(node.args[0].keys, node.args[0].values, strict=True):
            if key.__class__ is not ast.Constant or key.value.__class__ is not str:
                return
            kind = ""
            if value.__class__ is ast.Call:
                given: Any = value.args[0] if value.args else None
                given = next((one.value for one in value.keywords if one.arg == "dtype"), given)
                if given is not None:
                    kind = _dtype(given)
            columns.append((key.value, kind))
        if target:
            self.schemas.append(FrameSchema(target, self.span(node.args[0]), tuple(columns)))

    def model(self, node: Any) -> None:
        if not any(chain_of(base).rpartition(".")[2] in MODELS for base in node.bases):
            return
        columns = []
        for item in node.body:
            if item.__class__ is ast.AnnAssign and item.target.__class__ is ast.Name:
                span = self.span(item.annotation)
                written = self.chunk.text[span.start : span.end]
                inner = written.partition("[")[2].rstrip("]") or written
                columns.append((item.target.id, _word(inner)))
        self.schemas.append(FrameSchema(node.name, self.span(node), tuple(columns)))

    def validation(self, node: Any, validated: dict[str, str], written: set[str]) -> None:
        """`good = schema.validate(df)` and what is read from `good` afterwards."""
        below: list[Any] = []
        if validated:
            below = list(ast.walk(node)) if node.__class__ not in COMPOUND else _expressions(node)
        for child in below:
            if child.__class__ is not ast.Subscript or child.value.__class__ is not ast.Name:
                continue
            schema = validated.get(child.value.id)
            if schema is None:
                continue
            keys = child.slice.elts if child.slice.__class__ is ast.List else [child.slice]
            for key in keys:
                if key.__class__ is not ast.Constant or key.value.__class__ is not str:
                    continue
                if child.ctx.__class__ is ast.Store:
                    written.add(key.value)
                elif key.value not in written:
                    self.frames.append(FrameUse(schema, key.value, self.span(key), _cast(node, child)))
        if node.__class__ is not ast.Assign or node.targets[0].__class__ is not ast.Name:
            return
        name, value = node.targets[0].id, node.value
        validated.pop(name, None)
        if value.__class__ is ast.Call and value.func.__class__ is ast.Attribute:
            if value.func.attr == "validate" and value.args and (chain := chain_of(value.func.value)):
                validated[name] = chain.rpartition(".")[2]


COMPOUND = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try)


def _cast(statement: Any, subscript: Any) -> str:
    """The type in `frame["x"].astype(…)`, or ""."""
    for node in ast.walk(statement):
        if (
            node.__class__ is ast.Call
            and node.func.__class__ is ast.Attribute
            and node.func.attr == "astype"
            and node.func.value is subscript
            and node.args
        ):
            return _dtype(node.args[0])
    return ""


def _dtype(node: Any) -> str:
    if node.__class__ is ast.Constant and node.value.__class__ is str:
        return _word(node.value)
    return _word(chain_of(node))


def _word(text: str) -> str:
    """float64, pa.Float, np.float32 -> float; unknown types -> ""."""
    word = text.rpartition(".")[2].lower().rstrip("0123456789_")
    return {"object": "str", "string": "str", "boolean": "bool"}.get(
        word, word if word in ("float", "int", "str", "bool", "datetime") else ""
    )


def _has_leaf(form: Form) -> bool:
    stack: list[Any] = [form]
    while stack:
        item = stack.pop()
        if item.__class__ is tuple:
            if item and item[0] == "v":
                return True
            stack += item
    return False


def _statements(
    body: list[Any], names: dict[str, Form | None], is_module: Callable[[Any], bool]
) -> tuple[Form, ...]:
    """The forms of a straight body; () if anything in it is not understood."""
    found: list[Form] = []
    for node in body:
        cls = node.__class__
        if cls is ast.Expr and node.value.__class__ is ast.Constant:
            continue  # the docstring
        if cls is ast.Return and node.value is not None:
            form = form_of(node.value, names, is_module)
            found.append(("return", form))
        elif cls is ast.Assign and len(node.targets) == 1:
            form = form_of(node.value, names, is_module)
            target = node.targets[0]
            if target.__class__ is ast.Name:
                found.append(("=", target.id, form))
            else:
                found.append(("=", form_of(target, names, is_module), form))
        elif cls is ast.AugAssign:
            form = form_of(node.value, names, is_module)
            found.append(("=", form_of(node.target, names, is_module), form))
        elif cls is ast.If:
            form = form_of(node.test, names, is_module)
            inner, other = (_statements(part, names, is_module) for part in (node.body, node.orelse))
            if not inner or (node.orelse and not other):
                return ()
            found.append(("if", form, inner, other))
        else:
            return ()
        if form is None or None in found[-1]:
            return ()
    return tuple(found)


def _inner(node: Any) -> list[Any]:
    """The statements inside a statement that stay in its scope."""
    found: list[Any] = []
    for name in ("body", "orelse", "finalbody"):
        value = getattr(node, name, None)
        if value.__class__ is list:
            found += value
    for handler in getattr(node, "handlers", ()):
        found += handler.body
    for case in getattr(node, "cases", ()):
        found += case.body
    return found


def _expressions(node: Any) -> list[Any]:
    return [
        child.context_expr if child.__class__ is ast.withitem else child
        for child in children(node)
        if isinstance(child, (ast.expr, ast.withitem))
    ]
