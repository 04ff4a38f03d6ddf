"""Settings with a name: constants, fields of config classes, keys of configuration files; and what is written about them.

A *note* is what a reader takes for documentation: the comment beside a value, the
block directly above it (or above the paragraph it stands in), the block below it
that begins with `^` or with one of the four questions, a string below a field, and
the `description=` or `help=` of a field call. Notes are read from the text, line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.knowledge import BUILTIN, Knowledge
from mldebt.syntax.manifest import Entry, Manifest
from mldebt.syntax.module import Chunk, Module
from mldebt.syntax.views import UNKNOWN, Assignment
from mldebt.text import Span, regex
from mldebt.typed import Any, NamedTuple

CONFIG_NAME = regex(
    r"(?:^|_|(?<=[a-z0-9]))(?:Configs?|Configuration|Cfg|CFG|CONFIG|Conf|Settings?|Params?|Parameters|Hyper\w*|HParams?|HPARAMS"
    r"|Args|Arguments|Options?|Opts?|Thresholds?|Constants?|Defaults?|Flags|FLAGS|config|cfg|params)\d*$"
)
"""Classes whose fields are settings."""
CONFIG_FILE = regex(
    r"(?:^|/)(?:params|hparams|hyper_?params|hyperparameters|config|conf|cfg|settings|thresholds?)[\w.-]*\.(?:ya?ml|toml)$"
    r"|(?:^|/)[\w.-]*(?:config|params)\.(?:ya?ml|toml)$"
    r"|(?:^|/)(?:confs?|configs?|cfgs?|hparams|experiments?)/(?:.*/)?[\w.-]+\.ya?ml$",
    re.I,
)
UPPER = regex(r"[A-Z][A-Z0-9_]*$")
FIELD_CALLS = frozenset({"field", "Field", "mutable_field", "attrib", "ib"})
DEFAULT = regex(r"\(\s*(?:default\s*=\s*)?(-?[\d.][\d._eE+-]*|True|False)\s*[,)]")
DESCRIPTION = regex(r"(?:description|help|doc|title)[\"']?\s*[=:]\s*[(\s]*(?:[rbfu]*)([\"'].*)", re.S)


class Setting(NamedTuple):
    """A scalar with a name. Spans are absolute."""

    name: str
    owner: str
    """The class it is a field of; "" for a constant of the file."""
    span: Span
    """Of the name."""
    value: Any
    value_span: Span
    literal: str
    """The value as written."""
    said: str
    """What the field's own call says about it."""


def in_class(chunk: Chunk, view: Assignment) -> str:
    """The class an assignment is a field of, or ""."""
    scope = chunk.scopes[view.scope]
    return scope.name or chunk.owner if scope.kind == "class" else ""


def settings(module: Module, kinds: tuple[type, ...]) -> Iterator[Setting]:
    """Constants of the file and fields of its classes with a literal of one of these types, in source order."""
    for chunk, start in module.placed:
        for view in chunk.assignments:
            value, literal, said = view.value, "", ""
            if value is UNKNOWN and view.chain:
                if view.chain.rstrip("()").rpartition(".")[2] not in FIELD_CALLS:
                    continue
                written = chunk.text[view.value_span.start : view.value_span.end]
                match = DEFAULT.search(written)
                if match is None:
                    continue
                literal = match[1]
                value = literal == "True" if literal in ("True", "False") else number_of(literal)
                described = DESCRIPTION.search(written)
                said = described[1] if described else ""
            if value.__class__ not in kinds:
                continue
            yield Setting(
                view.name,
                in_class(chunk, view),
                view.name_span.shifted(start),
                value,
                view.value_span.shifted(start),
                literal or chunk.text[view.value_span.start : view.value_span.end],
                said,
            )


def number_of(literal: str) -> Any:
    try:
        return int(literal)
    except ValueError:
        pass
    try:
        return float(literal)
    except ValueError:
        return UNKNOWN


def keys_of(manifest: Manifest, kinds: tuple[type, ...]) -> Iterator[tuple[Entry, str]]:
    """Scalars of a configuration file with their last literal key."""
    for entry in manifest.entries:
        if entry.value.__class__ in kinds:
            name = next((part for part in reversed(entry.key) if isinstance(part, str)), "")
            if name and entry.key[-1] == name:
                yield entry, name


# --- what is written about a setting ---

ASKS = regex(r"\^|(?:what|why|validated|owner)\b\s*:", re.I)
STRING_BELOW = regex(r"""[rRuU]?(\"{1,3}|'{1,3})(.*)""", re.S)


class Notes(NamedTuple):
    own: str
    """Beside it, directly above or below it, in its field call."""
    shared: str
    """Above the paragraph it stands in: meant for every line of it."""

    @property
    def all(self) -> str:
        return f"{self.own}\n{self.shared}"


def notes_of(text: str, name: Span, value: Span, said: str = "") -> Notes:
    """What the lines around a setting say about it."""
    line = text.rfind("\n", 0, name.start) + 1
    end = _line_end(text, value.end)
    own = [said]
    _, mark, beside = text[value.end : end].partition("#")
    if mark:
        own.append(beside)
    own += _below(text, end)
    above, is_own = _above(text, line)
    if is_own:
        return Notes("\n".join([*own, *above]), "")
    return Notes("\n".join(own), "\n".join(above))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _below(text: str, end: int) -> list[str]:
    found: list[str] = []
    at = end + 1
    while at < len(text):
        stop = _line_end(text, at)
        line = text[at:stop].strip()
        if not line.startswith("#"):
            if not found and (match := STRING_BELOW.match(line)):
                closing = text.find(match[1], at + text[at:stop].index(match[1]) + len(match[1]))
                found.append(text[at : closing if closing >= 0 else stop])
            break
        said = line.lstrip("# ")
        if not found and not ASKS.match(said):
            break
        found.append(said)
        at = stop + 1
    return found


