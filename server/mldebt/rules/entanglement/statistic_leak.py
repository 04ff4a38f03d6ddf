"""A statistic of all rows is put back into them before they are split.

## Why it is debt

A median that fills gaps, a mean and a deviation that scale, the edges of quantile
bins, a group's average: each is learned from the rows, like a fitted scaler.
Taken over all rows it carries the test part into training, and the score
is better than the model.

## What to do

Split first. Compute the statistic on the train part, and apply that number to both
parts; or use `SimpleImputer`, `StandardScaler`, `KBinsDiscretizer` in a `Pipeline`, which
does it by construction.

Reported are means, medians, modes, quantiles and deviations that fill, scale,
clip, replace, or are the threshold of a feature; a maximum or sum that divides; bins made from the data (`qcut`,
`cut` with a count), ranks and z-scores; and statistics of groups that are joined or mapped
to the members of the group. One finding a split: the other statistics are listed with it.
A threshold that decides what the target is ("above the median") is a hint. So are reported columns that are
chosen by their correlation with the target.
Train and test files put together for a competition are reported as
information; `transductive_ok = true` silences that.

## When to leave it

The number is fixed by the domain and only happens to be computed (the largest value of a pixel).
Constants, forward fills, row-wise statistics (`axis=1`), moving windows, counts, and statistics of the
customer, patient or session a row belongs to are not reported; nor is dropping rows by a statistic.

## Fix safety

Unsafe: all numbers downstream change, because the leak was in them. It is offered where
one column of a frame is filled and that same frame is split by name.

## Source

Yang et al. 2022, "Data leakage in notebooks"; scikit-learn, "Common pitfalls".

## Examples

```python
import pandas as pd
from sklearn.model_selection import train_test_split

df = pd.read_csv("houses.csv")
df["area"] = df["area"].fillna(df["area"].median())  # want: median of all rows
train, test = train_test_split(df, random_state=0)
model.fit(train)
model.score(test)
```

```python fixed
import pandas as pd
from sklearn.model_selection import train_test_split

df = pd.read_csv("houses.csv")
train, test = train_test_split(df, random_state=0)
area_median = train["area"].median()
train["area"] = train["area"].fillna(area_median)
test["area"] = test["area"].fillna(area_median)
model.fit(train)
model.score(test)
```

The same with the train part's own median.

```python
import pandas as pd
from sklearn.model_selection import train_test_split

df = pd.read_csv("houses.csv")
train, test = train_test_split(df, random_state=0)
middle = train["area"].median()
train["area"] = train["area"].fillna(middle)
test["area"] = test["area"].fillna(middle)
model.fit(train)
model.score(test)
```

Scaling by hand, bins and group means; the split may be somewhere else.

```python
import pandas as pd
from sklearn.model_selection import train_test_split

def normalised(frame):
    return (frame - frame.mean()) / frame.std()  # want: of all rows

def evaluated(rows):
    X_train, X_test = train_test_split(rows, random_state=0)
    model.fit(X_train)
    return model.predict(X_test)

evaluated(normalised(pd.read_csv("cells.csv")))

flats = pd.read_csv("flats.csv")
flats["price_band"] = pd.qcut(flats["price"], 4)  # want: `qcut` learns from all rows
flats["street_mean"] = flats.groupby("street")["size"].transform("mean")
X_train, X_test = train_test_split(flats, random_state=0)
model.fit(X_train)
model.score(X_test)
```

Train and test files put together.

```python
import pandas as pd

train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
both = pd.concat([train, test])
both["Age"] = both["Age"].fillna(both["Age"].mean())  # want: of train and test rows together
model.fit(both[: len(train)])
model.predict(both[len(train) :])
```

Thresholds: of a feature, and of what the target is.

```python
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

flats = pd.read_csv("flats.csv")
flats["is_large"] = np.where(flats["size"] > flats["size"].median(), 1, 0)  # want: the threshold of a feature
flats["many_rooms"] = flats["rooms"].apply(lambda n: int(n > flats["rooms"].mean()))
flats["dear"] = (flats["price"] > flats["price"].median()).astype(int)  # want: decides what `dear` is
X = flats.drop(columns=["price", "dear"])
X_train, X_test, y_train, y_test = train_test_split(X, flats["dear"], random_state=0)
```

Columns chosen by their correlation with the target.

```python
import pandas as pd
from sklearn.model_selection import train_test_split

flats = pd.read_csv("flats.csv")
strongest = flats.corr()["price"].abs().sort_values()[-10:].index  # want: correlation with `price`
X = flats[strongest].drop(columns=["price"])
X_train, X_test, y_train, y_test = train_test_split(X, flats["price"], random_state=0)
```

The same on the train part, and correlations that are only looked at.

```python
import pandas as pd
from sklearn.model_selection import train_test_split

flats = pd.read_csv("flats.csv")
print(flats.corr()["price"].sort_values()[-10:])
train, test = train_test_split(flats, random_state=0)
strongest = train.corr()["price"].abs().nlargest(10).index.drop("price")
model.fit(train[strongest], train["price"])
model.score(test[strongest], test["price"])
```

The part that watches a fit is cut from all rows, and from train rows that came with a test part.

```python
import pandas as pd
from tensorflow import keras

model = keras.Sequential([keras.layers.Dense(1)])
flats = pd.read_csv("flats.csv")
flats = flats / flats.mean()  # want: The mean of all rows
model.fit(flats, validation_split=0.1)
```

```python
import numpy as np
from tensorflow import keras

model = keras.Sequential([keras.layers.Dense(1)])
(X_train, y_train), (X_test, y_test) = keras.datasets.mnist.load_data()
mean = np.mean(X_train)
X_train, X_test = X_train - mean, X_test - mean
model.fit(X_train, y_train, validation_split=0.1)
model.evaluate(X_test, y_test)
```

Fixed thresholds, and rows that a threshold only chooses; bins that only stratify.

```python
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

flats = pd.read_csv("flats.csv")
flats["is_large"] = np.where(flats["size"] > 90, 1, 0)
flats = flats.drop(np.where(flats["price"] > flats["price"].quantile(0.99))[0])
flats["band"] = pd.qcut(flats["price"], 4)
train, test = train_test_split(flats, stratify=flats["band"], random_state=0)
model.fit(train.drop(columns=["band"]))
model.score(test.drop(columns=["band"]))
```

Constants, row-wise statistics, fixed bins, windows over the past, and what is only looked at.

```python
import pandas as pd
from sklearn.model_selection import train_test_split

df = pd.read_csv("shop.csv")
print(df["price"].mean(), df["price"].max())
df["price"] = df["price"].fillna(0).clip(0, 100)
df["spread"] = df["price"] - df[["low", "high"]].mean(axis=1)
df["band"] = pd.cut(df["price"], [0, 10, 50, 100])
df["recent"] = df["price"] / df["price"].rolling(7).mean()
df["relative"] = df[["low", "high"]].apply(lambda row: row["low"] / row.mean(), axis=1)
df = df[df["price"] > df["price"].mean()]
train, test = train_test_split(df, random_state=0)
model.fit(train)
model.score(test)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.plain import dataclass
from mldebt.rule import HINT, INFORMATION, WARNING, Finding, Fix, Related, Severity, rule
from mldebt.syntax.flow_gates import (
    TABLE_ROOTS,
    may_judge,
    takes_statistic,
)
from mldebt.syntax.module import Module
from mldebt.syntax.views import Call
from mldebt.text import Edit, Span, newline_of, regex
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:  # few files need them: see flow_gates
    from mldebt.syntax.flow_rows import Split
    from mldebt.syntax.flow_statistics import Statistic


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    transductive_ok: bool = False
    """Say nothing about statistics of train and test files put together."""


WORDS = (
    "mean", "nanmean", "average", "median", "nanmedian", "quantile", "nanquantile", "percentile", "nanpercentile",
    "mode", "std", "nanstd", "var", "max", "nanmax", "amax", "sum", "qcut", "cut", "rank", "zscore", "boxcox",
    "yeojohnson", "value_counts", "corr",
)  # fmt: skip


@rule(severity=WARNING, options=Options, words=WORDS, imports=TABLE_ROOTS)
def check(module: Module, options: Options, config: Config) -> Iterator[Finding]:
    knowledge = config.knowledge
    if not takes_statistic(module) or not may_judge(module, knowledge):
        return
    from mldebt.rules.entanglement._judged import judge_of
    from mldebt.rules.entanglement._statistic_leaks import leaks, selections, target_encodings
    from mldebt.syntax.flow_rows import rows_of

    rows = rows_of(module, knowledge)
    groups: dict[tuple[Span, Severity, str], list[Statistic]] = {}
    parts: dict[Span, Split] = {}
    for statistic, split, severity, label in leaks(rows):
        if severity is INFORMATION and not label and options.transductive_ok:
            continue
        parts[split.call.span] = split
        groups.setdefault((split.call.span, severity, label), []).append(statistic)
    # The target's mean among the features is told by `target-leak`.
    by_group = any(statistic.group for group in groups.values() for statistic in group)
    encodings = target_encodings(rows) if by_group else ()
    seen: set[Span] = {statistic.call.span for statistic, _, _ in encodings}
    for (span, severity, label), group in groups.items():
        split = parts[span]
        spans: dict[Span, Statistic] = {}
        for statistic in group:
            spans.setdefault(statistic.call.span, statistic)
        if seen.issuperset(spans):
            continue
        seen.update(spans)
        related = [Related(span, "the rows are divided here")]
        use = judge_of(rows, split.test)
        if use is not None:
            related.append(Related(use.span, "the test part is used here"))
        first, *others = spans
        related += [Related(other, f"{described(spans[other])} too") for other in others]
        late = split.call.id < spans[first].call.id
        yield finding(spans[first], first, tuple(related), severity, late, label)
    if "corr(" in module.text:
        for selection, split in selections(rows):
            yield Finding(
                selection.call.span,
                f"Columns are chosen by their correlation with `{selection.target}` over all rows",
                "The test part's answers decide what the model is given, so the score is better than the model. "
                "Split first and choose on the train part, or put `SelectKBest` in a `Pipeline`.",
                (
                    Related(selection.used.span, "the columns are taken here"),
                    Related(split.call.span, "the rows are divided here"),
                ),
                data=("selection",),
            )


def finding(
    statistic: Statistic, span: Span, related: tuple[Related, ...], severity: Severity, late: bool, label: str
) -> Finding:
    what = described(statistic)
    what = what[0].upper() + what[1:]
    if label:
        message = f"{what} of all rows decides what `{label}` is"
        help = (
            "The test part's rows have a say in the train part's labels, and on other data the same row "
            "may get another label. Write the threshold down as a number, with where it comes from."
        )
    elif severity is INFORMATION:
        verb = "is taken" if not what.startswith("`") else "learns"
        message = f"{what} {verb} of train and test rows together"
        help = (
            "The validation score knows the test file's statistics. Compute it on the train rows only, "
            "or set `transductive_ok` if all rows are known beforehand."
        )
    else:
        message = f"{what} of all rows is put back into them"
        if what.startswith("`"):
            message = f"{what} learns from all rows"
        elif statistic.threshold:
            message = f"{what} of all rows is the threshold of a feature"
        message += ", the test part included" if late else " before the split"
        help = (
            "The test part's statistics reach training, so the score is better than the model. "
            "Split first, compute the number on the train part, and apply it to both parts."
        )
    return Finding(span, message, help, related, None if severity is WARNING else severity)


NAMES = {"nanmean": "mean", "average": "mean", "nanmedian": "median", "std": "deviation",
         "nanstd": "deviation", "var": "variance", "amax": "max", "amin": "min", "nanmax": "max", "max": "maximum",
         "nanmin": "min", "min": "minimum", "value_counts": "frequency", "nanquantile": "quantile"}  # fmt: skip


def described(statistic: Statistic) -> str:
    from mldebt.syntax.flow_statistics import BINNED

    if statistic.name in BINNED:
        return f"`{statistic.name}`"
    word = NAMES.get(statistic.name, statistic.name)
    return f"the group's {word}" if statistic.group else f"the {word}"


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    """The plain form only: fill one column of a frame, then split that frame, nothing between."""
    if finding.severity in (INFORMATION, HINT) or finding.data == ("selection",):
        return
    from mldebt.rules.entanglement._lines import planned

    yield planned("Split first, fill both parts with the train part's statistic", plain_form(module, finding))


FILL = regex(
    r"""(?P<frame>\w+)(?P<column>\[(?P<quote>["'])(?P<name>[^"'\\]+)(?P=quote)\]|\.(?P<attribute>\w+))[ ]*=[ ]*"""
    r"""(?P=frame)(?P=column)\.fillna\((?P=frame)(?P=column)\.(?P<what>mean|median)\(\)\)"""
)
"""`df["c"] = df["c"].fillna(df["c"].median())`."""
TARGETS = regex(r"\(?\s*(\w+(?:\s*,\s*\w+)+)\s*,?\s*\)?\s*=\s*$")


def plain_form(module: Module, finding: Finding) -> tuple[Edit, ...] | str:
    """The edits, or the reason why there are none."""
    from mldebt.rules.entanglement._lines import indent_of, leaves_block, line_stop, removed_line

    text = module.text
    statistic = call_at(module, finding.span)
    split = call_at(module, finding.related[0].span)
    if statistic is None or split is None:
        return "the split is not one call that can be moved"
    fill = FILL.fullmatch(text[statistic.statement.start : statistic.statement.end])
    if fill is None or len(finding.related) > 2:
        return "only one `df[c] = df[c].fillna(df[c].mean())` followed by the split of `df` can be rewritten"
    targets = TARGETS.fullmatch(text[split.statement.start : split.span.start])
    if targets is None or split.statement.end != split.span.end:
        return "the parts of the split do not go to plain names"
    parts = re.split(r"\s*,\s*", targets[1])
    inputs = [arg for arg in split.args if not arg.name]
    places = [place for place, arg in enumerate(inputs) if arg.chain == fill["frame"]]
    if len(places) != 1 or len(parts) != 2 * len(inputs):
        return f"`{fill['frame']}` itself is not split"
    indent = indent_of(text, statistic.statement.start)
    if indent is None or indent != indent_of(text, split.statement.start):
        return "the fill and the split are not beside each other"
    between = text[statistic.statement.end : split.statement.start]
    if split.statement.start < statistic.statement.end or leaves_block(between, indent):
        return "the fill and the split are not beside each other"
    frame = rf"\b{re.escape(fill['frame'])}\b"
    if re.search(frame, between) or re.search(frame, text[split.statement.end :]):
        return f"`{fill['frame']}` is used between the fill and the split, or after it"
    end = line_stop(text, split.statement.end)
    rest = text[split.statement.end : end].strip()
    if rest and not rest.startswith("#"):
        return "more statements stand on the line of the split"
    word = re.sub(r"\W+", "_", fill["name"] or fill["attribute"]).strip("_").lower()
    number = f"{word}_{fill['what']}"
    if not number.isidentifier() or re.search(rf"\b{number}\b", text):
        return f"the name `{number}` is not free"
    train, test = parts[2 * places[0]], parts[2 * places[0] + 1]
    column, line_end = fill["column"], newline_of(text)
    added = f"{line_end}{indent}{number} = {train}{column}.{fill['what']}()"
    for part in (train, test):
        added += f"{line_end}{indent}{part}{column} = {part}{column}.fillna({number})"
    return removed_line(text, statistic.statement), Edit(Span(end, end), added)


def call_at(module: Module, span: Span) -> Call | None:
    name = re.search(r"(\w+)\s*\($", module.text[span.start : span.end].partition("(")[0] + "(")
    candidates = module.calls("train_test_split", "mean", "median", *([name[1]] if name else []))
    return next((call for call in candidates if call.span == span), None)
