"""Dates given to a name, in Python, YAML, TOML and comments: until when something holds, and when it was last checked.

    Fact("dated-name", "recalibrate_by", span of the date, ("2025-07-15", form))

`form` is "python", "manifest", "due" or "done"; the last two are comments that
say what the date is for (`# revalidate by …`, `# validated: …`). A name in code is
reported whatever it is: a project may have words of its own.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import Fact, Gate, Subject
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.syntax.views import Call, Comment
from mldebt.text import Span, regex

KIND = "dated-name"

_WORK = r"recalibrat(?:e|ion)|re_?validat(?:e|ion)"
_DUE = r"(?:_(?:required|due|needed|by|after|before|until|on|date|deadline))"
DUE_NAME = regex(
    rf"(?:\w+_)?(?:{_WORK}){_DUE}*"
    rf"|(?:\w+_)?(?:re_?train(?:ing)?|calibrat(?:e|ion)|review|audit)_(?:required|due|needed|by|before|deadline){_DUE}*"
    rf"|(?:\w+_)?next_(?:{_WORK}|re_?training|calibration|validation|review|audit){_DUE}*"
    r"|(?:\w+_)?(?:valid|good)_(?:until|till|through|thru)(?:_date)?"
    r"|(?:(?:threshold|model|config|calibration|validation|approval|waiver|baseline)_)?(?:expires(?:_(?:on|at|after))?|expiry)"
    r"|(?:\w+_)?(?:remove|delete|retire|sunset)_(?:by|after|on|before)|(?:\w+_)?sunset(?:_date)?"
)
DUE_KEY = regex(r"review(?:_date)?|re_?train_(?:after|on)|expires?(?:_date)?|expiration(?:_date)?")
"""Names that say the same in a configuration file, where a data frame's columns are not to be expected."""
MOMENT = regex(r"(?:expires|valid)(?:_\w+)?|expiry")
"""With a time of day these tell when a link, token or offer ends, and no person keeps that date."""
PAST = regex(r"(?:^|_)(?:last|prev|previous|first|initial|start|since|from|old|was|done)(?:_|$)")
CAMEL = regex(r"(?<=[a-z0-9])(?=[A-Z])")
_YEARS = Gate(words=tuple(str(year) for year in range(1900, 2100)))
GATES: dict[Subject, Gate] = {"module": _YEARS, "manifest": _YEARS}
YEAR = regex(r"(?:19|20)\d{2}(?!\d)")
ISO = regex(r"((?:19|20)\d{2})-(\d{2})-(\d{2})")


def names_a_deadline(name: str, in_manifest: bool = False) -> bool:
    snake = CAMEL.sub("_", name).replace("-", "_").lower().strip("_")
    if PAST.search(snake):
        return False
    return DUE_NAME.fullmatch(snake) is not None or (in_manifest and DUE_KEY.fullmatch(snake) is not None)


DONE_NAME = regex(
    r"(?:\w+_)?(?:validated|revalidated|calibrated|recalibrated|reviewed)(?:_(?:on|at|date))?"
    r"|(?:\w+_)?last_(?:re_?)?(?:validated|validation|calibrated|calibration|recalibration|reviewed|review|audit|audited)(?:_(?:on|at|date))?"
)
"""Not `tuning_date`: it tells where a value came from, and that does not grow old."""


def names_a_check(name: str) -> bool:
    """Whether a name says when something was last checked."""
    return DONE_NAME.fullmatch(CAMEL.sub("_", name).replace("-", "_").lower().strip("_")) is not None


# --- where such dates stand ---


def of_module(module: Module, config: Config) -> Iterator[Fact]:
    """Dates given to a name in Python code, and dates in comments. A name we do not know may be an option."""
    if not YEAR.search(module.text):
        return
    if module.has_call(*DATE_CALLS):
        for call in module.calls(*DATE_CALLS):
            iso, name = (
                date_of(call, module.text),
                given_name(module.text, call.statement.start, call.span.start),
            )
            if iso and name:
                yield Fact(KIND, name, call.span, (iso, "python"))
    for placed in module.placed:
        for string in placed.chunk.strings:
            if string.name and string.parent != "call" and (iso := iso_of(string.value)):
                if len(string.value) > len(iso) and MOMENT.fullmatch(string.name.lower()):
                    continue
                span = string.span.shifted(placed.start)
                yield Fact(KIND, string.name, span, (iso, "python"))
        for comment in placed.chunk.comments:
            if "20" in comment.text:
                yield from in_comment(comment, placed.start)


