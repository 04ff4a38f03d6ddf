"""The text of a signature -> Signature, memoised.

Reads exactly what the tables hold: `name`, `name=literal`, `name=...`, `*`.
Raises ValueError on anything else, so that a slip in a table is found by its test.
"""

from __future__ import annotations

from functools import lru_cache

from mldebt.knowledge.kinds import Signature
from mldebt.text import regex

PART = r"\s*(\*|\w+)(?:=(\([^()]*\)|\[\]|\{\}|'[^']*'|[^,()'\s]+))?\s*(?:,|$)"
WORDS: dict[str, object] = {"None": None, "True": True, "False": False, "...": ..., "[]": (), "{}": ()}


@lru_cache(maxsize=2048)
def parse(text: str) -> Signature:
    """The signature this text writes down."""
    part_of = regex(PART)  # here, so that importing the tables compiles nothing
    names: list[str] = []
    defaults: dict[str, object] = {}
    positional = -1
    at = 0
    while at < len(text):
        part = part_of.match(text, at)
        if part is None:
            raise ValueError(f"no parameter at {text[at : at + 20]!r} of {text!r}")
        at = part.end()
        name, default = part.groups()
        if name == "*":
            positional = len(names)
            continue
        names.append(name)
        if default is not None:
            defaults[name] = literal(default)
    return Signature(tuple(names), len(names) if positional < 0 else positional, defaults)


def literal(text: str) -> object:
    """The value of one default."""
    if text in WORDS:
        return WORDS[text]
    if text[0] == "'":
        return text[1:-1]
    if text[0] == "(":
        return tuple(literal(item.strip()) for item in text[1:-1].split(",") if item.strip())
    try:
        return int(text)
    except ValueError:
        return float(text)
