"""Columns: which a file computes and how, which lists of them it keeps, and which schemas it declares.

    computed_of(workspace)     every computed column with its form (see syntax/forms.py)
    lists_of(workspace)        lists of column names that look like model input
    mentioned_in(workspace)    every quoted name, over all files

    Fact("column", "tx_mean_7d", span of the key, (kind, span of the value, form, function))
    Fact("feature-list", "FEATURES", span, (items, spans, uses))
    Fact("feature-function", "clean_text", span of the name, (body,))
    Fact("frame-schema", "transactions", span, (columns,))     Fact("frame-use", column, span, (schema, cast))
    Fact("mentioned", "", …, (names,))     Fact("imported", "", …, modules as paths)
    sides_of(workspace)        the files that serve and those that train, with what only they import

Walks only chunks whose text can hold any of this, and only in files that handle data or serve.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.roles import SERVING_ROOTS, roles_of
from mldebt.rule import Fact, Workspace
from mldebt.text import Span, regex
from mldebt.typed import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from mldebt.config import Config
    from mldebt.syntax.columns import Columns
    from mldebt.syntax.manifest import Manifest
    from mldebt.syntax.module import Chunk, Module
    from mldebt.syntax.views import Import

STORES = regex(r"""\[["'][^"'\n]+["']\]\s*=[^=]""")
DICTS = regex(r"""\{\s*(?:#[^\n]*)?["']""")
FEATURES = ("feature", "dataframe", "payload", "request", "instance", "record")
"""In lower case."""
ROW = regex(r"row(?<!\wrow)\b")
LISTS = regex(r"""\[\s*(?:#[^\n]*\s*)?["'][^"'\n]+["']\s*,\s*(?:#[^\n]*\s*)?["']""")
TRAINING_NAME = regex(
    r"(?:^|[/_.])(?:train|training|feature|features|featurize|preprocess\w*|prepare|etl|pipeline)(?:[/_.]|$)",
    2,
)
"""Files that compute what a model learns from, where the code does not tell."""
SCHEMAS = ("DataFrameSchema", "DataFrameModel", "SchemaModel", ".validate(")
QUOTED = regex(r"""["']([A-Za-z_]\w{1,60})["']""")
FUNCTION = regex(r"preproc|clean|normal|encod|prepar|featur|transform|tokeni|extract|parse_|engineer")
LIST_NAME = regex(
    r"(?:.*_)?(?:features?|feats?|predictors?|inputs?|x_?cols?|x_columns)(?:_(?:cols?|columns?|names?|list|order|set))?(?:_v?\d+)?"
    r"|(?:.*_)?(?:num|numeric|numerical|cat|categorical|model|train|training|input|feature)_?(?:cols?|columns?|features?|vars)"
    r"|feature_?(?:cols?|columns?|names?)(?:_.*)?",
    2,
)
FRAME_NAME = regex(r"X\w*|(?:x|features?|inputs?)(?:_(?:train|test|val|new|df|frame))*", 2)
MAX_MENTIONED = 3000


def of_module(module: Module, config: Config) -> Iterator[Fact]:
    serves = bool(module.roots & SERVING_ROOTS)
    handles = module.is_ml or bool(module.roots & config.knowledge.ml_roots)
    text = module.text
    names = "eature" in text or "FEATURE" in text or "_cols" in text or "_COLS" in text or "COLUMNS" in text
    if not (serves or handles or names):
        return
    imported = sorted({name for view in module.imports for name in _modules(view, module.path)})
    if imported:
        yield Fact("imported", "", Span(0, 0), tuple(imported))
    mentioned: set[str] = set()
    lists: list[tuple[Any, int]] = []
    for chunk, start in module.placed:
        known = chunk.memo.get("columns-seen")
        if known is None:
            known = chunk.memo["columns-seen"] = _seen(chunk)
        words, named, found = known
        mentioned |= words
        if found is None:
            continue
        for computed in found.computed:
            detail = (computed.kind, computed.value.shifted(start), computed.form, computed.function)
            yield Fact("column", computed.column, computed.span.shifted(start), detail)
        for function in found.functions if named else ():
            if FUNCTION.search(function.name):
                yield Fact("feature-function", function.name, function.span.shifted(start), (function.body,))
        for schema in found.schemas:
            yield Fact("frame-schema", schema.name, schema.span.shifted(start), (schema.columns,))
        for use in found.frames:
            yield Fact("frame-use", use.column, use.span.shifted(start), (use.schema, use.cast))
        lists += [(one, start) for one in found.lists]
    if lists:
        yield from _lists(module, lists)
    if mentioned:
        if len(mentioned) > MAX_MENTIONED:
            mentioned = set(sorted(mentioned)[:MAX_MENTIONED])
        yield Fact("mentioned", "", Span(0, 0), (frozenset(mentioned),))


def _seen(chunk: Chunk) -> tuple[frozenset[str], bool, Columns | None]:
    """(quoted names, whether it has a function worth comparing, its columns if it can have any)."""
    body = chunk.text
    quotes = '"' in body or "'" in body
    words = frozenset(QUOTED.findall(body)) if quotes else frozenset()
    named = not chunk.owner and any(FUNCTION.search(view.name) for view in chunk.functions)
    stores = quotes and bool(
        STORES.search(body) or ".assign(" in body or (DICTS.search(body) and speaks_of_features(body.lower()))
    )
    if not (stores or named or (quotes and LISTS.search(body)) or any(word in body for word in SCHEMAS)):
        return words, named, None
    from mldebt.syntax.columns import columns_of

    return words, named, columns_of(chunk)


def speaks_of_features(lower: str) -> bool:
    return any(word in lower for word in FEATURES) or ("row" in lower and ROW.search(lower) is not None)


def _modules(view: Import, path: str) -> Iterator[str]:
    """Modules of this workspace that an import may mean, as paths without an ending."""
    dots = len(view.module) - len(view.module.lstrip("."))
    parts = [part for part in view.module.lstrip(".").split(".") if part]
    if dots:
        folders = path.split("/")[:-1]
        parts = folders[: len(folders) - dots + 1] + parts
    if parts:
        yield "/".join(parts)
    if view.name and view.name != "*":
        yield "/".join([*parts, view.name])


def _lists(module: Module, lists: list[tuple[Any, int]]) -> Iterator[Fact]:
    """Those that are model input, by what the file does with them."""
    names = {one.name for one, _ in lists if one.name}
    uses: dict[str, set[tuple[str, str]]] = {}
    if names:
        from mldebt.syntax.columns import columns_of

        for chunk, _ in module.placed:
            if any(name in chunk.text for name in names):
                for listed in columns_of(chunk).uses:
                    uses.setdefault(listed.name, set()).add((listed.use, listed.target))
    for one, start in lists:
        used = uses.get(one.name, set()) if one.name else {("index", one.use)}
        if is_input(one.name, used):
            spans = tuple(span.shifted(start) for span in one.spans)
            detail = (one.items, spans, tuple(sorted({use for use, _ in used})))
            yield Fact("feature-list", one.name, one.span.shifted(start), detail)


def is_input(name: str, uses: set[tuple[str, str]]) -> bool:
    """Whether a list of columns is model input: by its name, or because `X = df[list]`."""
    if name and LIST_NAME.fullmatch(name):
        return True
    return any(FRAME_NAME.fullmatch(target) for _, target in uses)


def of_manifest(manifest: Manifest, config: Config) -> Iterator[Fact]:
    if manifest.kind != "yaml" or not manifest.entries:
        return
    from mldebt.facts.audits import shape_of

    if shape_of(manifest.path) is not None:
        return
    names = {
        str(word)
        for entry in manifest.entries
        for word in (entry.key[-1] if entry.key else "", entry.value)
        if isinstance(word, str) and word.isidentifier()
    }
    if names:
        yield Fact("mentioned", "", Span(0, 0), (frozenset(sorted(names)[:MAX_MENTIONED]),))


# What rules ask ------------------------------------------------------------------------------


class Computed(NamedTuple):
    path: str
    column: str
    span: Span
    kind: str
    value: Span
    form: Any
    function: str


class NameList(NamedTuple):
    path: str
    name: str
    span: Span
    items: tuple[str, ...]
    spans: tuple[Span, ...]
    uses: tuple[str, ...]


def _ours(workspace: Workspace, kind: str) -> Iterator[tuple[str, Fact]]:
    return (
        (path, fact)
        for path, fact in workspace.facts(kind)
        if workspace.config.role_of(path) not in ("test", "example")
    )


def computed_of(workspace: Workspace) -> list[Computed]:
    known: list[Computed] | None = workspace.memo.get("computed")
    if known is None:
        known = [
            Computed(path, fact.subject, fact.span, *fact.detail) for path, fact in _ours(workspace, "column")
        ]
        known.sort(key=lambda one: (one.path, one.span))
        workspace.memo["computed"] = known
    return known


def lists_of(workspace: Workspace) -> list[NameList]:
    known: list[NameList] | None = workspace.memo.get("feature-lists")
    if known is None:
        known = [
            NameList(path, fact.subject, fact.span, *fact.detail)
            for path, fact in _ours(workspace, "feature-list")
        ]
        known.sort(key=lambda one: (one.path, one.span))
        workspace.memo["feature-lists"] = known
    return known


def mentioned_in(workspace: Workspace) -> frozenset[str]:
    known: frozenset[str] | None = workspace.memo.get("mentioned")
    if known is None:
        known = workspace.memo["mentioned"] = frozenset(
            name for _, fact in workspace.facts("mentioned") for name in fact.detail[0]
        )
    return known


class Sides(NamedTuple):
    """Files of the two sides of a model; what both import is on neither: it is the cure."""

    serving: frozenset[str]
    training: frozenset[str]


def sides_of(workspace: Workspace) -> Sides:
    """Files that answer requests and files that train, each with the modules they import."""
    known: Sides | None = workspace.memo.get("sides")
    if known is not None:
        return known
    roles = roles_of(workspace)
    serves = {path for path, found in roles.items() if "serve" in found and "train" not in found}
    if not serves:
        known = workspace.memo["sides"] = Sides(frozenset(), frozenset())
        return known
    trains = {path for path, found in roles.items() if found & {"train", "feature"} and "serve" not in found}
    trains |= {
        path
        for path, _ in workspace.facts("imported")
        if TRAINING_NAME.search(path) and path not in serves and path not in trains
        if workspace.config.role_of(path) not in ("test", "example")
    }
    serving, training = _with_imports(workspace, serves), _with_imports(workspace, trains)
    known = workspace.memo["sides"] = Sides(
        frozenset(serving - training), frozenset((training - serving) | (trains - serves))
    )
    return known


def _with_imports(workspace: Workspace, start: set[str]) -> set[str]:
    imports: dict[str, tuple[str, ...]] = {path: fact.detail for path, fact in workspace.facts("imported")}
    by_name: dict[str, list[str]] = {}
    for path in workspace.paths:
        if path.endswith(".py"):
            stem = path.removesuffix(".py").removesuffix("/__init__")
            by_name.setdefault(stem.rpartition("/")[2], []).append(path)
    found, todo = set(start), sorted(start)
    while todo:
        path = todo.pop()
        for name in imports.get(path, ()):
            near = [
                one
                for one in by_name.get(name.rpartition("/")[2], ())
                if f"/{one.removesuffix('.py').removesuffix('/__init__')}".endswith(f"/{name}")
                and project_of(workspace, one) == project_of(workspace, path)
            ]
            if len(near) == 1 and near[0] not in found:
                found.add(near[0])
                todo.append(near[0])
    return found


PROJECT_FILES = frozenset(
    {"pyproject.toml", "setup.py", "requirements.txt", "Pipfile", "environment.yml", "README.md", "dvc.yaml"}
)


MIN_PROJECTS = 3
# So many folders with a manifest or README of their own make a repository a collection.
MIN_FOLDERS = 12
# Or so many folders of code at its top: one project has src, tests, docs, scripts and a few more.


def project_of(workspace: Workspace, path: str) -> str:
    """The folder of the project a file belongs to: the nearest above it that holds a manifest or a README.

    In a collection of projects a folder at the top is one too, even without.
    """
    roots: frozenset[str] | None = workspace.memo.get("projects")
    if roots is None:
        roots = workspace.memo["projects"] = frozenset(
            one.rpartition("/")[0] for one in workspace.paths if one[one.rfind("/") + 1 :] in PROJECT_FILES
        )
        marked = {root.partition("/")[0] for root in roots if root}
        tops = {
            one.partition("/")[0] for one in workspace.paths if "/" in one and one.endswith((".py", ".ipynb"))
        }
        workspace.memo["collection"] = len(marked) >= MIN_PROJECTS or len(tops) >= MIN_FOLDERS
    folder = path.rpartition("/")[0]
    while folder and folder not in roots:
        folder = folder.rpartition("/")[0]
    if not folder and "/" in path and workspace.memo["collection"]:
        return path.partition("/")[0]
    return folder