MAX_PARAGRAPH = 30
# Lines from a value up to the comment that heads its paragraph.


def _above(text: str, line: int) -> tuple[list[str], bool]:
    """(comment lines, whether they stand directly above)."""
    block: list[str] = []
    direct = True
    at = line
    for _ in range(MAX_PARAGRAPH):
        if not at:
            break
        start = text.rfind("\n", 0, at - 1) + 1
        here = text[start : at - 1].strip()
        if here.startswith("#"):
            block.append(here.lstrip("# "))
        elif not here or here.endswith(":") or (here[:1] in "\"'" and not block):
            break
        elif block:
            if not direct or ASKS.match(block[-1]):
                # Below another value: its own note, not the head of a paragraph.
                block, direct = [], False
            else:
                break
        else:
            direct = False
        at = start
    if block and ASKS.match(block[-1]):
        return [], False
    return block[::-1], direct


def manifest_notes(manifest: Manifest, entry: Entry) -> Notes:
    return notes_of(manifest.text, entry.key_span, entry.value_span)


# --- the four questions ---

UNANSWERED = regex(
    r"\?|nobody knows|no ?one knows|unknown|undocumented|not documented|no documentation|forgotten|forgot\b|no idea|suspicious"
    r"|magic\b|mysterious|arbitrar|TODO|FIXME|XXX|HACK\b|not sure|unclear|somehow|for some reason|never removed",
    re.I,
)
WHY = regex(
    r"\bwhy\s*:|because|\bsince\b|chosen|chose\b|\bpick|selected|select(?:s|ed)? (?:by|via|with|from)|tuned|tuning|optuna|hyperopt|ray tune|grid.?search"
    r"|random search|sweep|search(?:ed)? over|\bbest\b|\bfound\b|calibrat|based on|empiric|\bpaper\b|et al|arxiv|following|as in\b|same as"
    r"|according|recommend|suggest|\bdefault\b|trade.?off|balanc|precision|recall|\bauc\b|\bf1\b|perform|converge|diverge|overfit|underfit"
    r"|out of memory|\boom\b|memory|fits? (?:in|on)|\bgb\b|requirement|so that|in order to|to (?:avoid|prevent|keep|reduce|match|allow|ensure|limit|make)\b"
    r"|works (?:well|best|better)|better|stable|stabil|percentile|quantile|derived|comput|estimat|measured|convention|standard|heuristic"
    r"|\bper\b|padded|multiple of|equivalent|corresponds|reason|agreed|required by|https?://|#\d{2,}|\bsource\b|\bfrom\b .*\b(?:repo|code|implementation|config|spec)",
    re.I,
)
DATED = regex(
    r"\b(?:19|20)\d{2}-\d{2}(?:-\d{2})?\b|\b\d{1,2}[./]\d{1,2}[./](?:19|20)?\d{2}\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:\d{1,2},? )?(?:19|20)\d{2}\b|\bQ[1-4] ?(?:19|20)\d{2}\b",
    re.I,
)
OWNER = regex(
    r"\bowner\s*:|\bowned by|\bask\b|\bcontact|@\w|[\w.]+@[\w.]+|\bteam\b|\bmaintain|responsib|approved by|reviewed by|\bsee with",
    2,
)
SENTENCE = regex(r"(?<=[.;!?])\s+|\n+")
WORDS = regex(r"[^\W\d_]{2,}")


def is_answer(sentence: str) -> bool:
    return bool(sentence.strip()) and not UNANSWERED.search(sentence)


def answers(own: str, shared: str = "") -> frozenset[str]:
    """Which of "what", "why", "validated" and "owner" these notes answer.

    A sentence that asks or shrugs ("why 0.0078? nobody knows") answers nothing.
    """
    found = set()
    for sentence in SENTENCE.split(f"{own}\n{shared}"):
        if not is_answer(sentence):
            continue
        if WHY.search(sentence):
            found.add("why")
        if DATED.search(sentence):
            found.add("validated")
        if OWNER.search(sentence):
            found.add("owner")
    if any(is_answer(sentence) and len(WORDS.findall(sentence)) >= 2 for sentence in SENTENCE.split(own)):
        found.add("what")
    return frozenset(found)


# --- where settings stand ---

CAMEL = regex(r"(?<=[a-z0-9])(?=[A-Z])")


def words_in(name: str) -> list[str]:
    """`use_legacyScorer` -> use, legacy, scorer."""
    return [word for word in CAMEL.sub("_", name).lower().replace("-", "_").split("_") if word]


def is_hyperparameter(name: str, knowledge: Knowledge = BUILTIN) -> bool:
    return knowledge.is_hyperparameter(name.lower())


def has_hyperparameters(subject: Module | Manifest) -> bool:
    """Whether the file gives a number to a hyperparameter by name: so it configures a model."""
    if isinstance(subject, Manifest):
        return any(is_hyperparameter(name) for _, name in keys_of(subject, (int, float)))
    return any(
        view.value.__class__ in (int, float) and is_hyperparameter(view.name)
        for chunk, _ in subject.placed
        for view in chunk.assignments
    )


def docstring_of(module: Module, owner: str) -> str:
    """Of a class by name; "" if it has none."""
    name = owner.rpartition(".")[2]
    for chunk, _ in module.placed:
        for view in chunk.classes:
            if view.name == name and view.docstring is not None:
                return chunk.text[view.docstring.start : view.docstring.end]
    return ""


def mentioned(module: Module, setting: Setting) -> bool:
    """Whether the docstring of its class explains the field by name."""
    if not setting.owner:
        return False
    text = docstring_of(module, setting.owner)
    return setting.name in text and setting.name in re.findall(r"\w+", text)
