"""Training rows are cut off at a date written into the code.

## Why it is debt

`df[df["date"] < "2022-01-01"]` divided train from test, or left out what was not
complete yet, on the day it was written. The data went on; the training still ends
there, learns nothing newer, or counts years of it as one test period.

## What to do

Compute the date from the data or from the day of the run (`max_date - 90 days`), or
give it a name in the configuration with the reason and the date of the next look.

## When to leave it

Only comparisons of dates with literals more than a year old (`max_age_days`) in a
script that trains a model are told, one finding a file. Notebooks, tests, examples,
competitions whose data never change (files and folders named after Kaggle) and dates that a
comment explains are passed over. A hint: for a study of one period the date is right.

## Fix safety

There is none: what the date should be computed from is not known.

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015), section 7.

## Examples

Today is 2026-01-15 in these examples.

```python
import pandas as pd
from sklearn.linear_model import LogisticRegression

sales = pd.read_csv("sales.csv", parse_dates=["date"])
train = sales[sales["date"] < "2022-01-01"]  # want: cut off at 2022-01-01
test = sales[sales["date"] >= pd.Timestamp("2022-01-01")]
model = LogisticRegression().fit(train[["x"]], train["y"])
```

Computed, recent, explained, and where nothing is trained.

```python
# file: train.py
import pandas as pd
from sklearn.linear_model import LogisticRegression

sales = pd.read_csv("sales.csv", parse_dates=["date"])
train = sales[sales["date"] < sales["date"].max() - pd.Timedelta(days=90)]
late = sales[sales["date"] > "2025-10-01"]
kept = sales[sales["date"] > "2020-06-01"]  # the shop changed its prices on that day
model = LogisticRegression().fit(train[["x"]], train["y"])
# file: report.py
import pandas as pd

sales = pd.read_csv("sales.csv")
print(sales[sales["date"] < "2022-01-01"].mean())
```
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from mldebt.facts.roles import with_role
from mldebt.plain import dataclass
from mldebt.rule import HINT, Fact, Finding, Related, Workspace, rule
from mldebt.syntax.module import Module
from mldebt.text import Span, regex

KIND = "date-cutoff"
CUTOFF = regex(
    r"""(?:<=?|>=?)\s*\(?\s*(?:(?:pd|pandas|dt|datetime|np)\.)*(?:(?:Timestamp|to_datetime|datetime64|date|datetime|fromisoformat|strptime)\(\s*)?"""
    r"""["']((?:19|20)\d{2}-\d{2}(?:-\d{2})?)(?:[ T][\d:.]*)?["']"""
    r"""|(?:<=?|>=?)\s*\(?\s*(?:\w+\.)*(?:date|datetime|Timestamp)\(\s*((?:19|20)\d{2})\s*,\s*(\d{1,2})\s*,\s*(\d{1,2})"""
)
YEARS = tuple((start, regex(rf"{start}\d\d-\d\d")) for start in ('"20', "'20", '"19', "'19"))
YEAR_ARGUMENT = regex(r"\(\s*(?:19|20)\d{2}\s*,")
"""One of YEARS or this is in all that CUTOFF finds; it starts with a plain character, which `re` skips to at once."""
COMPETITION = regex(r"kaggle|competition|challenge|playground", re.I)
WORD = regex(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    max_age_days: int = 365
    """A date younger than this may well have been set on purpose."""


@rule(severity=HINT, options=Options, needs=("role",), kinds=(KIND,))
def across(workspace: Workspace, options: Options) -> Iterator[Finding]:
    training = {path for path, _ in with_role(workspace, "train", scripts_only=True)}
    today = workspace.config.today
    found: dict[str, list[Fact]] = {}
    for path, fact in workspace.facts(KIND):
        age = (today - datetime.date.fromisoformat(fact.subject)).days
        if (
            path in training
            and age > options.max_age_days
            and path.endswith(".py")
            and not COMPETITION.search(path)
        ):
            found.setdefault(path, []).append(fact)
    for path, facts in found.items():
        facts.sort(key=lambda fact: fact.span)
        yield Finding(
            facts[0].span,
            f"the rows of this training are cut off at {facts[0].subject}, written into the code",
            "The data went on, and the training still ends or begins there.\n"
            "Compute the date from the data or the day of the run, or name it in the configuration with its reason.",
            related=tuple(Related(fact.span, f"and at {fact.subject} here", path) for fact in facts[1:6]),
            path=path,
        )


@across.facts
def in_module(module: Module) -> Iterator[Fact]:
    if module.is_notebook:
        return
    text = module.text
    if not any(start in text and date.search(text) for start, date in YEARS) and not YEAR_ARGUMENT.search(
        text
    ):
        return
    for match in CUTOFF.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : text.find("\n", match.end()) % (len(text) + 1)]
        code, mark, comment = line.partition("#")
        if (
            not code.strip()
            or (mark and len(WORD.findall(comment)) >= 3)
            or code.lstrip().startswith("assert")
        ):
            continue
        iso = f"{match[1]}-01"[:10] if match[1] else f"{match[2]}-{int(match[3]):02}-{int(match[4]):02}"
        try:
            datetime.date.fromisoformat(iso)
        except ValueError:
            continue
        start, end = match.span(1) if match[1] else (match.start(2), match.end(4))
        yield Fact(KIND, iso, Span(start, end))
