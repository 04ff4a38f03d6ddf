"""A setting's answers to the four questions of a documented value, as its file gives them.

What it is, why it has this value, when that was validated, who to ask: from the
comments beside it, its field's description and its class's docstring. A question
nobody has answered is shown as open; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mldebt.rules.configuration._settings import (
    CONFIG_FILE,
    CONFIG_NAME,
    DATED,
    OWNER,
    SENTENCE,
    UPPER,
    WHY,
    WORDS,
    docstring_of,
    is_answer,
    keys_of,
    manifest_notes,
    notes_of,
    settings,
)
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.text import Span

QUESTIONS = {
    "what": "What it is",
    "why": "Why this value",
    "validated": "When it was validated",
    "owner": "Who to ask",
}
OPEN = "*nobody has written it down*"
NAMED = re.compile(
    r"\b(what|why|validated|owner)\s*:\s*(.*?)\s*(?=;\s*(?:what|why|validated|owner)\s*:|\n|$)", re.I
)
SCALARS = (int, float, str, bool)
LONGEST_SHOWN = 80
QUOTED = re.compile(r"""(\"{3}|'{3}|["'])(.*?)\1""", re.S)
IDENTIFIER = re.compile(r"\w+")


class Setting(NamedTuple):
    """A named value, and everything its file says about it."""

    name: str
    where: str
    span: Span
    value: str
    own: str
    """Said of this value."""
    shared: str
    """Said of several."""


def setting_at(subject: Module | Manifest, offset: int) -> tuple[Setting, Span] | None:
    """The setting whose definition, or whose reading by `object.name`, is at `offset`; and that place."""
    text = subject.text
    line = text[text.rfind("\n", 0, offset) + 1 : (text.find("\n", offset) + 1 or len(text) + 1) - 1]
    at = offset - (text.rfind("\n", 0, offset) + 1)
    word = next((one for one in IDENTIFIER.finditer(line) if one.start() <= at <= one.end()), None)
    if word is None:
        return None
    start = offset - at + word.start()
    place = Span(start, start + len(word[0]))
    named = [one for one in known_settings(subject) if one.name == word[0]]
    for one in named:
        if one.span.start <= offset <= one.span.end:
            return one, one.span
    reads = text[max(0, start - 1) : start] == "." and text[place.end : place.end + 1] != "("
    if isinstance(subject, Module) and reads and len(named) == 1:
        return named[0], place
    return None


def known_settings(subject: Module | Manifest) -> Iterator[Setting]:
    """Fields of config classes, constants, and keys of configuration files."""
    text = subject.text
    if isinstance(subject, Manifest):
        if CONFIG_FILE.search(subject.path):
            for entry, name in keys_of(subject, SCALARS):
                notes = manifest_notes(subject, entry)
                literal = text[entry.value_span.start : entry.value_span.end]
                yield Setting(name, "", entry.key_span, literal, notes.own, notes.shared)
        return
    for one in settings(subject, SCALARS):
        if CONFIG_NAME.search(one.owner.rpartition(".")[2]) if one.owner else UPPER.match(one.name):
            quoted = QUOTED.match(one.said)
            notes = notes_of(text, one.span, one.value_span, quoted[2] if quoted else one.said)
            shared = f"{notes.shared}\n{docstring_of(subject, one.owner)}" if one.owner else notes.shared
            yield Setting(one.name, one.owner, one.span, one.literal, notes.own, shared)


def answered(setting: Setting) -> dict[str, str]:
    """Question -> its answer in the file's words, for those that have one."""
    found: dict[str, str] = {}
    rest = setting.own
    for match in NAMED.finditer(setting.own):
        if is_answer(match[2]):
            found.setdefault(match[1].lower(), match[2])
        rest = rest.replace(match[0], "")
    for sentences in (rest, setting.shared):
        for sentence in SENTENCE.split(sentences):
            said = sentence.strip(" \t\"'#^;.,*")
            if not is_answer(said):
                continue
            for question, pattern in (("why", WHY), ("validated", DATED), ("owner", OWNER)):
                if pattern.search(said):
                    found.setdefault(question, said)
            if sentences is rest and len(WORDS.findall(said)) >= 2:
                found.setdefault("what", said)
    return found


def card(setting: Setting) -> str:
    value = setting.value if len(setting.value) <= LONGEST_SHOWN else setting.value[:LONGEST_SHOWN] + " …"
    where = f" · field of `{setting.where}`" if setting.where else ""
    answers = answered(setting)
    lines = [f"- **{words}:** {answers.get(question, OPEN)}" for question, words in QUESTIONS.items()]
    return f"**`{setting.name}`** = `{value}`{where}\n\n" + "\n".join(lines)
