"""The notation of .gitignore, as git itself matches it: one path at a time, last pattern wins.

Whoever walks asks about each directory before entering it, so a pattern never
has to speak about what lies below the path it names. Each file becomes one
regular expression. A library does this too, but costs 12 to 16 ms to import,
in nearly every repository, and matches ten times slower.

Not done: `core.ignorecase`; patterns are case-sensitive everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mldebt.typed import NamedTuple

# Source: git's wildmatch.c, the named classes it knows.
CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": r"\x21-\x7e",
    "lower": "a-z",
    "print": r"\x20-\x7e",
    "punct": r"!-/:-@\[-`{-~",
    "space": r" \t\n\r\f\v",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}


class Patterns(NamedTuple):
    """One ignore file, ready to be asked."""

    base: str
    """The directory whose contents it speaks about, relative to the root: "" or ending in a slash."""
    way: str
    """If that directory lies above the root, the way down from it to the root."""
    regex: re.Pattern[str]
    verdicts: tuple[bool, ...]
    """Of each group of the regex: ignored, or expressly wanted."""

    def verdict(self, path: str) -> bool | None:
        """True: ignored; False: expressly wanted; None: nothing said. Directories end in a slash."""
        base = self.base
        if path.startswith(base):
            path = path[len(base) :]
        elif self.way and not path.startswith("../"):
            path = self.way + path
        else:
            return None
        match = self.regex.fullmatch(path)
        return None if match is None else self.verdicts[match.lastindex - 1]  # type: ignore[operator]


def compiled(lines: Iterable[str], base: str = "", way: str = "") -> Patterns | None:
    """The patterns of one ignore file; None when it holds none."""
    runs: list[tuple[bool, list[str], list[str]]] = []
    for line in lines:
        pattern = parsed(line)
        if pattern is None:
            continue
        ignored, by_name, body = pattern
        if not runs or runs[-1][0] is not ignored:
            runs.append((ignored, [], []))
        (runs[-1][1] if by_name else runs[-1][2]).append(body)
    if not runs:
        return None
    # Reversed, so that the last pattern is tried first.
    groups, verdicts = [], []
    for ignored, names, paths in reversed(runs):
        alternatives = [f"(?:.*/)?(?:{'|'.join(dict.fromkeys(names))})"] if names else []
        groups.append(f"({'|'.join(alternatives + list(dict.fromkeys(paths)))})")
        verdicts.append(ignored)
    return Patterns(base, way, re.compile("|".join(groups), re.DOTALL), tuple(verdicts))


def parsed(line: str) -> tuple[bool, bool, str] | None:
    """(does it ignore, does it speak about names at any depth, regular expression), or None."""
    line = line.rstrip("\n").removesuffix("\r")
    while line.endswith(" ") and not line.endswith("\\ "):
        line = line[:-1]
    if not line or line[0] == "#":
        return None
    ignored = line[0] != "!"
    if not ignored:
        line = line[1:]
    only_directories = line.endswith("/")
    if only_directories:
        line = line[:-1]
    by_name = "/" not in line
    line = line.removeprefix("/")
    if not line:
        return None
    body = translated(line)
    # A path ends in a slash to say that it is a directory; that slash is nobody's to match but ours.
    return None if body is None else (ignored, by_name, body + "(?<!/)" + ("/" if only_directories else "/?"))


def translated(pattern: str) -> str | None:
    """The regular expression of one pattern; None when git would never match it."""
    parts: list[str] = []
    at, end = 0, len(pattern)
    while at < end:
        char = pattern[at]
        if char == "*":
            stop = at
            while pattern.startswith("*", stop):
                stop += 1
            bounded = (at == 0 or pattern[at - 1] == "/") and stop - at > 1
            if bounded and pattern.startswith("/", stop):
                parts.append("(?:.*/)?")
                at = stop + 1
                continue
            parts.append(".+" if bounded and stop == end else "[^/]*")
            at = stop
            continue
        if char == "?":
            parts.append("[^/]")
        elif char == "[":
            found = character_class(pattern, at)
            if found is None:
                return None
            body, at = found
            parts.append(body)
            continue
        elif char == "\\":
            at += 1
            if at == end:
                return None
            parts.append(re.escape(pattern[at]))
        else:
            parts.append(re.escape(char))
        at += 1
    return "".join(parts)


def character_class(pattern: str, start: int) -> tuple[str, int] | None:
    """The class that begins at `start` and where it ends; None when it never does."""
    at = start + 1
    negated = pattern[at : at + 1] in ("!", "^")
    at += negated
    first = at
    items: list[str] = []
    previous = ""
    while True:
        char = pattern[at : at + 1]
        if not char:
            return None
        if char == "]" and at > first:
            break
        if char == "[" and pattern.startswith(":", at + 1) and (stop := pattern.find(":]", at + 2)) > 0:
            name = pattern[at + 2 : stop]
            if name not in CLASSES:
                return None
            items.append(CLASSES[name])
            at, previous = stop + 2, ""
            continue
        following = pattern[at + 1 : at + 2]
        if char == "-" and previous and following and following != "]":
            at += 1
            if following == "\\":
                at += 1
                following = pattern[at : at + 1]
                if not following:
                    return None
            if previous <= following:
                items.append(f"{re.escape(previous)}-{re.escape(following)}")
            at, previous = at + 1, ""
            continue
        if char == "\\":
            at += 1
            char = pattern[at : at + 1]
            if not char:
                return None
        items.append(re.escape(char))
        previous = char
        at += 1
    inner = "".join(items)
    # A class never stands for the slash between directories.
    if negated:
        return f"[^/{inner}]", at + 1
    return (f"(?!/)[{inner}]" if inner else "(?!)"), at + 1
