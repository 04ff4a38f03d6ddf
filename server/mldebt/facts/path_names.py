"""Follows the names that paths are made of through one module, and what its models predict.

Order counts within a scope: the last value before the use is meant. Where two branches
give a name two values, or a function is called with several paths, each is one answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from mldebt.knowledge.artifacts import EVERYTHING, ending_of, words_of
from mldebt.knowledge.words import PREDICT_METHODS
from mldebt.rule import Fact
from mldebt.syntax.module import Chunk, Module
from mldebt.syntax.names import import_target
from mldebt.syntax.path_calls import Binding, Io, IoCall, io_of, parts_given
from mldebt.syntax.path_values import FILE, HOLE, Parts, Ref, pattern_of
from mldebt.text import Span, identifiers, regex
from mldebt.typed import Any, NamedTuple

MAX_DEPTH = 8
MAX_ANSWERS = 6
# Of one path; more are a data-driven loop, and no reader wants them all.
ARGUMENT_ROOTS = frozenset(
    "args arg opt opts options flags FLAGS parsed params hparams config cfg cli_args".split()
)
PATH_WORDS = frozenset(
    "dir directory file filename folder path paths root data model models output outputs input log logs".split()
)
ABSOLUTE = regex(r"/|~|[A-Za-z]:/")


class Answer(NamedTuple):
    parts: Parts
    is_certain: bool


UNKNOWN_ANSWER = (Answer(HOLE, True),)


class Names:
    """The names of one module. Positions are (number of the chunk, offset in it)."""

    def __init__(self, module: Module, more: frozenset[str]) -> None:
        self.module, self.more = module, more
        self.chunks = [placed.chunk for placed in module.placed]
        self.follows_predictions = module.has_call(*PREDICT_METHODS)
        self._exporting: dict[str, list[int]] | None = None
        self._imports: dict[str, str] | None = None
        self._arguments: dict[str, tuple[Parts, int]] | None = None

    def io(self, place: int) -> Io:
        return io_of(self.chunks[place], self.more, self.follows_predictions)

    def target(self, call: IoCall, place: int) -> str:
        return self.chunks[place].resolve(call.chain, call.scope, call.span.start) if call.chain else ""

    def paths(self, parts: Parts, place: int) -> Iterator[tuple[str, str, bool]]:
        """(path, base, whether it is certain) of each path these parts may mean."""
        seen = set()
        for answer in self.expanded(parts, place, MAX_DEPTH):
            path = pattern_of(answer.parts, self.module.path)
            if path and path not in seen and len(path) < 300 and "\n" not in path:
                seen.add(path)
                yield path, base_of(answer.parts, path), answer.is_certain

    def expanded(self, parts: Parts, place: int, depth: int) -> list[Answer]:
        """Every name replaced by what it means."""
        choices: list[Iterable[Answer]] = []
        for part in parts:
            if part.__class__ is Ref:
                choices.append(self.lookup(part, place, depth - 1) if depth > 0 else UNKNOWN_ANSWER)
            else:
                choices.append((Answer((part,), True),))
        found = []
        for combination in product(*choices):
            joined = tuple(piece for answer in combination for piece in answer.parts)
            found.append(Answer(_from_last_root(joined), all(answer.is_certain for answer in combination)))
            if len(found) == MAX_ANSWERS:
                break
        return found

    def lookup(self, ref: Ref, place: int, depth: int) -> list[Answer]:
        """What a name may mean where it stands."""
        chunk = self.chunks[place]
        scope = ref.scope
        while scope >= 0:
            view = chunk.scopes[scope]
            if view.kind == "module":
                break
            if view.kind != "class" or scope == ref.scope:
                entries = [
                    one
                    for one in self.io(place).bindings
                    if one.name == ref.name and one.scope == scope and one.kind != "return"
                ]
                assigned = [
                    one
                    for one in entries
                    if one.kind != "default" and (one.offset < ref.offset or scope != ref.scope)
                ]
                if assigned:
                    return self.values([(place, one) for one in assigned], depth)
                if ref.name in view.params:
                    default = [
                        answer
                        for one in entries
                        if one.kind == "default"
                        for answer in self.expanded(one.parts, place, depth)
                    ]
                    passed = self.passed(view.name, view.params, ref.name, place, depth)
                    found = [*passed, *(answer._replace(is_certain=False) for answer in default)]
                    return found or list(UNKNOWN_ANSWER)
            scope = view.parent
        return self.outside(ref, place, depth)

    def values(self, entries: list[tuple[int, Binding]], depth: int) -> list[Answer]:
        """Of the last binding; of all, where the last one stands in a branch."""
        _, last = entries[-1]
        meant = entries[-1:]
        if len(entries) > 1 and last.column > min(one.column for _, one in entries):
            meant = entries[-MAX_ANSWERS:]
        found = []
        for place, one in meant:
            if one.kind == "update":
                found.append(Answer(HOLE, True))
            else:
                found += self.expanded(one.parts, place, depth)
        return [answer._replace(is_certain=False) for answer in found] if len(meant) > 1 else found

    def outside(self, ref: Ref, place: int, depth: int) -> list[Answer]:
        """A name of the module, a class, the command line, or an import."""
        chunk, name = self.chunks[place], ref.name
        root, _, rest = name.partition(".")
        # Functions are called when the whole module has run.
        until = (place, ref.offset) if ref.scope == 0 and not chunk.owner else (len(self.chunks), 0)
        if root in ("self", "cls") and rest:
            owner = chunk.owner or next(
                (
                    view.name
                    for view in chunk.scopes
                    if view.kind == "class" and _holds(view.span, ref.offset)
                ),
                "",
            )
            entries = list(self.of_class(owner, name, rest)) if owner else []
            return self.values(entries, depth) if entries else list(UNKNOWN_ANSWER)
        entries = [(at, one) for at, one in self.at_top(name) if (at, one.offset) < until]
        if entries:
            return self.values(entries, depth)
        if rest:
            owner = root
            made = [(at, one) for at, one in self.at_top(root) if (at, one.offset) < until]
            if made and made[-1][1].chain.endswith("()"):
                owner = made[-1][1].chain[:-2]
            entries = list(self.of_class(owner, "", rest))
            if entries:
                return self.values(entries, depth)
            argument = self.argument(rest) if root in ARGUMENT_ROOTS else None
            if argument is not None:
                return [
                    answer._replace(is_certain=False)
                    for answer in self.expanded(argument[0], argument[1], depth)
                ]
        target = self.imported(root)
        if target:
            return [Answer((f"{{{target}{name[len(root) :]}}}",), True)]
        return list(UNKNOWN_ANSWER)

    def imported(self, root: str) -> str:
        """What an imported name stands for; "" if it is none."""
        if self._imports is None:
            self._imports = {view.alias: import_target(view) for view in self.module.imports}
        return self._imports.get(root, "")

    def at_top(self, name: str) -> Iterator[tuple[int, Binding]]:
        """Bindings of a module-level name, in order."""
        if self._exporting is None:
            self._exporting = {}
            for place, chunk in enumerate(self.chunks):
                if not chunk.owner:
                    for key, _ in chunk.exports:
                        self._exporting.setdefault(key, []).append(place)
        for place in self._exporting.get(name, ()):
            for one in self.io(place).bindings:
                if one.scope == 0 and one.name == name:
                    yield place, one

    def of_class(self, owner: str, attribute: str, name: str) -> Iterator[tuple[int, Binding]]:
        """Bindings of `self.name` in the methods of a class (`attribute`), or of the class's own `name`."""
        last = owner.rpartition(".")[2]
        for place, chunk in enumerate(self.chunks):
            if name not in chunk.text or last not in (chunk.owner or chunk.text):
                continue
            for one in self.io(place).bindings:
                scope = chunk.scopes[one.scope]
                if one.name == attribute and attribute:
                    if f".{last}." in f".{chunk.owner}.{scope.name}.":
                        yield place, one
                elif one.name == name and scope.kind == "class" and scope.name.rpartition(".")[2] == last:
                    yield place, one

    def passed(
        self, function: str, params: tuple[str, ...], name: str, place: int, depth: int
    ) -> list[Answer]:
        """What calls in this module pass for a parameter."""
        word = function.rpartition(".")[2]
        if depth <= 0 or not word:
            return []
        index = params.index(name) - (params[0] in ("self", "cls"))
        found: list[Answer] = []
        for other, chunk in enumerate(self.chunks):
            if f"{word}(" not in chunk.text:
                continue
            for call in self.io(other).calls:
                if call.word != word:
                    continue
                positional = [arg for arg in call.args if not arg.name]
                given = next((arg for arg in call.args if arg.name == name), None)
                if given is None and 0 <= index < len(positional):
                    given = positional[index]
                if given is not None:
                    found += self.expanded(given.parts, other, depth - 1)
        return found[:MAX_ANSWERS]

    def argument(self, name: str) -> tuple[Parts, int] | None:
        """The default of a command line argument."""
        if self._arguments is None:
            self._arguments = {}
            text = self.module.text
            for place, chunk in enumerate(self.chunks if "add_argument(" in text else ()):
                if "add_argument(" not in chunk.text:
                    continue
                for call in self.io(place).calls:
                    flags = [arg.value for arg in call.args if not arg.name and arg.value.__class__ is str]
                    default = next((arg for arg in call.args if arg.name == "default"), None)
                    if call.word == "add_argument" and default is not None:
                        for flag in flags:
                            self._arguments[flag.lstrip("-").replace("-", "_")] = (default.parts, place)
        return self._arguments.get(name)


