"""Sizes and sums of the workspace's files for across-rules, read once per change.

Remembers every file asked about with its stat, so that a whole run can be
recalled only while none of them has changed. Reads no file above 5 MB.
"""

from __future__ import annotations

import os

from mldebt.engine.cache import Stat, stat_of
from mldebt.engine.discovery import MAX_BYTES


class DiskFiles:
    """The files below one root. Paths are relative with forward slashes; nothing outside the root is looked at."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.asked: dict[str, Stat | None] = {}
        """Absolute path -> its stat when it was looked at; None: it is not there."""
        self._sums: dict[str, tuple[Stat, frozenset[str]]] = {}

    def _stat(self, path: str) -> tuple[str, Stat | None]:
        absolute = os.path.normpath(os.path.join(self.root, path))
        if not absolute.startswith(self.root.rstrip(os.sep) + os.sep):
            return absolute, None
        stat = self.asked[absolute] = stat_of(absolute)
        return absolute, stat

    def size(self, path: str) -> int | None:
        absolute, stat = self._stat(path)
        return stat[2] if stat is not None and os.path.isfile(absolute) else None

    def exists(self, path: str) -> bool:
        return self._stat(path)[1] is not None

    def md5(self, path: str) -> frozenset[str]:
        absolute, stat = self._stat(path)
        if stat is None or stat[2] > MAX_BYTES or not os.path.isfile(absolute):
            return frozenset()
        known = self._sums.get(absolute)
        if known is not None and known[0] == stat:
            return known[1]
        try:
            with open(absolute, "rb") as file:
                data = file.read()
        except OSError:
            return frozenset()
        sums = _md5s(data)
        self._sums[absolute] = (stat, sums)
        return sums


def _md5s(data: bytes) -> frozenset[str]:
    from hashlib import md5  # a few ms of OpenSSL, which most runs do not need

    unix = data.replace(b"\r\n", b"\n")
    texts = {data, unix}
    if b"\0" not in unix[:8000]:
        texts.add(unix.replace(b"\n", b"\r\n"))  # as a checkout on Windows has it
    return frozenset(md5(text, usedforsecurity=False).hexdigest() for text in texts)
