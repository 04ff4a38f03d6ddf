"""YAML, TOML and requirements files as keys and values, each with its place in the text.

`read_manifest(path, text)` never raises: what cannot be read is told in
`error`, and what stands before the trouble is kept where the format allows.
Nothing is executed, expanded or fetched: an alias of a container stays
UNKNOWN, a template stays unread, `-r other.txt` stays an option.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.plain import dataclass, field
from mldebt.syntax.views import UNKNOWN, Comment
from mldebt.text import LineIndex, Span, regex
from mldebt.typed import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from mldebt.syntax.manifest_requirements import Option, Requirement

MAX_CHARS = 1_000_000
# YAML and TOML above this are data (annotations, vocabularies), not
# configuration; libyaml takes half a second for it. Lock files are read by
# pattern and have no such limit.

Key = tuple[str | int, ...]


class Entry(NamedTuple):
    """One key with its value; elements of a list are keyed by their index."""

    key: Key
    """From the root. Keys of the second YAML document and on begin ("---", number)."""
    key_span: Span
    """The key as written (`a.b` of a dotted TOML key); of a list element its value."""
    value: Any
    """The scalar's Python value; UNKNOWN for mappings and lists."""
    value_span: Span


class Content(NamedTuple):
    """What a reader found."""

    entries: tuple[Entry, ...] = ()
    comments: tuple[Comment, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    options: tuple[Option, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One file that configures, declares or locks something."""

    path: str
    text: str
    kind: str
    """A value of `manifest_kind`."""
    entries: tuple[Entry, ...] = ()
    """In source order; a container comes before what it holds."""
    requirements: tuple[Requirement, ...] = ()
    """What it asks to install; of a lock file, what it has settled."""
    options: tuple[Option, ...] = ()
    comments: tuple[Comment, ...] = ()
    error: str = ""
    """Why the file, or the rest of it, was not read; "" when all is well."""
    _index: dict[Key, Entry] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._index.update((entry.key, entry) for entry in self.entries)

    def get(self, *key: str | int) -> Entry | None:
        """The entry of exactly this key; of a repeated key the last, as the readers do."""
        return self._index.get(key)

    def value(self, *key: str | int, default: Any = UNKNOWN) -> Any:
        """The scalar under this key; `default` where there is none."""
        entry = self._index.get(key)
        return default if entry is None or entry.value is UNKNOWN else entry.value

    def under(self, *prefix: str | int) -> Iterator[Entry]:
        """Every entry below this key, at any depth, in source order."""
        length = len(prefix)
        return (entry for entry in self.entries if len(entry.key) > length and entry.key[:length] == prefix)


def read_manifest(path: str, text: str) -> Manifest:
    """The manifest at `path`, by the reader its name asks for."""
    kind = manifest_kind(path)
    if len(text) > MAX_CHARS and kind not in ("lock", "requirements", "commands", "importance", "readme"):
        return Manifest(
            path, text, kind, error=f"larger than {MAX_CHARS:,} characters: taken for data, not read"
        )
    content = _read(kind, path, text)
    return Manifest(
        path,
        text if kind != "readme" else "",
        kind,
        content.entries,
        content.requirements,
        content.options,
        content.comments,
        content.error,
    )


def _read(kind: str, path: str, text: str) -> Content:
    # Readers are imported where they are needed: a check of Python files alone pays for none.
    if kind == "requirements":
        return _requirements(text)
    if kind == "lock":
        from mldebt.syntax.manifest_locks import read_lock

        return read_lock(path, text)
    if kind in ("yaml", "conda"):
        from mldebt.syntax.manifest_yaml import read_yaml

        content = read_yaml(text)
        if kind != "conda":
            return content
        from mldebt.syntax.manifest_dependencies import conda_requirements

        return content._replace(requirements=conda_requirements(content.entries, text))
    if kind in ("toml", "pyproject", "pipfile"):
        from mldebt.syntax.manifest_toml import read_toml

        content = read_toml(text)
        if kind == "toml":
            return content
        from mldebt.syntax.manifest_dependencies import pipfile_requirements, pyproject_requirements

        extract = pyproject_requirements if kind == "pyproject" else pipfile_requirements
        return content._replace(requirements=extract(content.entries, text))
    if kind == "importance":
        from mldebt.syntax.importance import read_importance

        return read_importance(path, text)
    if kind == "setup.cfg":
        from mldebt.syntax.manifest_dependencies import read_setup_cfg

        return read_setup_cfg(text)
    if kind == "readme":
        from mldebt.syntax.readme import read_readme

        return read_readme(text)
    return Content()


def _requirements(text: str) -> Content:
    if (place := TEMPLATE.search(text)) is not None:
        return Content(error=template_error(text, place.start()))
    if (nul := text.find("\0")) >= 0:
        return Content(error=f"line {line_number(text, nul)}: a NUL character; this is no text file")
    from mldebt.syntax.manifest_requirements import read_requirements

    found = read_requirements(text)
    error = ""
    if found.broken:
        error = f"line {found.broken[0] + 1}: neither a requirement nor an option nor a comment"
    return Content((), found.comments, found.requirements, found.options, error)


TEMPLATE = regex(r"(?<!\$)\{\{|\{%")
"""Jinja as cookiecutter, Helm and Ansible write it; not `${{ }}` of hosted CI."""


def template_error(text: str, at: int) -> str:
    return f"line {line_number(text, at)}: a template, not read before it is filled in"


def line_number(text: str, at: int) -> int:
    """1-based, as people count."""
    return LineIndex(text).line_of(at) + 1


NAMES = {
    "pyproject.toml": "pyproject",
    "Pipfile": "pipfile",
    "setup.cfg": "setup.cfg",
    "uv.lock": "lock",
    "poetry.lock": "lock",
    "pdm.lock": "lock",
    "Pipfile.lock": "lock",
    "pixi.lock": "lock",
    "dvc.lock": "yaml",
    "MLproject": "yaml",
    "Makefile": "commands",
    "makefile": "commands",
    "GNUmakefile": "commands",
    "Jenkinsfile": "commands",
    "Procfile": "commands",
    "Justfile": "commands",
    "justfile": "commands",
    "tox.ini": "commands",
    ".gitattributes": "commands",
    "README.md": "readme",
    "Readme.md": "readme",
    "readme.md": "readme",
    "README.MD": "readme",
    "README.rst": "readme",
    "README.txt": "readme",
}
PATTERNS = tuple(
    (regex(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"pylock(\.[\w-]+)?\.toml|[\w.-]*conda-lock[\w.-]*\.ya?ml", "lock"),
        (r"[\w.-]*(?:requirements|constraints)[\w.-]*\.(?:txt|in|pip|lock)", "requirements"),
        (r"requirements", "requirements"),
        (r"(?:[\w.-]*[_-])?(?:environment|conda|conda[_-]?env|conda_dependencies)[\w.-]*\.ya?ml", "conda"),
        (r"env\.ya?ml", "conda"),
        (r".*\.(?:ya?ml|dvc)", "yaml"),
        (r".*\.toml", "toml"),
        (r"(?:[\w-]+\.)?Dockerfile(?:\.[\w.-]+)?|Containerfile|.*\.(?:sh|bash|mk|sbatch|slurm)", "commands"),
    )
)
ENDINGS = (
    *(
        ".txt",
        ".in",
        ".pip",
        ".lock",
        ".toml",
        ".yml",
        ".yaml",
        ".dvc",
        ".sh",
        ".bash",
        ".mk",
        ".sbatch",
        ".slurm",
    ),
    *(".YML", ".YAML", ".TXT"),
)
WITHOUT_ENDING = regex(r"Dockerfile|Containerfile|requirements$")
IN_REQUIREMENTS_FOLDER = regex(r"(?:^|/)(?:requirements|reqs)/[\w.-]+\.(?:txt|in)$")


def manifest_kind(path: str) -> str:
    """How the file at this path would be read, by its name; "" when it is none of ours.

    yaml, toml; pyproject, pipfile, setup.cfg, requirements, conda (they ask for
    packages); lock (it settles them); commands (Makefile, Dockerfile, shell:
    only the text, for who is mentioned); importance (a committed report of
    feature importances); readme (no text, but its title and the scripts it names).
    """
    name = path[path.rfind("/") + 1 :]
    if name in NAMES:
        return NAMES[name]
    if name.endswith((".csv", ".json")):
        return "importance" if "importance" in name.lower() else ""
    if not name.endswith(ENDINGS) and not WITHOUT_ENDING.search(name):
        return ""  # a walk over ten thousand images asks here
    for pattern, kind in PATTERNS:
        if pattern.fullmatch(name):
            return kind
    return "requirements" if IN_REQUIREMENTS_FOLDER.search(path) else ""
