"""Rows are duplicated or made up before the split.

## Why it is debt

A row drawn twice, or a synthetic neighbour of a row, may stand on both sides of the
split. The model is then tested on what it has learned by heart. And a test part that was
balanced no longer looks like the world the model will meet.

## What to do

Split first, and resample the train part only. imblearn's `Pipeline` does that in
every fold of a cross-validation.

Reported are imblearn's samplers, `sklearn.utils.resample`, `sample(replace=True)`
and a frame put together with a part of itself, when a later split divides the result, or
when it is judged by cross-validation alone. Taking rows away (undersampling) duplicates
nothing: it is reported as information, because the test part is balanced with the rest. So is
resampling the train part before it is divided once more, for a search or for validation.

## When to leave it

The rows are independent draws by design, as in a bootstrap of a statistic.

## Fix safety

Unsafe: the scores will change. Offered when `X, y = sampler.fit_resample(X, y)` is followed
by the split of `X` and `y` with no other use between.

## Examples

```python
from imblearn.over_sampling import SMOTE
from sklearn.model_selection import train_test_split

smote = SMOTE(random_state=0)
X, y = smote.fit_resample(X, y)  # want: before the split
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
```

```python fixed
from imblearn.over_sampling import SMOTE
from sklearn.model_selection import train_test_split

smote = SMOTE(random_state=0)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
X_train, y_train = smote.fit_resample(X_train, y_train)
```

On the train part, or inside a pipeline.

```python
from imblearn.over_sampling import SMOTE
from imblearn.pipeline import make_pipeline
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score, train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
X_more, y_more = SMOTE(random_state=0).fit_resample(X_train, y_train)
model = LogisticRegression().fit(X_more, y_more)
model.score(X_test, y_test)
cross_val_score(make_pipeline(SMOTE(random_state=0), LogisticRegression()), X, y)
```

By hand: rows drawn with replacement, or a part put to the whole.

```python
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.utils import resample

df = pd.read_csv("claims.csv")
rare, common = df[df["fraud"] == 1], df[df["fraud"] == 0]
rare = resample(rare, n_samples=len(common), random_state=0)  # want: before the split
balanced = pd.concat([rare, common])
train, test = train_test_split(balanced, random_state=0)

late = pd.read_csv("late.csv")
late = pd.concat([late, late[late["y"] == 1]])  # want: duplicates rows
train, test = train_test_split(late, random_state=0)
```

Fewer rows, and the folds of a search.

```python
from imblearn.over_sampling import SMOTE
from imblearn.under_sampling import RandomUnderSampler
from sklearn.model_selection import GridSearchCV, train_test_split

X_less, y_less = RandomUnderSampler(random_state=0).fit_resample(X, y)  # want: balances the test part
X_train, X_test, y_train, y_test = train_test_split(X_less, y_less, random_state=0)

X_train, y_train = SMOTE(random_state=0).fit_resample(X_train, y_train)  # want: folds
search = GridSearchCV(model, grid).fit(X_train, y_train)
search.score(X_test, y_test)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import ERROR, INFORMATION, Finding, Fix, Related, Severity, rule
from mldebt.syntax.flow_gates import may_resample
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, newline_of, regex
from mldebt.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # few files need them: see flow_gates
    from mldebt.syntax.flow_rows import Rows
    from mldebt.syntax.flow_values import Ids, Value


class Resampling(NamedTuple):
    call: Value
    owner: str
    """What resamples, as the user knows it."""
    kind: str
    """over, under, both, bootstrap or copies."""
    rows: Ids


@rule(severity=ERROR, words=("resample", "fit_resample", "fit_sample", "replace", "concat", "imblearn"))
def check(module: Module, config: Config) -> Iterator[Finding]:
    if not may_resample(module, config.knowledge):
        return
    from mldebt.syntax.flow_rows import rows_of

    rows = rows_of(module, config.knowledge)
    found = list(resamplings(rows))
    if not found:
        return
    from mldebt.rules.entanglement._judged import judge_of
    from mldebt.syntax.flow_folds import validations_of

    splits = [split for split in rows.splits if split.kind != "folds"]
    folds: list[Value] | None = None
    seen: set[Span] = set()
    for one in found:
        if one.call.span in seen:
            continue
        result = parts_of(rows, one.call)
        split = next(
            (
                split
                for split in splits
                if split.call.id > one.call.id and not result.isdisjoint(rows.together(split.inputs))
            ),
            None,
        )
        if split is not None and not (split.kind == "slices" and judge_of(rows, split.test) is None):
            seen.add(one.call.span)
            related = [Related(split.call.span, "the rows are divided here")]
            use = judge_of(rows, split.test)
            if use is not None:
                related.append(Related(use.span, "the test part is used here"))
            yield finding(one, tuple(related), INFORMATION if rows.side(one.rows) else None)
            continue
        if one.kind == "under":
            continue
        if folds is None:
            folds = [v.call for v in validations_of(rows) if v.kind != "curve"]
        for call in folds:
            ids = next(v.rows for v in validations_of(rows) if v.call is call)
            if call.id > one.call.id and not result.isdisjoint(rows.together(ids)):
                seen.add(one.call.span)
                yield across_folds(rows, one, call)
                break


def finding(one: Resampling, related: tuple[Related, ...], mild: Severity | None) -> Finding:
    if one.kind == "under":
        return Finding(
            one.call.span,
            f"`{one.owner}` balances the test part too, before the split",
            "The score is of rows as frequent as nowhere in the world. Split first, resample the train part.",
            related,
            INFORMATION,
        )
    what = "duplicates rows" if one.kind in ("bootstrap", "copies") else "adds rows"
    return Finding(
        one.call.span,
        f"`{one.owner}` {what} before the split",
        "Copies or neighbours of one row may stand on both sides, so the model is tested on what it has "
        "seen. Split first, resample the train part only.",
        related,
        mild,
    )


def across_folds(rows: Rows, one: Resampling, call: Value) -> Finding:
    mild: Severity | None = INFORMATION if rows.side(one.rows) else None
    return Finding(
        one.call.span,
        f"`{one.owner}` adds rows before the folds are made",
        "Copies or neighbours of one row may stand in several folds, so each fold is judged on what the others "
        "have seen. Put the sampler and the model in an imblearn `Pipeline`, and give that to the folds.",
        (Related(call.span, "the folds are made here"),),
        mild,
    )


def resamplings(rows: Rows) -> Iterator[Resampling]:
    """Calls that draw, make up or copy rows."""
    flow, knowledge = rows.flow, rows.knowledge
    for call in flow.calls("fit_resample", "fit_sample", "fit_transform"):
        for receiver in flow.all(call.slots.get("self", ())):
            kind = knowledge.get(knowledge.resamplers, receiver.type) if receiver.type else None
            if kind is not None:
                owner = receiver.type.removesuffix("()").rpartition(".")[2]
                yield Resampling(call, owner, kind, flow.arg(call, 0, "X"))
                break
    for call in flow.calls("resample", "smoter"):
        if call.target and (kind := knowledge.get(knowledge.resamplers, call.target)) is not None:
            if flow.literal(call.slots.get("replace", frozenset())) is False:
                kind = "under"
            yield Resampling(call, call.name, kind, flow.arg(call, 0, "data"))
    for call in flow.calls("sample"):
        receivers = call.slots.get("self", frozenset())
        if receivers and flow.literal(call.slots.get("replace", frozenset())) is True:
            yield Resampling(call, "sample", "bootstrap", receivers)
    for call in flow.calls("concat", "append", "vstack", "concatenate"):
        members = [parent for parent, relation in rows.parents(call.id) if relation == "more"]
        if (
            not 1 < len(members) < 9
            or call.id in members
            or call.target.partition(".")[0] not in ("pandas", "numpy")
        ):
            continue
        elements = [
            ids
            for pack in flow.all(call.slots.get("0", frozenset()))
            if pack.kind == "pack"
            for ids in pack.slots.values()
        ]
        for member in members:
            # A part of another member, and neither that member itself nor what one name is at another time.
            wider = rows.known({member}) - rows.same({member})
            for ids in elements:
                if member in ids:
                    wider -= ids
            if any(other in wider for other in members):
                yield Resampling(call, call.name, "copies", frozenset(members))
                break


def parts_of(rows: Rows, call: Value) -> set[int]:
    """The call and what is unpacked from it."""
    return {call.id, *(user.id for user in rows.flow.users(call.id) if user.kind in ("element", "index"))}


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    """The plain form only: assign what is resampled, then split those names, nothing between."""
    if finding.severity is INFORMATION:
        return
    from mldebt.rules.entanglement._lines import planned

    yield planned("Split first, resample the train part", plain_form(module, finding))


PAIR = regex(r"\(?\s*(\w+)\s*,\s*(\w+)\s*\)?\s*=\s*$")
FOUR = regex(r"\(?\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+)\s*,?\s*\)?\s*=\s*$")


def plain_form(module: Module, finding: Finding) -> tuple[Edit, ...] | str:
    """The edits, or the reason why there are none."""
    from mldebt.rules.entanglement._lines import indent_of, leaves_block, line_stop, removed_line

    text = module.text
    drawn = next((c for c in module.calls("fit_resample", "fit_sample") if c.span == finding.span), None)
    split = next((c for c in module.calls("train_test_split") if c.span == finding.related[0].span), None)
    if drawn is None or split is None:
        return "only `X, y = sampler.fit_resample(X, y)` followed by `train_test_split` can be rewritten"
    pair = PAIR.fullmatch(text[drawn.statement.start : drawn.span.start])
    four = FOUR.fullmatch(text[split.statement.start : split.span.start])
    given = [arg.chain for arg in drawn.args]
    inputs = [arg for arg in split.args if not arg.name]
    if pair is None or four is None or len(given) != 2 or len(inputs) != 2:
        return "the parts do not go to plain names"
    if drawn.statement.end != drawn.span.end or split.statement.end != split.span.end:
        return "the parts do not go to plain names"
    if [arg.chain for arg in inputs] != [pair[1], pair[2]] or not all(name.isidentifier() for name in given):
        return "what is split is not just what was resampled"
    indent = indent_of(text, drawn.statement.start)
    if indent is None or indent != indent_of(text, split.statement.start):
        return "the sampler and the split are not beside each other"
    between = text[drawn.statement.end : split.statement.start]
    if split.statement.start < drawn.statement.end or leaves_block(between, indent):
        return "the sampler and the split are not beside each other"
    words = "|".join(re.escape(name) for name in {pair[1], pair[2], *given})
    if re.search(rf"\b(?:{words})\b", between):
        return "the rows are used between the sampler and the split"
    if re.search(rf"\b(?:{re.escape(pair[1])}|{re.escape(pair[2])})\b", text[split.statement.end :]):
        return f"`{pair[1]}` or `{pair[2]}` is used again after the split"
    end = line_stop(text, split.statement.end)
    rest = text[split.statement.end : end].strip()
    if rest and not rest.startswith("#"):
        return "more statements stand on the line of the split"
    train, target = four[1], four[3]
    callee = text[drawn.func.start : drawn.func.end]
    added = f"{newline_of(text)}{indent}{train}, {target} = {callee}({train}, {target})"
    edits = [removed_line(text, drawn.statement)]
    edits += [Edit(arg.span, name) for arg, name in zip(inputs, given, strict=True) if arg.chain != name]
    edits.append(Edit(Span(end, end), added))
    return tuple(edits)
