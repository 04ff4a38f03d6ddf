"""Statistics that saw a test part: what two rules ask. Imported after their cheap gates."""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.knowledge.kinds import words
from mldebt.rule import HINT, INFORMATION, WARNING, Severity
from mldebt.rules.entanglement._judged import is_evaluation, is_one_file, is_transductive
from mldebt.syntax.flow_parents import role_of_name
from mldebt.syntax.flow_rows import Rows, Split
from mldebt.syntax.flow_statistics import Statistic, statistics_of
from mldebt.syntax.flow_values import NONE, Ids, Value
from mldebt.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mldebt.syntax.flow_selection import Selection

NOT_MADE_OF = frozenset({"func", "state", "key"})
"""Slots that do not make a value; rows that are only chosen by a statistic (outliers removed) are left alone."""


class Leak(NamedTuple):
    statistic: Statistic
    split: Split
    severity: Severity
    label: str = ""
    """The column, if the statistic only decides what the target is."""


def leaks(rows: Rows) -> Iterator[Leak]:
    """Each statistic whose rows include a test part that it reaches, with the first such split."""
    splits = [(split, rows.together(split.inputs)) for split in rows.splits if split.kind != "folds"]
    if not splits:
        return

    def matters(held: set[int]) -> bool:
        return any(
            not held.isdisjoint(reach) or not (held.isdisjoint(split.train) or held.isdisjoint(split.test))
            for split, reach in splits
        )

    for statistic in statistics_of(rows, matters):
        if rows.side(statistic.rows):
            continue
        held = rows.exact(statistic.rows)
        for split, reach in splits:
            joined = not held.isdisjoint(split.train) and not held.isdisjoint(split.test)
            if (held.isdisjoint(reach) and not joined) or not reaches(rows, statistic, split):
                continue
            if split.kind == "fit" and is_held_apart(rows, statistic):
                continue
            if is_evaluation(rows, split) and not is_one_file(rows, statistic.rows, split):
                if stratifies(rows, statistic, split):
                    break
                rejoined = joined and split.kind != "slices"
                transductive = not rejoined and is_transductive(rows, statistic.rows, split)
                label = label_of(rows, statistic, split)
                if label and is_drawn(rows, statistic.rows):
                    break
                severity = HINT if label else INFORMATION if transductive else WARNING
                yield Leak(statistic, split, severity, label)
                break


def is_held_apart(rows: Rows, statistic: Statistic) -> bool:
    """Whether these are train rows that came with a test part: `validation_split=` then only watches the fit."""
    flow = rows.flow
    if not any(role_of_name(flow[id].variable) == "train" for id in rows.exact(statistic.rows)):
        return False
    before = statistic.call.id
    return any(value.id < before and role_of_name(value.variable) == "test" for value in flow.values)


def selections(rows: Rows) -> Iterator[tuple[Selection, Split]]:
    """Columns chosen by their correlation with what a later split takes for the target, with that split."""
    from mldebt.syntax.flow_columns import column_of
    from mldebt.syntax.flow_selection import selections_of

    flow = rows.flow
    splits = [split for split in rows.splits if split.kind == "pairs"]
    seen: set[int] = set()
    for selection in selections_of(rows) if splits else ():
        if selection.call.id in seen or rows.side(selection.call.slots["self"]):
            continue
        for split in splits:
            X, y = split.call.slots.get("0", NONE), split.call.slots.get("1", NONE)
            if selection.used.id not in flow.back(X, NOT_MADE_OF) or split.call.id < selection.call.id:
                continue
            target = column_of(rows, y)
            if target is not None and target.name == selection.target:
                seen.add(selection.call.id)
                yield selection, split
                break


