"""A hard-coded path -> pathlib: from the project's folder, the home folder, or an environment variable.

The whole expression is rewritten (literal, f-string, sum, `os.path.join`, `Path`
chain), and wrapped in `str(...)` unless everything that uses it takes a path.
Nothing is read from the disk: whether a file is in the project is decided by the
workspace's relative paths that the caller passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mldebt.fixes.imports import bound_name, import_edit
from mldebt.fixes.path_expression import Component, PathExpression, read, write
from mldebt.knowledge import BUILTIN
from mldebt.knowledge.places import NOBODY
from mldebt.rule import SAFE, UNSAFE, Finding, Fix, Safety
from mldebt.syntax.expressions import name_uses
from mldebt.syntax.module import Chunk, Module
from mldebt.text import Edit, Span, newline_of, regex
from mldebt.typed import NamedTuple

HOMES = frozenset({"home", "Users", "users"})
"""Folders that hold home folders."""
DRIVE = regex(r"[A-Za-z]:")
LOOSE = frozenset({"attribute", "subscript", "unaryop", "await", "starred"})
"""Constructs that would take only the last operand of an unparenthesised `a / b`."""
FUNCTIONS = frozenset({"functiondef", "asyncfunctiondef"})
MIN_CERTAIN = 2
# Components of a workspace path that must agree before a fix is called safe:
# `train.csv` alone is in many folders, `data/train.csv` rarely in two.
MIN_NAME = 3


Need = tuple[str, str]
"""A module and a name in it, "" for the module itself."""
PATH: Need = ("pathlib", "Path")
OS: Need = ("os", "")


class Base(NamedTuple):
    """One way to start the new path."""

    title: str
    code: str
    """An expression of type Path, or of type str if `is_string`."""
    components: tuple[Component, ...]
    needs: tuple[Need, ...]
    safety: Safety = UNSAFE
    is_string: bool = False
    """The code is a string and there are no components: no Path is needed where a string is wanted."""
    doubtful: bool = False
    """A guess that stands behind the others."""


class Place(NamedTuple):
    """One occurrence of the path, with everything its rewriting needs."""

    chunk: Chunk
    start: int
    path: PathExpression
    accepted: bool
    """Whether everything that uses the expression takes an os.PathLike."""

    def covers(self, span: Span) -> bool:
        whole = self.path.span.shifted(self.start)
        return whole.start <= span.start and span.end <= whole.end


def path_fixes(
    module: Module, finding: Finding, variable: str = "", paths: Sequence[str] = ()
) -> Iterator[Fix]:
    """Fixes of a hard-coded path, best first; every occurrence that the finding lists is rewritten."""
    places: list[Place] = []
    for span in (finding.span, *(related.span for related in finding.related if not related.path)):
        place = place_of(module, span)
        if place is not None and not any(overlap(place, other) for other in places):
            places.append(place)
    if not places or not places[0].covers(finding.span):
        return
    first = places[0]
    names = Names(module, first.start + first.path.span.start)
    makers = [workspace_base, home_base, environment_base]
    bases = [(make, base) for make in makers if (base := make(module, first, paths, variable)) is not None]
    bases.sort(key=lambda pair: pair[1].doubtful)
    for make, base in bases:
        edits: list[Edit] = []
        needs: set[Need] = set()
        safety = base.safety
        for place in places:
            own = make(module, place, paths, variable)
            if own is None or own.title != base.title:
                continue
            text, more = rewritten(names, place, own)
            edits.append(Edit(place.path.span.shifted(place.start), text))
            needs |= {*own.needs, *more}
            if not place.accepted or own.safety is not SAFE:
                safety = UNSAFE
        count = f" ({len(edits)} places)" if len(edits) > 1 else ""
        yield Fix(base.title + count, (*names.imports(needs), *edits), safety)
    yield from override_fixes(names, first, variable)


class Names:
    """How this file writes `Path` and `os` above the offset `before`, and the edits that make them known."""

    def __init__(self, module: Module, before: int) -> None:
        self.module, self.before = module, before

    def renamed(self, code: str) -> str:
        """`code` with `Path` and `os` as this module calls them."""
        for package, name in (PATH, OS):
            word = name or package
            bound = bound_name(self.module, package, name, before=self.before)
            if bound != word:
                code = re.sub(rf"(?<![\w.]){word}\b", bound, code)
        return code

    def imports(self, needs: Iterable[Need]) -> tuple[Edit, ...]:
        edits: list[Edit] = []
        for package, name in sorted(needs):
            edit = import_edit(self.module, package, name, before=self.before)
            if edit is None or edit in edits:
                continue
            if edits and edits[-1].span == edit.span and edit.span.start == edit.span.end:
                edit = Edit(edit.span, adjoined(edits.pop().text, edit.text))
            edits.append(edit)
        return tuple(edits)


def adjoined(above: str, below: str) -> str:
    """Two inserted import lines as neighbours: each brings its own blank lines, which must not part them."""
    newline = newline_of(below)
    if below.startswith(newline):
        below = below.lstrip("\r\n")
        return above.rstrip("\r\n") + newline + below
    return (above.rstrip("\r\n") + newline if below.endswith(newline * 2) else above) + below


def overlap(one: Place, other: Place) -> bool:
    a, b = one.path.span.shifted(one.start), other.path.span.shifted(other.start)
    return a.start < b.end and b.start < a.end


def place_of(module: Module, span: Span) -> Place | None:
    chunk, start = module.placed_at(span.start)
    if chunk.state != "parsed":
        return None
    path = read(chunk, span.shifted(-start))
    if path is None or not path.components:
        return None
    return Place(chunk, start, path, path.is_path or takes_path(module, chunk, path))


# -- where the new path may start -----------------------------------------------------------------


def workspace_base(module: Module, place: Place, paths: Sequence[str], variable: str) -> Base | None:
    """The project's folder, if the end of the path is a file or folder of the workspace."""
    components = place.path.components
    constants: list[str] = []
    for component in components:
        if component.constant is None:
            break
        constants.append(component.constant)
    computed = len(constants) < len(components)
    files = frozenset(paths)
    folders = folders_of(files)
    for first in range(1, len(constants)):
        wanted = "/".join(constants[first:])
        if (wanted in files and not computed) or wanted in folders:
            break
    else:
        return None
    parent = module.path.split("/")[:-1]
    target = constants[first:]
    shared = 0
    while shared < min(len(parent), len(target)) and parent[shared] == target[shared]:
        shared += 1
    up = len(parent) - shared
    here = "Path.cwd()" if module.is_notebook else "Path(__file__).resolve().parent"
    if up and module.is_notebook:
        here += ".parent" if up == 1 else f".parents[{up - 1}]"
    elif up:
        here = f"Path(__file__).resolve().parents[{up}]"
    rest = components[first + shared :]
    certain = (
        len(target) >= MIN_CERTAIN and not module.is_notebook and not any(one.starts_open for one in rest)
    )
    return Base(
        f"Build the path from the project's folder: {'/'.join(target)}",
        here,
        rest,
        (PATH,),
        SAFE if certain else UNSAFE,
        doubtful=len(target) < MIN_CERTAIN and target[0] not in files,
    )


