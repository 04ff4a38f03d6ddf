"""What earlier runs found out, in one file on disk: reports by file, and whole runs by their question.

    .mldebt_cache/<name>.bin   in a project; elsewhere in the user's cache folder

The file may come with a checkout from anywhere, so it is not trusted: every
part is signed with a key that only this user has, and holds plain marshalled
data, never a pickle. What does not fit is ignored; nothing here raises.

A file is known by its stat first and by its content second. A stat made within
a moment of the last change proves nothing (the next change may look the same),
so it is kept but not trusted until the content has been seen to agree.
"""

from __future__ import annotations

import marshal
import os
import sys
import time

import mldebt

try:
    from _blake2 import blake2b  # hashlib's own, without the 4 ms of loading OpenSSL
except ImportError:
    from hashlib import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

Stat = tuple[int, int, int, int]
"""mtime_ns, ctime_ns, size, inode: a write that restores the mtime still changes the ctime."""
Place = tuple[int, int, bytes]
"""offset, length, signature of a part of the file."""

MAGIC = b"mldebt cache 1\n\0"
SIGNATURE_BYTES = 16
KEY_BYTES = 32
FOLDER = ".mldebt_cache"
FINE_MARGIN_NS = 60_000_000
# Six ticks of a slow kernel clock (100 Hz): a later change gets a later stamp.
COARSE_MARGIN_NS = 2_500_000_000
# FAT stamps every two seconds, HFS+ every second; such stamps have no fraction.
MAX_GROUPS = 6
# Configurations whose reports are kept side by side: an editor's, a terminal's, a few --select.
MAX_RUNS = 12
STALE_SECONDS = 14 * 86_400
# A cache file of another version or Python that nobody has renewed for two weeks is removed.


def stat_of(path: str) -> Stat | None:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)


def is_settled(stat: Stat, now_ns: int) -> bool:
    """Whether a change after `now_ns` could not have the same stat."""
    latest = max(stat[0], stat[1])
    margin = FINE_MARGIN_NS if latest % 1_000_000_000 else COARSE_MARGIN_NS
    return latest + margin < now_ns


def code_signature() -> str:
    """What of this program decides its answers: version, Python, and every file of the package."""
    root = os.path.dirname(mldebt.__file__)
    parts: list[Any] = [mldebt.__version__, sys.version]
    folders = [root]
    try:
        while folders:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.name.endswith(".py"):
                        stat = entry.stat()
                        parts.append((entry.path, stat.st_mtime_ns, stat.st_size))
                    elif entry.name[0] not in "_." and entry.is_dir():
                        folders.append(entry.path)
    except OSError:  # in an archive or frozen: the version must do
        pass
    return digest(repr((parts[:2], sorted(parts[2:]))))


def digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def user_cache_folder() -> str:
    """Where this user's caches belong; "" when there is no home."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "") or os.path.expanduser("~/.cache")
    return os.path.join(base, "mldebt-lsp") if os.path.isabs(base) else ""


class Cache:
    """One cache file, read when opened and written by `save`."""

    def __init__(self, folder: str, key_folder: str = "") -> None:
        """`folder` holds the cache, `key_folder` (the user's own, unless said) the key it is signed with."""
        self.folder = folder
        self._key_folder = key_folder or user_cache_folder()
        self._key = self._read_key()
        self._file = os.path.join(folder, f"{code_signature()}.bin")
        self._data = b""
        self._runs: dict[str, Place] = {}
        self._groups: dict[str, Place] = {}
        self._new_runs: dict[str, bytes] = {}
        self._entries: dict[str, dict[str, Any]] = {}
        self._blobs: dict[tuple[str, str], bytes] = {}
        self._load()

    # Whole runs

    def run(self, question: str) -> Any:
        """What was remembered of a whole run by this question, or None."""
        place = self._runs.get(question)
        return None if place is None else self._part(place)

    def remember_run(self, question: str, answer: Any) -> None:
        self._new_runs[question] = marshal.dumps(answer)

    # Single files

    def entry(self, group: str, path: str) -> tuple[Stat, bool, str] | None:
        """(stat, whether that stat may be trusted, digest of the content) of a remembered file."""
        known = self._group(group).get(path)
        return None if known is None else known[:3]

    def value(self, group: str, path: str) -> Any:
        """What was remembered for the file, or None if it cannot be read."""
        blob = self._blobs.get((group, path))
        if blob is not None:
            return marshal.loads(blob)
        known = self._group(group).get(path)
        return None if known is None else self._part(known[3])

    def remember(self, group: str, path: str, stat: Stat, trusted: bool, content: str, blob: bytes) -> None:
        """`blob` is marshalled data."""
        self._group(group)[path] = (stat, trusted, content, None)
        self._blobs[group, path] = blob

    def confirm(self, group: str, path: str, stat: Stat, trusted: bool) -> None:
        """The content agrees under this stat."""
        entries = self._group(group)
        entries[path] = (stat, trusted, *entries[path][2:])

    def keep_only(self, group: str, paths: Iterable[str]) -> None:
        """Forget files that are gone."""
        entries = self._group(group)
        for path in set(entries).difference(paths):
            del entries[path]

    # The file

    def _group(self, group: str) -> dict[str, Any]:
        known = self._entries.get(group)
        if known is None:
            place = self._groups.get(group)
            known = self._entries[group] = (self._part(place) if place else None) or {}
        return known

    def _read_key(self) -> bytes:
        try:
            with open(os.path.join(self._key_folder, "key"), "rb") as file:
                key = file.read(KEY_BYTES + 1)
        except (OSError, ValueError):
            return b""
        return key if len(key) == KEY_BYTES else b""

    def _make_key(self) -> bytes:
        os.makedirs(self._key_folder, mode=0o700, exist_ok=True)
        path = os.path.join(self._key_folder, "key")
        # Written aside and linked in place: of two first runs at once, one key wins for both.
        beside = f"{path}.{os.getpid()}"
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, os.urandom(KEY_BYTES))
        finally:
            os.close(descriptor)
        if os.path.exists(path) and not self._read_key():
            os.unlink(path)
        try:
            os.link(beside, path)
        except OSError:
            if not self._read_key():
                os.replace(beside, path)
        if os.path.exists(beside):
            os.unlink(beside)
        return self._read_key()

    def _sign(self, data: bytes) -> bytes:
        return blake2b(data, digest_size=SIGNATURE_BYTES, key=self._key).digest()

    def _part(self, place: Place) -> Any:
        try:
            offset, length, signature = place
            data = self._data[offset : offset + length]
            return marshal.loads(data) if len(data) == length and self._sign(data) == signature else None
        except (ValueError, TypeError, EOFError):
            return None

    def _load(self) -> None:
        if not self._key or not self.folder:
            return
        try:
            with open(self._file, "rb") as file:
                self._data = file.read()
        except (OSError, ValueError):
            return
        start = len(MAGIC) + SIGNATURE_BYTES + 8
        if self._data[: len(MAGIC)] != MAGIC or len(self._data) < start:
            return
        length = int.from_bytes(self._data[start - 8 : start], "little")
        header = self._part((start, length, self._data[len(MAGIC) : start - 8]))
        if header is not None:
            self._data = self._data[start + length :]
            self._runs, self._groups = header

    def save(self) -> bool:
        """Write everything to a new file and put it in the old one's place. False if that cannot be done."""
        try:
            self._key = self._key or self._make_key()
            if not self._key:
                return False
            self._make_folder()
            beside = f"{self._file}.{os.getpid()}"
            with open(beside, "wb") as file:
                file.write(self._packed())
            os.replace(beside, self._file)
            self._remove_stale()
        except (OSError, ValueError):
            return False
        return True

    def _make_folder(self) -> None:
        prepare_folder(self.folder)

    def _packed(self) -> bytes:
        body: list[bytes] = []
        at = 0

        def put(data: bytes, signature: bytes = b"") -> Place:
            nonlocal at
            body.append(data)
            at += len(data)
            return (at - len(data), len(data), signature or self._sign(data))

        def moved(place: Place) -> Place:
            return put(self._data[place[0] : place[0] + place[1]], place[2])

        groups = {}
        for group in [*self._entries, *(old for old in self._groups if old not in self._entries)][
            :MAX_GROUPS
        ]:
            packed = {}
            for path, (stat, trusted, content, place) in self._group(group).items():
                blob = self._blobs.get((group, path))
                packed[path] = (stat, trusted, content, put(blob) if blob is not None else moved(place))
            groups[group] = put(marshal.dumps(packed))
        runs = {question: put(data) for question, data in self._new_runs.items()}
        for question, place in self._runs.items():
            if question not in runs and len(runs) < MAX_RUNS:
                runs[question] = moved(place)
        header = marshal.dumps((runs, groups))
        return b"".join([MAGIC, self._sign(header), len(header).to_bytes(8, "little"), header, *body])

    def _remove_stale(self) -> None:
        before = time.time() - STALE_SECONDS
        with os.scandir(self.folder) as entries:
            for entry in entries:
                if ".bin" in entry.name and entry.stat().st_mtime < before:
                    os.unlink(entry.path)


def project_cache(root: str, marked: bool) -> Cache | None:
    """The cache of the project at `root`: inside it where a mark says it is one, else in the user's cache folder.

    None where neither can be. MLDEBT_CACHE_DIR names another place, as --cache-dir does: an editor says so for
    folders that nobody has trusted yet, where nothing is to be written unasked.
    """
    named = os.environ.get("MLDEBT_CACHE_DIR", "")
    if named:
        return named_cache(named, root)
    if marked and os.access(root, os.W_OK):
        folder = os.path.join(root, FOLDER)
    elif user_cache_folder():
        folder = os.path.join(user_cache_folder(), digest(root))
    else:
        return None
    try:
        # Made before any folder is looked at: making it later would change the project's own stat.
        prepare_folder(folder)
    except OSError:
        return None
    return Cache(folder)


def named_cache(given: str, root: str) -> Cache:
    """The cache of the project at `root` in a folder that keeps those of several."""
    # Whoever names the folder vouches for it, so the key may lie in it: that is how CI keeps a cache.
    return Cache(os.path.join(os.path.abspath(given), digest(root)), os.path.abspath(given))


def prepare_folder(folder: str) -> None:
    """Make the cache's folder, which tells git and backups to pass it over. Raises OSError."""
    os.makedirs(folder, exist_ok=True)
    for name, text in (
        (".gitignore", "*\n"),
        (
            "CACHEDIR.TAG",
            "Signature: 8a477f597d28d172789f06886806bc55\n# Results of mldebt-lsp; safe to delete.\n",
        ),
    ):
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
