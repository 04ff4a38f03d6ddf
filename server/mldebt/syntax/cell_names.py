"""Which names a notebook cell binds and which it needs: one walk over its statements.

Order is kept between the statements of a cell; inside one compound statement (`if`, `for`,
`try`) anything bound counts as bound, whichever branch runs. Names in function and lambda
bodies are needed later, when somebody calls them: they are told apart. Answers are
remembered by the cell's text.
"""

from __future__ import annotations

import ast
from functools import lru_cache

from mldebt.syntax.module import PARSE_FAILURES, parse
from mldebt.text import line_starts, regex
from mldebt.typed import Any, NamedTuple

WORD = regex(r"[^\W\d]\w*")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
COMPOUND = (
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.With,
    ast.AsyncWith,
    ast.Try,
    getattr(ast, "TryStar", ast.Try),
    ast.Match,
)
BINDERS = frozenset({"exec", "eval", "globals", "locals", "setattr", "load_ipython_extension"})
"""Calls after which any name may exist."""


class Use(NamedTuple):
    name: str
    start: int
    end: int
    """Offsets in the cell."""


class CellNames(NamedTuple):
    bound: frozenset[str]
    """Names that exist after the cell has run."""
    needs: tuple[Use, ...]
    """First use of each name that must exist before the cell runs."""
    later: tuple[Use, ...]
    """First use of each name that functions of this cell take from outside of themselves."""
    anything: bool = False
    """It may bind names that cannot be told: a star import, `exec`, `globals()`."""


@lru_cache(maxsize=2048)
def cell_names(text: str) -> CellNames:
    try:
        tree = parse(text)
    except PARSE_FAILURES:
        # Half a statement while typing: whatever word stands there may be bound there.
        return CellNames(frozenset(WORD.findall(text)), (), ())
    return _Walk(text).run(tree.body)


