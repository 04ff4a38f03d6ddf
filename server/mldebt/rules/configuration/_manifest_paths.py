"""Paths into one machine in YAML and TOML settings, for hardcoded-path.

A setting has no code around it to say that it is a path: only places that are
paths wherever they stand count, and files about machines are left alone.
"""

from __future__ import annotations

from mldebt.knowledge import places as known
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from mldebt.syntax.manifest import Manifest
    from mldebt.text import Span

MAX_PATH = 400
# Characters; a longer value is text that happens to start like a path.

IMAGE_KEYS = frozenset(
    {"apiVersion", "services", "jobs", "stages", "image", "runs", "hosts", "tasks", "prefix"}
)
"""Top-level keys of files about containers, services, workflows and machines; `prefix` is conda's own note."""
UNSURE = frozenset({"temporary", "cloud", "tilde"})
"""Kinds of places that a setting may name for good reason."""


def paths_in(manifest: Manifest, allow: tuple[str, ...]) -> dict[str, tuple[known.Place, list[Span]]]:
    """Each value that points into somebody's place, with that place (its `what` filled in) and every span."""
    found: dict[str, tuple[known.Place, list[Span]]] = {}
    if manifest.kind not in ("yaml", "toml", "pyproject") or is_of_an_image(manifest):
        return found
    for entry in manifest.entries:
        value = entry.value
        if value.__class__ is not str or (value[:1] not in "/\\" and value[1:2] != ":"):
            continue
        if value in found:
            found[value][1].append(entry.value_span)
        elif not (allow and value.startswith(allow)) and (place := place_of(value)) is not None:
            found[value] = (place, [entry.value_span])
    return found


def place_of(value: str) -> known.Place | None:
    """The place a setting's value certainly points into."""
    if len(value) > MAX_PATH or "\n" in value or " " in value or known.PLACEHOLDER.search(value):
        return None
    path = value.replace("\\", "/")
    match = known.PLACE.match(path)
    if match is None:
        return None
    place = known.PLACES[int((match.lastgroup or "p0")[1:])]
    who = next(filter(None, match.groups()[match.re.groupindex[match.lastgroup or "p0"] :]), "")
    rest = path[match.end() :]
    if not place.strong or place.kind in UNSURE or not rest:
        return None
    if place.kind == "home" and not is_somebody(who, rest, path, False):
        return None
    return place._replace(what=place.what.format(who))


def is_of_an_image(manifest: Manifest) -> bool:
    """Whether the file describes machines rather than settings."""
    if manifest.path.rpartition("/")[2] in ("appspec.yml", "appspec.yaml"):  # where CodeDeploy puts things
        return True
    return any(len(entry.key) == 1 and entry.key[0] in IMAGE_KEYS for entry in manifest.entries)


def is_somebody(who: str, rest: str, path: str, is_open: bool) -> bool:
    """Whether `who` in `/home/<who>/<rest>` is a person and not a word of documentation."""
    if who in known.NOBODY:
        return False
    if who.lower() in known.ANYBODY:
        return path[1:2] == ":" or bool(known.PERSONAL_FOLDER.search(rest))
    return bool(who) or is_open
