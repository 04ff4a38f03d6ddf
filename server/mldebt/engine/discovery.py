"""Which files belong to a workspace.

Reads directories and ignore files, never the files themselves. The order of
arguments does not matter; each file comes once; a symbolic link to a directory
is not followed (what it shows inside the workspace is found at its own place,
what lies outside is none of our business).

Not read: a user's global ignore file, and what git tracks in spite of its
ignore files: that would need git's index. Name such a file explicitly.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterable, Iterator, Sequence

from mldebt.engine.gitignore import Patterns, compiled
from mldebt.syntax.manifest import manifest_kind
from mldebt.text import regex
from mldebt.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 5_000_000
# A Python file of 5 MB is generated, a notebook of that size is its own output.
MAX_OTHER_PATHS = 100_000
# Folders of images and audio: rules ask whether a named path exists, and no
# rule is worth listing a million of them.

MAX_IGNORE_CHARS = 1_000_000

SOURCE_ENDINGS = (".py", ".pyi", ".ipynb")

EXCLUDED_DIRECTORIES = frozenset(
    (
        *(".git", ".hg", ".svn", ".bzr", ".jj"),
        *(".venv", "venv", ".virtualenv", ".tox", ".nox", ".eggs", ".direnv", ".pixi", ".conda"),
        *("site-packages", "dist-packages", "node_modules", "bower_components", "__pypackages__"),
        *(
            "__pycache__",
            ".mypy_cache",
            ".ruff_cache",
            ".mldebt_cache",
            ".pytest_cache",
            ".pytype",
            ".pyre",
            ".hypothesis",
            ".cache",
        ),
        *(".ipynb_checkpoints", ".virtual_documents", ".idea", ".vscode", ".vs", ".Trash", ".Trash-0"),
        *("build", "dist", "_build", ".terraform", ".serverless", ".aws-sam", ".gradle"),
        # What training runs leave behind; some hold copies of the code that made them.
        *("mlruns", "mlartifacts", "lightning_logs", "catboost_info", ".snakemake", ".metaflow", ".neptune"),
    )
)
EXCLUDED_ENDINGS = (".egg-info", ".egg", ".dist-info")
DVC_INNER = frozenset({"cache", "tmp", "experiments"})
ENVIRONMENT_MARKS = frozenset({"pyvenv.cfg", "conda-meta"})
"""A directory that holds one of these is an installed environment, whatever its name."""
IGNORE_FILES = (".gitignore", ".ignore")
"""Later ones outweigh earlier ones in the same directory."""
COPIER_FILES = ("copier.yml", "copier.yaml")
COPIER_FOLDER = regex(r"""(?m)^_subdirectory:[ \t]*["']?(?:\./)?([\w.-]+)/?["']?[ \t]*(?:#.*)?$""")


class Skipped(NamedTuple):
    """A path that would have been read, and why it was not."""

    path: str
    reason: str


class Discovered(NamedTuple):
    """All paths are relative to the root, with forward slashes, sorted."""

    files: tuple[str, ...]
    """Python files, notebooks and manifests to analyse."""
    context: tuple[str, ...]
    """Manifests above the named paths, up to the root: others' findings may need their facts."""
    all_paths: tuple[str, ...]
    """Every file seen, also those no rule reads."""
    skipped: tuple[Skipped, ...]
    consulted: tuple[str, ...] = ()
    """Absolute: every directory listed and every ignore file read. While none of them changes, and none
    of the named paths, this result does not change either."""
    missing: tuple[str, ...] = ()
    """Absolute: files looked for in vain that would have had a say."""


def discover(
    paths: Sequence[Path | str],
    *,
    root: Path | str,
    exclude: Iterable[str] = (),
    respect_gitignore: bool = True,
    force_exclude: bool = False,
    max_bytes: int = MAX_BYTES,
) -> Discovered:
    """The files below `paths` (relative ones count from `root`) that are worth reading.

    `exclude` holds patterns in the notation of .gitignore, relative to the root.
    A path named in `paths` is taken even if an ignore file or `exclude` speaks
    against it, unless `force_exclude`; so a hook may name files blindly. Without
    paths, only the context of the root itself is found.
    """
    walk = _Walk(os.path.realpath(root), tuple(exclude), respect_gitignore, force_exclude, max_bytes)
    for path in sorted({_absolute(walk.root, os.fspath(path)) for path in paths}):
        walk.add(path)
    if not paths:
        walk.climb(walk.root)
    context = {path for path in walk.context if path not in walk.files}
    return Discovered(
        tuple(sorted(walk.files)),
        tuple(sorted(context)),
        tuple(sorted(walk.others | walk.files | walk.context)),
        tuple(sorted(set(walk.skipped))),
        tuple(sorted(walk.consulted)),
        tuple(sorted(walk.missing)),
    )


def _absolute(root: str, path: str) -> str:
    """Without links on the way, so that paths below the root look so; a link named itself stays."""
    path = os.path.normpath(os.path.join(root, path))
    return (
        os.path.realpath(path)
        if os.path.isdir(path)
        else os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
    )


def is_read(path: str) -> bool:
    """Whether a file of this name is one we read."""
    return path.endswith(SOURCE_ENDINGS) or manifest_kind(path) != ""


class _Walk:
    """What has been found so far. One use."""

    def __init__(
        self, root: str, exclude: tuple[str, ...], gitignore: bool, force: bool, max_bytes: int
    ) -> None:
        self.root, self.gitignore, self.force, self.max_bytes = root, gitignore, force, max_bytes
        self.files: set[str] = set()
        self.context: set[str] = set()
        self.others: set[str] = set()
        self.skipped: list[Skipped] = []
        self.exclude = tuple(filter(None, [compiled(exclude)]))
        self.known: dict[str, tuple[Patterns, ...]] = {}
        """Directory -> the ignore files that speak about its contents, outermost first."""
        self.walked: set[str] = set()
        self.consulted: set[str] = set()
        self.missing: set[str] = set()
        self.crowded = False

    def add(self, path: str) -> None:
        """A path the user named."""
        try:
            status = os.stat(path)
        except OSError as error:
            self.skipped.append(Skipped(self.relative(path), _why(error)))
            return
        self.climb(os.path.dirname(path))
        if stat.S_ISDIR(status.st_mode):
            inherited = self._above(path)
            if path != self.root and self._excluded(self.relative(path) + "/"):
                if self.force:
                    self.skipped.append(Skipped(self.relative(path), "excluded"))
                    return
                inherited = ()
            self.walk(path, inherited)
            return
        relative = self.relative(path)
        if not stat.S_ISREG(status.st_mode):
            self.skipped.append(Skipped(relative, "neither a file nor a directory"))
        elif self.force and self._excluded(relative):
            self.skipped.append(Skipped(relative, "excluded"))
        elif status.st_size > self.max_bytes:
            self.skipped.append(Skipped(relative, self._too_large(status.st_size)))
        else:
            # A script without an ending is still Python to whoever names it.
            self.files.add(relative)

    def walk(self, top: str, inherited: tuple[Patterns, ...]) -> None:
        """Everything below `top`, without recursion."""
        # Ignored directories are cut off, so a directory is reached only under
        # the patterns that let it through.
        queue = [(top, self.prefix(top), inherited)]
        while queue:
            directory, prefix, above = queue.pop()
            if directory in self.walked:
                continue
            self.walked.add(directory)
            self.consulted.add(directory)
            try:
                with os.scandir(directory) as scan:
                    entries = list(scan)
            except OSError as error:
                self.skipped.append(Skipped(prefix.rstrip("/") or ".", _why(error)))
                continue
            names = {entry.name for entry in entries}
            if directory != top and not ENVIRONMENT_MARKS.isdisjoint(names):
                self.skipped.append(Skipped(prefix.rstrip("/"), "an installed environment"))
                continue
            patterns = self._patterns(directory, prefix, above, names)
            template = self._template_folder(directory, names)
            for entry in entries:
                if entry.name == template:
                    continue
                below = self._entry(entry, prefix, patterns)
                if below:
                    queue.append((entry.path, below, patterns))

    def _entry(self, entry: os.DirEntry[str], prefix: str, patterns: tuple[Patterns, ...]) -> str:
        """Take one file; of a directory to walk the prefix of what it holds."""
        name = entry.name
        path = prefix + name
        try:
            is_directory = entry.is_dir(follow_symlinks=False)
            is_file = not is_directory and entry.is_file(follow_symlinks=False)
            is_link = not is_directory and not is_file and entry.is_symlink()
        except OSError as error:
            self.skipped.append(Skipped(path, _why(error)))
            return ""
        if is_directory:
            if _excluded_directory(name, prefix) or self._ignored(path + "/", patterns):
                return ""
            if is_read(name) and name.endswith(SOURCE_ENDINGS):
                self.skipped.append(Skipped(path, "a directory in spite of its name"))
                return ""
            return path + "/"
        wanted = name.endswith(SOURCE_ENDINGS) or manifest_kind(path) != ""
        if not wanted and len(self.others) >= MAX_OTHER_PATHS:
            if not self.crowded:
                self.skipped.append(
                    Skipped(".", f"more than {MAX_OTHER_PATHS:,} other files: not all are listed")
                )
            self.crowded = True
            return ""
        if self._ignored(path, patterns):
            return ""
        if not wanted:
            if is_file:
                self.others.add(path)
            return ""
        if name.startswith((".#", "._", ".~")):
            return ""  # locks and forks of editors and file systems, never source
        if is_link:
            self.skipped.append(Skipped(path, self._link(entry.path)))
        elif not is_file:
            self.skipped.append(Skipped(path, "neither a file nor a directory"))
        else:
            self._sized(entry, path)
        return ""

    def _sized(self, entry: os.DirEntry[str], path: str) -> None:
        try:
            size = entry.stat(follow_symlinks=False).st_size
        except OSError as error:
            self.skipped.append(Skipped(path, _why(error)))
            return
        if size > self.max_bytes:
            self.skipped.append(Skipped(path, self._too_large(size)))
            self.others.add(path)
        else:
            self.files.add(path)

    def _link(self, path: str) -> str:
        target = os.path.realpath(path)
        if not os.path.exists(target):
            return "a link to nothing"
        inside = target.startswith(self.root + os.sep)
        return "a link; its target is read at its own place" if inside else "a link out of the workspace"

    def _too_large(self, size: int) -> str:
        return f"{size / 1e6:.1f} MB, more than the {self.max_bytes / 1e6:.1f} MB we read"

    def relative(self, path: str) -> str:
        relative = os.path.relpath(path, self.root)
        return relative.replace(os.sep, "/") if os.sep != "/" else relative

    def prefix(self, directory: str) -> str:
        """How the paths of its contents begin."""
        return "" if directory == self.root else self.relative(directory) + "/"

    # Ignore files -------------------------------------------------------------

    def _ignored(self, path: str, patterns: tuple[Patterns, ...]) -> bool:
        for own in self.exclude:
            if own.verdict(path):
                return True
        for one in reversed(patterns):
            verdict = one.verdict(path)
            if verdict is not None:
                return verdict
        return False

    def _template_folder(self, directory: str, names: Container[str]) -> str:
        """The folder that copier fills in and copies, as cookiecutter does `{{…}}`: code of projects to be made."""
        for name in COPIER_FILES:
            if name in names:
                path = os.path.join(directory, name)
                self.consulted.add(path)
                try:
                    with open(path, encoding="utf-8", errors="replace") as file:
                        found = COPIER_FOLDER.search(file.read(MAX_IGNORE_CHARS))
                except OSError:
                    continue
                return found[1] if found else ""
        return ""

    def _patterns(
        self, directory: str, prefix: str, above: tuple[Patterns, ...], names: set[str]
    ) -> tuple[Patterns, ...]:
        """What speaks about the contents of `directory`."""
        if not self.gitignore:
            return ()
        paths = [os.path.join(directory, name) for name in IGNORE_FILES if name in names]
        if ".git" in names:
            paths.insert(0, _info_exclude(os.path.join(directory, ".git")))
        if not paths:
            return above
        is_above = directory != self.root and self.root.startswith(directory.rstrip(os.sep) + os.sep)
        way = os.path.relpath(self.root, directory).replace(os.sep, "/") + "/" if is_above else ""
        found = above
        for path in paths:
            (self.consulted if os.path.exists(path) else self.missing).add(path)
            found = (*found, *_read(path, prefix, way))
        return found

    def _above(self, directory: str) -> tuple[Patterns, ...]:
        """The ignore files of the directories above, from the repository's top down."""
        if not self.gitignore:
            return ()
        if directory in self.known:
            return self.known[directory]
        chain: list[str] = []
        parent = directory
        while not os.path.lexists(os.path.join(parent, ".git")):
            self.missing.add(os.path.join(parent, ".git"))
            upper = os.path.dirname(parent)
            if upper == parent:
                # No repository: only what the workspace itself says counts.
                chain = [one for one in chain if one == self.root or one.startswith(self.root + os.sep)]
                break
            parent = upper
            chain.append(parent)
        found: tuple[Patterns, ...] = ()
        for one in reversed(chain):
            prefix = self.prefix(one)
            places = {name: os.path.join(one, name) for name in (".git", *IGNORE_FILES)}
            names = {name for name, path in places.items() if os.path.lexists(path)}
            self.missing.update(path for name, path in places.items() if name not in names)
            found = self._patterns(one, prefix, found, names)
        self.known[directory] = found
        return found

    def _excluded(self, path: str) -> bool:
        """Whether a walk from the root would have passed this path over; directories end in a slash."""
        parts = path.rstrip("/").split("/")
        if parts[0] == "..":
            return False
        for depth, part in enumerate(parts):
            prefix = "".join(name + "/" for name in parts[:depth])
            is_directory = depth < len(parts) - 1 or path.endswith("/")
            above = self._above(os.path.join(self.root, *parts[: depth + 1]))
            if is_directory and _excluded_directory(part, prefix):
                return True
            parent = os.path.join(self.root, *parts[:depth])
            there = [name for name in COPIER_FILES if os.path.exists(os.path.join(parent, name))]
            if there and is_directory and part == self._template_folder(parent, there):
                return True
            if self._ignored(prefix + part + ("/" if is_directory else ""), above):
                return True
        return False

    def climb(self, directory: str) -> None:
        """Note the manifests in a directory and those above it, up to the root."""
        while directory == self.root or directory.startswith(self.root + os.sep):
            prefix = self.prefix(directory)
            self.consulted.add(directory)
            try:
                with os.scandir(directory) as scan:
                    names = [entry.name for entry in scan if entry.is_file(follow_symlinks=False)]
            except OSError:
                names = []
            manifests = [prefix + name for name in names if manifest_kind(prefix + name)]
            above = self._above(os.path.join(directory, "x")) if manifests else ()
            self.context.update(path for path in manifests if not self._ignored(path, above))
            if directory == self.root:
                return
            directory = os.path.dirname(directory)


def _excluded_directory(name: str, prefix: str) -> bool:
    if name in EXCLUDED_DIRECTORIES or name.endswith(EXCLUDED_ENDINGS) or "{{" in name:
        return True
    if prefix == ".dvc/" or prefix.endswith("/.dvc/"):
        return name in DVC_INNER
    return prefix.endswith("wandb/") and name.startswith(("run-", "offline-run-", "latest-run"))


def _info_exclude(git: str) -> str:
    """`info/exclude` of a repository; in a worktree or submodule `.git` is a file that tells where."""
    try:
        with open(git, encoding="utf-8", errors="surrogateescape") as file:
            told = file.read(4096)
    except OSError:
        return os.path.join(git, "info", "exclude")
    if not told.startswith("gitdir:"):
        return os.path.join(git, "info", "exclude")
    inner = os.path.join(os.path.dirname(git), told[7:].strip())
    try:
        with open(os.path.join(inner, "commondir"), encoding="utf-8") as file:
            inner = os.path.join(inner, file.read(4096).strip())
    except (OSError, ValueError):
        pass
    return os.path.join(inner, "info", "exclude")


def _read(path: str, base: str, way: str) -> Iterator[Patterns]:
    try:
        with open(path, encoding="utf-8-sig", errors="surrogateescape", newline="\n") as file:
            lines = file.read(MAX_IGNORE_CHARS).split("\n")
    except OSError:
        return
    patterns = compiled(lines, base, way)
    if patterns is not None:
        yield patterns


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
