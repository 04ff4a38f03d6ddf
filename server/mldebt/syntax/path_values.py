"""An expression that names a file -> its parts: text, holes, and names whose value stands elsewhere.

    f"data/{split}.csv"                    ("data/", Ref split, ".csv")
    DATA_DIR / "clean.parquet"             (Ref DATA_DIR, "/", "clean.parquet")
    sys.argv[1] + "/x.csv"                 ("{argv.1}", "/x.csv")
    Path(__file__).parent / "x.csv"        (FILE, "/..", "/", "x.csv")

Nothing is looked up here: path_calls.py says what a chunk binds, and whoever asks
(facts/artifacts.py) follows the names. What is no path becomes one hole.
"""

from __future__ import annotations

import ast
import posixpath

from mldebt.syntax.lowering import chain_of
from mldebt.text import regex
from mldebt.typed import Any, NamedTuple

MAX_DEPTH = 12
# Joins inside joins; deeper ones are not paths.
FILE = "\0file"
"""Stands for the path of the file itself; only at the start."""


class Ref(NamedTuple):
    """A name as written: `DATA_DIR`, `config.RAW`, `self.root`, `args.input`."""

    name: str
    scope: int
    offset: int


Part = Any
"""str, Ref, or None for a hole."""
Parts = tuple[Part, ...]
HOLE: Parts = (None,)

SAME = frozenset(
    "str fspath abspath realpath normpath expanduser expandvars resolve absolute as_posix normcase "
    "to_absolute_path strip rstrip lower Path PurePath PosixPath PurePosixPath WindowsPath UPath".split()
)
"""Calls whose result is the path they are given, or called on."""
JOINS = frozenset(
    {"join", "joinpath", "Path", "PurePath", "PosixPath", "PurePosixPath", "WindowsPath", "UPath"}
)
FIELD = regex(r"\{[^{}]*\}")
PERCENT = regex(r"%[-+ #0-9.]*[a-zA-Z]|%\(\w+\)[-+ #0-9.]*[a-zA-Z]")


def parts_of(node: Any, scope: int, at: Any, depth: int = 0) -> Parts:
    """The parts of one expression. `at(node)` gives the offset that names in it are looked up from."""
    cls = node.__class__
    if depth > MAX_DEPTH:
        return HOLE
    if cls is ast.Constant:
        return (node.value,) if node.value.__class__ is str else HOLE
    if cls is ast.Name:
        return (FILE,) if node.id == "__file__" else (Ref(node.id, scope, at(node)),)
    if cls is ast.JoinedStr:
        found: list[Part] = []
        for value in node.values:
            if value.__class__ is ast.Constant:
                found.append(value.value)
            elif value.format_spec is None and value.conversion in (-1, 115):
                found += parts_of(value.value, scope, at, depth + 1)
            else:
                found.append(None)
        return tuple(found)
    if cls is ast.BinOp:
        left = parts_of(node.left, scope, at, depth + 1)
        if node.op.__class__ is ast.Div:
            return joined(left, parts_of(node.right, scope, at, depth + 1))
        if node.op.__class__ is ast.Add:
            return left + parts_of(node.right, scope, at, depth + 1)
        if node.op.__class__ is ast.Mod and left[0].__class__ is str and len(left) == 1:
            return _with_holes(left[0], PERCENT)
        return HOLE
    if cls is ast.Attribute:
        if node.attr == "parent":
            return (*parts_of(node.value, scope, at, depth + 1), "/..")
        chain = chain_of(node)
        return (Ref(chain, scope, at(node)),) if chain and "(" not in chain and "[" not in chain else HOLE
    if cls is ast.Subscript:
        value = node.value
        if value.__class__ is ast.Attribute and value.attr == "parents":
            number = node.slice.value if node.slice.__class__ is ast.Constant else None
            if number.__class__ is int and 0 <= number < 10:
                return (*parts_of(value.value, scope, at, depth + 1), "/.." * (number + 1))
        if chain_of(value) == "sys.argv" and node.slice.__class__ is ast.Constant:
            return ("{argv." + str(node.slice.value) + "}",)
        return HOLE
    if cls is ast.Call:
        return _call(node, scope, at, depth)
    return HOLE


def _call(node: Any, scope: int, at: Any, depth: int) -> Parts:
    func, args = node.func, node.args
    if any(arg.__class__ is ast.Starred for arg in args):
        return HOLE
    if func.__class__ is ast.Name:
        word, receiver = func.id, None
    elif func.__class__ is ast.Attribute:
        word, receiver = func.attr, func.value
    else:
        return HOLE
    own = None
    if receiver is not None and chain_of(receiver) not in (
        "os",
        "os.path",
        "osp",
        "path",
        "pathlib",
        "posixpath",
        "hydra.utils",
    ):
        own = receiver
    if word in JOINS:
        if word == "join" and own is not None:
            return HOLE  # of strings, not of paths
        pieces = [
            parts_of(item, scope, at, depth + 1)
            for item in ([own] if own is not None and word == "joinpath" else []) + args
        ]
        if not pieces:
            return (".",) if word != "join" else HOLE
        found = pieces[0]
        for piece in pieces[1:]:
            found = joined(found, piece)
        return found
    if word in SAME:
        inner = own if own is not None else args[0] if args else None
        return parts_of(inner, scope, at, depth + 1) if inner is not None else HOLE
    if word in ("getcwd", "cwd") and not args:
        return (".",)
    if word == "dirname" and args:
        return (*parts_of(args[0], scope, at, depth + 1), "/..")
    if word == "with_name" and own is not None and args:
        return (*parts_of(own, scope, at, depth + 1), "/../", *parts_of(args[0], scope, at, depth + 1))
    if word == "format" and own.__class__ is ast.Constant and own.value.__class__ is str:
        return _with_holes(own.value, FIELD)
    if word == "replace" and own is not None:
        return HOLE
    return HOLE


def _with_holes(text: str, hole: Any) -> Parts:
    found: list[Part] = []
    last = 0
    for match in hole.finditer(text):
        found += (text[last : match.start()], None)
        last = match.end()
    found.append(text[last:])
    return tuple(part for part in found if part != "")


def joined(left: Parts, right: Parts) -> Parts:
    """`left / right`; an absolute right side stands alone."""
    if right and right[0].__class__ is str and right[0][:1] == "/":
        return right
    return (*left, "/", *right)


def pattern_of(parts: Parts, path: str = "") -> str:
    """The normalised path of parts without names: forward slashes, `*` for holes; "" if nothing is known of it.

    What counts from the file itself is made relative to the workspace, of which `path` is a file.
    """
    text = "".join(part if part.__class__ is str else "*" for part in parts).replace("\\", "/")
    if FILE in text:
        at = text.rfind(FILE)
        text = path + text[at + len(FILE) :]
    if "://" in text:
        return text
    if not text.strip("*/. "):
        return ""
    while "**/" in text or "**" in text:
        text = text.replace("**/", "*/").replace("**", "*")
    if ".." in text and _climbs_from_hole(text):
        return ""
    found = posixpath.normpath(text)
    if not found.strip("*/."):
        return "." if found == "." and FILE in parts else ""  # the top of the workspace
    return found


def _climbs_from_hole(text: str) -> bool:
    """Whether a `..` takes back a component that is not known: it may be several."""
    kept: list[str] = []
    for word in text.split("/"):
        if word == "..":
            if kept and "*" in kept[-1]:
                return True
            if kept:
                kept.pop()
        elif word not in ("", "."):
            kept.append(word)
    return False