def of_manifest(manifest: Manifest, config: Config) -> Iterator[Fact]:
    """Dates under a key in YAML and TOML files, and dates in their comments."""
    if not YEAR.search(manifest.text):
        return
    for entry in manifest.entries:
        name = entry.key[-1]
        if isinstance(name, str) and isinstance(entry.value, (str, datetime.date)):
            iso = iso_of(str(entry.value))
            if iso:
                yield Fact(KIND, name, entry.value_span, (iso, "manifest"))
    for comment in manifest.comments:
        yield from in_comment(comment, 0)


def iso_of(text: str) -> str:
    """The date at the start of an ISO date or time, if it exists; otherwise ""."""
    match = ISO.match(text)
    if not match:
        return ""
    try:
        datetime.date.fromisoformat(match[0])
    except ValueError:
        return ""
    return match[0]


DATE_CALLS = ("date", "datetime", "Timestamp", "fromisoformat", "strptime", "to_datetime")
GIVEN = regex(
    r"[\"']?(?<!\w)(\w+)[\"']?[ \t]*(?::[ \t]*[\w.\[\]|\"' ]+?)?[ \t]*[=:]\s*"
    r"(?:(?:\w+\.)*\w+\(\s*)?(?:default(?:_factory)?[ \t]*=[ \t]*)?(?:lambda[ \t]*:\s*)?(?:\w+\.)*$"
)
"""What stands before a value: `name =`, `"name":`, `name: T = field(default_factory=lambda:`."""
LOOK_BACK = 200
# Characters before a call in which its name is looked for.


def given_name(text: str, statement: int, call: int) -> str:
    """The name that the value at `call` is given to, or ""."""
    match = GIVEN.search(text[max(statement, call - LOOK_BACK) : call])
    return match[1] if match else ""


def date_of(call: Call, text: str) -> str:
    """The date a call makes, when its arguments are literals: `date(2024, 7, 15)`, `Timestamp("2024-07-15")`."""
    given = [arg.value for arg in call.args if not arg.name]
    if given and isinstance(given[0], str):
        return iso_of(given[0])
    if len(given) >= 3 and all(isinstance(value, int) for value in given[:3]):
        year, month, day = given[:3]
        return iso_of(f"{year:04}-{month:02}-{day:02}")
    return ""


_ITSELF = r"(?:[ \t]+(?:this|it|the|that|these|again|is|required|due|needed|code|block|step|line|flag|hack|workaround|shim))"
COMMENT = regex(
    r"(?P<name>\b(?:"
    rf"(?:re-?calibrat(?:e|ion)|re-?validat(?:e|ion)|re-?train(?:ing)?|review){_ITSELF}{{0,3}}"
    r"[ \t]*(?:\b(?:by|before|until|no later than|due)\b|:)"
    r"|valid[ \t]+(?:until|till|through)|expires(?:[ \t]+(?:on|after))?|next[ \t]+review"
    rf"|(?:remove|delete|drop){_ITSELF}{{0,3}}[ \t]+by"
    rf"|(?:TODO|FIXME|XXX)\b.{{0,30}}?\b(?:remove|delete|drop){_ITSELF}{{0,3}}[ \t]+(?:after|on|before)"
    r"))[ \t]*:?[ \t]*(?P<date>(?:19|20)\d{2}-\d{2}-\d{2})(?!\d)",
    re.I,
)


DONE = regex(
    r"(?P<name>\b(?:(?:last[ \t]+)?(?:re-?)?(?:validated|calibrated|reviewed)|last[ \t]+(?:validation|calibration|review)))\b"
    r"[ \t]*(?:on\b|at\b|:)?[ \t]*(?P<date>(?:19|20)\d{2}-\d{2}-\d{2})(?!\d)",
    re.I,
)


def in_comment(comment: Comment, start: int) -> Iterator[Fact]:
    for form, pattern in (("due", COMMENT), ("done", DONE)):
        for match in pattern.finditer(comment.text):
            iso = iso_of(match["date"])
            if iso:
                span = Span(*match.span("date")).shifted(comment.span.start + start)
                yield Fact(KIND, match["name"].strip(" \t:"), span, (iso, form))
