"""Committed importance reports as entries: (feature,) -> number, each with its place.

CSV with a header that names a feature column and a number column; JSON as an object of
numbers or a list of rows with the same two keys. Anything else is not understood and has no
entries: a file with such a name may be a picture's data.
"""

from __future__ import annotations

from mldebt.syntax.manifest import Content, Entry
from mldebt.text import Span, regex

MAX_CHARS = 200_000
# A report has a line a feature; a larger file holds an importance for each case.
FEATURE = regex(r"(?:feature|variable|column|col|name|predictor)s?(?:[_ ]?names?)?", 2)
NUMBER = regex(
    r"(?:(?:permutation|mean|avg|average|feature|relative|normali[sz]ed)[_ ]?)*importances?(?:[_ ]?(?:mean|avg|value|score|gain))?"
    r"|gain|fscore|weight|shap|mean_abs_shap|score|value",
    2,
)
PERMUTATION = regex(r"permut|importances_mean", 2)
CELL = regex(r'(?:"((?:[^"]|"")*)"|([^,;\t\r\n]*))([,;\t]|\r\n|\n|\r|\Z)')


def read_importance(path: str, text: str) -> Content:
    if len(text) > MAX_CHARS:
        return Content()
    if path.lower().endswith(".json"):
        from mldebt.syntax.manifest_yaml import read_yaml

        content = read_yaml(text)
        return Content() if content.error else Content(_of_json(content.entries))
    return Content(_of_csv(text))


def is_permutation(path: str, text: str) -> bool:
    """Whether the numbers are losses of a metric, and not shares of a sum."""
    return bool(PERMUTATION.search(path) or PERMUTATION.search(text[:300]))


def _number(value: object) -> bool:
    return value.__class__ in (int, float) and value == value


def _of_json(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    below: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        below.setdefault(entry.key[:-1], []).append(entry)
    for members in below.values():
        if len(members) >= 3 and all(_number(one.value) and isinstance(one.key[-1], str) for one in members):
            return tuple(one._replace(key=(one.key[-1],)) for one in members)
    rows = []
    for members in below.values():
        name = next(
            (
                one
                for one in members
                if isinstance(one.key[-1], str)
                and FEATURE.fullmatch(one.key[-1])
                and isinstance(one.value, str)
            ),
            None,
        )
        number = next(
            (
                one
                for one in members
                if isinstance(one.key[-1], str) and NUMBER.fullmatch(one.key[-1]) and _number(one.value)
            ),
            None,
        )
        if name is not None and number is not None:
            rows.append(Entry((str(name.value),), name.value_span, number.value, number.value_span))
    return tuple(rows) if len(rows) >= 3 else ()


def _of_csv(text: str) -> tuple[Entry, ...]:
    rows = _rows(text)
    if len(rows) < 4:
        return ()
    header = [cell for cell, _ in rows[0]]
    number = next((at for at, cell in enumerate(header) if NUMBER.fullmatch(cell.strip())), None)
    name = next((at for at, cell in enumerate(header) if FEATURE.fullmatch(cell.strip())), None)
    if name is None and header and header[0].strip() in ("", "index", "Unnamed: 0"):
        name = 0
    if number is None or name is None or name == number:
        return ()
    found = []
    for row in rows[1:]:
        if len(row) <= max(name, number):
            continue
        (feature, feature_span), (written, span) = row[name], row[number]
        try:
            value = float(written)
        except ValueError:
            return ()
        if feature and value == value and not feature.isdigit():
            found.append(Entry((feature,), feature_span, value, span))
    return tuple(found) if len(found) >= 3 else ()


def _rows(text: str) -> list[list[tuple[str, Span]]]:
    rows: list[list[tuple[str, Span]]] = [[]]
    at = 0
    while at < len(text):
        match = CELL.match(text, at)
        if match is None or match.end() == at:
            return []
        quoted = match[1] is not None
        value = match[1].replace('""', '"') if quoted else match[2].strip()
        rows[-1].append((value, Span(match.start(), match.end(2) if not quoted else match.end(1) + 1)))
        at = match.end()
        if match[3] not in (",", ";", "\t") and at < len(text):
            rows.append([])
    return [row for row in rows if len(row) > 1 or (row and row[0][0])]
