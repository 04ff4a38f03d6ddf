"""Where one value's rows come from: the parents of a value, by what made it.

A parent is (value, relation): SAME rows, MORE (the parent's rows and others), PART
(some of the parent's rows), EACH (made from one of them at a time) or MAYBE (a call nobody
knows). Methods are known by
their last word. flow_rows.py follows the parents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from mldebt.knowledge.kinds import words
from mldebt.syntax.flow_values import NONE, Flow, Ids, Value
from mldebt.text import regex
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from mldebt.syntax.flow_rows import Rows

SAME, MORE, PART, MAYBE, EACH = "same", "more", "part", "maybe", "each"

KEEPS = words(
    """
    abs add apply applymap argsort asfreq assign astype bfill cat clip copy cumsum cumprod cummax cummin decode detach
    diff div divide dot ffill fillna flatten float from_numpy get_dummies head_ infer_objects interpolate isin isna
    isnull join lower map mask mod mul multiply notna notnull numpy pct_change pipe pow rank ravel rename replace
    reset_index reshape round select_columns set_axis set_index shift sort_index sort_values squeeze str strip sub
    subtract swaplevel to to_csr to_dense to_frame to_list to_numpy to_pandas toarray todense tocsr tolist tocsc
    transform tz_convert unsqueeze upper values view where with_columns with_column withColumn cpu cuda as_matrix
    fit_transform texts_to_sequences texts_to_matrix inverse_transform predict predict_proba get filter_columns
    select_dtypes remove_columns rename_column add_column merge array asarray DataFrame Series log log1p log2 log10
    sqrt exp expm1 square nan_to_num float32 to_numeric to_datetime cut qcut csr_matrix csc_matrix coo_matrix
    to_categorical pad_sequences to_dict to_records itertuples sequence_to_texts list tuple array_split_ expand_dims squeeze_ transpose vectorize_ tensor FloatTensor
    LongTensor Tensor as_tensor constant convert_to_tensor ascontiguousarray asanyarray get_values hstack column_stack
    dstack c_ np_log scale minmax_scale robust_scale maxabs_scale quantile_transform power_transform normalize binarize
    """
)
"""Methods on rows, and functions of rows, that give the same rows back: one row in, one row out."""

PARTS = words(
    """
    dropna query sample head tail nlargest nsmallest first last truncate take limit filter
    drop_nulls loc iloc choice compress between_time resample_rows
    """
)
"""Methods that give some of the rows."""

OF_ARGUMENT = words(
    """
    adapt decision_function fit_predict fit_transform inverse_transform predict predict_proba texts_to_matrix
    texts_to_sequences transform
    """
)
"""Methods of fitted objects: what they give has the rows of their argument."""

DISTINCT = words("distinct drop_duplicates dropDuplicates unique")
"""What gives each row once: nothing is missing that a transformer could learn."""

STACKS = words(
    "concat concatenate vstack append r_ cat row_stack union unionByName concatenate_datasets vcat"
)
"""Functions and methods that put rows below each other."""

BREAKS = words(
    """
    agg aggregate all any argmax argmin corr corrwith count cov crosstab describe groupby info len max mean median min
    mode nunique pivot_table plot print quantile resample shape skew std sum value_counts var zeros ones zeros_like
    ones_like range arange linspace average percentile unique_counts hist kurt memory_usage
    """
)
"""What is no longer rows: statistics, groups, shapes."""

NOT_ROWS = words("columns dtypes shape size ndim index dtype name names feature_names_ n_features_in_ empty")
MASKS = frozenset({"numpy.zeros", "numpy.ones", "numpy.full", "numpy.empty"})
SAME_VIEWS = words("loc iloc ix at iat values T str dt cat array data")
ROW_WORDS = regex(
    r"(?:^|_)(?:idx|index|indices|ind|inds|ids|mask|msk|rows?|fold|sel)s?\d*(?:_|$)|idx$|mask$|index$"
)
ROLE_WORDS = (
    ("test", regex(r"test|(?:^|_)te(?:_|$|\d)|hold_?out")),
    (
        "val",
        regex(
            r"(?:^|_|x|y)(?:val|valid|validate|validation|vld|dev|eval)(?:_|$|\d|x|y|set|data|loader|idx|ind)"
        ),
    ),
    ("train", regex(r"train|(?:^|_)(?:tr|trn)(?:_|$|\d)")),
)


@lru_cache(maxsize=4096)
def role_of_name(name: str) -> str:
    """`test`, `val` or `train` when a variable's name says exactly one of them.

    >>> [role_of_name(name) for name in ("X_test", "xvalid", "train_df", "train_test", "values")]
    ['test', 'val', 'train', '', '']
    """
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.partition("@")[0]).lower()
    found = [role for role, pattern in ROLE_WORDS if pattern.search(snake)]
    return found[0] if len(found) == 1 else ""


Parents = Iterable[tuple[int, str]]


def _attr(rows: Rows, value: Value) -> Parents:
    if value.detail in NOT_ROWS:
        return ()
    return [(id, SAME) for id in value.slots.get("self", NONE)]


def _index(rows: Rows, value: Value) -> Parents:
    relation = _index_relation(rows, value)
    found = []
    for id in value.slots.get("self", NONE):
        base = rows.flow[id]
        if base.kind == "attr" and base.detail in ("r_", "c_"):
            return _stacked(rows, value.slots.get("key", NONE), MORE if base.detail == "r_" else SAME)
        found.append((id, relation))
    return found


def sign_of(rows: Rows, ids: Ids, depth: int = 3) -> tuple[object, ...]:
    """What a key is, so that two equal keys give equal signs."""
    found: list[object] = []
    for id in sorted(ids):
        key = rows.flow[id]
        if key.kind == "const":
            found.append(("const", repr(key.detail)))
        elif key.kind == "slice" and depth:
            found += (
                sign_of(rows, key.slots.get(name, NONE), depth - 1) for name in ("lower", "upper", "step")
            )
        elif key.kind == "pack" and key.detail == "tuple" and depth:
            found.append(sign_of(rows, key.slots.get("0", NONE), depth - 1))
        elif key.kind == "mix" and depth and (key.name or key.detail != "compare"):
            parts = [sign_of(rows, slot, depth - 1) for slot in key.slots.values()]
            found.append((key.detail, key.name, *parts))
        elif key.kind in ("attr", "index") and depth:
            own = sign_of(rows, key.slots.get("key", NONE), depth - 1)
            found.append((key.kind, key.detail, sign_of(rows, key.slots.get("self", NONE), depth - 1), own))
        elif key.kind == "call" and key.target in ("len", "int") and depth:
            found.append((key.target, sign_of(rows, key.slots.get("0", NONE), depth - 1)))
        else:
            found.append(id)
    return tuple(found)


def _index_relation(rows: Rows, value: Value) -> str:
    """Whether a subscript takes columns (the same rows) or a part of the rows."""
    flow = rows.flow
    bases = list(flow.all(value.slots.get("self", NONE)))
    by_row = any(base.kind == "attr" and base.detail in ("loc", "iloc", "ix") for base in bases)
    for key in flow.all(value.slots.get("key", NONE)):
        if key.kind == "pack" and key.detail == "tuple":
            first = list(flow.all(key.slots.get("0", NONE)))
            return PART if any(_takes_rows(rows, one, True) for one in first) else SAME
        if _takes_rows(rows, key, by_row):
            return PART
    return SAME


def _takes_rows(rows: Rows, key: Value, by_row: bool) -> bool:
    if key.kind == "slice":
        return "lower" in key.slots or "upper" in key.slots
    if key.kind == "const":
        return by_row or not isinstance(key.detail, str)
    if by_row:
        return True
    if key.kind == "mix":
        return key.detail in ("compare", "&", "|", "^", "not")
    if key.kind == "pack":
        first = rows.flow.literal(key.slots.get("0", NONE))
        return isinstance(first, int)
    if key.kind == "comp":
        return False
    if key.kind == "element":
        return any(rows.flow[id].kind == "item" for id in key.slots.get("self", NONE)) and bool(
            role_of_name(key.variable) or ROW_WORDS.search(key.variable.lower())
        )
    if key.kind == "call":
        if key.name in ("isin", "isnull", "isna", "notnull", "notna", "between", "duplicated", "contains", "eq", "ne",
                        "gt", "lt", "ge", "le", "startswith", "where", "nonzero", "permutation", "choice", "rand",
                        "astype", "arange"):  # fmt: skip
            return True
        return _is_mask(rows, key) or bool(ROW_WORDS.search(key.variable.lower()))
    if key.kind == "update" and any(_is_mask(rows, rows.flow[id]) for id in key.slots.get("self", NONE)):
        return True
    return bool(role_of_name(key.variable) or ROW_WORDS.search(key.variable.lower()))


def _is_mask(rows: Rows, value: Value, depth: int = 4) -> bool:
    """Whether a value is an array of yes and no: `np.zeros(n, bool)`, also with some of it set since."""
    if value.kind == "update" and depth:
        return any(_is_mask(rows, rows.flow[id], depth - 1) for id in value.slots.get("self", NONE))
    if value.kind != "call" or value.target not in MASKS:
        return False
    kinds = value.slots.get("dtype") or value.slots.get("2" if value.target == "numpy.full" else "1", NONE)
    return any(one.target in ("bool", "numpy.bool_", "numpy.bool") for one in rows.flow.all(kinds))


def _stacked(rows: Rows, ids: Ids, relation: str) -> list[tuple[int, str]]:
    """The members of a list of things put together."""
    found: list[tuple[int, str]] = []
    stack, seen = list(ids), set(ids)
    while stack:
        value = rows.flow[stack.pop()]
        if value.kind == "pack" or (value.kind == "update" and value.count):
            for slot in value.slots.values():
                new = slot - seen
                seen |= new
                stack.extend(new)
        else:
            found.append((value.id, relation))
    return found


def _pack(rows: Rows, value: Value) -> Parents:
    relation = SAME if value.detail == "dict" else MORE
    return [(id, relation) for slot in value.slots.values() for id in slot]


def _mix(rows: Rows, value: Value) -> Parents:
    if value.detail == "text":
        return ()
    return [(id, SAME) for slot in value.slots.values() for id in slot]


def _comp(rows: Rows, value: Value) -> Parents:
    relation = PART if value.detail else SAME
    found = [(id, relation) for id in value.slots.get("iter", NONE)]
    return found + [(id, EACH) for id in value.slots.get("value", NONE)]


def _item(rows: Rows, value: Value) -> Parents:
    return [(id, EACH) for id in value.slots.get("self", NONE)]


def _element(rows: Rows, value: Value) -> Parents:
    flow = rows.flow
    found: list[tuple[int, str]] = []
    for id in value.slots.get("self", NONE):
        given = flow[id]
        if given.kind == "call":
            gives = rows.splitter_of(given)
            if gives == "pairs":
                found += [(one, PART) for one in given.slots.get(str(value.detail // 2), NONE)]
                found += [(one, PART) for one in given.slots.get("*", NONE)]
                continue
            if gives:
                found += [(one, PART) for one in given.slots.get("0", NONE)]
                continue
            if given.name == "shuffle":
                found += [(one, SAME) for one in given.slots.get(str(value.detail), NONE)]
                continue
            if given.name in ("fit_resample", "fit_sample"):
                found += [(one, MAYBE) for one in given.slots.get(str(value.detail), NONE)]
                continue
        found.append((id, MAYBE))
    return found


def _update(rows: Rows, value: Value) -> Parents:
    """A frame keeps its rows whatever is written into them, and may be given a part of other rows."""
    found = [(id, MORE if value.count else SAME) for id in value.slots.get("self", NONE)]
    return found + [(id, MORE if value.count else MAYBE) for id in value.slots.get("value", NONE)]


def _call(rows: Rows, value: Value) -> Parents:
    """By the last word: methods look at their receiver, functions and fitted objects at their first argument."""
    flow, name = rows.flow, value.name
    receivers = value.slots.get("self", NONE)
    first = flow.arg(
        value, 0, "X", "x", "data", "y", "obj", "objs", "a", "texts", "raw_documents", "arr", "df"
    )
    if name in BREAKS:
        return ()
    if name in STACKS:
        members = _stacked(rows, receivers | first, MORE)
        axis = flow.literal(flow.arg(value, 1, "axis", "dim"))
        sideways = axis in (1, "columns", -1)
        if name == "append" and not receivers:
            members += _stacked(rows, value.slots.get("1", NONE), MORE)
        return [(id, SAME) for id, _ in members] if sideways else members
    if name in ("hstack", "column_stack", "dstack", "stack"):
        return _stacked(rows, first, SAME)
    if name == "drop":
        return [(id, SAME if _drops_columns(flow, value) else PART) for id in receivers]
    if name == "filter":
        by_column = any(slot in value.slots for slot in ("items", "like", "regex"))
        return [(id, SAME if by_column else PART) for id in receivers]
    if name == "sample":
        whole = flow.literal(value.slots.get("frac", NONE)) in (1, 1.0)
        return [(id, SAME if whole else PART) for id in receivers]
    if name == "shuffle":
        return [(id, SAME) for id in receivers or first]
    if name in DISTINCT:
        return [(id, MORE) for id in receivers or first]
    if name in PARTS:
        return [(id, PART) for id in receivers or first]
    if name in OF_ARGUMENT and first and not _is_frame(flow, receivers):
        return [(id, SAME) for id in first]
    if name in KEEPS:
        if receivers and not any(flow[id].kind == "global" for id in receivers):
            found = [(id, SAME) for id in receivers]
            return found + [(id, MAYBE) for id in first if name in ("merge", "join")]
        return [(id, SAME) for id in first] + [(id, SAME) for id in _named_columns(flow, value)]
    if name in ("fit", "partial_fit"):
        return ()
    found = [(id, MAYBE) for id in receivers]
    for slot, ids in value.slots.items():
        if slot not in ("func", "self", "state"):
            found += [(id, MAYBE) for id in ids]
    return found


def _named_columns(flow: Flow, value: Value) -> Ids:
    return value.slots.get("left", NONE) | value.slots.get("values", NONE)


def _is_frame(flow: Flow, receivers: Ids) -> bool:
    return any(flow[id].type.startswith("pandas.") for id in receivers)


def _drops_columns(flow: Flow, value: Value) -> bool:
    if "columns" in value.slots:
        return True
    axis = flow.literal(flow.arg(value, 1, "axis"))
    return axis in (1, "columns")


def _object(rows: Rows, value: Value) -> Parents:
    return [(id, MAYBE) for slot in value.slots.values() for id in slot]


PARENTS = {
    "attr": _attr, "index": _index, "pack": _pack, "mix": _mix, "comp": _comp, "item": _item, "element": _element,
    "update": _update, "call": _call, "object": _object,
}  # fmt: skip
