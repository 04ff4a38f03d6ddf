"""The same date literal with another day, in the form it was written in."""

from __future__ import annotations

import datetime
import re

from mldebt.text import regex
from mldebt.typed import NamedTuple

ISO = regex(r"(?:19|20)\d{2}-\d{2}-\d{2}")


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
