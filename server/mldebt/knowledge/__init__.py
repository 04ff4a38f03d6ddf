"""What we know about ML libraries, as data. Floor 1: imports no library and no other part of mldebt.

A *target* is a resolved callee as the views write it: `pandas.read_csv`, with
`()` after a call and `[]` after a subscript, so that a method on an instance is
`sklearn.preprocessing.StandardScaler().fit_transform`. Tables are keyed by
*canonical* targets, without a `()` at the end.

For the lowering (module level, no configuration needed):

    canonical("tensorflow.keras.layers.Dense")     -> "keras.layers.Dense"
    canonical("pandas.read_csv().dropna().sample") -> "pandas.DataFrame().sample"
    result("pandas.read_csv()")                    -> "pandas.DataFrame()"
    method_of("sklearn.svm.SVC().fit")             -> ("sklearn.svm.SVC", "fit")
    "read_csv" in TERMINALS                        -> True

For rules, through `config.knowledge` (or `BUILTIN`, or `BUILTIN.extended({…})`):

    knowledge.get(knowledge.transformers, "sklearn.decomposition.PCA")      -> "unsupervised"
    knowledge.get(knowledge.splitters, call.target)                         -> Splitter | None
    knowledge.get(knowledge.writers, call.target or call.chain)             -> PathArg | None
    knowledge.bind(call.target, call.args)                                  -> {"test_size": 0.2, …}
    knowledge.signature("torch.nn.Dropout").defaults                        -> {"p": 0.5, "inplace": False}
    knowledge.slots("sklearn.svm.SVC")                                      -> {"C": 1.0, "degree": 3, …}
    knowledge.is_hyperparameter("learning_rate")                            -> True
    knowledge.path_arg(knowledge.readers, call.target, call.args)           -> Arg | None
    knowledge.get(knowledge.random, target).is_random(bound)                -> True | False | None
    knowledge.get(knowledge.unsafe_loaders, target).is_unsafe(bound, (2, 5)) -> True | False | None

Beside the object: FIT_METHODS, TRANSFORM_METHODS, PREDICT_METHODS and EVALUATE_METHODS (last
words of methods), and GENERATORS (import root -> the global generators its randomness comes from).

`get` takes any target: it makes it canonical, drops a final `()`, and then tries
the bare last word where the user has registered one, or where the table has
an entry for a method of that name on any receiver (`.to_csv`).
"""

# No `from __future__ import annotations` here: see `kinds`.
from collections.abc import Iterable, Mapping, Sequence

from mldebt.knowledge.estimators import ESTIMATORS
from mldebt.knowledge.evaluation import CROSS_VALIDATORS, METRICS, SPLITTERS
from mldebt.knowledge.extension import extend
from mldebt.knowledge.files import PATH_ACCEPTING, PRETRAINED, READERS, WRITERS
from mldebt.knowledge.hyperparameters import (
    HYPERPARAMETER_NAMES,
    NOT_HYPERPARAMETERS,
    PARAM_DICTS,
    SHAPE_SLOTS,
    UNTUNED,
)
from mldebt.knowledge.kinds import (
    ParamDict,
    PathArg,
    Pretrained,
    Randomness,
    Signature,
    Splitter,
    UnsafeLoader,
)
from mldebt.knowledge.loaders import UNSAFE_LOADERS
from mldebt.knowledge.names import canonical, last_word, method_of, result
from mldebt.knowledge.preprocessing import PIPELINES, RESAMPLERS, TRANSFORMERS
from mldebt.knowledge.randomness import RANDOM
from mldebt.knowledge.roots import DATA_ROOTS, ML_ROOTS, TRAINING_ROOTS
from mldebt.knowledge.seeds import GENERATORS, GLOBAL_DRAWS, GLOBAL_SEEDS
from mldebt.knowledge.signature import parse
from mldebt.knowledge.signatures import SIGNATURES
from mldebt.knowledge.tools import MONITORS, TRACKERS, VALIDATORS
from mldebt.knowledge.words import (
    EVALUATE_METHODS,
    FIT_METHODS,
    PREDICT_METHODS,
    TERMINAL_WORDS,
    TRANSFORM_METHODS,
)
from mldebt.typed import Any, NamedTuple, Protocol, TypeVar

__all__ = [
    "BUILTIN",
    "DATA_ROOTS",
    "EVALUATE_METHODS",
    "FIT_METHODS",
    "GENERATORS",
    "ML_ROOTS",
    "PREDICT_METHODS",
    "TERMINALS",
    "TRANSFORM_METHODS",
    "Knowledge",
    "ParamDict",
    "PathArg",
    "Pretrained",
    "Randomness",
    "Signature",
    "Splitter",
    "UnsafeLoader",
    "canonical",
    "last_word",
    "method_of",
    "result",
]

