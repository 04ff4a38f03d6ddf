"""Which files the code reads and writes: data, models, figures, configurations, tables.

    artifacts(workspace)        every read and write, with its path as far as it is known

A path is followed through literals, f-strings, `Path` and `os.path.join`, names of this
file, its functions' defaults and arguments, and constants of other files of the
workspace. What stays unknown is a hole, written `*`; a path that is nothing but a
hole is no fact.

    Fact("artifact-read" | "artifact-write", path, span of the call,
         (kind, callee, base, is_certain, is_predicted))
    Fact("path-constant", name, span, (path, base))

`base` tells from where a relative path counts: "root" (the workspace; the code said
`Path(__file__)`), "cwd" (wherever the program is started), or it is "absolute", a
"url" or a "table". A path is certain unless it comes from a default that a caller
may replace. A name of another file that is not followed yet stands in braces,
`{config.DATA_DIR}/a.csv`, and so does `{argv.1}`, an argument of the command line;
`artifacts` puts their values there.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import lru_cache

from mldebt.config import Config
from mldebt.facts.commands import scripts_run
from mldebt.facts.path_names import Names, module_constants, predicted_names
from mldebt.knowledge import BUILTIN, Knowledge
from mldebt.knowledge.artifacts import EVERYTHING, ending_of, kind_of
from mldebt.rule import Fact, Workspace
from mldebt.syntax.module import Module
from mldebt.syntax.path_calls import STREAMS, Given, Io, IoCall
from mldebt.syntax.path_values import FILE, Parts, pattern_of
from mldebt.text import Span, regex
from mldebt.typed import NamedTuple

# Of one word, so that the vocabulary can be searched.
MENTIONS_IO = regex(r"\b(?:open|read_|to_[a-z]|save|load|dump|write|sink_|scan_|im[rsw]|Image|File|Table)")
WITHOUT_VIEW = ("open(", "_text(", "_bytes(", ").to_", "_sql", "saveAsTable", "insertInto")
"""In a chunk: a call on an expression has no view."""
WRITING_MODES = frozenset("wxa+")
TABLES = frozenset({"to_sql", "read_sql_table", "saveAsTable", "insertInto"})
ARGV = regex(r"\{argv\.(\d+)\}")
SYMBOL = regex(r"\{([\w.]+)\}")


class Artifact(NamedTuple):
    """One read or write of a path or table."""

    file: str
    """The file whose code does it."""
    path: str
    """Normalised, forward slashes, `*` for holes. With base "root" relative to the workspace."""
    span: Span
    writes: bool
    kind: str
    """data, model, figure, config, report, metrics, table, object (a pickle), or file."""
    callee: str
    base: str
    is_certain: bool
    is_predicted: bool
    """What is written comes out of a model."""

    @property
    def is_inside(self) -> bool:
        """Whether it may lie in the workspace."""
        return self.base in ("root", "cwd") and not self.path.startswith("../../")


def of_module(module: Module, config: Config) -> Iterator[Fact]:
    if MENTIONS_IO.search(module.vocabulary) is None:
        yield from module_constants(module)
        return
    knowledge = config.knowledge
    more = further_words(knowledge)
    names = Names(module, more)
    yield from module_constants(module, names)
    predicted = predicted_names(names) if names.follows_predictions else None
    with_calls = module.chunks_that_call(io_words(knowledge))
    others = [word for word in WITHOUT_VIEW if word in module.text]
    for place, (chunk, start) in enumerate(module.placed):
        if place not in with_calls and not any(word in chunk.text for word in others):
            continue
        io = names.io(place)
        for call in io.calls:
            found = _used(call, io, place, names, knowledge)
            if found is None:
                continue
            given, writes, callee, values = found
            is_predicted = (
                writes
                and predicted is not None
                and any(value.predicts or predicted.has(value.names, place, call.scope) for value in values)
            )
            for path, base, certain in names.paths(given, place):
                if callee in TABLES:
                    base = "table"
                elif not _looks_like_a_path(path, callee):
                    continue
                kind = kind_of(path, callee, call.word)
                yield Fact(
                    "artifact-write" if writes else "artifact-read",
                    path,
                    call.span.shifted(start),
                    (kind, callee, base, certain, is_predicted),
                )


def _used(
    call: IoCall, io: Io, place: int, names: Names, knowledge: Knowledge
) -> tuple[Parts, bool, str, list[Given]] | None:
    """(parts of the path, whether it is written, callee, what is written) of a call that reads or writes."""
    word = call.word
    if word == "open":
        return _opened(call, io, place, names)
    if word in TABLES:
        first = call.args[0].parts if call.args else ()
        values = [call.receiver] if call.receiver else []
        return (first, word != "read_sql_table", word, values) if len(first) == 1 else None
    target = names.target(call, place)
    name = target or call.chain or f"x.{word}"
    for table, writes in ((knowledge.writers, True), (knowledge.readers, False)):
        entry = knowledge.get(table, name)
        if entry is None:
            continue
        values = [*call.args, *([call.receiver] if call.receiver else [])]
        if entry.position < 0 and not entry.keyword:
            if call.receiver is None:
                return None
            return call.receiver.parts, writes, target or word, list(call.args)
        arg = knowledge.path_arg(table, name, call.args)
        if arg is None or arg.name[:1] == "*":
            return None
        return arg.parts, writes, target or word, [value for value in values if value is not arg]
    return None


def _opened(call: IoCall, io: Io, place: int, names: Names) -> tuple[Parts, bool, str, list[Given]] | None:
    """`open(path, mode)` and `path.open(mode)`; what is written is what goes through the handle."""
    method = call.receiver is not None and call.chain not in (
        "io.open",
        "codecs.open",
        "gzip.open",
        "bz2.open",
        "lzma.open",
    )
    if method:
        if call.chain and (names.target(call, place) or "").partition(".")[0] in (
            "PIL",
            "webbrowser",
            "zipfile",
            "tarfile",
        ):
            given = call.args[0].parts if call.args else ()
            return (given, False, names.target(call, place), []) if given else None
        assert call.receiver is not None
        path, mode_at = call.receiver.parts, 0
    else:
        if not call.args:
            return None
        path, mode_at = call.args[0].parts, 1
    mode = next((arg.value for arg in call.args if arg.name == "mode"), None)
    positional = [arg for arg in call.args if not arg.name]
    if mode is None and len(positional) > mode_at:
        mode = positional[mode_at].value
        if mode.__class__ is not str:
            return None
    text = mode if mode.__class__ is str else "r"
    writes = not WRITING_MODES.isdisjoint(text)
    if method and set(text) - set("rwxabt+"):
        return None
    values: list[Given] = []
    callee = "open"
    for other in io.calls:
        if other.word not in STREAMS and other.word not in ("to_csv", "save", "savez"):
            continue
        everything = [*other.args, *([other.receiver] if other.receiver else [])]
        through = [given for given in everything if _is_handle(given, other, call, io)]
        if through:
            values += [given for given in everything if given not in through]
            root = (names.target(other, place) or other.chain).partition(".")[0]
            callee = f"{root}.{other.word}" if other.chain != other.word and root else callee
    return path, writes, callee, values


def _is_handle(given: Given, user: IoCall, opened: IoCall, io: Io) -> bool:
    if given.span == opened.span:
        return True
    if not given.chain.isidentifier():
        return False
    for binding in reversed(io.bindings):  # the last one is meant
        if binding.name == given.chain and binding.scope == user.scope and binding.offset < user.span.start:
            return binding.value == opened.span
    return False


def _looks_like_a_path(path: str, callee: str) -> bool:
    """Not a buffer's name, a format or a URL's word: it has a folder or an ending that files have."""
    if path == ".":
        return False
    if callee == "open" or "." in callee:
        return True
    return "/" in path or ending_of(path) in EVERYTHING


@lru_cache(maxsize=8)
def _words(*tables: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.rpartition(".")[2] for names in tables for name in names)


def io_words(knowledge: Knowledge) -> frozenset[str]:
    return _words(tuple(knowledge.readers), tuple(knowledge.writers)) | {"open"} | TABLES


def further_words(knowledge: Knowledge) -> frozenset[str]:
    """Last words of the readers and writers that the user has added."""
    if knowledge.readers is BUILTIN.readers and knowledge.writers is BUILTIN.writers:
        return frozenset()
    return io_words(knowledge) - io_words(BUILTIN)


# What rules ask ------------------------------------------------------------------------------


def artifacts(workspace: Workspace) -> list[Artifact]:
    """Every read and write of the workspace, tests left out, with constants of other files filled in."""
    known: list[Artifact] | None = workspace.memo.get("artifacts")
    if known is None:
        known = workspace.memo["artifacts"] = list(_artifacts(workspace))
    return known


def _artifacts(workspace: Workspace) -> Iterator[Artifact]:
    constants: dict[str, dict[str, tuple[str, str]]] = {}
    for path, fact in workspace.facts("path-constant"):
        constants.setdefault(path, {})[fact.subject] = (fact.detail[0], fact.detail[1])
    modules = _modules(constants)
    commands = scripts_run(workspace)
    for kind in ("artifact-read", "artifact-write"):
        for file, fact in workspace.facts(kind):
            if workspace.config.role_of(file) == "test":
                continue
            what, callee, base, is_certain, is_predicted = fact.detail
            paths = [(fact.subject, base)]
            if "{" in fact.subject:
                given = (
                    [run.detail[2] for _, run in commands.get(file, ())] if "{argv." in fact.subject else []
                )
                is_certain = is_certain and len(given) < 2
                paths = [
                    _filled(path, base, file, modules, constants)
                    for path in _with_arguments(fact.subject, given)
                ]
            for path, seen_from in dict.fromkeys(paths):
                if path:
                    if "{" in fact.subject:
                        what = kind_of(path, callee, callee.rpartition(".")[2])
                    yield Artifact(
                        file, path, fact.span, kind == "artifact-write", what, callee, seen_from, is_certain,
                        is_predicted,
                    )  # fmt: skip


def _with_arguments(path: str, given: list[tuple[str, ...]]) -> set[str]:
    """The path with the arguments of each command that runs the file."""

    def fill(arguments: tuple[str, ...]) -> str:
        return ARGV.sub(
            lambda match: arguments[int(match[1]) - 1] if 0 < int(match[1]) <= len(arguments) else "*", path
        )

    return {fill(arguments) for arguments in given} or {fill(())}


def _modules(files: dict[str, dict[str, tuple[str, str]]]) -> dict[str, list[str]]:
    """Last word of a module's name -> files that may be it."""
    found: dict[str, list[str]] = {}
    for file in files:
        stem = (
            file.removesuffix("/__init__.py").rpartition("/")[2].rpartition(".")[0] or file.split("/")[-2:][0]
        )
        if file.endswith("/__init__.py"):
            stem = file.split("/")[-2]
        found.setdefault(stem, []).append(file)
    return found