def label_of(rows: Rows, statistic: Statistic, split: Split) -> str:
    """What a threshold makes, if it makes nothing but the target, or a column that may be it; "" if it makes a feature."""
    if not statistic.threshold:
        return ""
    from mldebt.syntax.flow_columns import column_of

    flow = rows.flow
    y = split.call.slots.get("1", NONE) if split.kind == "pairs" else NONE
    if not y:
        # The target is taken from the rows somewhere else, and by name. Nobody names a mere feature.
        names = {name for value in statistic.used for name in stored_as(rows, value)}
        named = any(value.kind in ("const", "attr") and value.detail in names for value in flow.values)
        return str(names.pop()) if len(names) == 1 and named else ""
    target = column_of(rows, y)
    features = flow.back(split.call.slots.get("0", NONE), NOT_MADE_OF)
    for value in statistic.used:
        names = stored_as(rows, value)
        if target is not None and names == {target.name}:
            continue
        if value.id in features or value.id not in flow.back(y, NOT_MADE_OF):
            return ""
    return target.name if target is not None else next((flow[id].variable for id in y), "") or "y"


DRAWS = words(
    "beta binomial exponential gamma integers lognormal multivariate_normal normal poisson rand randint randn random "
    "random_sample standard_normal uniform"
)


def is_drawn(rows: Rows, ids: Ids) -> bool:
    """Whether these rows are made up by a random generator: nobody will ask for their labels again."""
    flow = rows.flow
    return any(
        flow[id].name in DRAWS and flow[id].target.startswith("numpy.random.")
        for id in flow.back(ids)
        if flow[id].kind == "call"
    )


def stratifies(rows: Rows, statistic: Statistic, split: Split) -> bool:
    """Whether bins are a column that only says how to divide the rows: `stratify=df["band"]`."""
    if statistic.name not in ("cut", "qcut"):
        return False
    flow = rows.flow
    names = {
        flow.literal(value.slots.get("key", NONE))
        for value in flow.all(split.call.slots.get("stratify", NONE))
        if value.kind == "index"
    }
    return all(stored_as(rows, value) & names for value in statistic.used) if names else False


def stored_as(rows: Rows, value: Value) -> set[object]:
    """The columns this value is stored in, itself being such an update or used by one."""
    updates = [value] if value.kind == "update" else rows.flow.users(value.id)
    return {user.detail for user in updates if user.kind == "update" and not user.count}


def reaches(rows: Rows, statistic: Statistic, split: Split) -> bool:
    """Whether a statistic is in what is split, or is put into the test part afterwards."""
    made_of = rows.made_of(split.inputs, NOT_MADE_OF)
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
    for statistic, split, *_ in leaks(rows):
        if not statistic.group or split.kind != "pairs" or split.call.id in seen:
            continue
        X, y = split.call.slots.get("0", NONE), split.call.slots.get("1", NONE)
        target = column_of(rows, y)
        if target is None or not any(used.id in flow.back(X) for used in statistic.used):
            continue
        if target.name in _columns(rows, statistic.call):
            seen.add(split.call.id)
            yield statistic, split, target.name


def _columns(rows: Rows, call: Value) -> set[object]:
    """The columns a group statistic is of, as far as literals say.

    `df.groupby(k)["y"].mean()`, `df[["k", "y"]].groupby(k).mean()`, `df.groupby(k).agg({"y": "mean"})`.
    """
    flow = rows.flow
    found: set[object] = set()
    for value in flow.all(call.slots.get("self", NONE)):
        if value.kind == "attr":
            found.add(value.detail)
        elif value.kind == "index":
            found |= _literals(rows, value.slots.get("key", NONE))
        elif value.name == "groupby":
            for base in flow.all(value.slots.get("self", NONE)):
                if base.kind == "index":
                    found |= _literals(rows, base.slots.get("key", NONE))
    for given in flow.all(call.slots.get("0", NONE)):
        if given.kind == "pack" and given.detail == "dict":
            found.update(given.slots)
    return found


def _literals(rows: Rows, ids: Ids) -> set[object]:
    """The literal these values are, or those in the list they are."""
    flow = rows.flow
    held = [one for value in flow.all(ids) if value.kind == "pack" for one in value.slots.values()]
    return {flow.literal(one) for one in (ids, *held)} - {...}
