"""A README as two things: what the project calls itself, and the scripts it names.

Its prose is evidence of nothing: a sentence about monitoring monitors nothing. So
the text itself is dropped, and no finding can point into it. Entries:

    ("title",)       the first heading, without its markup
    ("script", n)    a script's path as written (`src/train.py`), each once; of `-m src.train` the file it means

Markdown and reStructuredText are read by their lines, not by their grammar.
"""

from __future__ import annotations

from mldebt.syntax.manifest import Content, Entry
from mldebt.text import Span, regex

MAX_CHARS = 200_000
# The longest of 1,248 READMEs in 230 public repositories has 93,000 (2026-11).
MAX_TITLE = 200
MAX_PATH = 200
START = Span(0, 0)
PICTURE = regex(r"!\[[^\]\n]*\]\([^)\n]*\)|<[^>\n]*>|[*`]")
LINK = regex(r"\[([^\]\n]*)\]\([^)\n]*\)")
ENDING = regex(r"\.(?:py|sh|ipynb)\b")
PATH = regex(r"[\w./-]*\w$")
MODULE = regex(r"\s-m[ \t]+([A-Za-z_]\w*(?:\.\w+)*)")


def read_readme(text: str) -> Content:
    text = text[:MAX_CHARS].lstrip("\ufeff")
    entries = []
    title = _title(text.splitlines())
    if title:
        entries.append(_entry(("title",), title))
    named = [path for end in ENDING.finditer(text) if (path := _before(text, end.start(), end.end()))]
    if " -m " in text:
        named += [match[1].replace(".", "/") + ".py" for match in MODULE.finditer(text)]
    entries += [_entry(("script", number), path) for number, path in enumerate(dict.fromkeys(named))]
    return Content(tuple(entries))


def _title(lines: list[str]) -> str:
    """The first heading: behind `#`, in `<h1>`, or underlined."""
    for number, line in enumerate(lines):
        below = lines[number + 1].strip() if number + 1 < len(lines) else ""
        is_heading = line[:1] == "#" or "<h1" in line or (len(below) > 3 and not below.strip("=*"))
        said = line.lstrip("#").rstrip("#").strip() if is_heading else ""
        if "[" in said or "<" in said or "*" in said or "`" in said:
            said = LINK.sub(r"\1", PICTURE.sub("", said)).strip()
        if said:
            return said[:MAX_TITLE]
    return ""


def _before(text: str, dot: int, end: int) -> str:
    """The path that ends in this ending; backwards, because a search for whole paths tries every word twice over."""
    head = PATH.search(text[max(0, dot - MAX_PATH) : dot].rpartition("\n")[2].rpartition(" ")[2])
    return head[0] + text[dot:end] if head else ""


def _entry(key: tuple[str | int, ...], value: str) -> Entry:
    return Entry(key, START, value, START)
