"""A feature's name says one thing, and its computation does another.

## Why it is debt

`tx_mean_7d` holds a median: somebody improved a feature and kept its name. Whoever
reads the name trusts it, the serving code computes the mean, and every threshold and
hyperparameter tuned on the old column is applied to the new one. Changing anything
changes everything, and here nobody can see that anything was changed.

## What to do

Treat a changed feature as a new one: give the column a name that says what it is,
retrain, and evaluate again. If the computation is the mistake, mend it.

The name is compared with the statistic (mean, median, sum, min, max, std, var, count,
nunique) and with the window (`_7d` against `rolling(30)` or `rolling("30D")`).

## When to leave it

Names with two statistics (`max_daily_sum`), expressions with several, and windows that
may be counted in other units (7 days as 168 hours, a month as 21 trading days) are
passed over.

## Fix safety

Draft: the fix renames the column where it is made; whoever reads the old name has to
follow.

## Source

The article on technical debt this tool grew out of, category 1 (the CACE principle);
Sculley et al. 2015, section 2: entanglement.

## Examples

```python
import pandas as pd

df["tx_mean_7d"] = df.groupby("user_id")["amount"].transform(  # want: `tx_mean_7d` is named after a mean, and holds a median
    lambda x: x.rolling(7).median()
)
```

```python fixed
import pandas as pd

df["tx_median_7d"] = df.groupby("user_id")["amount"].transform(
    lambda x: x.rolling(7).median()
)
```

```python
import pandas as pd

df["spend_30d"] = df["spend"].rolling(7).sum()  # want: names a window of 30 days, and is computed over 7
df["max_speed"] = df.groupby("trip")["speed"].transform("min")  # want: named after a max, and holds a min
out = df.groupby("user").agg(
    amount_mean=("amount", "median"),  # want: named after a mean, and holds a median
    n_items=("item", "count"),
)
df = df.assign(avg_price=df["price"].rolling(5).max())  # want: named after a mean, and holds a max
```

Names that say what is done, names with two statistics, and other units.

```python
import numpy as np
import pandas as pd

df["tx_mean_7d"] = df.groupby("user_id")["amount"].transform(lambda x: x.rolling(7).mean())
df["max_daily_sum"] = df.groupby("day")["amount"].sum().max()
df["total_rooms"] = df["rooms"].sum() / df["rooms"].mean()
df["load_7d"] = df["load"].rolling(168).mean()
df["vol_1m"] = df["ret"].rolling(21).std()
df["mean_price"] = df["price"].fillna(df["price"].median())
df["count"] = 1
daily = df.groupby("level").agg(loss_max=("loss_max", "median"))
out = df.groupby("user").agg(amount_mean=("amount", "mean"), amount_max=("amount", "max"))
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.knowledge.aggregations import AGGREGATIONS, DURATIONS, IN_NAMES
from mldebt.rule import DRAFT, WARNING, Finding, Fix, rule
from mldebt.syntax.module import Chunk, Module
from mldebt.text import Edit, Span, regex
from mldebt.typed import NamedTuple

_WORDS = "|".join(sorted(AGGREGATIONS, key=len, reverse=True))
APPLIED = regex(
    rf"""\.({_WORDS})\(|\.(?:agg|aggregate|transform|apply)\(\s*(?:func\s*=\s*)?["']({_WORDS})["']\s*[,)]"""
    rf"""|\.(?:agg|aggregate|transform|apply)\(\s*(?:np|numpy)\.({_WORDS})\s*\)"""
)
"""A statistic that an expression takes: as a method, or by name in `agg` and its likes."""
WORTH = regex(r"""\[\s*["'][\w. -]+["']\s*\]\s*=|\.(?:agg|aggregate|assign)\(""")
PARTS = ('"]', "']", '" ]', "' ]", ".agg", ".assign(")
"""One of these is in every text that is worth it, and looked for in a tenth of the time."""
STATISTIC = regex(rf"\.(?:{_WORDS})\(|[\"'](?:{_WORDS})[\"']|rolling(?<!\wrolling)\(")
NAMED = regex(
    rf"""(?<![\w.])(\w+)\s*=\s*(?:pd\.|pandas\.)?(?:NamedAgg)?\(\s*(?:column\s*=\s*)?["']([^"']*)["']\s*,\s*(?:aggfunc\s*=\s*)?"""
    rf"""(?:["']({_WORDS})["']|(?:np|numpy)\.({_WORDS}))\s*,?\s*\)"""
)
"""`amount_mean=("amount", "mean")`, with or without NamedAgg."""
ASSIGNED = regex(r"\.assign\(")
WINDOW = regex(r"\.rolling\(\s*(?:window\s*=\s*)?(?:(\d+)|[\"'](\d*)([A-Za-z]+)[\"'])\s*[,)]")
NAME_WINDOW = regex(
    r"(?:^|[_ ])(?:last|past|prev|rolling|roll|window|ma|over)?_?(\d+) ?_?([A-Za-z]+)(?=$|[_ ])"
)
TOKEN = regex(r"[a-z]+|\d+", 0)
GUARDS = regex(
    r"fillna|\bwhere\(|\bif\b|clip\(|replace\(|map\(|merge\(|concat\(|\bfor\b|quantile|percentile|interpolate"
)
"""Expressions in which a statistic is only a helper."""
ARITHMETIC = regex(r"[-+*/%<>&|](?!=?\s*[\"'])|==")


class Claim(NamedTuple):
    """A column with the text that computes it; spans count from the chunk."""

    name: str
    span: Span
    value: Span


@rule(severity=WARNING, text=PARTS)
def check(module: Module) -> Iterator[Finding]:
    # Of the module, not of its chunks: a walk for details is too much for a keystroke.
    for chunk, start in module.placed:
        known: tuple[Finding, ...] | None = chunk.memo.get(check)
        if known is None:
            known = chunk.memo[check] = tuple(contradictions(chunk))
        for found in known:
            yield found.shifted(start)


def contradictions(chunk: Chunk) -> Iterator[Finding]:
    text = chunk.text
    if not any(part in text for part in PARTS) or not WORTH.search(text) or not STATISTIC.search(text):
        return
    for claim in claims_of(chunk):
        yield from contradiction(claim, text[claim.value.start : claim.value.end])
    if "agg(" in text or "aggregate(" in text:
        for match in NAMED.finditer(text):
            done = match[3] or match[4]
            said = statistic_of(match[1])
            if said not in statistics_in(match[2]) and contradict(said, AGGREGATIONS[done]):
                yield finding(match[1], Span(*match.span(1)), said, AGGREGATIONS[done])


def claims_of(chunk: Chunk) -> Iterator[Claim]:
    """Columns that the chunk stores, by subscript or `assign`."""
    from mldebt.syntax.details import details_of

    for use in details_of(chunk).keys:
        if use.access == "store" and not use.listed and use.value.end:
            yield Claim(use.key, use.key_span, use.value)
    for match in ASSIGNED.finditer(chunk.text):
        yield from keywords(chunk.text, match.end())


KEYWORD = regex(r"\s*(\w+)\s*=(?!=)\s*")
MAX_ARGUMENTS = 3000
# Characters of one `assign`.


def keywords(text: str, at: int) -> Iterator[Claim]:
    """The keyword arguments of a call whose bracket opened before `at`."""
    depth, start = 0, at
    for here in range(at, min(len(text), at + MAX_ARGUMENTS)):
        mark = text[here]
        if mark in "([{":
            depth += 1
        elif mark in ")]}" or (mark == "," and not depth):
            if not depth and (match := KEYWORD.match(text, start, here)):
                yield Claim(match[1], Span(*match.span(1)), Span(match.end(), here))
            if mark == ",":
                start = here + 1
                continue
            depth -= 1
            if depth < 0:
                return


def contradiction(claim: Claim, value: str) -> Iterator[Finding]:
    if len(value) > MAX_VALUE or GUARDS.search(value):
        return
    done = [AGGREGATIONS[a or b or c] for a, b, c in APPLIED.findall(value)]
    said = statistic_of(claim.name)
    plain = not ARITHMETIC.search(without_strings(value))
    inherited = any(said in statistics_in(word) for word in NAME.findall(value) if word not in AGGREGATIONS)
    if len(done) == 1 and contradict(said, done[0]) and plain and not inherited:
        yield finding(claim.name, claim.span, said, done[0])
        return
    windows = WINDOW.findall(value)
    if len(windows) == 1 and (named := window_of(claim.name)):
        number, unit = named
        count, text_count, text_unit = windows[0]
        if differs(number, unit, count, text_count, text_unit):
            is_over = f"{count} rows" if count else f"{text_count or 1}{text_unit}"
            yield Finding(
                claim.span,
                f"`{claim.name}` names a window of {number} {unit}, and is computed over {is_over}",
                HELP,
                data=("window",),
            )


MAX_VALUE = 400
# Characters of an expression; longer ones combine several things.
HELP = (
    "Whoever reads the name trusts it: serving code, thresholds and other features were built on what it says.\n"
    "A changed feature is a new one: give it a name of its own, retrain and evaluate; or mend the computation."
)


def finding(name: str, span: Span, said: str, done: str) -> Finding:
    return Finding(
        span,
        f"`{name}` is named after a {WRITTEN.get(said, said)}, and holds a {WRITTEN.get(done, done)}",
        HELP,
        data=("statistic", said, done),
    )


WRITTEN = {
    "nunique": "number of distinct values",
    "std": "standard deviation",
    "var": "variance",
    "kurt": "kurtosis",
}


def contradict(said: str, done: str) -> bool:
    """Whether a name and a computation cannot both be right. A sum of flags is a count, and a total may be either."""
    return bool(said) and said != done and {said, done}.isdisjoint(VAGUE) and not {said, done} <= COUNTS


NAME = regex(r"\w+")
COUNTS = frozenset({"sum", "count", "nunique"})
VAGUE = frozenset({"first", "last", "mode", "skew", "kurt"})


def statistic_of(name: str) -> str:
    """The one statistic a column's name speaks of, or ""."""
    words = statistics_in(name)
    return words.pop() if len(words) == 1 else ""


def statistics_in(name: str) -> set[str]:
    """Every statistic a name speaks of. `5min` is a time."""
    tokens = TOKEN.findall(name.lower())
    return {
        AGGREGATIONS[word]
        for at, word in enumerate(tokens)
        if word in IN_NAMES and not (word == "min" and at and tokens[at - 1].isdigit())
    }


def window_of(name: str) -> tuple[int, str] | None:
    """(number, unit) of the one window a column's name speaks of."""
    found = [
        (int(number), unit.lower()) for number, unit in NAME_WINDOW.findall(name) if unit.lower() in DURATIONS
    ]
    if len(found) != 1 or not found[0][0] or found[0][1] in ("m", "t", "s"):
        return None
    return found[0][0], DURATIONS[found[0][1]]


PER_UNIT = {
    "days": {24, 48, 96, 144, 288, 1440, 86400, 12, 8, 6, 4, 3, 2},
    "weeks": {7, 5, 6, 168, 336, 672, 10080},
    "hours": {60, 3600, 12, 6, 4, 2, 30, 20},
    "minutes": {60, 2, 4, 6, 12},
    "months": {28, 30, 31, 4, 20, 21, 22, 720, 730, 744},
    "years": {365, 366, 12, 52, 252, 250, 8760},
}
"""Rows that a unit may have where rows are finer than the unit."""
TRADING = {
    7: {5},
    14: {10},
    30: {20, 21, 22},
    60: {42, 44, 40},
    90: {60, 63, 66},
    365: {250, 252},
    180: {126},
    28: {20},
}
"""Calendar days -> trading days."""


def differs(number: int, unit: str, count: str, text_count: str, text_unit: str) -> bool:
    """Whether a window contradicts a name, whatever the rows may be."""
    if not count:
        other = DURATIONS.get(text_unit.lower())
        return other == unit and int(text_count or 1) != number
    rows = int(count)
    if rows == number or unit not in PER_UNIT:
        return False
    if unit == "days" and (rows in TRADING.get(number, ()) or rows == number + 1 or rows == number - 1):
        return False
    return not (rows % number == 0 and rows // number in PER_UNIT[unit])


STRINGS = regex(r""""[^"\n]*"|'[^'\n]*'|\([^()]*\)""")


def without_strings(value: str) -> str:
    """An expression without its strings and innermost brackets, so that only its own operators are left."""
    for _ in range(6):
        shorter = STRINGS.sub("", value)
        if shorter == value:
            break
        value = shorter
    return value


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    if finding.data[0] != "statistic":
        return
    _, said, done = finding.data
    written = module.text[finding.span.start : finding.span.end]
    words = [
        word for word in TOKEN.findall(written.lower()) if AGGREGATIONS.get(word) == said and word in IN_NAMES
    ]
    at = written.lower().find(words[0]) if len(words) == 1 else -1
    if at >= 0 and words[0] == written[at : at + len(words[0])]:
        renamed = written[:at] + done + written[at + len(words[0]) :]
        name = renamed.strip("\"'")
        yield Fix(
            f"Name the column `{name}` here (its readers have to follow)",
            (Edit(finding.span, renamed),),
            DRAFT,
        )
