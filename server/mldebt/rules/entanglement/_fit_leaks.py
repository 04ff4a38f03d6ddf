"""Fits of transformers that saw a test part: what two rules ask. Imported after their cheap gates."""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.knowledge import TRANSFORM_METHODS
from mldebt.rule import ERROR, HINT, INFORMATION, WARNING, Severity
from mldebt.rules.entanglement._judged import is_evaluation, is_one_file, is_transductive
from mldebt.syntax.flow_fits import Fit, fits_of, uses
from mldebt.syntax.flow_rows import Rows, Split
from mldebt.typed import NamedTuple


class Leak(NamedTuple):
    fit: Fit
    split: Split
    severity: Severity


def leaks(rows: Rows) -> Iterator[Leak]:
    """Each fit whose rows include a test part that what it learned reaches, with the first such split."""
    flow = rows.flow
    found = list(fits_of(flow, rows.knowledge))
    if not found:
        return
    splits = [(split, rows.wide(split.inputs)) for split in rows.splits if split.kind != "folds"]
    for fit in found:
        held = rows.exact(fit.rows)
        if rows.side(fit.rows):
            continue
        for split, reach in splits:
            joined = not held.isdisjoint(split.train) and not held.isdisjoint(split.test)
            if (held.isdisjoint(reach) and not joined) or not reaches(rows, fit, split):
                continue
            if is_evaluation(rows, split) and not is_one_file(rows, fit.rows, split):
                yield Leak(fit, split, severity_of(rows, fit, split, joined))
                break


def nested(rows: Rows) -> Iterator[Leak]:
    """Each fit on a train part that is split again, the validation part included; the test part is untouched.

    What looks at the target is a warning, as it is before folds; what does not is a hint. A part that
    only watches a fit (`validation_split=`) is not asked for.
    """
    fits = [fit for fit in fits_of(rows.flow, rows.knowledge) if fit.kind not in ("encoder", "vocabulary")]
    fits = [fit for fit in fits if rows.side(fit.rows) == "train"]
    splits = [split for split in rows.splits if split.kind in ("pairs", "parts", "dict")]
    if not fits or len(splits) < 2:
        return
    for fit in fits:
        held = rows.exact(fit.rows)
        for split in splits:
            if split.call.id < fit.call.id or not held.isdisjoint(split.train | split.test):
                continue
            if not held.isdisjoint(rows.together(split.inputs)) and reaches(rows, fit, split):
                yield Leak(fit, split, WARNING if fit.kind == "supervised" else HINT)
                break


def reaches(rows: Rows, fit: Fit, split: Split) -> bool:
    """Whether what the fit learned flows into what is split, or transforms the test part."""
    flow = rows.flow
    made_of = rows.made_of(split.inputs)
    for value in uses(flow, fit):
        if value.id in made_of:
            return True
        if value is fit.call or value.name not in TRANSFORM_METHODS:
            continue
        if not split.test.isdisjoint(rows.wide(flow.arg(value, 0, "X", "texts"))):
            return True
    return False


def severity_of(rows: Rows, fit: Fit, split: Split, joined: bool) -> Severity:
    """`joined` says that the rows hold both parts of the split; unless it cut them by place, they were put together again."""
    rejoined = joined and split.kind != "slices"
    if fit.kind == "encoder" or (not rejoined and is_transductive(rows, fit.rows, split)):
        return INFORMATION
    return ERROR
