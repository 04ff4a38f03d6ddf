"""What DVC declares: stages with their dependencies, outputs, parameters and commands, and what dvc.lock remembers.

    stages(workspace)      every stage of every dvc.yaml, with the places of its parts
    locks(workspace)       folder of a dvc.lock -> what it remembers of each stage

Paths are relative to the workspace. A stage whose paths are built from `${…}`
or `foreach` is marked `is_template`: of it only names are known.

    Fact("stage", name, span of its name, (folder, working folder, command, is_template, is_frozen))
    Fact("stage-command", name, span, (command,))
    Fact("stage-dep" | "stage-out" | "stage-param", path or key, span, (stage, kind, as written))
    Fact("lock-stage", name, span, (command,))
    Fact("lock-dep" | "lock-out" | "lock-param", path or key, span, (stage, sum or value, file))
    Fact("dvc-file", path of what a .dvc file tracks, span, (sum,))
    Fact("parameters", "", span, ((key, value), …))
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import Fact, Workspace
from mldebt.syntax.manifest import Entry, Key, Manifest
from mldebt.syntax.views import UNKNOWN
from mldebt.text import Span, regex
from mldebt.typed import Any, NamedTuple

OUTPUTS = ("outs", "metrics", "plots")
TEMPLATE = "${"
PARAMETER_FILE = regex(r"(?:.*[/_-])?(?:params?|parameters|config|conf|settings)[\w-]*\.(?:ya?ml|toml)$")
MAX_PARAMETERS = 2000
# Of one file; a longer one is data.


def of_manifest(manifest: Manifest, config: Config) -> Iterator[Fact]:
    name = manifest.path.rpartition("/")[2]
    folder = posixpath.dirname(manifest.path)
    if name in ("dvc.yaml", "dvc.yml"):
        yield from _of_pipeline(manifest, folder)
    elif name == "dvc.lock":
        yield from _of_lock(manifest, folder)
    elif name.endswith(".dvc"):
        for entry in manifest.entries:
            if len(entry.key) == 3 and entry.key[0] == "outs" and entry.key[2] == "path":
                md5 = manifest.value("outs", entry.key[1], "md5", default="")
                yield Fact("dvc-file", under(folder, str(entry.value)), entry.value_span, (str(md5),))
    elif PARAMETER_FILE.match(manifest.path):
        scalars = [entry for entry in manifest.entries if entry.value is not UNKNOWN]
        if scalars and len(manifest.entries) < MAX_PARAMETERS:
            yield Fact("parameters", "", Span(0, 0), tuple(_parameters(manifest)))


def _parameters(manifest: Manifest) -> Iterator[tuple[str, Any]]:
    """(dotted key, value); of mappings and lists the key alone, with `...` written as None and marked."""
    for entry in manifest.entries:
        key = ".".join(map(str, entry.key))
        if entry.value is UNKNOWN:
            yield (key, "container", None)  # type: ignore[misc]
        elif entry.value.__class__ in (str, int, float, bool, type(None)):
            yield (key, "value", entry.value)  # type: ignore[misc]
        else:
            yield (key, "value", str(entry.value))  # type: ignore[misc]


def _of_pipeline(manifest: Manifest, folder: str) -> Iterator[Fact]:
    for entry in manifest.entries:
        key = entry.key
        if len(key) != 2 or key[0] != "stages":
            if (
                len(key) >= 2
                and key[0] in ("metrics", "plots")
                and entry.value.__class__ is str
                and len(key) == 2
            ):
                yield _path("stage-out", "", "top " + key[0], entry, folder)
            continue
        name = str(key[1])
        inner: Key = key
        many = manifest.get("stages", name, "foreach") or manifest.get("stages", name, "matrix")
        if manifest.get("stages", name, "do") is not None:
            inner = ("stages", name, "do")
        wdir = manifest.value(*inner, "wdir", default="")
        base = under(folder, wdir) if wdir.__class__ is str else folder
        command = _command(manifest, inner)
        parts = list(_parts(manifest, name, inner, folder, base))
        is_template = bool(many) or any(TEMPLATE in fact.subject for fact in parts)
        frozen = manifest.value(*inner, "frozen", default=False) is True
        yield Fact("stage", name, entry.key_span, (folder, base, command, is_template, frozen))
        cmd = manifest.get(*inner, "cmd")
        if cmd is not None:
            yield Fact("stage-command", name, cmd.value_span, (command,))
        yield from parts


def _command(manifest: Manifest, stage: Key) -> str:
    one = manifest.value(*stage, "cmd", default="")
    if one.__class__ is str and one:
        return str(one)
    several = [entry.value for entry in manifest.under(*stage, "cmd")]
    return "\n".join(str(value) for value in several if value is not UNKNOWN)


def _parts(
    manifest: Manifest, name: str, stage: tuple[str | int, ...], folder: str, base: str
) -> Iterator[Fact]:
    depth = len(stage)
    parameter_file = "params.yaml"
    for entry in manifest.under(*stage):
        section = entry.key[depth]
        rest = entry.key[depth + 1 :]
        if section == "deps" and len(rest) == 1 and entry.value.__class__ is str:
            yield _path("stage-dep", name, "deps", entry, base)
        elif section in OUTPUTS and len(rest) in (1, 2):
            if len(rest) == 1 and entry.value.__class__ is str:
                yield _path("stage-out", name, str(section), entry, base)
            elif len(rest) == 2 and rest[1].__class__ is str:  # `- model.pkl:\n    cache: false`
                yield _path(
                    "stage-out",
                    name,
                    str(section),
                    entry._replace(value=rest[1], value_span=entry.key_span),
                    base,
                )
        elif section == "params":
            if len(rest) == 1 and entry.value.__class__ is str:
                yield Fact(
                    "stage-param", entry.value, entry.value_span, (name, under(base, "params.yaml"), folder)
                )
            elif len(rest) == 2 and rest[1].__class__ is str:
                parameter_file = under(base, rest[1])
                if entry.value is not UNKNOWN:
                    yield Fact("stage-param", "", entry.key_span, (name, parameter_file, folder))
            elif len(rest) == 3 and entry.value.__class__ is str:
                yield Fact(
                    "stage-param", entry.value, entry.value_span, (name, under(base, str(rest[1])), folder)
                )


def _path(kind: str, stage: str, section: str, entry: Entry, base: str) -> Fact:
    text = str(entry.value)
    return Fact(kind, under(base, text), entry.value_span, (stage, section, text))


def under(folder: str, path: str) -> str:
    """A path of a manifest as seen from the workspace; what is no local path stays as it is."""
    if "://" in path or path[:1] in ("/", "~") or TEMPLATE in path:
        return path
    found = posixpath.normpath(posixpath.join(folder, path.replace("\\", "/")))
    return "" if found == "." else found


def _of_lock(manifest: Manifest, folder: str) -> Iterator[Fact]:
    head: tuple[str, ...] = ("stages",) if manifest.get("stages") is not None else ()
    for entry in manifest.entries:
        key = entry.key
        if key[: len(head)] != head or len(key) <= len(head):
            continue
        stage, *rest = key[len(head) :]
        if not rest:
            command = manifest.value(*key, "cmd", default="")
            if command is UNKNOWN or command == "":
                parts = [one.value for one in manifest.under(*key, "cmd")]
                command = "\n".join(map(str, parts))
            yield Fact("lock-stage", str(stage), entry.key_span, (str(command),))
        elif len(rest) == 3 and rest[0] in ("deps", "outs") and rest[2] == "path":
            md5 = manifest.value(*key[:-1], "md5", default="")
            kind = "lock-dep" if rest[0] == "deps" else "lock-out"
            yield Fact(kind, str(entry.value), entry.value_span, (str(stage), str(md5), ""))
        elif len(rest) == 3 and rest[0] == "params" and entry.value is not UNKNOWN:
            value = entry.value
            if value.__class__ in (str, int, float, bool, type(None)):
                yield Fact("lock-param", str(rest[2]), entry.key_span, (str(stage), value, str(rest[1])))


# What rules ask ------------------------------------------------------------------------------


class Place(NamedTuple):
    """A path or key that a stage names, and where."""

    path: str
    span: Span
    kind: str
    """deps, outs, metrics, plots; of a parameter its file."""
    written: str


class Stage(NamedTuple):
    """One stage of a dvc.yaml."""

    file: str
    name: str
    span: Span
    folder: str
    """Of the dvc.yaml."""
    base: str
    """The working folder."""
    command: str
    command_span: Span
    is_template: bool
    is_frozen: bool
    deps: tuple[Place, ...]
    outs: tuple[Place, ...]
    params: tuple[Place, ...]


def stages(workspace: Workspace) -> list[Stage]:
    known: list[Stage] | None = workspace.memo.get("stages")
    if known is None:
        known = workspace.memo["stages"] = list(_stages(workspace))
    return known


def _stages(workspace: Workspace) -> Iterator[Stage]:
    parts: dict[tuple[str, str, str], list[Place]] = {}
    for kind in ("stage-dep", "stage-out", "stage-param"):
        for file, fact in workspace.facts(kind):
            place = Place(fact.subject, fact.span, fact.detail[1], fact.detail[2])
            parts.setdefault((file, kind, fact.detail[0]), []).append(place)
    for found in parts.values():
        found.sort(key=lambda place: place.span)
    commands = {(file, fact.subject): fact.span for file, fact in workspace.facts("stage-command")}
    for file, fact in workspace.facts("stage"):
        folder, base, command, is_template, is_frozen = fact.detail
        name = fact.subject
        yield Stage(
            file,
            name,
            fact.span,
            folder,
            base,
            command,
            commands.get((file, name), fact.span),
            is_template,
            is_frozen,
            *(tuple(parts.get((file, kind, name), ())) for kind in ("stage-dep", "stage-out", "stage-param")),
        )  # fmt: skip


def top_outputs(workspace: Workspace, file: str) -> set[str]:
    """Paths under the top-level `metrics` and `plots` of a dvc.yaml."""
    return {
        fact.subject
        for path, fact in workspace.facts("stage-out")
        if path == file and fact.detail[1].startswith("top ")
    }


def tracked_files(workspace: Workspace) -> dict[str, str]:
    """What `.dvc` files track -> the file that does."""
    return {fact.subject: path for path, fact in workspace.facts("dvc-file")}