def _filled(
    path: str,
    base: str,
    file: str,
    modules: dict[str, list[str]],
    constants: dict[str, dict[str, tuple[str, str]]],
) -> tuple[str, str]:
    for _ in range(4):
        match = SYMBOL.search(path)
        if match is None:
            break
        value, found_base = _constant(match[1], file, modules, constants)
        head, tail = path[: match.start()], path[match.end() :]
        if found_base != "cwd" and value and not head:
            base = found_base
        path = f"{head}{value or '*'}{tail}"
    path = pattern_of((SYMBOL.sub("*", path),))
    return path, base


def _constant(
    name: str, file: str, modules: dict[str, list[str]], constants: dict[str, dict[str, tuple[str, str]]]
) -> tuple[str, str]:
    """The value of `pkg.config.DATA_DIR` in the workspace; the nearest file of that name is meant."""
    words = name.lstrip(".").split(".")
    for at in range(len(words) - 1, 0, -1):
        files = modules.get(words[at - 1], ())
        wanted = ".".join(words[at:])
        fitting = [other for other in files if wanted in constants[other]]
        if fitting:
            folder = posixpath.dirname(file)
            tail = "/".join(words[:at])
            nearest = max(
                fitting,
                key=lambda other: (
                    other.removesuffix("/__init__.py").removesuffix(".py").endswith(tail),
                    len(posixpath.commonprefix([folder + "/", posixpath.dirname(other) + "/"])),
                    other,
                ),
            )
            return constants[nearest][wanted]
    return "", "cwd"


__all__ = ["FILE", "Artifact", "artifacts", "of_module"]
