"""Columns of frames, as far as literals say: where a target comes from, and whether features still have it.

Three answers: yes, no, unknown. Only a yes is ever reported, so every step nobody knows is a no.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.knowledge.kinds import words
from mldebt.syntax.flow_rows import Rows
from mldebt.syntax.flow_values import NONE, Ids, Value
from mldebt.text import Span
from mldebt.typed import NamedTuple

MAX_DEPTH = 40
KEEPS_COLUMNS = words(
    """
    copy dropna drop_duplicates fillna ffill bfill reset_index astype sample sort_values sort_index head tail query replace
    infer_objects round clip shuffle to_numpy values DataFrame array asarray float32 fit_transform transform toarray
    todense interpolate cpu numpy scale resample
    """
)
"""Calls whose result has every column of the frame they are given."""
LOOKS_BACK = words("shift rolling expanding ewm diff pct_change cumsum cumcount groupby lag")
KEEPS_TARGET = words(
    "astype values to_numpy ravel reshape flatten copy array asarray fillna map replace squeeze to_list tolist fit_transform"
)
"""Calls through which a target column is still that column."""


class Column(NamedTuple):
    name: str
    frame: Ids
    """The frame it was taken from."""
    span: Span


def column_of(rows: Rows, ids: Ids) -> Column | None:
    """The one named column these values are, cut and converted or not; None if it is not so plain."""
    flow = rows.flow
    for _ in range(MAX_DEPTH):
        if len(ids) != 1:
            return None
        value = flow[next(iter(ids))]
        if value.kind == "index":
            key = flow.literal(value.slots.get("key", NONE))
            if isinstance(key, str):
                return Column(key, value.slots.get("self", NONE), value.span)
            held = list(flow.all(value.slots.get("key", NONE)))
            if len(held) == 1 and held[0].kind == "pack" and held[0].detail == "list" and held[0].count == 1:
                key = flow.literal(held[0].slots.get("0", NONE))
                return (
                    Column(key, value.slots.get("self", NONE), value.span) if isinstance(key, str) else None
                )
            ids = value.slots.get("self", NONE)
        elif value.kind == "attr":
            base = value.slots.get("self", NONE)
            if value.detail in ("values", "loc", "iloc", "T"):
                ids = base
            elif any(flow[id].type.startswith("pandas.DataFrame()") for id in base):
                return Column(value.detail, base, value.span)
            else:
                return None
        elif value.kind == "element":
            ids = _split_input(rows, value)
        elif value.kind == "call" and value.name in KEEPS_TARGET:
            ids = (
                value.slots.get("self", NONE)
                if value.name != "fit_transform"
                else flow.arg(value, 0, "y", "X")
            )
            if not ids or value.name in ("array", "asarray"):
                ids = flow.arg(value, 0)
        else:
            return None
    return None


def _split_input(rows: Rows, element: Value) -> Ids:
    """What `train_test_split` was given for this part; nothing if it is another call."""
    found: Ids = NONE
    for call in rows.flow.all(element.slots.get("self", NONE)):
        if call.kind != "call" or rows.splitter_of(call) != "pairs":
            return NONE
        found |= call.slots.get(str(element.detail // 2), NONE)
    return found


def has_column(rows: Rows, ids: Ids, name: str, frame: Ids, depth: int = MAX_DEPTH) -> bool:
    """Whether every one of these values surely has this column of this frame.

    `frame` may be an update that wrote the column: then it must be among what they were made of.
    """
    return bool(ids) and all(_has(rows, rows.flow[id], name, frame, depth) for id in ids)


def _has(rows: Rows, value: Value, name: str, frame: Ids, depth: int) -> bool:
    flow = rows.flow
    if not depth:
        return False
    if value.id in frame:
        return True  # whoever asks knows that the column is there
    base = value.slots.get("self", NONE)
    down = depth - 1
    if value.kind == "update":
        if value.count:
            return False
        if value.detail == name:
            return _is_frame_of(rows, base, frame)
        return has_column(rows, base, name, frame, down)
    if value.kind == "element":
        return has_column(rows, _split_input(rows, value), name, frame, down)
    if value.kind == "attr":
        return value.detail in ("values", "loc", "iloc") and has_column(rows, base, name, frame, down)
    if value.kind == "index":
        return _index_has(rows, value, name, frame, down)
    if value.kind == "call":
        if value.name == "drop":
            dropped = _dropped(rows, value)
            return dropped is not None and name not in dropped and has_column(rows, base, name, frame, down)
        if value.name in KEEPS_COLUMNS:
            if value.name in ("fit_transform", "transform") and not _scales(rows, base):
                return False
            given = (
                base
                if base and value.name not in ("fit_transform", "transform")
                else flow.arg(value, 0, "X", "data")
            )
            if any(flow[id].kind == "global" for id in given):
                given = flow.arg(value, 0, "data")
            if "columns" in value.slots and value.name == "DataFrame":
                return False
            return has_column(rows, given, name, frame, down)
    return False


def _scales(rows: Rows, receivers: Ids) -> bool:
    """Whether these are transformers that give every column back."""
    return bool(receivers) and all(
        rows.flow[id].type.endswith(("Scaler()", "Imputer()", "Normalizer()")) for id in receivers
    )


def _is_frame_of(rows: Rows, ids: Ids, frame: Ids) -> bool:
    """Whether the column was written again into the frame it is from, for instance encoded."""
    return any(rows.flow[id].kind != "update" or rows.flow[id].count for id in frame) and not rows.same(
        ids
    ).isdisjoint(rows.same(frame))


def _index_has(rows: Rows, value: Value, name: str, frame: Ids, depth: int) -> bool:
    flow = rows.flow
    base = value.slots.get("self", NONE)
    for key in flow.all(value.slots.get("key", NONE)):
        if key.kind == "pack" and key.detail == "list":
            held = [flow.literal(key.slots.get(str(place), NONE)) for place in range(key.count)]
            if held and all(isinstance(one, str) for one in held):
                if name not in held:
                    return False
                continue
            return False
        is_mask = key.kind == "mix" and key.detail in ("compare", "&", "|", "^", "not")
        tests = key.kind == "call" and key.name in ("isin", "notnull", "notna", "isnull", "isna")
        if key.kind == "slice" or is_mask or tests:
            by_place = any(flow[id].kind == "attr" and flow[id].detail in ("iloc", "values") for id in base)
            if by_place and key.kind != "slice":
                return False
            continue
        return False
    return has_column(rows, base, name, frame, depth)


def _dropped(rows: Rows, call: Value) -> set[object] | None:
    """Literal names that a `drop` takes away; None if some are unknown."""
    flow = rows.flow
    ids = flow.arg(call, 0, "columns", "labels")
    found: set[object] = set()
    for value in flow.all(ids):
        if value.kind == "const":
            found.add(value.detail)
        elif value.kind == "pack" and value.detail in ("list", "tuple", "set"):
            for slot in value.slots.values():
                one = flow.literal(slot)
                if one is ...:
                    return None
                found.add(one)
        else:
            return None
    return found if ids else None


def computed_from(rows: Rows, target: Column) -> Iterator[tuple[str, Value]]:
    """Columns assigned from the target alone: `df["high"] = df["price"] > 100`."""
    flow = rows.flow
    roots = rows.roots(target.frame)
    for value in flow.values:
        if (
            value.kind != "update"
            or value.count
            or not isinstance(value.detail, str)
            or value.detail == target.name
        ):
            continue
        if rows.roots(value.only) != roots:
            continue
        if _only_target(rows, value.slots.get("value", NONE), target.name):
            yield value.detail, value


def _only_target(rows: Rows, ids: Ids, name: str) -> bool:
    """Whether these values are computed from the column `name` and constants, row by row."""
    flow = rows.flow
    stack, seen = list(ids), set(ids)
    found = False
    for _ in range(MAX_DEPTH):
        if not stack:
            return found
        value = flow[stack.pop()]
        if value.kind == "const" or value.kind in ("global", "function", "slice"):
            continue
        if value.kind == "index" and flow.literal(value.slots.get("key", NONE)) == name:
            found = True
            continue
        if value.kind == "attr" and value.detail == name:
            found = True
            continue
        if value.kind not in ("mix", "call", "attr") or (value.kind == "call" and value.name in LOOKS_BACK):
            return False
        if value.kind == "call" and value.name in (
            "fit_transform",
            "fit_predict",
            "predict",
            "transform",
            "mean",
            "read_csv",
        ):
            return False
        for slot, inner in value.slots.items():
            if slot not in ("func", "state", "result"):
                stack += inner - seen
                seen |= inner
    return False