Entry = TypeVar("Entry")
Arg = TypeVar("Arg", bound="ArgLike")


class ArgLike(Protocol):
    """An argument of a call; `syntax.views.Arg` is one."""

    @property
    def name(self) -> str: ...
    @property
    def value(self) -> Any: ...


class Knowledge(NamedTuple):
    """All tables, and the questions one asks of more than one of them. Frozen; `extended` gives a new one."""

    ml_roots: frozenset[str]
    """Import names that make a file ML code."""
    training_roots: frozenset[str]
    """Import names of libraries one trains models with."""
    transformers: Mapping[str, str]
    """class -> "unsupervised" | "supervised" | "stateless" | "vocabulary" | "encoder"."""
    estimators: Mapping[str, str]
    """class -> "classifier" | "regressor" | "clusterer" | "outlier" | "density" | "ranker" |
    "forecaster" | "recommender" | "embedding" | "neural"; training functions too (`xgboost.train`)."""
    resamplers: Mapping[str, str]
    """class or function -> "over" | "under" | "both" | "bootstrap"."""
    pipelines: Mapping[str, str]
    """class or function -> "steps" | "union" | "columns"."""
    splitters: Mapping[str, Splitter]
    """function or class -> what it gives, in which order."""
    cross_validators: Mapping[str, str]
    """function or class -> "score" | "predict" | "curve" | "search" | "feature"."""
    metrics: Mapping[str, str]
    """function or class -> "higher" | "lower" | "none"."""
    readers: Mapping[str, PathArg]
    """callable -> (position, keyword) of the path it reads."""
    writers: Mapping[str, PathArg]
    """callable -> (position, keyword) of the path it writes."""
    path_accepting: Mapping[str, PathArg]
    """callable -> (position, keyword) of an argument that takes any os.PathLike; readers and
    writers that do are included."""
    unsafe_loaders: Mapping[str, UnsafeLoader]
    """callable -> when loading with it can run code."""
    pretrained: Mapping[str, Pretrained]
    """callable -> where the hub id is, and which parameter pins its revision."""
    trackers: Mapping[str, str]
    """callable -> "run" | "params" | "metrics" | "artifact" | "model" | "auto" | "logger"."""
    validators: Mapping[str, str]
    """callable -> "schema" | "check" | "report"."""
    monitors: Mapping[str, str]
    """callable -> "drift" | "performance" | "metrics" | "logging"."""
    random: Mapping[str, Randomness]
    """callable -> its seed parameters and when it is random."""
    global_seeds: Mapping[str, tuple[str, ...]]
    """callable -> the global generators it seeds: "python", "numpy", "torch", "tensorflow", "jax", "cupy"."""
    global_draws: Mapping[str, str]
    """callable -> the global generator it draws from."""
    hyperparameters: Mapping[str, str]
    """callable -> the text of its signature; ask through `signature`."""
    param_dicts: Mapping[str, ParamDict]
    """callable -> where it takes a dictionary of hyperparameters, and whose keys those are."""
    hyperparameter_names: frozenset[str]
    """Names that are hyperparameters wherever they stand."""
    not_hyperparameters: frozenset[str]
    """Parameter names that say how to run, not what to learn."""
    shape_slots: frozenset[str]
    """Parameters that describe the shape of data or network."""
    terminals: frozenset[str]
    """Last words of every callable above; a call with another last word interests no table."""
    bare: frozenset[str] = frozenset()
    """Names the user registered without a module: they match by last word."""

    def get(self, table: Mapping[str, Entry], target: str) -> Entry | None:
        """The entry of `table` for this target, or None; see the module's docstring.

        A target whose root is unknown may be given as its chain (`df.to_csv`).
        """
        name = canonical(target)
        if name[-2:] == "()":
            name = name[:-2]
        entry = table.get(name)
        if entry is not None:
            return entry
        receiver, _, word = name.rpartition(".")
        if word in self.bare:
            return table.get(word)
        return table.get("." + word) if receiver else None

    def is_ml(self, module: str) -> bool:
        """Whether importing `module` (dotted) makes a file ML code."""
        return module.partition(".")[0] in self.ml_roots

    def signature(self, target: str) -> Signature | None:
        """Parameters and defaults of a known callable."""
        text = self.get(self.hyperparameters, target)
        return None if text is None else parse(text)

    def slots(self, target: str) -> dict[str, object]:
        """The hyperparameters of a known ML callable -> the library's defaults.

        `...` stands for no default, or one that is no literal. Empty when the
        callable is unknown, or known for other reasons (splitters, readers).
        Slots of `shape_slots` are included. Names the signature does not know
        (`**kwargs`, other versions) are the caller's question: `is_hyperparameter`.
        """
        signature = self.signature(target)
        if signature is None or not self._is_tuned(target):
            return {}
        return {
            name: signature.defaults.get(name, ...)
            for name in signature.names
            if name not in self.not_hyperparameters
        }

    def _is_tuned(self, target: str) -> bool:
        if canonical(target).startswith(UNTUNED) or self.get(self.splitters, target) is not None:
            return False
        return (
            self.get(self.cross_validators, target) is None or self.get(self.estimators, target) is not None
        )

    def is_hyperparameter(self, name: str) -> bool:
        """Whether this name is a hyperparameter wherever it stands: a local, a dict key, a config field."""
        return name in self.hyperparameter_names

    def path_arg(self, table: Mapping[str, PathArg], target: str, args: Sequence[Arg]) -> Arg | None:
        """The argument that is the path, for `readers`, `writers` or `path_accepting`.

        None when the callable is not in the table, or its path is not among `args`.
        """
        path = self.get(table, target)
        if path is None:
            return None
        for arg in args:
            if arg.name and arg.name == path.keyword:
                return arg
        before = args[: path.position + 1] if path.position >= 0 else ()
        if before and len(before) > path.position and not any(arg.name for arg in before):
            return before[path.position]
        return None

    def bind(self, target: str, args: Iterable[ArgLike]) -> dict[str, Any]:
        """Parameter -> value of a call's arguments; positions named by the known signature.

        Arguments whose name cannot be told (positions of an unknown callable,
        `*args`, `**kwargs`) are left out. Values are the views': a literal's
        value, or UNKNOWN.
        """
        signature = None
        bound: dict[str, Any] = {}
        for index, arg in enumerate(args):
            if arg.name == "*":
                break
            name = arg.name
            if not name:
                signature = signature or self.signature(target)
                if signature is None:
                    continue
                name = signature.at(index)
            if name and name[0] != "*":
                bound[name] = arg.value
        bound.update((arg.name, arg.value) for arg in args if arg.name and arg.name[0] != "*")
        return bound

    def extended(self, tables: Mapping[str, Any]) -> "Knowledge":
        """This knowledge and the user's `[tool.mldebt.knowledge]`.

        `tables` has a table's name as key and names (with or without module)
        as value, either as a list or as `{name: kind}`:

            {"transformers": ["acme.prep.Winsorizer"], "splitters": {"walk_forward": "time"},
             "readers": {"acme.io.load": 0}, "hyperparameter_names": ["n_heads"]}

        Raises ValueError, naming the nearest right word, on an unknown table or kind.
        """
        changes = extend(self._asdict(), tables)
        return self._replace(**changes)

    def __reduce__(self) -> str | tuple[Any, ...]:
        """Another process has the builtin tables already: only their name travels."""
        return "BUILTIN" if self is BUILTIN else (Knowledge, tuple(self))


