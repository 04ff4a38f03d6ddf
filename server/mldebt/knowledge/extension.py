"""The user's `[tool.mldebt.knowledge]`, checked and added to the tables.

Names in-house scalers, splitters, readers and so on. Wrong words raise
ValueError with the nearest right one; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mldebt.knowledge.kinds import ParamDict, PathArg, Pretrained, Randomness, Splitter, UnsafeLoader
from mldebt.knowledge.signature import parse
from mldebt.typed import Any

KINDS: dict[str, tuple[str, ...]] = {
    "cross_validators": ("score", "predict", "curve", "search", "feature"),
    "estimators": (
        "neural",
        "classifier",
        "clusterer",
        "density",
        "embedding",
        "forecaster",
        "outlier",
        "ranker",
        "recommender",
        "regressor",
    ),
    "global_draws": ("numpy", "cupy", "jax", "python", "tensorflow", "torch"),
    "metrics": ("none", "higher", "lower"),
    "monitors": ("drift", "logging", "metrics", "performance"),
    "pipelines": ("steps", "columns", "union"),
    "resamplers": ("both", "bootstrap", "over", "under"),
    "trackers": ("run", "artifact", "auto", "logger", "metrics", "model", "params"),
    "transformers": ("unsupervised", "encoder", "stateless", "supervised", "vocabulary"),
    "validators": ("check", "report", "schema"),
}
"""Table -> its kinds; a name given without a kind gets the first."""

ORDERS = ("random", "group", "kept", "time")
GENERATORS = ("cupy", "jax", "numpy", "python", "tensorflow", "torch")
NAME_SETS = ("hyperparameter_names", "ml_roots", "not_hyperparameters", "shape_slots", "training_roots")
INTERNAL = ("bare", "terminals")


def nearest(word: str, words: Mapping[str, Any] | tuple[str, ...]) -> str:
    """ " Did you mean `x`?" with the nearest of `words`, or "" if none is near."""
    # Imported when needed: it costs more than all tables together.
    from difflib import get_close_matches

    close = get_close_matches(word, list(words), n=1, cutoff=0.5)
    return f" Did you mean `{close[0]}`?" if close else ""


def _wrong(text: str) -> ValueError:
    return ValueError(f"[tool.mldebt.knowledge] {text}")


def extend(tables: Mapping[str, Any], additions: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of Knowledge that change. Raises ValueError on an unknown table, kind or type."""
    changes: dict[str, Any] = {}
    terminals = set(tables["terminals"])
    bare = set(tables["bare"])
    for table, given in additions.items():
        if table not in tables or table in INTERNAL:
            known = tuple(name for name in tables if name not in INTERNAL)
            raise _wrong(f"has no table `{table}`.{nearest(table, known)}")
        if isinstance(given, str) or not isinstance(given, (list, tuple, set, frozenset, Mapping)):
            raise _wrong(f"`{table}` must be a list of names or a table of them")
        if not all(isinstance(name, str) and name for name in given):
            raise _wrong(f"`{table}` must hold names only")
        if table in NAME_SETS:
            changes[table] = tables[table] | frozenset(given)
            continue
        entry: Callable[[str, Any], Any] = ENTRIES.get(table, _kind)
        pairs = given.items() if isinstance(given, Mapping) else ((name, None) for name in given)
        added = {name.removesuffix("()"): entry(table, kind) for name, kind in pairs}
        changes[table] = {**tables[table], **added}
        for name in added:
            terminals.add(name.rpartition(".")[2])
            if "." not in name:
                bare.add(name)
    return {**changes, "terminals": frozenset(terminals), "bare": frozenset(bare)}


def _kind(table: str, given: Any) -> str:
    kinds = KINDS[table]
    if given is None:
        return kinds[0]
    if given not in kinds:
        raise _wrong(
            f"`{table}` has no kind {given!r}.{nearest(str(given), kinds)} It has {', '.join(sorted(kinds))}."
        )
    return str(given)


def _splitter(table: str, given: Any) -> Splitter:
    if given is None:
        return Splitter("pairs", "random")
    if given not in ORDERS:
        raise _wrong(
            f"`{table}` has no order {given!r}.{nearest(str(given), ORDERS)}"
            f" It has {', '.join(sorted(ORDERS))}."
        )
    return Splitter("pairs", given)


def _path(table: str, given: Any) -> PathArg:
    if given is None:
        return PathArg(0, "")
    if isinstance(given, int) and not isinstance(given, bool):
        return PathArg(given, "")
    if isinstance(given, str):
        return PathArg(-1, given)
    if isinstance(given, (list, tuple)) and list(map(type, given)) == [int, str]:
        return PathArg(given[0], given[1])
    raise _wrong(f"`{table}` takes the position of the path, its keyword, or [position, keyword]")


def _param_dict(table: str, given: Any) -> ParamDict:
    return ParamDict(*_path(table, given), keys="")


def _pretrained(table: str, given: Any) -> Pretrained:
    return Pretrained(*_path(table, given))


def _unsafe(table: str, given: Any) -> UnsafeLoader:
    return UnsafeLoader(_path(table, given))


def _random(table: str, given: Any) -> Randomness:
    if given is None:
        return Randomness(("random_state",))
    seeds = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, (list, tuple)) else ()
    if not seeds or not all(isinstance(seed, str) for seed in seeds):
        raise _wrong(f"`{table}` takes the name of the seed parameter, or several")
    return Randomness(seeds)


def _seeds(table: str, given: Any) -> tuple[str, ...]:
    if given is None:
        return ("numpy", "python")
    names = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, (list, tuple)) else ()
    wrong = [name for name in names if name not in GENERATORS]
    if wrong or not names:
        word = str(wrong[0] if wrong else given)
        raise _wrong(
            f"`{table}` has no generator {word!r}.{nearest(word, GENERATORS)} It has {', '.join(GENERATORS)}."
        )
    return names


def _signature(table: str, given: Any) -> str:
    if given is None:
        return ""
    text = ", ".join(given) if isinstance(given, (list, tuple)) else given
    if not isinstance(text, str):
        raise _wrong(f"`{table}` takes a signature such as 'depth=6, eta=0.3'")
    try:
        parse(text)
    except ValueError as error:
        raise _wrong(f"`{table}`: {error}") from None
    return text


ENTRIES: dict[str, Callable[[str, Any], Any]] = {
    "global_seeds": _seeds,
    "hyperparameters": _signature,
    "param_dicts": _param_dict,
    "path_accepting": _path,
    "pretrained": _pretrained,
    "random": _random,
    "readers": _path,
    "splitters": _splitter,
    "unsafe_loaders": _unsafe,
    "writers": _path,
}