def folders_of(files: frozenset[str]) -> frozenset[str]:
    found = set()
    for file in files:
        folder = file.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(found)


def home_base(module: Module, place: Place, paths: Sequence[str], variable: str) -> Base | None:
    """The home folder of whoever runs the program."""
    components = place.path.components
    texts = [component.constant for component in components]
    if texts[:1] == ["~"]:
        skip = 1
    elif texts[:2] == ["", "root"]:
        skip = 2
    elif len(texts) > 2 and texts[0] is not None and texts[1] in HOMES:
        if texts[0] and not DRIVE.fullmatch(texts[0]):
            return None
        if texts[2] in NOBODY:
            return None
        skip = 3
    else:
        return None
    return Base("Build the path from the home folder", "Path.home()", components[skip:], (PATH,))


def environment_base(module: Module, place: Place, paths: Sequence[str], variable: str) -> Base | None:
    """A folder that each machine names in an environment variable."""
    if is_default(place) or environment_call(place) is not None:
        return None
    components = place.path.components
    depth = folder_depth(components)
    if depth < 1:
        return None
    name = variable or variable_name(components[:depth])
    quote = place.path.quote
    code = f"os.environ[{quote}{name}{quote}]"
    rest = components[depth:]
    title = f"Read the folder from the environment variable {name}"
    if not rest and not place.path.is_path:
        return Base(title, code, (), (OS,), is_string=True)
    return Base(title, f"Path({code})", rest, (OS, PATH))


def folder_depth(components: Sequence[Component]) -> int:
    """How many leading components are the constant folders of the path, the file left out."""
    depth = 0
    while depth < len(components) and components[depth].constant is not None:
        depth += 1
    last = components[depth - 1].constant or "" if depth else ""
    if depth == len(components) and "." in last and not last.startswith("."):
        depth -= 1
    return depth if any(component.constant for component in components[:depth]) else 0


def variable_name(folders: Sequence[Component]) -> str:
    """After the last folder; DATA_DIR where that is a person, a drive, or too short to say anything."""
    words = re.findall(r"[A-Za-z0-9]+", folders[-1].constant or "")
    name = "_".join(word.upper() for word in words)
    above = folders[-2].constant if len(folders) > 1 else ""
    if len(name) < MIN_NAME or name[0].isdigit() or above in HOMES:
        return "DATA_DIR"
    return name if name.endswith(("_DIR", "_PATH", "_ROOT", "_HOME")) else name + "_DIR"


