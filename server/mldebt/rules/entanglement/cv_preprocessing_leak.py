"""A transformer is fitted on all rows that then go through the folds of a cross-validation.

## Why it is debt

Each fold is judged with what was learned from its own rows: the columns a selector
kept because of the very target it should predict, the mean of a scaler. With a selector or a
target encoder the score can be good on pure noise; with a scaler the difference is
small, but the number is no longer an honest one.

## What to do

Put the transformer and the model in a `Pipeline`, and give the pipeline to
`cross_val_score`, to the search or to the loop over folds: it is then fitted anew
on the train part of each fold.

## How sure

What looks at the target (selectors, target encoders) is a warning. What learns
only from the features is a hint, because the experts do not agree how much it matters. A fit that also
reaches a train/test split is reported there, by `preprocessing-leak`, not twice.

## When to leave it

The transformer was chosen before, on other rows.

## Source

scikit-learn, "Common pitfalls and recommended practices"; Ambroise and McLachlan 2002 on selection
bias in cross-validation.

## Examples

```python
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score

X_best = SelectKBest(k=10).fit_transform(X, y)  # want: before the folds
scores = cross_val_score(LogisticRegression(), X_best, y)
```

```python
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline

model = make_pipeline(SelectKBest(k=10), LogisticRegression())
scores = cross_val_score(model, X, y)
```

Scaled before a search; scaled inside the loop.

```python
from sklearn.model_selection import GridSearchCV, KFold
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

scaled = StandardScaler().fit_transform(X)  # want: before the folds
search = GridSearchCV(SVC(), grid).fit(scaled, y)

for train, test in KFold(5).split(X):
    scaler = StandardScaler().fit(X[train])
    model.fit(scaler.transform(X[train]), y[train])
    model.score(scaler.transform(X[test]), y[test])
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mldebt.config import Config
from mldebt.knowledge import FIT_METHODS
from mldebt.rule import HINT, WARNING, Finding, Related, rule
from mldebt.syntax.flow_gates import fits_transformer, may_fold
from mldebt.syntax.module import Module
from mldebt.text import Span

if TYPE_CHECKING:  # few files need them: see flow_gates
    from mldebt.syntax.flow_fits import Fit
    from mldebt.syntax.flow_folds import Validation
    from mldebt.syntax.flow_rows import Rows


@rule(severity=WARNING, words=FIT_METHODS, tables=("cross_validators", "splitters"))
def check(module: Module, config: Config) -> Iterator[Finding]:
    if not may_fold(module, config.knowledge) or not fits_transformer(module, config.knowledge):
        return
    from mldebt.syntax.flow_rows import rows_of

    rows = rows_of(module, config.knowledge)
    groups: dict[tuple[str, Span, bool], list[Fit]] = {}
    for fit, validation in leaks(rows):
        key = (fit.owner, validation.call.span, fit.kind == "supervised")
        groups.setdefault(key, []).append(fit)
    seen: set[Span] = set()
    for (owner, folds, supervised), fits in groups.items():
        first, *others = dict.fromkeys(fit.call.span for fit in fits)
        if first in seen:
            continue
        seen.update((first, *others))
        related = [Related(folds, "the folds are made here")]
        related += [Related(span, f"another `{owner}` of the same kind") for span in others]
        what = "target" if supervised else "statistics"
        yield Finding(
            first,
            f"`{owner}` is fitted before the folds are made",
            f"Each fold's {what} is known to what it is judged with. Put `{owner}` and the model in a "
            "`Pipeline`, and give that to the folds.",
            tuple(related),
            None if supervised else HINT,
        )


def leaks(rows: Rows) -> Iterator[tuple[Fit, Validation]]:
    """Each fit that saw every fold, with the first folds that get what it learned."""
    from mldebt.rules.entanglement._fit_leaks import leaks as before_split
    from mldebt.syntax.flow_fits import fits_of, uses
    from mldebt.syntax.flow_folds import validations_of

    fits = [fit for fit in fits_of(rows.flow, rows.knowledge) if fit.kind not in ("encoder", "vocabulary")]
    if not fits:
        return
    reported = {leak.fit.call.id for leak in before_split(rows)}
    validations = sorted(
        (found for found in validations_of(rows) if found.kind != "curve" and found.rows),
        key=lambda found: found.call.id,
    )
    for fit in fits:
        if fit.call.id in reported:
            continue
        held = rows.exact(fit.rows)
        used = {value.id for value in uses(rows.flow, fit)}
        for found in validations:
            if found.call.id > fit.call.id and not used.isdisjoint(rows.made_of(found.rows)):
                if not held.isdisjoint(rows.together(found.rows)):
                    yield fit, found
                    break
