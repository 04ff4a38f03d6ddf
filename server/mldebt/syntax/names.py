"""`pd.read_csv` -> `pandas.read_csv`, through imports and assignments; no environment is asked.

Follows names in order: a later assignment hides an earlier one, a parameter
hides a global, `self.x` is shared by the methods of a class. What it cannot
know resolves to "".
"""

from __future__ import annotations

from collections.abc import Mapping

from mldebt.knowledge import canonical, result
from mldebt.syntax.module import Chunk, Lowered, environment_key, root_of
from mldebt.syntax.views import Call

new = tuple.__new__
"""Makes a named tuple in half the time."""
MAX_DEPTH = 12
MAX_TARGET = 160
# Characters: a longer target is a fluent chain that no table knows.


class Names:
    """Name resolution inside one piece, given what earlier pieces bind."""

    __slots__ = ("environment", "index", "piece")

    def __init__(self, piece: Lowered, environment: Mapping[str, str]) -> None:
        self.piece = piece
        self.environment = environment
        self.index: dict[tuple[int, str], list[tuple[int, str]]] | None = None

    def bindings(self, scope: int, name: str) -> list[tuple[int, str]]:
        """(offset, chain) of each binding of `name` in `scope`; a chain that starts with "=" is a target already."""
        if self.index is None:
            self.index = {}
            for number, view in enumerate(self.piece.scopes):
                for bound, offset, chain in view.bindings:
                    self.index.setdefault((number, bound), []).append((offset, chain))
            for imported in self.piece.imports:
                if imported.alias != "*":
                    entry = (imported.span.start, "=" + import_target(imported))
                    self.index.setdefault((imported.scope, imported.alias), []).append(entry)
            for entries in self.index.values():
                entries.sort()
        return self.index.get((scope, name), [])

    def resolve(self, chain: str, scope: int, offset: int, depth: int = 0) -> str:
        """The target of `chain` as seen from `offset` in `scope`."""
        root = root_of(chain)
        if not root or depth > MAX_DEPTH:
            return ""
        base = self.root(root, scope, offset, depth)
        if not base:
            return ""
        target = base + chain[len(root) :]
        return canonical(target) if len(target) <= MAX_TARGET else ""

    def root(self, root: str, scope: int, offset: int, depth: int) -> str:
        scopes = self.piece.scopes
        at = scope
        while at >= 0:
            view = scopes[at]
            if view.kind != "class" or at == scope:
                if root in view.params:
                    entries = [entry for entry in self.bindings(at, root) if entry[0] < offset]
                else:
                    entries = self.bindings(at, root)
                before = [entry for entry in entries if entry[0] < offset] if at in (scope, 0) else entries
                if before:
                    return self.value(before[-1], at, depth)
                if root in view.params or (entries and at != 0):
                    return "" if root in view.params else self.value(entries[0], at, depth)
            at = view.parent
        return self.environment.get(environment_key(self.piece, root, scope), "")

    def value(self, entry: tuple[int, str], scope: int, depth: int) -> str:
        offset, chain = entry
        if chain.startswith("="):
            return chain[1:]
        if not chain:
            return ""
        target = self.resolve(chain, scope, offset, depth + 1)
        return result(target) if target else ""

    def exports(self) -> tuple[tuple[str, str], ...]:
        """What this piece binds for the pieces after it, in order: (environment key, target or "")."""
        found: dict[str, str] = {}
        scopes = self.piece.scopes
        is_module = scopes[0].kind == "module"
        for number, view in enumerate(scopes):
            for name, offset, chain in view.bindings:
                if name[:5] == "self.":
                    key = environment_key(self.piece, name, number)
                    target = self.value((offset, chain), number, 0)
                    if target or key not in found:
                        found[key] = target
                elif number == 0 and is_module:
                    found[name] = self.value((offset, chain), 0, 0) if chain else ""
        if is_module:
            for imported in self.piece.imports:
                if imported.scope == 0 and imported.alias != "*":
                    found[imported.alias] = self.root(imported.alias, 0, len(self.piece.text) + 1, 0)
        return tuple(found.items())


def import_target(view: object) -> str:
    """What the name bound by an import stands for."""
    module, name, alias = view.module, view.name, view.alias  # type: ignore[attr-defined]
    if name:
        joint = "" if module.endswith(".") else "."
        return canonical(f"{module}{joint}{name}")
    return canonical(module) if alias != module.partition(".")[0] else canonical(alias)


def bound(piece: Lowered, environment: Mapping[str, str]) -> Chunk:
    """The piece with its calls' targets filled in. `environment` is read now and must not change later."""
    names = Names(piece, environment)
    calls = []
    for call in piece.calls:
        span, func, chain, known, args, scope, statement = call
        target = names.resolve(chain, scope, span[0])
        if target != known:  # a line lowered anew stands among calls that were resolved before
            call = new(Call, (span, func, chain, target, args, scope, statement))
        calls.append(call)
    return Chunk(piece, tuple(calls), names.exports(), names)


def needed(piece: Lowered, environment: Mapping[str, str]) -> dict[str, str]:
    """The part of the environment this piece depends on: with its text, the key of its memo."""
    get = environment.get
    return {root: target for root in piece.roots if (target := get(root))}