# -- defaults that an environment variable may override -------------------------------------------


def is_default(place: Place) -> bool:
    """Whether the path is a default: there, a missing variable must not stop the program at once."""
    outer = place.path.around[0] if place.path.around else None
    return outer is not None and (outer.role in ("defaults", "kw_defaults") or outer.name == "default")


def environment_call(place: Place) -> Span | None:
    """The `os.environ.get(name, path)` whose default the path is."""
    for outer in place.path.around[:1]:
        if (
            outer.kind == "call"
            and outer.place == 1
            and outer.first
            and outer.chain.endswith(("environ.get", "getenv"))
        ):
            return outer.span
    return None


def override_fixes(names: Names, place: Place, variable: str) -> Iterator[Fix]:
    """Where the path is a default: let a variable replace it, or require the variable that does."""
    path = place.path
    os, quote = names.renamed("os"), path.quote
    call = environment_call(place)
    if call is not None:
        name = path.around[0].first
        edit = Edit(call.shifted(place.start), f"{os}.environ[{quote}{name}{quote}]")
        yield Fix(f"Require the environment variable {name}", (*names.imports([OS]), edit), UNSAFE)
    elif is_default(place) and not path.is_path and not path.is_bytes:
        depth = folder_depth(path.components)
        if not depth or depth < len(path.components):
            return
        name = variable or variable_name(path.components)
        at, end = path.span.shifted(place.start)
        edits = (Edit(Span(at, at), f"{os}.environ.get({quote}{name}{quote}, "), Edit(Span(end, end), ")"))
        yield Fix(
            f"Let the environment variable {name} replace this default",
            (*names.imports([OS]), *edits),
            UNSAFE,
        )


# -- the new text ------------------------------------------------------------------------------------


def rewritten(names: Names, place: Place, base: Base) -> tuple[str, tuple[Need, ...]]:
    """The expression that replaces `place`, and the imports it needs beyond those of `base`."""
    path = place.path
    code = names.renamed(base.code)
    os = names.renamed("os")
    if base.is_string and not path.is_bytes:
        return (f'{os}.path.join({code}, "")' if path.trailing and not place.accepted else code), (OS,)
    text = write(code, base.components, path.quote)
    if path.is_bytes:
        return f"{os}.fsencode({text})", (OS,)
    if place.accepted:
        parent = path.around[0] if path.around else None
        loose = parent is not None and (
            parent.kind in LOOSE
            or (parent.kind == "call" and parent.role == "func")
            or (parent.kind == "binop" and not (parent.op == "/" and parent.role == "left"))
        )
        return (f"({text})" if loose and base.components else text), ()
    if path.trailing:
        return f'{os}.path.join({text}, "")', (OS,)
    return f"str({text})", ()


# -- who uses it -------------------------------------------------------------------------------------


def takes_path(module: Module, chunk: Chunk, path: PathExpression) -> bool:
    """Whether everything that uses the value takes an os.PathLike as it takes a string."""
    if path.is_bytes or not path.around:
        return False
    outer = path.around[0]
    if outer.kind == "call":
        return accepts(chunk, path.span)
    if outer.kind != "assign" or not outer.name.isidentifier() or path.trailing:
        return False
    scope = next((one for one in path.around if one.kind in (*FUNCTIONS, "classdef", "lambda")), None)
    if scope is not None and scope.kind not in FUNCTIONS:
        return False
    if scope is None and not module.is_notebook:
        # Another file may import the name and add strings to it.
        return False
    chunks = [chunk] if scope is not None else [placed.chunk for placed in module.placed]
    n_stored = n_read = 0
    for one in chunks:
        uses = name_uses(one, outer.name)
        if uses is None:
            return False
        for use in uses:
            if scope is not None and not (scope.span.start <= use.span.start < scope.span.end):
                continue
            if use.stored:
                n_stored += 1
            elif use.parent == "formattedvalue" or (
                use.parent in ("call", "keyword") and accepts(one, use.span)
            ):
                n_read += 1
            else:
                return False
    return n_stored == 1 and n_read > 0


def accepts(chunk: Chunk, span: Span) -> bool:
    """Whether the expression at `span` is the path argument of a call that takes an os.PathLike."""
    for call in chunk.calls:
        if not (call.span.start <= span.start and span.end <= call.span.end):
            continue
        position = 0
        for arg in call.args:
            if arg.span == span and arg.name != "*":
                target = call.target or call.chain
                if target == "os.path.join":
                    return True
                entry = BUILTIN.get(BUILTIN.path_accepting, target)
                return entry is not None and (arg.name == entry[1] if arg.name else position == entry[0])
            position += not arg.name
    return False
