"""Statistics that saw a test part: what two rules ask. Imported after their cheap gates."""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.rule import INFORMATION, WARNING, Severity
from mldebt.rules.entanglement._judged import is_evaluation, is_one_file, is_transductive
from mldebt.syntax.flow_rows import Rows, Split
from mldebt.syntax.flow_statistics import Statistic, statistics_of
from mldebt.syntax.flow_values import NONE, Ids

NOT_MADE_OF = frozenset({"func", "state", "key"})
"""Slots that do not make a value; rows that are only chosen by a statistic (outliers removed) are left alone."""


def leaks(rows: Rows) -> Iterator[tuple[Statistic, Split, Severity]]:
    """Each statistic whose rows include a test part that it reaches, with the first such split."""
    splits = [(split, rows.together(split.inputs)) for split in rows.splits if split.kind != "folds"]
    if not splits:
        return
    for statistic in statistics_of(rows):
        if rows.side(statistic.rows):
            continue
        held = rows.exact(statistic.rows)
        for split, reach in splits:
            joined = not held.isdisjoint(split.train) and not held.isdisjoint(split.test)
            if (held.isdisjoint(reach) and not joined) or not reaches(rows, statistic, split):
                continue
            if is_evaluation(rows, split) and not is_one_file(rows, statistic.rows, split):
                rejoined = joined and split.kind != "slices"
                transductive = not rejoined and is_transductive(rows, statistic.rows, split)
                yield statistic, split, INFORMATION if transductive else WARNING
                break


def reaches(rows: Rows, statistic: Statistic, split: Split) -> bool:
    """Whether a statistic is in what is split, or is put into the test part afterwards."""
    made_of = rows.flow.back(split.inputs, NOT_MADE_OF)
    for value in statistic.used:
        if value.id in made_of:
            return True
        if value.id > split.call.id and not split.test.isdisjoint(rows.known({value.id})):
            return True
    return False


def target_encodings(rows: Rows) -> Iterator[tuple[Statistic, Split, str]]:
    """Group statistics of the target that reach the features of a split, with the target's name; one a split."""
    from mldebt.syntax.flow_columns import column_of

    flow = rows.flow
    seen: set[int] = set()
    for statistic, split, _ in leaks(rows):
        if not statistic.group or split.kind != "pairs" or split.call.id in seen:
            continue
        X, y = split.call.slots.get("0", NONE), split.call.slots.get("1", NONE)
        target = column_of(rows, y)
        if target is None or not any(used.id in flow.back(X) for used in statistic.used):
            continue
        if target.name in _columns(rows, statistic.call.slots.get("self", NONE)):
            seen.add(split.call.id)
            yield statistic, split, target.name


def _columns(rows: Rows, ids: Ids) -> set[object]:
    flow = rows.flow
    found: set[object] = set()
    for value in flow.all(ids):
        found.add(value.detail if value.kind == "attr" else flow.literal(value.slots.get("key", NONE)))
    return found