_TABLES = Knowledge(
    ml_roots=ML_ROOTS,
    training_roots=TRAINING_ROOTS,
    transformers=TRANSFORMERS,
    estimators=ESTIMATORS,
    resamplers=RESAMPLERS,
    pipelines=PIPELINES,
    splitters=SPLITTERS,
    cross_validators=CROSS_VALIDATORS,
    metrics=METRICS,
    readers=READERS,
    writers=WRITERS,
    path_accepting=PATH_ACCEPTING,
    unsafe_loaders=UNSAFE_LOADERS,
    pretrained=PRETRAINED,
    trackers=TRACKERS,
    validators=VALIDATORS,
    monitors=MONITORS,
    random=RANDOM,
    global_seeds=GLOBAL_SEEDS,
    global_draws=GLOBAL_DRAWS,
    hyperparameters=SIGNATURES,
    param_dicts=PARAM_DICTS,
    hyperparameter_names=HYPERPARAMETER_NAMES,
    not_hyperparameters=NOT_HYPERPARAMETERS,
    shape_slots=SHAPE_SLOTS,
    terminals=TERMINAL_WORDS,
)
BUILTIN = _TABLES._replace(
    terminals=TERMINAL_WORDS.union(
        *({name[name.rfind(".") + 1 :] for name in table} for table in _TABLES if isinstance(table, dict))
    )
)
"""What every user starts from."""

TERMINALS: frozenset[str] = BUILTIN.terminals