class _Walk:
    def __init__(self, text: str) -> None:
        self.text, self.starts = text, line_starts(text)
        self.bound: set[str] = set()
        self.needs: dict[str, Use] = {}
        self.later: dict[str, Use] = {}
        self.anything = False

    def run(self, body: list[Any]) -> CellNames:
        for statement in body:
            loads, stores = self.names(statement)
            known = self.bound | stores if isinstance(statement, COMPOUND) else self.bound
            if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
                known = self.bound | {statement.name} if hasattr(statement, "name") else self.bound
            for use in loads:
                if use.name not in known:
                    self.needs.setdefault(use.name, use)
            self.bound |= stores
        later = tuple(use for use in self.later.values() if use.name not in self.bound)
        return CellNames(frozenset(self.bound), tuple(self.needs.values()), later, self.anything)

    def names(self, statement: Any) -> tuple[list[Use], set[str]]:
        """Names loaded when the statement runs, and names it binds in the cell."""
        loads: list[Use] = []
        stores: set[str] = set()
        stack: list[tuple[Any, frozenset[str]]] = [(statement, frozenset())]
        while stack:
            node, local = stack.pop()
            cls = node.__class__
            if cls is ast.Name:
                if node.ctx.__class__ is ast.Load:
                    if node.id not in local:
                        loads.append(self.use(node))
                elif node.ctx.__class__ is ast.Store and node.id not in local:
                    stores.add(node.id)
                continue
            if isinstance(node, FUNCTIONS):
                if hasattr(node, "name"):
                    stores.add(node.name)
                self.function(node, local)
                stack += [(child, local) for child in _outside(node)]
                continue
            if cls is ast.ClassDef:
                stores.add(node.name)
                members = frozenset(_bound_in(node.body))
                stack += [
                    (child, local)
                    for child in (*node.decorator_list, *node.bases, *(k.value for k in node.keywords))
                ]
                stack += [(child, local | members) for child in node.body]
                continue
            if isinstance(node, COMPREHENSIONS):
                own = frozenset(_targets(node.generators))
                stack += [(child, local | own) for child in ast.iter_child_nodes(node)]
                continue
            if cls is ast.Import or cls is ast.ImportFrom:
                self.imported(node, stores)
                continue
            if cls is ast.NamedExpr:
                self.bound.add(node.target.id)  # the rest of the expression may use it
            elif cls is ast.ExceptHandler and node.name:
                stores.add(node.name)
            elif cls is ast.MatchAs or cls is ast.MatchStar:
                stores.add(node.name or "")
            elif cls is ast.MatchMapping:
                stores.add(node.rest or "")
            elif cls is ast.Call and node.func.__class__ is ast.Name and node.func.id in BINDERS:
                self.anything = True
            stack += [(child, local) for child in ast.iter_child_nodes(node)]
        loads.sort(key=lambda use: use.start)
        return loads, stores

    def imported(self, node: Any, stores: set[str]) -> None:
        for alias in node.names:
            if alias.name == "*":
                self.anything = True
            else:
                stores.add(
                    alias.asname
                    or (alias.name.partition(".")[0] if node.__class__ is ast.Import else alias.name)
                )

    def function(self, node: Any, local: frozenset[str]) -> None:
        """Names a function takes from outside of itself; `global` names are bound in the cell once it ran."""
        body = node.body if node.body.__class__ is list else [node.body]
        declared = {name for child in _all(body) if child.__class__ is ast.Global for name in child.names}
        self.bound |= declared
        own = local | ((_parameters(node) | set(_bound_in(body))) - declared)
        stack: list[tuple[Any, frozenset[str]]] = [(child, own) for child in body]
        while stack:
            child, known = stack.pop()
            if isinstance(child, FUNCTIONS):
                inner = child.body if child.body.__class__ is list else [child.body]
                deeper = known | _parameters(child) | frozenset(_bound_in(inner))
                stack += [(one, known) for one in _outside(child)]
                stack += [(one, deeper) for one in inner]
                continue
            if isinstance(child, COMPREHENSIONS):
                known = known | frozenset(_targets(child.generators))
            elif child.__class__ is ast.ClassDef:
                known = known | frozenset(_bound_in(child.body))
            elif child.__class__ is ast.Name:
                if child.ctx.__class__ is ast.Load and child.id not in known:
                    self.later.setdefault(child.id, self.use(child))
            elif (
                child.__class__ is ast.Call
                and child.func.__class__ is ast.Name
                and child.func.id in ("exec", "globals")
            ):
                self.anything = True
            stack += [(one, known) for one in ast.iter_child_nodes(child)]

    def use(self, node: Any) -> Use:
        start = self.starts[node.lineno - 1]
        column = node.col_offset
        line = self.text[start : start + column]
        if not line.isascii():
            column = len(line.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore"))
        return Use(node.id, start + column, start + column + len(node.id))


def _outside(node: Any) -> list[Any]:
    """What of a function is evaluated where it is defined: decorators, defaults, annotations."""
    arguments = node.args
    found = [
        *getattr(node, "decorator_list", []),
        *arguments.defaults,
        *(one for one in arguments.kw_defaults if one),
    ]
    every = [
        *arguments.posonlyargs,
        *arguments.args,
        *arguments.kwonlyargs,
        arguments.vararg,
        arguments.kwarg,
    ]
    found += [one.annotation for one in every if one is not None and one.annotation is not None]
    returns = getattr(node, "returns", None)
    return [*found, returns] if returns is not None else found


def _parameters(node: Any) -> frozenset[str]:
    arguments = node.args
    every = [
        *arguments.posonlyargs,
        *arguments.args,
        *arguments.kwonlyargs,
        arguments.vararg,
        arguments.kwarg,
    ]
    return frozenset(one.arg for one in every if one is not None)


def _all(body: list[Any]) -> list[Any]:
    """Every node below, but not inside inner functions and classes."""
    found: list[Any] = []
    stack = list(body)
    while stack:
        node = stack.pop()
        found.append(node)
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            stack += ast.iter_child_nodes(node)
    return found


NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler, ast.MatchAs, ast.MatchStar)


def _bound_in(body: list[Any]) -> set[str]:
    """Names that these statements bind in their own scope."""
    found: set[str] = set()
    for node in _all(body):
        cls = node.__class__
        if cls is ast.Name and node.ctx.__class__ is not ast.Load:
            found.add(node.id)
        elif isinstance(node, NAMED):
            found.add(node.name or "")
        elif cls is ast.Import or cls is ast.ImportFrom:
            found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif cls is ast.MatchMapping:
            found.add(node.rest or "")
    return found


def _targets(generators: list[Any]) -> set[str]:
    return {
        node.id
        for generator in generators
        for node in ast.walk(generator.target)
        if node.__class__ is ast.Name
    }
