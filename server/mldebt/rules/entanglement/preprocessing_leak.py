"""A transformer is fitted on rows that are later used for testing.

## Why it is debt

Means, ranges, components, vocabularies and selected features are learned from
the data like any weight of the model. Learned from all rows they carry the test
part into training: the score is better than the model, and nobody notices before
production does.

## What to do

Split first. Fit on the train part, and only transform the test part. A
`Pipeline` given to the splitter, the search or `cross_val_score` does that
by construction.

Reported are transformers that learn statistics (scalers, imputers,
projections), that look at the target (selectors, target encoders) or that learn a
vocabulary. Encoders without fixed categories are reported as information: they
learn which categories exist. Label encoders, and objects that learn nothing
(`Normalizer`, hashing), are left alone. Fitting on train and test files
put together for a competition is reported as information;
`transductive_ok = true` silences it.

## When to leave it

The task has no unseen rows: clustering, or a table that will never grow.

## Fix safety

Unsafe: all numbers downstream change, because the leak was in them. The fix is
offered for the plain form only: `X = scaler.fit_transform(X)` followed by the
split of `X`, with no other use of `X`.

## Source

Yang et al. 2022, "Data leakage in notebooks"; scikit-learn, "Common pitfalls".
Row statistics used by hand (`fillna(df.mean())`) belong to `statistic-leak`;
transformers fitted before cross-validation to `cv-preprocessing-leak`.

## Examples

```python
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

scaler = StandardScaler()
X = scaler.fit_transform(X)  # want: before the split
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
```

```python fixed
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

scaler = StandardScaler()
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
X_train = scaler.fit_transform(X_train)
X_test = scaler.transform(X_test)
```

The same steps in the right order.

```python
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

scaler = StandardScaler()
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
X_train = scaler.fit_transform(X_train)
X_test = scaler.transform(X_test)
```

The fit may be after the split, or in another function.

```python
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import train_test_split

def features(texts):
    return TfidfVectorizer().fit_transform(texts)  # want: before the split

def main(df):
    X = features(df["text"])
    train, test = train_test_split(X, random_state=0)
    return train, test
```

The fit may follow the split and still see all rows; the split may be two slices.

```python
import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler

X_train, X_test = train_test_split(X, random_state=0)
imputer = SimpleImputer().fit(X)  # want: the test part included
X_train = imputer.transform(X_train)
X_test = imputer.transform(X_test)

scaled = MinMaxScaler().fit_transform(series)  # want: before the split
train, test = scaled[:800], scaled[800:]
model.fit(train)
model.predict(test)
```

A train part that is split again, for validation, after the fit: the test part is untouched, so it is a
hint (a warning where the target was looked at).

```python
from sklearn.feature_selection import SelectKBest
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)  # want: before the train part is split again
X_test = scaler.transform(X_test)
X_fit, X_val, y_fit, y_val = train_test_split(X_train, y_train, random_state=0)
best = SelectKBest(k=5).fit(X_fit, y_fit)
model.fit(best.transform(X_fit), y_fit)
model.score(best.transform(X_val), y_val)
```

Encoders without fixed categories, and train and test files put together.

```python
import pandas as pd
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import LabelEncoder, OneHotEncoder

X = OneHotEncoder().fit_transform(X)  # want: learns its categories from all rows
y = LabelEncoder().fit_transform(y)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)

train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
both = pd.concat([train, test])
words = CountVectorizer().fit_transform(both["text"])  # want: on train and test rows together
model.fit(words[: len(train)])
model.predict(words[len(train) :])
```

A model is no transformer, and a scaler inside a pipeline is fitted with it.

```python
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

LogisticRegression().fit(X, y)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = make_pipeline(StandardScaler(), LogisticRegression())
model.fit(X_train, y_train)
model.score(X_test, y_test)
```

What is fitted on all rows only to be drawn, on other rows, or on the train part by a
helper that both parts go through.

```python
from sklearn.decomposition import PCA
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

def scaled(rows, scaler=None):
    if scaler is None:
        scaler = StandardScaler()
        return scaler.fit_transform(rows), scaler
    return scaler.transform(rows), scaler

draw(PCA(2).fit_transform(X))
others = StandardScaler().fit_transform(load("others.csv"))
X_train, X_test = train_test_split(X, random_state=0)
X_train, scaler = scaled(X_train)
X_test, _ = scaled(X_test, scaler)
model.fit(X_train)
model.score(X_test)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.knowledge import FIT_METHODS
from mldebt.knowledge.preprocessing import FUNCTIONS
from mldebt.plain import dataclass
from mldebt.rule import ERROR, HINT, INFORMATION, WARNING, Finding, Fix, Related, Severity, rule
from mldebt.syntax.flow_gates import may_fit, may_judge
from mldebt.syntax.module import Module
from mldebt.syntax.views import Call
from mldebt.text import Edit, Span, newline_of, regex
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:  # few files need them: see flow_gates
    from mldebt.rules.entanglement._fit_leaks import Leak


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    transductive_ok: bool = False
    """Say nothing about transformers fitted on train and test files put together."""
    extra_transformers: frozenset[str] = frozenset()
    """Further classes, by qualified name, that learn statistics from the rows they are fitted on."""


FITTING = (*FIT_METHODS, *(name.rpartition(".")[2] for name in FUNCTIONS))


@rule(severity=ERROR, options=Options, words=FITTING)
def check(module: Module, options: Options, config: Config) -> Iterator[Finding]:
    knowledge = config.knowledge
    if options.extra_transformers:
        more = dict.fromkeys(options.extra_transformers, "unsupervised")
        knowledge = knowledge._replace(transformers={**knowledge.transformers, **more})
    if not may_fit(module, knowledge) or not may_judge(module, knowledge):
        return
    from mldebt.rules.entanglement._fit_leaks import leaks, nested
    from mldebt.rules.entanglement._judged import judge_of
    from mldebt.syntax.flow_rows import rows_of

    rows = rows_of(module, knowledge)
    groups: dict[tuple[Span, str, Severity], list[Leak]] = {}
    for leak in leaks(rows):
        if leak.severity is INFORMATION and leak.fit.kind != "encoder" and options.transductive_ok:
            continue
        key = (leak.split.call.span, leak.fit.owner, leak.severity)
        groups.setdefault(key, []).append(leak)
    for leak in nested(rows):
        groups.setdefault((leak.split.call.span, leak.fit.owner, leak.severity), []).append(leak)
    seen: set[Span] = set()
    for group in groups.values():
        spans = dict.fromkeys(leak.fit.call.span for leak in group)
        if seen.issuperset(spans):
            continue
        seen.update(spans)
        first, *others = spans
        leak = group[0]
        related = [Related(leak.split.call.span, "the rows are divided here")]
        use = judge_of(rows, leak.split.test)
        if use is not None:
            related.append(Related(use.span, "the test part is used here"))
        related += [Related(span, f"another `{leak.fit.owner}` of the same kind") for span in others]
        yield finding(leak, first, tuple(related))


def finding(leak: Leak, span: Span, related: tuple[Related, ...]) -> Finding:
    owner = leak.fit.owner
    if leak.fit.kind == "encoder":
        message = f"`{owner}` learns its categories from all rows, before the split"
        help = (
            "It may know categories that only the test part has. Give it `categories=` or `handle_unknown=`."
        )
    elif leak.severity in (WARNING, HINT):
        message = f"`{owner}` is fitted before the train part is split again"
        help = (
            "What is chosen on the validation part was chosen by rows the fit has seen; the test part is "
            "not touched. Split again first, or put both steps in a Pipeline."
        )
    elif leak.severity is INFORMATION:
        message = f"`{owner}` is fitted on train and test rows together"
        help = (
            "The validation score knows the test file's statistics. Fit on the train rows only, "
            "or set `transductive_ok` if all rows are known beforehand."
        )
    else:
        message = f"`{owner}` is fitted on all rows before the split"
        if leak.split.call.id < leak.fit.call.id:
            message = f"`{owner}` is fitted on all rows, the test part included"
        what = {"vocabulary": "vocabulary", "supervised": "target"}.get(leak.fit.kind, "statistics")
        help = (
            f"Training sees the test part's {what}, so the score is better than the model. "
            "Split first, fit on the train part, transform the test part; or put both steps in a Pipeline."
        )
    return Finding(span, message, help, related, None if leak.severity is ERROR else leak.severity)


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    """The plain form only: assign what is fitted, then split that name, nothing between."""
    if finding.severity is not None and finding.severity < ERROR:
        return
    from mldebt.rules.entanglement._lines import planned

    yield planned("Split first, fit on the train part", plain_form(module, finding))


ASSIGNED = regex(r"(\w+)\s*=\s*$")
TARGETS = regex(r"\(?\s*(\w+(?:\s*,\s*\w+)+)\s*,?\s*\)?\s*=\s*$")


def plain_form(module: Module, finding: Finding) -> tuple[Edit, ...] | str:
    """The edits, or the reason why there are none."""
    from mldebt.rules.entanglement._lines import indent_of, leaves_block, line_stop, removed_line

    text = module.text
    fit = call_at(module, finding.span)
    split = call_at(module, finding.related[0].span)
    if fit is None or split is None or fit.name != "fit_transform" or len(finding.related) > 3:
        return "only `X = scaler.fit_transform(X)` followed by the split of `X` can be rewritten"
    assigned = ASSIGNED.fullmatch(text[fit.statement.start : fit.span.start])
    targets = TARGETS.fullmatch(text[split.statement.start : split.span.start])
    if assigned is None or fit.statement.end != fit.span.end:
        return "the result of `fit_transform` does not go to a plain name"
    if targets is None or split.statement.end != split.span.end:
        return "the parts of the split do not go to plain names"
    parts = re.split(r"\s*,\s*", targets[1])
    inputs = [arg for arg in split.args if not arg.name]
    name, source = assigned[1], fit.args[0].chain if fit.args else ""
    places = [place for place, arg in enumerate(inputs) if arg.chain == name]
    if len(places) != 1 or len(parts) != 2 * len(inputs) or not source.isidentifier():
        return f"`{name}` is not split just as it was fitted"
    if not fit.receiver.isidentifier():
        return "the transformer has no name to transform the test part with"
    indent = indent_of(text, fit.statement.start)
    if indent is None or indent != indent_of(text, split.statement.start):
        return "the fit and the split are not beside each other"
    between = text[fit.statement.end : split.statement.start]
    if split.statement.start < fit.statement.end or leaves_block(between, indent):
        return "the fit and the split are not beside each other"
    words = rf"\b(?:{re.escape(name)}|{re.escape(source)}|{re.escape(fit.receiver)})\b"
    if re.search(words, between):
        return f"`{name}` or `{fit.receiver}` is used between the fit and the split"
    if re.search(rf"\b{re.escape(name)}\b", text[split.statement.end :]):
        return f"`{name}` is used again after the split"
    others = {arg.chain: place for place, arg in enumerate(inputs)}
    more = []
    for arg in fit.args[1:]:
        if arg.chain not in others:
            return "`fit_transform` takes more than the rows"
        more.append(parts[2 * others[arg.chain]])
    train, test = parts[2 * places[0]], parts[2 * places[0] + 1]
    line_end = newline_of(text)
    fitted = ", ".join([train, *more])
    added = (
        f"{line_end}{indent}{train} = {fit.receiver}.fit_transform({fitted})"
        f"{line_end}{indent}{test} = {fit.receiver}.transform({test})"
    )
    end = line_stop(text, split.statement.end)
    if text[split.statement.end : end].strip() and text[split.statement.end : end].lstrip()[0] != "#":
        return "more statements stand on the line of the split"
    edits = [removed_line(text, fit.statement)]
    if source != name:
        edits.append(Edit(inputs[places[0]].span, source))
    edits.append(Edit(Span(end, end), added))
    return tuple(edits)


def call_at(module: Module, span: Span) -> Call | None:
    name = re.search(r"(\w+)\s*\($", module.text[span.start : span.end].partition("(")[0] + "(")
    candidates = module.calls("fit_transform", *([name[1]] if name else []))
    return next((call for call in candidates if call.span == span), None)
