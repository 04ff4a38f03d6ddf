"""Whether following values can show anything in a file: asked of the views, before any flow is made.

Most files answer no here, and so never import the other flow files. An answer of
yes promises nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from mldebt.knowledge import Knowledge
from mldebt.knowledge.preprocessing import FUNCTIONS
from mldebt.knowledge.words import EVALUATE_METHODS, FIT_METHODS, PREDICT_METHODS
from mldebt.syntax.module import Module

FUNCTION_WORDS = tuple(f"{name.rpartition('.')[2]}(" for name in FUNCTIONS)


def may_fit(module: Module, knowledge: Knowledge) -> bool:
    """Whether a transformer is fitted, as an object or by a function."""
    if "sklearn" in module.roots and any(word in module.text for word in FUNCTION_WORDS):
        return True
    return fits_transformer(module, knowledge)


def fits_transformer(module: Module, knowledge: Knowledge) -> bool:
    """Whether the views show a transformer that learns, and a fit: asked before any flow is made."""
    if not module.has_call(*FIT_METHODS):
        return False
    stars = [view.module for view in module.imports if view.alias == "*"]
    for call in module.calls(*last_words(knowledge.transformers)):
        for target in [call.target] if call.target else [f"{star}.{call.chain}" for star in stars]:
            kind = knowledge.get(knowledge.transformers, target)
            if kind is not None and kind != "stateless":
                return True
    return False


def may_judge(module: Module, knowledge: Knowledge) -> bool:
    """Whether the views show a split, or something predicted or scored."""
    words = {*PREDICT_METHODS, *EVALUATE_METHODS, *last_words(knowledge.splitters)}
    return module.has_call(*words) or "validation_" in module.text


def last_words(table: Mapping[str, object]) -> tuple[str, ...]:
    return _last_words(tuple(table))


@lru_cache(maxsize=16)
def _last_words(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({name.rpartition(".")[2] for name in names}))


TABLE_ROOTS = ("pandas", "numpy", "polars", "scipy", "cudf", "dask", "pyspark", "sklearn")
STATISTIC_WORDS = ("mean", "median", "quantile", "std", "percentile", "qcut", "cut", "rank")
STATISTIC_TEXT = (".mode(", ".max(", "zscore(", "boxcox(", ".value_counts(", ".corr(", '("mean"', "('mean'")


def takes_statistic(module: Module) -> bool:
    """Whether the views show a statistic that may be put back into rows."""
    if module.roots.isdisjoint(TABLE_ROOTS):
        return False
    return module.has_call(*STATISTIC_WORDS) or any(word in module.text for word in STATISTIC_TEXT)


def may_resample(module: Module, knowledge: Knowledge) -> bool:
    """Whether rows are drawn, made up or copied, and judged afterwards."""
    if "imblearn" in module.roots and module.has_call("fit_resample", "fit_sample", "fit_transform"):
        return may_judge(module, knowledge)
    if not (module.has_call("resample") or ("replace" in module.text and module.has_call("sample"))):
        if not ("[" in module.text and module.has_call("concat")):
            return False
    return module.has_call(*last_words(knowledge.splitters))


def may_fold(module: Module, knowledge: Knowledge) -> bool:
    """Whether rows go through folds."""
    words = last_words(knowledge.cross_validators)
    return module.has_call(*words) or any(
        module.has_call(word)
        for word in last_words(knowledge.splitters)
        if word.endswith(("Fold", "Split", "Out"))
    )


def may_overlap(module: Module) -> bool:
    """Whether a model is fitted and judged, or train and test rows are cut or drawn by hand."""
    if module.has_call("fit") and module.has_call(*EVALUATE_METHODS, *PREDICT_METHODS):
        return True
    return "test" in module.text and (
        module.has_call("sample") or (module.text.count("read_") > 1 and "train" in module.text)
    )


def may_leak_target(module: Module, knowledge: Knowledge) -> bool:
    """Whether a frame's column may be a target: something is fitted on, or split into, features and target."""
    if module.roots.isdisjoint(("pandas", "polars", "cudf", "dask", "sklearn")) or "[" not in module.text:
        return False
    return any(len(call.args) > 1 for call in module.calls("fit", *last_words(knowledge.splitters)))


def may_choose(module: Module) -> bool:
    """Whether several models are judged and the best is chosen, or a fit watches a part to stop early."""
    if not module.has_call("fit", "fit_generator"):
        return False
    text = module.text
    if "early_stopping" in text or "EarlyStopping" in text or "save_best_only" in text:
        return True
    return any(word in text for word in CHOOSING) and module.has_call(*EVALUATE_METHODS, *PREDICT_METHODS)


CHOOSING = ("max(", "min(", "sort", "idxmax", "idxmin", "nlargest")


def may_follow_itself(module: Module) -> bool:
    """Whether a model is fitted and predicts."""
    return module.has_call("fit") and module.has_call(*PREDICT_METHODS)
