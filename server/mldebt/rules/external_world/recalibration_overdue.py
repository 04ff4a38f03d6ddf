"""A date by which something had to be recalibrated, reviewed or removed has passed.

## Why it is debt

Somebody knew that a threshold, a model or a workaround would be right for a
while only, and wrote down until when. The world went on, the date passed, and
nothing told anyone: the number is still used as if it had been checked.

## What to do

Do what the date asks for (recalibrate, review, retrain, remove), and then write
down the next date. If it is no longer needed, delete the date with its reason.

## When to leave it

Dates that are data are not meant: the rule asks for names such as
`recalibration_required_after`, `revalidate_by`, `next_review`, `valid_until`,
`remove_by`, and not for `expire_date` in a table of memberships. Tests are
passed over. Add names of your own with the option `names`.

## Fix safety

The fix says that the work was done today and writes the next date, which is
true only if it was: it is *unsafe*, and there is none for what has to be removed.

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015),
section 7: fixed thresholds in dynamic systems.

## Examples

Error 90 days after the date (`grace_days`), warning before that, and a hint in
the last 30 days (`notice_days`). Today is 2026-01-15 in these examples.

```python
from dataclasses import dataclass, field
from datetime import date

@dataclass(frozen=True)
class FraudThreshold:
    value: float = 0.73
    recalibration_required_after: date = field(
        default_factory=lambda: date(2024, 7, 15)  # want: passed 549 days ago
    )
```

```python fixed
from dataclasses import dataclass, field
from datetime import date

@dataclass(frozen=True)
class FraudThreshold:
    value: float = 0.73
    recalibration_required_after: date = field(
        default_factory=lambda: date(2026, 7, 14)
    )
```

```python
THRESHOLD = {"value": 0.73, "valid_until": "2026-01-31"}  # want: due in 16 days
clip = 3.5  # revalidate by 2025-12-24  # want: passed 22 days ago
limit = 7  # TODO: remove this after 2025-03-01  # want: passed 320 days ago
```

```yaml
fraud:
  threshold: 0.73
  next_review: 2025-12-31  # want: passed 15 days ago
  # recalibrate by 2027-01-01
```

A date in the future, a date that tells what was done, and dates in data are no debt.

```python
from datetime import date

VALID_UNTIL = date(2027, 1, 1)
last_recalibration = date(2024, 1, 1)
row = {"membership_expire_date": "2017-02-15", "review_date": "2015-08-31"}
# remove rows after 2020-01-01
```
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from mldebt.config import Config
from mldebt.rule import ERROR, HINT, UNSAFE, WARNING, Fact, Finding, Fix, Workspace, rule
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.syntax.views import Call, Comment
from mldebt.text import Edit, Span, regex

KIND = "due-date"


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    grace_days: int = 90
    """So long after the date it is a warning, then an error."""
    notice_days: int = 30
    """So long before the date it is a hint."""
    interval_days: int = 180
    """What the fix adds to today for the next date."""
    names: frozenset[str] = frozenset()
    """Further names of fields and keys that hold such a date."""


@rule(severity=WARNING, options=Options, gated=False, kinds=(KIND,))
def across(workspace: Workspace, options: Options) -> Iterator[Finding]:
    today = workspace.config.today
    for path, fact in workspace.facts(KIND):
        name, certain = fact.subject, fact.detail[1]
        if not (certain or name in options.names) or workspace.config.role_of(path) == "test":
            continue
        days = (today - datetime.date.fromisoformat(fact.detail[0])).days
        if days < -options.notice_days:
            continue
        yield Finding(
            fact.span,
            f"`{name}` {when(days)} ({fact.detail[0]})",
            f"{PURPOSE[purpose_of(name)]}",
            severity=ERROR if days > options.grace_days else WARNING if days > 0 else HINT,
            path=path,
            data=(name,),
        )


def when(days: int) -> str:
    if not days:
        return "is due today"
    count = f"{abs(days):,} day{'s' * (abs(days) > 1)}"
    return f"passed {count} ago" if days > 0 else f"is due in {count}"


# --- what a name asks for ---

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
PAST = regex(r"(?:^|_)(?:last|prev|previous|first|initial|start|since|from|old|was|done)(?:_|$)")
CAMEL = regex(r"(?<=[a-z0-9])(?=[A-Z])")
ISO = regex(r"((?:19|20)\d{2})-(\d{2})-(\d{2})")


def names_a_deadline(name: str, in_manifest: bool = False) -> bool:
    snake = CAMEL.sub("_", name).replace("-", "_").lower().strip("_")
    if PAST.search(snake):
        return False
    return DUE_NAME.fullmatch(snake) is not None or (in_manifest and DUE_KEY.fullmatch(snake) is not None)


def purpose_of(name: str) -> str:
    lower = name.lower()
    return next((verb for word, verb in VERBS if word in lower), "reviewed")


VERBS = (
    ("recalib", "recalibrated"),
    ("calib", "recalibrated"),
    ("train", "retrained"),
    ("remove", "removed"),
    ("delete", "removed"),
    ("retire", "removed"),
    ("sunset", "removed"),
    ("valid", "revalidated"),
    ("expir", "revalidated"),
)
PURPOSE = {
    "recalibrated": "It was calibrated for the data of its time. Recalibrate it, then write down the next date.",
    "retrained": "It learned from the data of its time. Retrain it, then write down the next date.",
    "revalidated": "Nobody has confirmed that it still holds. Validate it again, then write down the next date.",
    "reviewed": "Nobody has looked at it since. Review it, then write down the next date.",
    "removed": "It was meant to be gone by now. Remove it, or decide again and say until when.",
}


# --- where such dates stand ---

YEARS = tuple(str(year) for year in range(1900, 2100))
"""All that ISO knows."""


@across.facts(words=YEARS)
def in_module(module: Module) -> Iterator[Fact]:
    """Dates given to a name in Python code, and dates in comments. A name we do not know may be an option."""
    if module.has_call(*DATE_CALLS):
        for call in module.calls(*DATE_CALLS):
            iso, name = (
                date_of(call, module.text),
                given_name(module.text, call.statement.start, call.span.start),
            )
            if iso and name:
                yield fact_of(name, call.span, iso, names_a_deadline(name))
    for placed in module.placed:
        for string in placed.chunk.strings:
            if string.name and string.parent != "call" and (iso := iso_of(string.value)):
                span = string.span.shifted(placed.start)
                yield fact_of(string.name, span, iso, names_a_deadline(string.name))
        for comment in placed.chunk.comments:
            if "20" in comment.text:
                yield from in_comment(comment, placed.start)


@across.facts(words=YEARS)
def in_manifest(manifest: Manifest) -> Iterator[Fact]:
    """Dates under a key in YAML and TOML files, and dates in their comments."""
    for entry in manifest.entries:
        name = entry.key[-1]
        if isinstance(name, str) and isinstance(entry.value, (str, datetime.date)):
            iso = iso_of(str(entry.value))
            if iso:
                yield fact_of(name, entry.value_span, iso, names_a_deadline(name, in_manifest=True))
    for comment in manifest.comments:
        yield from in_comment(comment, 0)


def fact_of(name: str, span: Span, iso: str, certain: bool) -> Fact:
    return Fact(KIND, name, span, (iso, certain))


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


def in_comment(comment: Comment, start: int) -> Iterator[Fact]:
    for match in COMMENT.finditer(comment.text):
        iso = iso_of(match["date"])
        if iso:
            span = Span(*match.span("date")).shifted(comment.span.start + start)
            yield fact_of(match["name"].strip(" \t:"), span, iso, True)


# --- the next date ---


@across.fixes
def fixes(subject: Module | Manifest, finding: Finding, options: Options, config: Config) -> Iterable[Fix]:
    work = purpose_of(finding.data[0])
    if work == "removed":
        return
    following = config.today + datetime.timedelta(days=options.interval_days)
    title = f"It was {work} today: the next date is {following} ({options.interval_days} days)"
    span = finding.span
    text = rewritten(subject.text[span.start : span.end], following)
    if text:
        yield Fix(title, (Edit(span, text),), UNSAFE)


class Written(NamedTuple):
    pattern: re.Pattern[str]
    template: str


FORMS = (
    Written(ISO, "{0:%Y-%m-%d}"),
    Written(regex(r"\d{4}(\s*,\s*)\d{1,2}(\s*,\s*)\d{1,2}"), "{0.year}{1}{0.month}{2}{0.day}"),
)


def rewritten(written: str, day: datetime.date) -> str:
    """The same literal or call with another day; "" if it is written in no way we know."""
    for form in FORMS:
        match = form.pattern.search(written)
        if match:
            new = form.template.format(day, *match.groups())
            return written[: match.start()] + new + written[match.end() :]
    return ""
