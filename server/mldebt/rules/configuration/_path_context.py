"""What stands around a path literal, and what that says about it.

Tells a path from a web route, a message, a question, a container image and the
tail of another path. Which places there are is not decided here.
"""

from __future__ import annotations

import re

from mldebt.knowledge import BUILTIN
from mldebt.knowledge import places as known
from mldebt.syntax.module import Chunk
from mldebt.syntax.views import String
from mldebt.text import Span, regex
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from mldebt.syntax.expressions import Around

PERSONAL = frozenset({"home", "drive", "share"})
"""Kinds that are nobody else's even in a comparison, or at the end of a sum."""
WORD = regex(r"[A-Z]?[a-z0-9]+|[A-Z]+")


def vetoed(enclosing: tuple[Around, ...], place: known.Place, string: String) -> bool:
    """Whether the surroundings say that this is a route, a message, a question, an image or the tail of a path."""
    personal = place.kind in PERSONAL
    inner = enclosing[0]
    if inner.kind == "binop" and inner.role == "right" and inner.op in ("+", "/") and not personal:
        return True
    if inner.kind == "compare" and not personal:
        return True
    call: Around | None = None
    for one in enclosing:
        if one.role == "decorator_list" and place.kind not in ("drive", "share"):
            return True
        if one.kind == "raise" or (one.kind == "assert" and one.role == "msg"):
            return call is None or last_word(call.chain)[:1].isupper()
        if one.kind == "attribute" and one.name in known.PROBES and not personal:
            return True
        if one.kind == "call" and call is None and one.role != "func":
            call = one
            word = last_word(one.chain)
            if word in known.MESSAGE_CALLS or words_of(one.name) & known.MESSAGE_WORDS or is_image(one, word):
                return True
            is_route = word in known.ROUTE_CALLS and one.place <= 0 and not fallback(one)
            if is_route and place.kind not in ("drive", "share"):
                return True
            if not personal and (
                word in known.PROBES
                or (word in known.COMPARING_METHODS and "." in one.chain)
                or (word == "join" and one.place > 0)
            ):
                return True
    # The name that the literal is given to, however deep it is in the expression.
    names = words_of(next((one.name for one in enclosing if one.name), ""))
    if not place.strong:
        return bool(names & known.ROUTE_WORDS)
    return place.kind == "home" and bool(names & known.LINK_WORDS) and "." not in last_part(string.value)


def is_image(call: Around, word: str) -> bool:
    return (
        word in known.IMAGE_CALLS
        or call.name in known.IMAGE_WORDS
        or not known.IMAGE_OWNERS.isdisjoint(re.split(r"\W+|_", call.chain.lower()))
    )


def fallback(call: Around) -> bool:
    """Whether the place is what a look-up gives when there is nothing: `get(name, place)`."""
    return call.place == 1 or call.name in ("default", "fallback")


def is_fallback(enclosing: tuple[Around, ...]) -> bool:
    """Whether an environment variable can override the literal."""
    for one in enclosing:
        if one.kind == "call" and fallback(one):
            if one.chain.endswith(("environ.get", "getenv", "environ.setdefault")):
                return True
        elif one.kind == "boolop" and one.place > 0:
            return True
        elif one.kind not in ("call", "binop"):
            return False
    return False


def says_path(enclosing: tuple[Around, ...], path: str) -> bool:
    """Whether an ending, a name, an option or a callee says that the literal is a path."""
    if has_data_suffix(path):
        return True
    for one in enclosing:
        if one.kind in ("functiondef", "classdef", "asyncfunctiondef") and one.role == "body":
            return False
        if words_of(one.name) & known.PATH_WORDS or words_of(one.chain) & known.PATH_WORDS:
            return True
        if one.name == "default" and words_of(one.first) & known.PATH_WORDS:
            return True
    return False


def is_relied_on(chunk: Chunk, enclosing: tuple[Around, ...]) -> bool:
    """Whether the place is used as a path right here, or put where the interpreter looks for one."""
    for one in enclosing:
        if one.kind == "call" and (one.chain.startswith("sys.path.") or takes_path(chunk, one.span)):
            return True
        if one.kind not in ("call", "binop"):
            return one.kind == "assign" and chunk.text.startswith("os.environ[", one.span.start)
    return False


def takes_path(chunk: Chunk, call_span: Span) -> bool:
    """Whether the call at this span is known to read, write or open a path."""
    tables = (BUILTIN.path_accepting, BUILTIN.readers, BUILTIN.writers)
    return any(
        call.span == call_span and any(BUILTIN.get(table, call.target or call.chain) for table in tables)
        for call in chunk.calls
    )


def starts_sum(inner: Around) -> bool:
    """Whether the literal is the start of something joined: `"D:/" + name`, `os.path.join("D:/", name)`."""
    joins = inner.kind == "call" and inner.place == 0 and last_word(inner.chain) == "join"
    return joins or (inner.kind == "binop" and inner.role == "left")


def has_data_suffix(path: str) -> bool:
    tail = last_part(path)
    return "." in tail and "." + tail.rpartition(".")[2].lower() in known.DATA_SUFFIXES


def last_part(path: str) -> str:
    return path.rpartition("/")[2]


def last_word(chain: str) -> str:
    return chain.rpartition(".")[2]


def words_of(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in WORD.findall(name))