def _holds(span: Span, offset: int) -> bool:
    return span.start <= offset < span.end


def _from_last_root(parts: Parts) -> Parts:
    """`"data/" + "/abs/x"`: an absolute part that a name stood for hides what was joined before it."""
    for at in range(len(parts) - 1, 1, -1):
        part = parts[at]
        if (
            part.__class__ is str
            and parts[at - 1] == "/"
            and ((part[:1] in "/~" and part != "/") or part[: len(FILE)] == FILE)
        ):
            if part[:3] != "/..":
                return parts[at:]
    return parts


def base_of(parts: Parts, path: str) -> str:
    first = parts[0] if parts else None
    if first.__class__ is str and first[: len(FILE)] == FILE:
        return "root"
    if "://" in path:
        return "url"
    return "absolute" if ABSOLUTE.match(path) else "cwd"


# Constants that other files may import ---------------------------------------------------------


def module_constants(module: Module, names: Names | None = None) -> Iterator[Fact]:
    """`DATA_DIR = Path("data")` at the top of a module or in a class."""
    for place, (chunk, start) in enumerate(module.placed):
        for view in chunk.assignments:
            scope = chunk.scopes[view.scope]
            if scope.kind not in ("module", "class") or not _may_be_path(
                chunk, view.name, view.value, view.chain
            ):
                continue
            names = names or Names(module, frozenset())
            parts = parts_given(chunk, view.name_span.start, view.scope)
            if parts is None:
                found = (one for one in names.io(place).bindings if one.offset == view.name_span.start)
                binding = next(found, None)
                if binding is None:
                    continue
                parts = binding.parts
            if None in parts and len(parts) == 1:
                continue
            answers = list(names.paths(parts, place))
            if len(answers) == 1 and " " not in answers[0][0]:
                name = f"{scope.name}.{view.name}" if scope.name else view.name
                yield Fact("path-constant", name, view.name_span.shifted(start), answers[0][:2])


