"""Statistics of rows, and where they go back into the rows they were taken from.

`df["age"].fillna(df["age"].median())`, `(x - x.mean()) / x.std()`, `qcut`, a group's
mean joined to its members: each learns from all rows it sees, as a fitted
transformer does. A statistic nobody puts back into rows (printed, compared,
drawn) is no concern of ours and is not given.

What is computed per row (`axis=1`), over a moving window or over time is left out, and so
are groups by the very entity a row belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mldebt.knowledge.kinds import words
from mldebt.syntax.flow_parents import MORE, PART, SAME
from mldebt.syntax.flow_rows import Rows
from mldebt.syntax.flow_values import NONE, Ids, Value
from mldebt.text import Span, regex
from mldebt.typed import NamedTuple

KNOWN = frozenset({SAME, MORE, PART})

LEVELS = words(
    "mean nanmean average median nanmedian quantile nanquantile percentile nanpercentile mode std nanstd var"
)
"""Statistics that matter wherever they go back into rows."""
BOUNDS = words("max nanmax amax min nanmin amin sum nansum")
"""Statistics that matter only as a divisor, or for a group: a largest value alone is a constant shift."""
BINNED = words("qcut cut rank zscore boxcox yeojohnson")
"""Functions that learn from the rows and change them in one step."""
COUNTED = words("value_counts")
"""What matters only when it is mapped back: frequency encoding."""
AGGREGATES = words("agg aggregate transform apply")
"""Methods of groups that take what to compute."""
GROUP_STATISTICS = words(
    "mean median std var mode quantile max min sum nanmean nanmedian average amax amin skew mad"
)
STATISTIC_CALLS = LEVELS | BOUNDS | BINNED | COUNTED | AGGREGATES

PUTS_BACK = words(
    """
    fillna fill_null fill_nan replace clip where mask sub subtract rsub div divide truediv rdiv mul multiply add map cut digitize
    merge join apply transform nan_to_num divide true_divide maximum minimum assign combine_first applymap
    """
)
"""Calls that put a value into rows they are given, or called on."""
ARITHMETIC = frozenset("+-*/") | {"//", "**"}
MOVING = words("rolling expanding ewm resample shift diff cumsum cummax cummin asfreq pct_change")
"""What looks along time, each row at its own past."""
PASSED = words(
    """
    abs array asarray astype copy dict first float get head int item list max min numpy randint reset_index
    rename round set_index sort_index sort_values sqrt to_dict to_frame tolist to_list to_numpy squeeze str iloc loc
    mean unstack stack droplevel flatten ravel reshape log log1p exp uniform normal format
    """
)
"""Calls through which a statistic stays one."""
HARMLESS_BOUNDS = words("sub subtract add merge join map cut digitize")
"""Calls that shift by a largest value, or have it as their last edge."""
STAYS_A_FLAG = words("astype where map replace to_numpy values Series int tolist select array asarray view")
"""Calls through which rows compared with a statistic are still yes or no, row by row."""
MAX_STEPS = 60
# Values followed from one statistic; those that leave through a hundred doors are drawn or logged.


class Statistic(NamedTuple):
    call: Value
    name: str
    """What was computed: `median`, or the function that bins."""
    group: bool
    """Whether it is of groups of rows."""
    rows: Ids
    """The rows it saw."""
    used: tuple[Value, ...]
    """Values in which it is back in rows."""
    threshold: bool = False
    """Whether rows are only compared with it, and the answer is stored."""


class ByRow(NamedTuple):
    """A call that gives a function of this file one value, or one row, at a time."""

    call: Value
    span: Span
    """The function."""
    rows: Ids
    whole: bool
    """Whether it is given whole rows."""


def statistics_of(rows: Rows, matters: Callable[[set[int]], bool]) -> Iterator[Statistic]:
    """Every statistic of rows that goes back into rows, in the order they run.

    `matters` is asked first whether anybody wants to know about these rows: finding what becomes of
    a statistic takes longer than all else.
    """
    flow = rows.flow
    by_row = _by_row(rows)
    for call in flow.calls(*STATISTIC_CALLS):
        source = _source(rows, call)
        if source is None:
            continue
        name, ids, group = source
        if _is_by_row(call, ids, by_row):
            continue
        held = rows.exact(ids)
        if not matters(held):
            continue
        used = tuple(_used(rows, call, name, group, held))
        if used:
            yield Statistic(call, name, group, ids, used)
        elif name in LEVELS and not group:
            used = tuple(_compared(rows, call, held, by_row))
            if used:
                yield Statistic(call, name, group, ids, used, True)


def _source(rows: Rows, call: Value) -> tuple[str, Ids, bool] | None:
    """(name, rows, whether by groups) of what a call computes over rows; None if it does not."""
    flow, name = rows.flow, call.name
    receivers = call.slots.get("self", NONE)
    if flow.literal(call.slots.get("axis", NONE)) in (1, -1, "columns"):
        return None
    if name in BINNED:
        if name == "rank" and receivers:
            return name, receivers, False
        ids = flow.arg(call, 0, "x", "a")
        library = call.target.partition(".")[0]
        if not ids or library not in ("pandas", "scipy"):
            return None
        if name == "cut" and flow.literal(flow.arg(call, 1, "bins")).__class__ is not int:
            return None
        if name == "qcut" and "q" not in call.slots and "1" not in call.slots:
            return None
        if name in ("boxcox", "yeojohnson") and ("lmbda" in call.slots or "1" in call.slots):
            return None
        return name, ids, False
    if receivers:
        base, group = _ungrouped(rows, receivers)
        if base is None:
            return None
        if name in AGGREGATES:
            what = _aggregate(rows, call) if group else ""
            return (what, base, True) if what else None
        if name in COUNTED and group:
            return None
        if not group and flow.literal(call.slots.get("0", NONE)) in (1, -1) and name not in ("quantile",):
            return None
        return name, base, group
    if call.target.partition(".")[0] not in ("numpy", "scipy", "statistics", "max", "min", "cupy"):
        return None
    if call.target in ("max", "min") and "1" in call.slots:
        return None  # the larger of two values, not the largest of many
    ids = flow.arg(call, 0, "a")
    axis = flow.literal(flow.arg(call, 2 if "ercentile" in name or "quantile" in name else 1, "axis"))
    if axis in (1, -1) or not ids or name in AGGREGATES or name in COUNTED:
        return None
    base, group = _ungrouped(rows, ids)
    return None if base is None else (name, base, group)


def _ungrouped(rows: Rows, ids: Ids) -> tuple[Ids | None, bool]:
    """The rows behind `df.groupby(k)[c]`, and whether they are grouped; None behind a moving window."""
    flow = rows.flow
    found: set[int] = set()
    group = False
    stack, seen = list(ids), set(ids)
    while stack:
        value = flow[stack.pop()]
        through = NONE
        if value.kind == "call" and value.name == "groupby":
            group = True
            if _by_entity(rows, value):
                return None, False
            through = value.slots.get("self", NONE)
        elif value.kind == "call" and value.name in MOVING:
            return None, False
        elif value.kind in ("index", "attr") and value.type in ("pandas.GroupBy()", "pandas.Rolling()", ""):
            through = value.slots.get("self", NONE)
            if not any(_is_grouped(rows, id) for id in through):
                through = NONE
        if through:
            stack += through - seen
            seen |= through
        else:
            found.add(value.id)
    return frozenset(found), group


ENTITY = regex(
    r"(?:^|_)(?:id|uid|uuid|guid|name|key|no|number)$|Id$|ID$|user|customer|client|patient|person|session|account|ticket|"
    r"household|visitor|molecule|card(?:\d|$|_)",
    re.I,
)


def _by_entity(rows: Rows, grouping: Value) -> bool:
    """Whether rows are grouped by whom they belong to: the others of a customer are known with the customer."""
    flow = rows.flow
    for key in flow.all(flow.arg(grouping, 0, "by")):
        held = [key] if key.kind != "pack" else [one for ids in key.slots.values() for one in flow.all(ids)]
        if any(
            one.kind == "const" and isinstance(one.detail, str) and ENTITY.search(one.detail) for one in held
        ):
            return True
    return False


def _is_grouped(rows: Rows, id: int, depth: int = 3) -> bool:
    value = rows.flow[id]
    if value.kind == "call":
        return value.name == "groupby" or value.name in MOVING
    if value.kind in ("index", "attr") and depth:
        return any(_is_grouped(rows, other, depth - 1) for other in value.slots.get("self", NONE))
    return False


def _aggregate(rows: Rows, call: Value) -> str:
    """What `groups.transform("mean")` or `groups.agg({"a": ["mean"]})` computes; "" if it counts or is unknown."""
    flow = rows.flow
    stack = [
        id
        for slot, ids in call.slots.items()
        if slot not in ("self", "func", "state", "result")
        for id in ids
    ]
    for _ in range(MAX_STEPS):
        if not stack:
            break
        value = flow[stack.pop()]
        if value.kind == "const" and value.detail in GROUP_STATISTICS:
            return str(value.detail)
        if value.kind in ("global", "attr"):
            word = (value.target or "").rpartition(".")[2]
            if word in GROUP_STATISTICS:
                return word
        if value.kind == "pack":
            stack += [id for slot in value.slots.values() for id in slot]
    return ""


def _by_row(rows: Rows) -> list[ByRow]:
    """Calls of functions that see one value or row at a time."""
    flow = rows.flow
    found = []
    for call in flow.calls("apply", "map", "applymap", "progress_apply", "parallel_apply"):
        receivers = call.slots.get("self", NONE)
        if not receivers or any(_is_grouped(rows, id) for id in receivers):
            continue
        whole = flow.literal(flow.arg(call, 1, "axis")) in (1, "columns")
        if not whole and not any(_is_column(rows, id) for id in receivers):
            continue
        for function in flow.all(call.slots.get("0", NONE)):
            if function.kind == "function":
                found.append(ByRow(call, function.span, receivers, whole))
    return found


def _is_column(rows: Rows, id: int) -> bool:
    value = rows.flow[id]
    if value.kind == "attr":
        return True
    return value.kind == "index" and isinstance(rows.flow.literal(value.slots.get("key", NONE)), str)


def _is_by_row(call: Value, ids: Ids, by_row: list[ByRow]) -> bool:
    for one in by_row:
        if one.span.start <= call.start < one.span.end and (one.whole or not one.rows.isdisjoint(ids)):
            return True
    return False


def _used(rows: Rows, call: Value, name: str, group: bool, held: set[int]) -> Iterator[Value]:
    """Values in which a statistic meets the rows it was taken from."""
    flow = rows.flow
    if name in BINNED or (group and call.name == "transform"):
        yield call
        return
    stack, seen = [call], {call.id}
    steps = 0
    while stack and steps < MAX_STEPS:
        value = stack.pop()
        for user in flow.users(value.id):
            if user.id in seen:
                continue
            steps += 1
            entered = [slot for slot, ids in user.slots.items() if value.id in ids]
            if set(entered) <= {"func", "state", "key", "lower", "upper"} and user.kind != "call":
                continue
            others: set[int] = set()
            for slot, ids in user.slots.items():
                if slot not in ("func", "state", "key", "result") and value.id not in ids:
                    others |= ids
            if _meets(rows, user, others, entered, name, group, held):
                seen.add(user.id)
                yield user
            elif _passes(user, entered):
                seen.add(user.id)
                stack.append(user)


def _compared(rows: Rows, call: Value, held: set[int], by_row: list[ByRow]) -> Iterator[Value]:
    """Stored answers to "is this row above the statistic?": a column, or what is split.

    Rows that are chosen by the answer are left alone, as are answers nobody stores.
    """
    flow = rows.flow
    for one in by_row:
        if one.span.start <= call.start < one.span.end and not rows.known(one.rows).isdisjoint(held):
            yield one.call  # the function reads all rows beside the one it is given
            return
    stack, seen = [(call, False)], {call.id}
    steps = 0
    while stack and steps < MAX_STEPS:
        value, flag = stack.pop()
        for user in flow.users(value.id):
            if user.id in seen:
                continue
            steps += 1
            entered = [slot for slot, ids in user.slots.items() if value.id in ids]
            if not flag and user.kind == "mix" and user.detail == "compare":
                others: Ids = NONE.union(*(ids for ids in user.slots.values() if value.id not in ids))
                if not rows.known(others).isdisjoint(held):
                    seen.add(user.id)
                    stack.append((user, True))
            elif not flag:
                if _passes(user, entered):
                    seen.add(user.id)
                    stack.append((user, False))
            elif user.kind == "update" and not user.count and isinstance(user.detail, str):
                if entered == ["value"] and not rows.known(user.slots.get("self", NONE)).isdisjoint(held):
                    seen.add(user.id)
                    yield user
            elif user.kind == "call" and rows.splitter_of(user) == "pairs":
                yield value
            elif _stays_a_flag(user, entered):
                seen.add(user.id)
                stack.append((user, True))


def _stays_a_flag(user: Value, entered: list[str]) -> bool:
    if user.kind == "mix":
        return str(user.detail) in ("&", "|", "^", "not", "*", "+")
    if user.kind == "attr":
        return str(user.detail) == "values"
    if user.kind != "call" or user.name not in STAYS_A_FLAG:
        return False
    if user.name in ("where", "select"):
        # `np.where(flag, 1, 0)`; with one argument, or as a method, it chooses rows.
        return entered == ["0"] and "2" in user.slots
    return entered in (["self"], ["0"])


def _meets(
    rows: Rows, user: Value, others: set[int], entered: list[str], name: str, group: bool, held: set[int]
) -> bool:
    """Whether `user` puts the statistic into the rows among its other inputs."""
    if user.kind == "mix":
        if user.detail not in ARITHMETIC:
            return False
        if name in BOUNDS and not group and (user.detail not in ("/", "//") or "0" in entered):
            return False
    elif user.kind == "call":
        if user.name not in PUTS_BACK:
            return False
        if entered == ["result"] and any(_is_grouped(rows, id) for id in user.slots.get("self", NONE)):
            return False
        if "self" in entered and user.name not in ("merge", "join", "combine_first"):
            return False
        if name in COUNTED and user.name not in ("map", "replace", "merge", "join"):
            return False
        if name in BOUNDS and not group and user.name in HARMLESS_BOUNDS:
            return False
    elif user.kind == "update":
        if user.detail is not None or user.count or "value" not in entered or name in COUNTED:
            return False
    elif user.kind == "comp":
        if name in BOUNDS or name in COUNTED or "value" not in entered:
            return False
    else:
        return False
    base = _ungrouped(rows, frozenset(others))[0] if others else None
    return base is not None and not rows.known(base).isdisjoint(held)


def _passes(user: Value, entered: list[str]) -> bool:
    """Whether what `user` gives is still (made of) the statistic alone."""
    if user.kind in ("index", "attr", "element", "item"):
        return "self" in entered
    if user.kind in ("pack", "mix"):
        return user.detail not in ("compare", "text", "generator")
    if user.kind == "update":
        return bool(user.count)
    return user.kind == "call" and (
        user.name in PASSED or (user.name in AGGREGATES and entered == ["result"])
    )
