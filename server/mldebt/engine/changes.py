"""Which lines of a working tree have changed, asked of git. Knows nothing of findings."""

from __future__ import annotations

import os
import re
import subprocess

from mldebt.text import regex

HUNK = regex(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.M)
FILE = regex(rb"^\+\+\+ b/(.*?)\t?$", re.M)
SECONDS = 30


class NoGit(Exception):
    """git is not there, knows no such reference, or the folder is no repository; the message says which."""


def changed_lines(root: str, reference: str) -> dict[str, list[tuple[int, int]]]:
    """Absolute path -> (first, last) 1-based ranges of lines that differ from `reference`.

    A file git does not know yet has an empty list: all of it is new. Raises NoGit.
    """
    top = _git(root, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").rstrip("\n")
    diff = _git(top, "-c", "core.quotePath=off", "diff", "--no-ext-diff", "--no-textconv", "--no-color", "--unified=0", "--dst-prefix=b/",
                "--end-of-options", reference, "--")  # fmt: skip
    found: dict[str, list[tuple[int, int]]] = {}
    places = [(match.start(), match[1].decode("utf-8", "surrogateescape")) for match in FILE.finditer(diff)]
    for number, (start, name) in enumerate(places):
        end = places[number + 1][0] if number + 1 < len(places) else len(diff)
        ranges = []
        for hunk in HUNK.finditer(diff, start, end):
            first, count = int(hunk[1]), int(hunk[2] or 1)
            # Lines that are only gone leave their mark on both neighbours.
            ranges.append((first, first + count - 1) if count else (first, first + 1))
        found[os.path.realpath(os.path.join(top, name))] = ranges
    for name in _git(top, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0"):
        if name:
            found[os.path.realpath(os.path.join(top, os.fsdecode(name)))] = []
    return found


HARMLESS = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-optional-locks")
"""A repository's own configuration may name programs for git to run; we run nothing of the workspace."""


def _git(folder: str, *words: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", *HARMLESS, *words], cwd=folder, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoGit(f"git could not be asked ({error})") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise NoGit(f"git says: {said}")
    return done.stdout