def _may_be_path(chunk: Chunk, name: str, value: Any, chain: str) -> bool:
    if value.__class__ is str:
        return "/" in value or ending_of(value) in EVERYTHING or bool(words_of(name) & PATH_WORDS)
    if chain:
        word = chain.rstrip("()").rpartition(".")[2]
        return word in (
            "Path",
            "PurePath",
            "join",
            "joinpath",
            "resolve",
            "absolute",
            "dirname",
            "abspath",
            "parent",
        ) or bool(words_of(name) & PATH_WORDS)
    text = chunk.text
    return (
        ("/" in text or "+" in text)
        and ("'" in text or '"' in text)
        and value.__class__ not in (int, float, bool)
    )


# What models predict --------------------------------------------------------------------------


class Predicted:
    """Which names hold predictions, where."""

    def __init__(
        self, module_names: set[str], local: dict[tuple[int, int], set[str]], functions: set[str]
    ) -> None:
        self.module_names, self.local, self.functions = module_names, local, functions

    def has(self, names: frozenset[str], place: int, scope: int) -> bool:
        if names & self.functions or names & self.module_names:
            return True
        return bool(names & self.local.get((place, scope), NONE))


NONE: set[str] = set()


def predicted_names(names: Names) -> Predicted:
    """Followed through assignments, lists that grow, and functions that return predictions."""
    found = Predicted(set(), {}, set())
    roots: set[str] = set()  # the first words of what is known so far, of the module and its functions
    for _ in range(3):
        before = (len(found.module_names), sum(map(len, found.local.values())), len(found.functions))
        for place, chunk in enumerate(names.chunks):
            words = _words(chunk)
            if PREDICT_METHODS.isdisjoint(words) and roots.isdisjoint(words):
                continue  # nothing predicts here, and nothing here is made of what is known to be predicted
            for one in names.io(place).bindings:
                top = one.scope == 0 and not chunk.owner
                holds = one.predicts or found.has(one.names, place, one.scope)
                if one.kind == "return":
                    if holds:
                        found.functions.add(f"{one.name.rpartition('.')[2]}()")
                        roots.add(one.name.rpartition(".")[2])
                    continue
                known = found.module_names if top else found.local.setdefault((place, one.scope), set())
                if holds:
                    known.add(one.name)
                    if top:
                        roots.add(one.name.partition(".")[0])
        after = (len(found.module_names), sum(map(len, found.local.values())), len(found.functions))
        if before == after:
            break
    return found


def _words(chunk: Chunk) -> frozenset[str]:
    """Every identifier of a chunk."""
    known: frozenset[str] | None = chunk.memo.get("path-words")
    if known is None:
        known = chunk.memo["path-words"] = frozenset(identifiers(chunk.text))
    return known
