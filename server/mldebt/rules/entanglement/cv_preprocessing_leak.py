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

## Fix safety

Unsafe: the score will change, because the leak was in it. Offered for the plain form only: what
`fit_transform` gives goes to `cross_val_score` (or `cross_validate`, `cross_val_predict`), and nothing else
uses it.

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

```python fixed
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline

scores = cross_val_score(make_pipeline(SelectKBest(k=10), LogisticRegression()), X, y)
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

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.knowledge import FIT_METHODS
from mldebt.rule import HINT, WARNING, Finding, Fix, Related, rule
from mldebt.syntax.flow_gates import fits_transformer, may_fold
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, regex
from mldebt.typed import TYPE_CHECKING

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


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    """The plain form only: assign what is fitted, then give that name to the folds, and nothing else."""
    from mldebt.rules.entanglement._lines import planned

    yield planned("Fit it anew in each fold, in a pipeline with the model", plain_form(module, finding))


SCORERS = ("cross_val_score", "cross_validate", "cross_val_predict")
"""Functions of a model, rows and a target, in this order."""
ASSIGNED = regex(r"(\w+)\s*=\s*$")
TO_THE_MODEL = ("fit_params", "params", "*", "**")
"""Arguments that a pipeline would have to pass on under other names."""


def plain_form(module: Module, finding: Finding) -> tuple[Edit, ...] | str:
    """The edits, or the reason why there are none."""
    from mldebt.fixes.imports import bound_name, import_edit
    from mldebt.rules.entanglement._lines import indent_of, leaves_block, removed_line

    text = module.text
    fit = next((call for call in module.calls("fit_transform") if call.span == finding.span), None)
    folds = next((call for call in module.calls(*SCORERS) if call.span == finding.related[0].span), None)
    if fit is None or folds is None or len(finding.related) > 1 or len(folds.args) < 3:
        return (
            "only `Z = scaler.fit_transform(X)` followed by `cross_val_score(model, Z, y)` can be rewritten"
        )
    model, rows, y = (folds.arg(word, place) for place, word in enumerate(("estimator", "X", "y")))
    assigned = ASSIGNED.fullmatch(text[fit.statement.start : fit.span.start])
    if assigned is None or fit.statement.end != fit.span.end or fit.scope != folds.scope:
        return "the result of `fit_transform` does not go to a plain name"
    name = assigned[1]
    if (
        model is None
        or rows is None
        or y is None
        or rows.chain != name
        or not fit.args
        or not fit.args[0].chain
    ):
        return f"`{name}` is not given to the folds just as it was fitted"
    source = text[fit.args[0].span.start : fit.args[0].span.end]
    if any(arg.name in TO_THE_MODEL for arg in folds.args):
        return "the folds pass more to the model's fit, which a pipeline names otherwise"
    if any(arg.name or arg.chain != y.chain or not y.chain for arg in fit.args[1:]):
        return "`fit_transform` takes more than the rows"
    indent = indent_of(text, fit.statement.start)
    between = text[fit.statement.end : folds.statement.start]
    if indent is None or indent != indent_of(text, folds.statement.start):
        return "the fit and the folds are not beside each other"
    if folds.statement.start < fit.statement.end or leaves_block(between, indent):
        return "the fit and the folds are not beside each other"
    root = fit.args[0].chain.partition(".")[0]
    if not root.isidentifier() or re.search(rf"\b(?:{re.escape(name)}|{root})\b", between):
        return f"`{name}` or `{source}` is used between the fit and the folds"
    own = text[folds.span.start : rows.span.start] + text[rows.span.end :]
    if re.search(rf"\b{re.escape(name)}\b", own):
        return f"`{name}` is used for more than these folds"
    step = text[fit.func.start : fit.func.end].removesuffix("fit_transform").rstrip(" .")
    if step.isidentifier() and re.search(rf"\b{step}\b", text[fit.statement.end :]):
        return f"`{step}` is used again, and would not be fitted"
    if not step.isidentifier() and not step.endswith(")"):
        return "the transformer is not made in a plain way"
    make = bound_name(module, "sklearn.pipeline", "make_pipeline")
    edits = [
        removed_line(text, fit.statement),
        Edit(model.span, f"{make}({step}, {text[model.span.start : model.span.end]})"),
        Edit(rows.span, source),
    ]
    added = import_edit(module, "sklearn.pipeline", "make_pipeline")
    return tuple([*edits, added] if added is not None else edits)
